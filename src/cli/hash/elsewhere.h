/* SPDX-License-Identifier: Apache-2.0 */
/* Another way to run jobs than on the threads of this process. */
#ifndef ELSEWHERE_H
#define ELSEWHERE_H

#include <stdbool.h>

struct engine_work;
struct hash_settings;

struct engine_elsewhere {
    bool (*accepts)(void *context, const struct hash_settings *settings); /* whether it can do a run with these */
    /* In place of engine_run(), whose arguments it gets. */
    bool (*run)(void *context, const struct engine_work *work, const struct hash_settings *settings, int threads);
    void *context;
};

/* Makes all later runs that it accepts go there; the engine's own is NULL. */
void engine_go_elsewhere(const struct engine_elsewhere *elsewhere);

/* What was chosen. */
const struct engine_elsewhere *engine_elsewhere(void);

#endif
