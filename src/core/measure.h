/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the library that `iscc bench` times: of the program it alone includes this header. */
#ifndef ISCC_MEASURE_H
#define ISCC_MEASURE_H

#include <iscc/iscc.h>

/* The name of the index-th thing that iscc_measure can run, or NULL past the last one: the kernels "cuts", "xxh32",
 * "minhash" and "hamming", then the whole "data-code", "instance-code" and "sum-code". Static storage. */
const char *iscc_measure_name(size_t index);

/*
 * Does the index-th thing once for a stream of `size` bytes (1 to 2^30), with a backend named by
 * iscc_backend_available. There is no result; the caller times the call. Kernels that work on what another kernel found
 * get made-up input of the amount that a stream of that size has. ISCC_ERROR_BACKEND for a backend that is unknown or
 * not available; ISCC_ERROR_ARGUMENT for a null pointer, an index past the last thing, and any other size.
 */
iscc_status iscc_measure(size_t index, const char *backend, const void *data, size_t size);

#endif
