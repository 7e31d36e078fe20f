/* SPDX-License-Identifier: Apache-2.0 */
/* The hasher objects of the public interface. */
#ifndef ISCC_HASHERS_H
#define ISCC_HASHERS_H

#include <iscc/iscc.h>

#include "data_stream.h"
#include "instance_stream.h"

struct iscc_data_hasher {
    const struct iscc_kernels *kernels;
    struct iscc_data_stream stream;
};

struct iscc_instance_hasher {
    struct iscc_instance_stream stream;
};

struct iscc_sum_hasher {
    struct iscc_data_hasher data;
    struct iscc_instance_hasher instance;
};

#endif
