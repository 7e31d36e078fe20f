/* SPDX-License-Identifier: Apache-2.0 */
/* What all hashers have: creation, update, copy. */
#include "hasher.h"

bool hasher_succeeded(PyObject *object, iscc_status status)
{
    if (status == ISCC_OK)
        return true;
    PyObject *module = PyType_GetModule(Py_TYPE(object));
    if (module != NULL)
        raise_status(module, status);
    return false;
}

/* Allocates an object without a hasher. */
static struct hasher *allocate(PyTypeObject *type, const struct hasher_kind *kind)
{
    const allocfunc create = (allocfunc)(intptr_t)PyType_GetSlot(type, Py_tp_alloc);
    struct hasher *self = (struct hasher *)create(type, 0);

    if (self == NULL)
        return NULL;
    self->kind = kind;
    self->lock = PyThread_allocate_lock();
    if (self->lock == NULL) {
        Py_DECREF(self);
        PyErr_NoMemory();
        return NULL;
    }
    return self;
}

PyObject *hasher_create(PyTypeObject *type, PyObject *arguments, PyObject *keywords, const struct hasher_kind *kind)
{
    char *names[] = {"data", NULL};
    PyObject *data = Py_None;

    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|O", names, &data))
        return NULL;
    struct hasher *self = allocate(type, kind);
    if (self == NULL)
        return NULL;
    PyObject *object = (PyObject *)self;
    PyObject *updated = NULL;
    if (hasher_succeeded(object, kind->create(&self->hasher)))
        updated = data == Py_None ? Py_NewRef(Py_None) : hasher_update(object, data);
    if (updated == NULL)
        Py_CLEAR(object);
    Py_XDECREF(updated);
    return object;
}

void hasher_dealloc(PyObject *object)
{
    struct hasher *self = (struct hasher *)object;
    PyTypeObject *type = Py_TYPE(object);
    const freefunc release = (freefunc)(intptr_t)PyType_GetSlot(type, Py_tp_free);

    self->kind->free(self->hasher);
    if (self->lock != NULL)
        PyThread_free_lock(self->lock);
    release(object);
    Py_DECREF(type);
}

/* While another thread hashes, this one waits without the interpreter's lock. */
PyObject *hasher_update(PyObject *object, PyObject *data)
{
    struct hasher *self = (struct hasher *)object;
    struct bytes bytes;
    iscc_status status;

    if (!bytes_get(data, self->kind->takes_text, &bytes))
        return NULL;
    if (bytes.size < RELEASE_SIZE) {
        lock_object(self->lock);
        status = self->kind->update(self->hasher, bytes.data, bytes.size);
        PyThread_release_lock(self->lock);
    } else {
        Py_BEGIN_ALLOW_THREADS;
        PyThread_acquire_lock(self->lock, WAIT_LOCK);
        status = self->kind->update(self->hasher, bytes.data, bytes.size);
        PyThread_release_lock(self->lock);
        Py_END_ALLOW_THREADS;
    }
    bytes_release(&bytes);
    return hasher_succeeded(object, status) ? Py_NewRef(Py_None) : NULL;
}

PyObject *hasher_copy(PyObject *object, PyObject *unused)
{
    struct hasher *self = (struct hasher *)object;

    (void)unused;
    struct hasher *copy = allocate(Py_TYPE(object), self->kind);
    if (copy == NULL)
        return NULL;
    lock_object(self->lock);
    const iscc_status status = self->kind->copy(self->hasher, &copy->hasher);
    PyThread_release_lock(self->lock);
    PyObject *result = (PyObject *)copy;
    if (!hasher_succeeded(object, status))
        Py_CLEAR(result);
    return result;
}

bool parse_bits(PyObject *arguments, PyObject *keywords, unsigned *bits)
{
    char *names[] = {"bits", NULL};
    int value = 64;

    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|i", names, &value))
        return false;
    *bits = value < 0 ? 0 : (unsigned)value; /* 0 is refused as well */
    return true;
}

bool parse_wide(PyObject *arguments, PyObject *keywords, unsigned *flags)
{
    char *names[] = {"wide", NULL};
    int wide = 0;

    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|p", names, &wide))
        return false;
    *flags = wide ? ISCC_WIDE : ISCC_NARROW;
    return true;
}
