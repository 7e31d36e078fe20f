#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# A launcher of parallel programs that starts iscc several times.

load ../support/common

@test "the first of several processes says that each may do all the work" {
    zeros 1 a
    "$ISCC" a >expected
    while read -r warns variables; do
        status=0
        # shellcheck disable=SC2086 # words
        env $variables "$ISCC" a >"$out" 2>"$err" || status=$?
        status_is 0
        cmp expected "$out"
        if [[ $warns = yes ]]; then
            stderr_is 'iscc: 3 processes were started, and each may do all the work; use iscc-mpi or --shard'
        else
            stderr_is
        fi
    done <<'TABLE'
yes OMPI_COMM_WORLD_SIZE=3 OMPI_COMM_WORLD_RANK=0
no OMPI_COMM_WORLD_SIZE=3 OMPI_COMM_WORLD_RANK=2
no OMPI_COMM_WORLD_SIZE=1 OMPI_COMM_WORLD_RANK=0
yes PMI_SIZE=3 PMI_RANK=0
no PMI_SIZE=3 PMI_RANK=1
yes SLURM_STEP_NUM_TASKS=3 SLURM_PROCID=0
yes SLURM_STEP_NUM_TASKS=3 SLURM_PROCID=0 PMI_SIZE=3 PMI_RANK=0
no SLURM_STEP_NUM_TASKS=x SLURM_PROCID=0
no SLURM_STEP_NUM_TASKS=3
TABLE
    SLURM_STEP_NUM_TASKS=3 SLURM_PROCID=0 "$ISCC" sum --shard=1/3 a >"$out" 2>"$err"
    stderr_is
}
