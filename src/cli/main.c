/* SPDX-License-Identifier: Apache-2.0 */
/* The iscc program. */
#include "program.h"

int main(int argc, char **argv)
{
    program_prepare();
    return program_run(argc, argv, false);
}
