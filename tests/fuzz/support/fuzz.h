/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by all fuzz targets: registration, REQUIRE, and functions that split the input. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A target, in the list of those linked into the program. */
struct fuzz_target {
    const char *name;
    int (*run)(const uint8_t *data, size_t size); /* returns 0 */
    struct fuzz_target *next;
};
extern struct fuzz_target *fuzz_targets;

/* Starts the definition of a target's function of `data` and `size`. */
#define FUZZ_TARGET(NAME)                                                                                              \
    static int run_target(const uint8_t *data, size_t size);                                                           \
    __attribute__((constructor)) static void add_target(void)                                                          \
    {                                                                                                                  \
        static struct fuzz_target target = {.name = #NAME, .run = run_target};                                         \
        target.next = fuzz_targets;                                                                                    \
        fuzz_targets = &target;                                                                                        \
    }                                                                                                                  \
    static int run_target(const uint8_t *data, size_t size)

/* Ends the run with a message; the fuzzer keeps the input, and the driver prints it. */
#define REQUIRE(condition) ((condition) ? (void)0 : fuzz_fail(#condition, __FILE__, __LINE__))
_Noreturn void fuzz_fail(const char *condition, const char *file, int line);

/* The unread rest of an input. */
struct fuzz_input {
    const uint8_t *bytes;
    size_t size;
};

/* The next byte; 0 at the end. */
uint8_t fuzz_byte(struct fuzz_input *input);

/* The next two bytes as a number; 0 for bytes past the end. */
uint16_t fuzz_number(struct fuzz_input *input);

/* An exactly sized copy with a NUL after it, so that a sanitizer sees a read past the end. The caller frees it. */
char *fuzz_text(const uint8_t *bytes, size_t size);

/* The bytes up to the next `separator`, or all, as from fuzz_text; `size`, which may be NULL, gets their number. */
char *fuzz_part(struct fuzz_input *input, uint8_t separator, size_t *size);

/* realloc and malloc that REQUIRE success. */
void *fuzz_grow(void *memory, size_t size);

#endif
