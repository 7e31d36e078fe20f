/* SPDX-License-Identifier: Apache-2.0 */
/* The program among the libraries that may end it. */
#ifndef RUNTIME_H
#define RUNTIME_H

/*
 * Tells that the program ends by itself, with the status that it has found. A library that ends the process before, as
 * an OpenMP runtime does that cannot have its threads or its memory, ends it with STATUS_TROUBLE.
 */
void runtime_ended(void);

#endif
