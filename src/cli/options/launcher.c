/* SPDX-License-Identifier: Apache-2.0 */
/* Looks for the number of processes where launchers put it: into the environment. */
#include "options/launcher.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>

#include "util/message.h"
#include "util/number.h"

void launcher_warn(void)
{
    static const struct {
        const char *processes;
        const char *number; /* of this one, from 0 */
    } launchers[] = {
        {"OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK"}, /* Open MPI */
        {"PMI_SIZE", "PMI_RANK"},                         /* MPICH */
        {"SLURM_STEP_NUM_TASKS", "SLURM_PROCID"},         /* srun */
    };

    for (size_t i = 0; i < sizeof launchers / sizeof launchers[0]; i++) {
        const char *processes = getenv(launchers[i].processes);
        const char *number = getenv(launchers[i].number);
        uint64_t count;
        uint64_t own;
        if (processes == NULL || number == NULL || !number_parse(processes, 2, UINT32_MAX, &count))
            continue;
        if (number_parse(number, 0, 0, &own))
            message_finding(STATUS_OK, NULL,
                            "%" PRIu64 " processes were started, and each may do all the work; use iscc-mpi or --shard",
                            count);
        return;
    }
}
