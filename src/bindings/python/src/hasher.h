/* SPDX-License-Identifier: Apache-2.0 */
/* The object that all hashers are, each of a kind. */
#ifndef ISCC_PYTHON_HASHER_H
#define ISCC_PYTHON_HASHER_H

#include "module.h"

/* The functions of a hasher of the library. */
struct hasher_kind {
    bool takes_text; /* str as well as bytes */
    iscc_status (*create)(void **hasher);
    iscc_status (*copy)(const void *hasher, void **copy);
    iscc_status (*update)(void *hasher, const void *data, size_t size);
    void (*free)(void *hasher);
};

/* Several Python threads may use one object: the lock is that of its hasher. */
struct hasher {
    PyObject_HEAD const struct hasher_kind *kind;
    void *hasher;
    PyThread_type_lock lock;
};

/* Creates an object of a type of this kind; `arguments` may hold the first bytes. */
PyObject *hasher_create(PyTypeObject *type, PyObject *arguments, PyObject *keywords, const struct hasher_kind *kind);

/* The slots and methods that all kinds have. */
void hasher_dealloc(PyObject *object);
PyObject *hasher_update(PyObject *object, PyObject *data);
PyObject *hasher_copy(PyObject *object, PyObject *unused);

/* Parse the only argument of a method, `bits` (64 by default) or `wide` (False). Return false with an exception. */
bool parse_bits(PyObject *arguments, PyObject *keywords, unsigned *bits);
bool parse_wide(PyObject *arguments, PyObject *keywords, unsigned *flags);

/* Raises the status of a method if it is an error; otherwise returns true. */
bool hasher_succeeded(PyObject *object, iscc_status status);

#endif
