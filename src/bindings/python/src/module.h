/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the extension share: the stable ABI of Python 3.11, errors, and arguments that are bytes. */
#ifndef ISCC_PYTHON_MODULE_H
#define ISCC_PYTHON_MODULE_H

#define Py_LIMITED_API 0x030b0000
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <iscc/iscc.h>
#include <stdbool.h>

/* ISO C has no conversion from a function to `void *` or to a function with other arguments, which Python wants. */
#define SLOT(function) ((void *)(intptr_t)(function))
#define METHOD(function) ((PyCFunction)(void (*)(void))(function))

/* The size from which hashing takes longer than releasing and acquiring the interpreter's lock (as in hashlib). */
#define RELEASE_SIZE 2048

/* Sets the exception for a status other than ISCC_OK: MemoryError or libiscc.IsccError, which `module` holds. Returns
 * NULL. */
PyObject *raise_status(PyObject *module, iscc_status status);

/* The bytes of an argument, which stay where they are until they are released. */
struct bytes {
    const void *data;
    size_t size;
    Py_buffer view;
    bool has_view;
};

/* Gets the bytes of an object with the buffer interface, or, if `or_text`, the UTF-8 of a str. Returns false with an
 * exception. */
bool bytes_get(PyObject *object, bool or_text, struct bytes *bytes);
void bytes_release(struct bytes *bytes);

/* Acquires the lock of an object while other threads may run. The caller holds the interpreter's lock. */
void lock_object(PyThread_type_lock lock);

/* Add the types or functions of one file to the module. Return -1 with an exception. */
int add_hashers(PyObject *module);
int add_index(PyObject *module);
extern PyMethodDef text_functions[];
extern PyMethodDef code_functions[];

#endif
