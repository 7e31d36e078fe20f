/* SPDX-License-Identifier: Apache-2.0 */
/* The index of digests. Every method holds the lock of its object; what may take long releases the interpreter's. */
#include "module.h"

#include <stdlib.h>

struct index {
    PyObject_HEAD iscc_index *index;
    PyThread_type_lock lock;
    unsigned bits;
};

static bool succeeded(struct index *self, iscc_status status)
{
    if (status == ISCC_OK)
        return true;
    PyObject *module = PyType_GetModule(Py_TYPE((PyObject *)self));
    if (module != NULL)
        raise_status(module, status);
    return false;
}

static PyObject *index_create(PyTypeObject *type, PyObject *arguments, PyObject *keywords)
{
    char *names[] = {"bits", NULL};
    const allocfunc create = (allocfunc)(intptr_t)PyType_GetSlot(type, Py_tp_alloc);
    int bits = 256;

    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|i", names, &bits))
        return NULL;
    struct index *self = (struct index *)create(type, 0);
    if (self == NULL)
        return NULL;
    PyObject *object = (PyObject *)self;
    self->bits = bits < 0 ? 0 : (unsigned)bits;
    self->lock = PyThread_allocate_lock();
    if (!succeeded(self, self->lock == NULL ? ISCC_ERROR_MEMORY : iscc_index_new(&self->index, self->bits)))
        Py_CLEAR(object);
    return object;
}

static void index_dealloc(PyObject *object)
{
    struct index *self = (struct index *)object;
    PyTypeObject *type = Py_TYPE(object);
    const freefunc release = (freefunc)(intptr_t)PyType_GetSlot(type, Py_tp_free);

    iscc_index_free(self->index);
    if (self->lock != NULL)
        PyThread_free_lock(self->lock);
    release(object);
    Py_DECREF(type);
}

static Py_ssize_t index_length(PyObject *object)
{
    struct index *self = (struct index *)object;

    lock_object(self->lock);
    const size_t count = iscc_index_count(self->index);
    PyThread_release_lock(self->lock);
    return (Py_ssize_t)count;
}

static PyObject *index_add(PyObject *object, PyObject *digests)
{
    struct index *self = (struct index *)object;
    const size_t size = self->bits / 8;
    struct bytes bytes;

    if (!bytes_get(digests, false, &bytes))
        return NULL;
    lock_object(self->lock);
    const iscc_status status =
        bytes.size % size != 0 ? ISCC_ERROR_BITS : iscc_index_add(self->index, bytes.data, bytes.size / size);
    PyThread_release_lock(self->lock);
    bytes_release(&bytes);
    return succeeded(self, status) ? Py_NewRef(Py_None) : NULL;
}

static PyObject *index_build(PyObject *object, PyObject *arguments)
{
    struct index *self = (struct index *)object;
    iscc_status status;
    unsigned radius;

    if (!PyArg_ParseTuple(arguments, "I", &radius))
        return NULL;
    Py_BEGIN_ALLOW_THREADS;
    PyThread_acquire_lock(self->lock, WAIT_LOCK);
    status = iscc_index_build(self->index, radius);
    PyThread_release_lock(self->lock);
    Py_END_ALLOW_THREADS;
    return succeeded(self, status) ? Py_NewRef(Py_None) : NULL;
}

/* Appends an item to a list, whose reference it takes. Returns false with an exception. */
static bool append(PyObject *list, PyObject *item)
{
    const bool is_appended = item != NULL && PyList_Append(list, item) == 0;
    Py_XDECREF(item);
    return is_appended;
}

static PyObject *list_hits(const struct iscc_hit *hits, size_t count)
{
    PyObject *list = PyList_New(0);

    for (size_t i = 0; list != NULL && i < count; i++)
        if (!append(list, Py_BuildValue("(II)", (unsigned)hits[i].number, (unsigned)hits[i].distance)))
            Py_CLEAR(list);
    return list;
}

/* A search: within a radius, or for the nearest. Called under the lock of the object alone. */
struct search {
    const void *digest;
    unsigned radius; /* if `is_near` */
    bool is_near;
    size_t most;           /* hits wanted */
    struct iscc_hit *hits; /* allocated */
    size_t count;
};

/* Most queries find few digests of many, so they begin with memory for as many as this. */
#define FEW 256

static iscc_status find_near(const iscc_index *index, struct search *search)
{
    size_t capacity = search->most < FEW ? search->most : FEW;
    iscc_status status = ISCC_OK;

    for (;;) {
        struct iscc_hit *hits = realloc(search->hits, (capacity + 1) * sizeof *hits);
        if (hits == NULL)
            return ISCC_ERROR_MEMORY;
        search->hits = hits;
        status = iscc_index_query(index, search->digest, search->radius, hits, capacity, &search->count);
        if (search->count > search->most)
            search->count = search->most;
        if (status != ISCC_OK || search->count <= capacity)
            return status;
        capacity = search->count;
    }
}

static iscc_status find_nearest(const iscc_index *index, struct search *search)
{
    search->hits = malloc((search->most + 1) * sizeof *search->hits);
    if (search->hits == NULL)
        return ISCC_ERROR_MEMORY;
    return iscc_index_nearest(index, search->digest, search->hits, search->most, &search->count);
}

