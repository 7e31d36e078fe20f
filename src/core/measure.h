/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the library that `iscc bench` times. Nothing else in the program includes this header. */
#ifndef ISCC_MEASURE_H
#define ISCC_MEASURE_H

#include <iscc/iscc.h>

/* Returns the name of the index-th part that iscc_measure can run, in static storage, or NULL past the last one: the
 * kernels "cuts", "xxh32", "minhash" and "hamming", then the hashers "text-code" (of ASCII), "text-mixed"
 * (of several scripts), "data-code", "instance-code" and "sum-code". */
const char *iscc_measure_name(size_t index);

/*
 * Runs the index-th part once over a stream of `size` bytes (1 to 2^30), with the kernels of `backend`, a name from
 * iscc_backend_available. The results are discarded; the caller times the call. A kernel whose input is another
 * kernel's output gets made-up input, as much as a stream of that size has.
 *
 * Returns ISCC_ERROR_BACKEND if the backend is unknown or not available, and ISCC_ERROR_ARGUMENT for a null pointer, an
 * index past the last part, or another size.
 */
iscc_status iscc_measure(size_t index, const char *backend, const void *data, size_t size);

#endif
