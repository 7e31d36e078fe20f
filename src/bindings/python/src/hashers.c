/* SPDX-License-Identifier: Apache-2.0 */
/* The four kinds of hashers, and what each returns. */
#include "hasher.h"

/* The hasher's functions with `void *` in place of its type. */
#define DEFINE_KIND(name, text)                                                                                        \
    static iscc_status name##_create(void **hasher)                                                                    \
    {                                                                                                                  \
        iscc_##name##_hasher *created = NULL;                                                                          \
        const iscc_status status = iscc_##name##_hasher_new(&created);                                                 \
        *hasher = created;                                                                                             \
        return status;                                                                                                 \
    }                                                                                                                  \
    static iscc_status name##_copy(const void *hasher, void **copy)                                                    \
    {                                                                                                                  \
        iscc_##name##_hasher *created = NULL;                                                                          \
        const iscc_status status = iscc_##name##_hasher_copy(hasher, &created);                                        \
        *copy = created;                                                                                               \
        return status;                                                                                                 \
    }                                                                                                                  \
    static iscc_status name##_update(void *hasher, const void *data, size_t size)                                      \
    {                                                                                                                  \
        return iscc_##name##_hasher_update(hasher, data, size);                                                        \
    }                                                                                                                  \
    static void name##_free(void *hasher)                                                                              \
    {                                                                                                                  \
        iscc_##name##_hasher_free(hasher);                                                                             \
    }                                                                                                                  \
    static PyObject *name##_object(PyTypeObject *type, PyObject *arguments, PyObject *keywords)                        \
    {                                                                                                                  \
        static const struct hasher_kind kind = {text, name##_create, name##_copy, name##_update, name##_free};         \
        return hasher_create(type, arguments, keywords, &kind);                                                        \
    }

DEFINE_KIND(data, false)
DEFINE_KIND(instance, false)
DEFINE_KIND(sum, false)
DEFINE_KIND(text, true)

/* Evaluates a call of the library on a hasher under its lock, and raises its status. Is true on success. */
static bool finish(PyObject *object, iscc_status status)
{
    PyThread_release_lock(((struct hasher *)object)->lock);
    return hasher_succeeded(object, status);
}

static void *hasher_of(PyObject *object)
{
    struct hasher *self = (struct hasher *)object;
    lock_object(self->lock);
    return self->hasher;
}

/* ---- DataHasher ---- */

static PyObject *data_finalize(PyObject *self, PyObject *arguments, PyObject *keywords)
{
    char code[ISCC_CODE_SIZE];
    unsigned bits;

    if (!parse_bits(arguments, keywords, &bits) ||
        !finish(self, iscc_data_hasher_finalize(hasher_of(self), bits, code)))
        return NULL;
    return Py_BuildValue("{ss}", "iscc", code);
}

static PyObject *data_code(PyObject *self, PyObject *arguments, PyObject *keywords)
{
    char code[ISCC_CODE_SIZE];
    unsigned bits;

    if (!parse_bits(arguments, keywords, &bits) ||
        !finish(self, iscc_data_hasher_finalize(hasher_of(self), bits, code)))
        return NULL;
    return PyUnicode_FromString(code);
}

static PyObject *data_digest(PyObject *self, PyObject *unused)
{
    char digest[ISCC_UNIT_DIGEST_SIZE];

    (void)unused;
    if (!finish(self, iscc_data_hasher_digest(hasher_of(self), (uint8_t *)digest)))
        return NULL;
    return PyBytes_FromStringAndSize(digest, sizeof digest);
}

/* ---- InstanceHasher ---- */

struct instance_result {
    char code[ISCC_CODE_SIZE];
    char datahash[ISCC_DATAHASH_SIZE];
    uint64_t filesize;
};

static bool finalize_instance(PyObject *self, unsigned bits, struct instance_result *code)
{
    return finish(self,
                  iscc_instance_hasher_finalize(hasher_of(self), bits, code->code, code->datahash, &code->filesize));
}

static PyObject *instance_finalize(PyObject *self, PyObject *arguments, PyObject *keywords)
{
    struct instance_result code;
    unsigned bits;

    if (!parse_bits(arguments, keywords, &bits) || !finalize_instance(self, bits, &code))
        return NULL;
    return Py_BuildValue("{sssssK}", "iscc", code.code, "datahash", code.datahash, "filesize",
                         (unsigned long long)code.filesize);
}

static PyObject *instance_code(PyObject *self, PyObject *arguments, PyObject *keywords)
{
    struct instance_result code;
    unsigned bits;

    if (!parse_bits(arguments, keywords, &bits) || !finalize_instance(self, bits, &code))
        return NULL;
    return PyUnicode_FromString(code.code);
}

static PyObject *instance_multihash(PyObject *self, PyObject *unused)
{
    struct instance_result code;

    (void)unused;
    return finalize_instance(self, 64, &code) ? PyUnicode_FromString(code.datahash) : NULL;
}

static PyObject *instance_filesize(PyObject *self, void *unused)
{
    struct instance_result code;

    (void)unused;
    return finalize_instance(self, 64, &code) ? PyLong_FromUnsignedLongLong(code.filesize) : NULL;
}

static PyObject *instance_digest(PyObject *self, PyObject *unused)
{
    char digest[ISCC_UNIT_DIGEST_SIZE];

    (void)unused;
    if (!finish(self, iscc_instance_hasher_digest(hasher_of(self), (uint8_t *)digest)))
        return NULL;
    return PyBytes_FromStringAndSize(digest, sizeof digest);
}

/* ---- SumHasher ---- */

static PyObject *sum_finalize(PyObject *self, PyObject *arguments, PyObject *keywords)
{
    struct iscc_sum_code code;
    unsigned flags;

    if (!parse_wide(arguments, keywords, &flags) ||
        !finish(self, iscc_sum_hasher_finalize(hasher_of(self), flags, &code)))
        return NULL;
    return Py_BuildValue("{sssssK}", "iscc", code.iscc, "datahash", code.datahash, "filesize",
                         (unsigned long long)code.filesize);
}

static PyObject *sum_code(PyObject *self, PyObject *arguments, PyObject *keywords)
{
    struct iscc_sum_code code;
    unsigned flags;

    if (!parse_wide(arguments, keywords, &flags) ||
        !finish(self, iscc_sum_hasher_finalize(hasher_of(self), flags, &code)))
        return NULL;
    return PyUnicode_FromString(code.iscc);
}

static PyObject *sum_units(PyObject *self, PyObject *arguments, PyObject *keywords)
{
    char codes[2][ISCC_CODE_SIZE];
    unsigned bits;

    if (!parse_bits(arguments, keywords, &bits) ||
        !finish(self, iscc_sum_hasher_units(hasher_of(self), bits, codes[0], codes[1])))
        return NULL;
    return Py_BuildValue("(ss)", codes[0], codes[1]);
}

static PyObject *sum_digest(PyObject *self, PyObject *unused)
{
    const Py_ssize_t size = ISCC_UNIT_DIGEST_SIZE;
    char digests[2][ISCC_UNIT_DIGEST_SIZE];

    (void)unused;
    if (!finish(self, iscc_sum_hasher_digest(hasher_of(self), (uint8_t *)digests[0], (uint8_t *)digests[1])))
        return NULL;
    return Py_BuildValue("(y#y#)", digests[0], size, digests[1], size);
}

/* ---- TextHasher ---- */

static PyObject *text_finalize(PyObject *self, PyObject *arguments, PyObject *keywords)
{
    char code[ISCC_CODE_SIZE];
    uint64_t characters;
    unsigned bits;

    if (!parse_bits(arguments, keywords, &bits) ||
        !finish(self, iscc_text_hasher_finalize(hasher_of(self), bits, code, &characters)))
        return NULL;
    return Py_BuildValue("{sssK}", "iscc", code, "characters", (unsigned long long)characters);
}

static PyObject *text_code(PyObject *self, PyObject *arguments, PyObject *keywords)
{
    char code[ISCC_CODE_SIZE];
    unsigned bits;

    if (!parse_bits(arguments, keywords, &bits) ||
        !finish(self, iscc_text_hasher_finalize(hasher_of(self), bits, code, NULL)))
        return NULL;
    return PyUnicode_FromString(code);
}

static PyObject *text_digest(PyObject *self, PyObject *unused)
{
    char digest[ISCC_UNIT_DIGEST_SIZE];

    (void)unused;
    if (!finish(self, iscc_text_hasher_digest(hasher_of(self), (uint8_t *)digest, NULL)))
        return NULL;
    return PyBytes_FromStringAndSize(digest, sizeof digest);
}

/* ---- Types ---- */

#define KEYWORDS (METH_VARARGS | METH_KEYWORDS)

/* The methods that all kinds have. */
#define COMMON(name)                                                                                                   \
    {"update", hasher_update, METH_O, "Append data to the stream."},                                                   \
        {"push", hasher_update, METH_O, "The same as update, by the name that iscc-core has for it."},                 \
        {"copy", hasher_copy, METH_NOARGS, "Return a hasher of the stream so far, which continues on its own."},       \
        {"digest", name##_digest, METH_NOARGS, "Return the digest of the stream so far."},                             \
        {"code", METHOD(name##_code), KEYWORDS, "Return the code of the stream so far."},                              \
    {                                                                                                                  \
        "finalize", METHOD(name##_finalize), KEYWORDS, "Return the fields of the stream so far as a dict."             \
    }

static PyMethodDef data_methods[] = {COMMON(data), {NULL, NULL, 0, NULL}};
static PyMethodDef text_methods[] = {COMMON(text), {NULL, NULL, 0, NULL}};
static PyMethodDef instance_methods[] = {
    COMMON(instance),
    {"multihash", instance_multihash, METH_NOARGS, "Return the BLAKE3 digest as a multihash in hexadecimal."},
    {NULL, NULL, 0, NULL}};
static PyMethodDef sum_methods[] = {
    COMMON(sum),
    {"units", METHOD(sum_units), KEYWORDS, "Return the Data-Code and the Instance-Code in `bits` bits."},
    {NULL, NULL, 0, NULL}};

static PyGetSetDef instance_members[] = {{"filesize", instance_filesize, NULL, "The number of bytes so far.", NULL},
                                         {NULL, NULL, NULL, NULL, NULL}};
static PyGetSetDef no_members[] = {{NULL, NULL, NULL, NULL, NULL}};

static int add_type(PyObject *module, const char *name, const char *about, newfunc create, PyMethodDef *methods,
                    PyGetSetDef *members)
{
    PyType_Slot slots[] = {{Py_tp_doc, SLOT(about)}, {Py_tp_new, SLOT(create)}, {Py_tp_dealloc, SLOT(hasher_dealloc)},
                           {Py_tp_methods, methods}, {Py_tp_getset, members},   {0, NULL}};
    PyType_Spec spec = {name, sizeof(struct hasher), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE, slots};

    PyObject *type = PyType_FromModuleAndSpec(module, &spec, NULL);
    if (type == NULL)
        return -1;
    const int result = PyModule_AddType(module, (PyTypeObject *)type);
    Py_DECREF(type);
    return result;
}

int add_hashers(PyObject *module)
{
    if (add_type(module, "libiscc.DataHasher", "Data-Code of a stream of bytes.", data_object, data_methods,
                 no_members) < 0)
        return -1;
    if (add_type(module, "libiscc.InstanceHasher", "Instance-Code of a stream of bytes.", instance_object,
                 instance_methods, instance_members) < 0)
        return -1;
    if (add_type(module, "libiscc.SumHasher", "Data-Code, Instance-Code and ISCC-CODE of a stream in one pass.",
                 sum_object, sum_methods, no_members) < 0)
        return -1;
    return add_type(module, "libiscc.TextHasher", "Text-Code of a text: str, or bytes of UTF-8.", text_object,
                    text_methods, no_members);
}