static PyObject *run_search(struct index *self, PyObject *digest, struct search *search, Py_ssize_t limit)
{
    PyObject *list = NULL;
    struct bytes bytes;
    iscc_status status = ISCC_ERROR_BITS;

    if (!bytes_get(digest, false, &bytes))
        return NULL;
    search->digest = bytes.data;
    if (bytes.size * 8 == self->bits) {
        Py_BEGIN_ALLOW_THREADS;
        PyThread_acquire_lock(self->lock, WAIT_LOCK);
        const size_t most = iscc_index_count(self->index);
        search->most = limit >= 0 && (size_t)limit < most ? (size_t)limit : most;
        status = search->is_near ? find_near(self->index, search) : find_nearest(self->index, search);
        PyThread_release_lock(self->lock);
        Py_END_ALLOW_THREADS;
    }
    bytes_release(&bytes);
    if (succeeded(self, status))
        list = list_hits(search->hits, search->count);
    free(search->hits);
    return list;
}

static PyObject *index_query(PyObject *object, PyObject *arguments, PyObject *keywords)
{
    char *names[] = {"digest", "radius", "limit", NULL};
    struct search search = {.is_near = true};
    Py_ssize_t limit = -1;
    PyObject *digest;

    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "OI|n", names, &digest, &search.radius, &limit))
        return NULL;
    return run_search((struct index *)object, digest, &search, limit);
}

static PyObject *index_nearest(PyObject *object, PyObject *arguments, PyObject *keywords)
{
    char *names[] = {"digest", "count", NULL};
    struct search search = {.is_near = false};
    Py_ssize_t count = 1;
    PyObject *digest;

    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "O|n", names, &digest, &count))
        return NULL;
    return run_search((struct index *)object, digest, &search, count < 0 ? 0 : count);
}

/* The pairs of a search, collected without the interpreter's lock. */
struct pair {
    uint32_t first;
    uint32_t second;
    unsigned distance;
};

struct pairs {
    struct pair *items;
    size_t count;
    size_t capacity;
    bool is_full; /* memory ran out */
};

static int add_pair(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    struct pairs *pairs = context;

    if (pairs->count == pairs->capacity) {
        const size_t capacity = 2 * pairs->capacity + 64;
        struct pair *items = realloc(pairs->items, capacity * sizeof *items);
        pairs->is_full = items == NULL;
        if (pairs->is_full)
            return 1;
        pairs->items = items;
        pairs->capacity = capacity;
    }
    pairs->items[pairs->count++] = (struct pair){first, second, distance};
    return 0;
}

static PyObject *index_pairs(PyObject *object, PyObject *arguments)
{
    struct index *self = (struct index *)object;
    struct pairs pairs = {NULL, 0, 0, false};
    PyObject *list = NULL;
    iscc_status status;
    unsigned radius;

    if (!PyArg_ParseTuple(arguments, "I", &radius))
        return NULL;
    Py_BEGIN_ALLOW_THREADS;
    PyThread_acquire_lock(self->lock, WAIT_LOCK);
    status = iscc_index_pairs(self->index, radius, 0, 1, add_pair, &pairs);
    PyThread_release_lock(self->lock);
    Py_END_ALLOW_THREADS;
    if (succeeded(self, pairs.is_full ? ISCC_ERROR_MEMORY : status))
        list = PyList_New(0);
    for (const struct pair *pair = pairs.items; list != NULL && pair != pairs.items + pairs.count; pair++)
        if (!append(list, Py_BuildValue("(III)", (unsigned)pair->first, (unsigned)pair->second, pair->distance)))
            Py_CLEAR(list);
    free(pairs.items);
    if (list != NULL && PyList_Sort(list) < 0)
        Py_CLEAR(list);
    return list;
}

int add_index(PyObject *module)
{
    static PyMethodDef methods[] = {
        {"add", index_add, METH_O, "Append digests, one after the other; their numbers continue from len(self)."},
        {"build", index_build, METH_VARARGS, "Build the tables for queries with about this radius."},
        {"query", METHOD(index_query), METH_VARARGS | METH_KEYWORDS,
         "Return (number, distance) of the digests within the radius, the nearest first."},
        {"nearest", METHOD(index_nearest), METH_VARARGS | METH_KEYWORDS,
         "Return (number, distance) of the `count` nearest digests."},
        {"pairs", index_pairs, METH_VARARGS,
         "Return (first, second, distance) of all pairs within the radius, sorted."},
        {NULL, NULL, 0, NULL}};
    static PyType_Slot slots[] = {{Py_tp_doc, "An index of digests of one length, which finds near ones exactly."},
                                  {Py_tp_new, SLOT(index_create)},
                                  {Py_tp_dealloc, SLOT(index_dealloc)},
                                  {Py_tp_methods, methods},
                                  {Py_sq_length, SLOT(index_length)},
                                  {0, NULL}};
    static PyType_Spec spec = {"libiscc._libiscc.Index", sizeof(struct index), 0,
                               Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE, slots};
    PyObject *type = PyType_FromModuleAndSpec(module, &spec, NULL);

    if (type == NULL)
        return -1;
    const int result = PyModule_AddType(module, (PyTypeObject *)type);
    Py_DECREF(type);
    return result;
}
