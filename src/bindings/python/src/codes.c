/* SPDX-License-Identifier: Apache-2.0 */
/* The functions of media and of codes. */
#include "module.h"

#include <string.h>

/* ---- Media: numbers come as bytes in the order of the machine ---- */

static PyObject *gen_image_code(PyObject *module, PyObject *arguments)
{
    char code[ISCC_CODE_SIZE];
    iscc_status status = ISCC_ERROR_ARGUMENT;
    const char *pixels;
    Py_ssize_t size;
    unsigned bits;

    if (!PyArg_ParseTuple(arguments, "y#I", &pixels, &size, &bits))
        return NULL;
    if (size == 1024)
        status = iscc_gen_image_code_v0((const uint8_t *)pixels, bits, code);
    return status == ISCC_OK ? PyUnicode_FromString(code) : raise_status(module, status);
}

typedef iscc_status numbers_function(const int32_t *numbers, size_t count, unsigned bits, char code[ISCC_CODE_SIZE]);

/* `unit` is how many numbers are counted as one. */
static PyObject *hash_numbers(PyObject *module, PyObject *arguments, size_t unit, numbers_function *function)
{
    char code[ISCC_CODE_SIZE];
    iscc_status status = ISCC_ERROR_ARGUMENT;
    const size_t unit_size = unit * sizeof(int32_t);
    Py_buffer numbers; /* of an array, whose items are aligned */
    unsigned bits;

    if (!PyArg_ParseTuple(arguments, "y*I", &numbers, &bits))
        return NULL;
    const size_t size = (size_t)numbers.len;
    if (size % unit_size == 0) {
        Py_BEGIN_ALLOW_THREADS;
        status = function(numbers.buf, size / unit_size, bits, code);
        Py_END_ALLOW_THREADS;
    }
    PyBuffer_Release(&numbers);
    return status == ISCC_OK ? PyUnicode_FromString(code) : raise_status(module, status);
}

static PyObject *gen_audio_code(PyObject *module, PyObject *arguments)
{
    return hash_numbers(module, arguments, 1, iscc_gen_audio_code_v0);
}

static PyObject *gen_video_code(PyObject *module, PyObject *arguments)
{
    return hash_numbers(module, arguments, ISCC_VIDEO_FRAME, iscc_gen_video_code_v0);
}

/* ---- Several codes ---- */

/* Sets `texts` to the strings of a tuple, which lives as long as they are used. Returns NULL with an exception. */
static const char **texts_of(PyObject *tuple, size_t *count)
{
    const Py_ssize_t size = PyTuple_Size(tuple);

    if (size < 0)
        return NULL;
    const char **texts = PyMem_Malloc(((size_t)size + 1) * sizeof *texts);
    if (texts == NULL)
        PyErr_NoMemory();
    for (Py_ssize_t i = 0; texts != NULL && i < size; i++) {
        Py_ssize_t length;
        texts[i] = PyUnicode_AsUTF8AndSize(PyTuple_GetItem(tuple, i), &length);
        const bool has_nul = texts[i] != NULL && strlen(texts[i]) != (size_t)length;
        if (has_nul)
            PyErr_SetString(PyExc_ValueError, "embedded null character");
        if (texts[i] == NULL || has_nul) {
            PyMem_Free(texts);
            return NULL;
        }
    }
    *count = (size_t)size;
    return texts;
}

typedef iscc_status codes_function(const char *const codes[], size_t count, unsigned parameter,
                                   char code[ISCC_CODE_SIZE]);

static PyObject *combine(PyObject *module, PyObject *arguments, codes_function *function)
{
    char code[ISCC_CODE_SIZE];
    PyObject *tuple;
    unsigned parameter;
    size_t count;

    if (!PyArg_ParseTuple(arguments, "O!I", &PyTuple_Type, &tuple, &parameter))
        return NULL;
    const char **texts = texts_of(tuple, &count);
    if (texts == NULL)
        return NULL;
    const iscc_status status = function(texts, count, parameter, code);
    PyMem_Free(texts);
    return status == ISCC_OK ? PyUnicode_FromString(code) : raise_status(module, status);
}

static PyObject *gen_mixed_code(PyObject *module, PyObject *arguments)
{
    return combine(module, arguments, iscc_gen_mixed_code_v0);
}

static PyObject *gen_iscc_code(PyObject *module, PyObject *arguments)
{
    return combine(module, arguments, iscc_gen_iscc_code_v0);
}

/* ---- One code or two ---- */

static PyObject *decode(PyObject *module, PyObject *arguments)
{
    struct iscc_decoded decoded;
    const char *code;

    if (!PyArg_ParseTuple(arguments, "s", &code))
        return NULL;
    const iscc_status status = iscc_decode(code, &decoded, NULL);
    if (status != ISCC_OK)
        return raise_status(module, status);
    return Py_BuildValue("(IIIIIy#)", decoded.main_type, decoded.sub_type, decoded.version, decoded.length,
                         decoded.bits, (const char *)decoded.digest, (Py_ssize_t)(decoded.bits / 8));
}

static PyObject *encode(PyObject *module, PyObject *arguments)
{
    struct iscc_decoded decoded = {0};
    char code[ISCC_CODE_SIZE];
    iscc_status status = ISCC_ERROR_BITS;
    const char *digest;
    Py_ssize_t size;

    if (!PyArg_ParseTuple(arguments, "IIIIIy#", &decoded.main_type, &decoded.sub_type, &decoded.version,
                          &decoded.length, &decoded.bits, &digest, &size))
        return NULL;
    if (size <= ISCC_DIGEST_SIZE && (size_t)size * 8 == decoded.bits) {
        memcpy(decoded.digest, digest, (size_t)size);
        status = iscc_encode(&decoded, code);
    }
    return status == ISCC_OK ? PyUnicode_FromString(code) : raise_status(module, status);
}

static PyObject *normalize(PyObject *module, PyObject *arguments)
{
    char canonical[ISCC_CODE_SIZE];
    const char *code;

    if (!PyArg_ParseTuple(arguments, "s", &code))
        return NULL;
    const iscc_status status = iscc_normalize(code, canonical);
    return status == ISCC_OK ? PyUnicode_FromString(canonical) : raise_status(module, status);
}

static PyObject *decompose(PyObject *module, PyObject *arguments)
{
    char units[ISCC_UNITS_MAX][ISCC_CODE_SIZE];
    const char *code;
    size_t count;

    if (!PyArg_ParseTuple(arguments, "s", &code))
        return NULL;
    const iscc_status status = iscc_decompose(code, units, &count);
    if (status != ISCC_OK)
        return raise_status(module, status);
    PyObject *list = PyList_New(0);
    for (size_t i = 0; list != NULL && i < count; i++) {
        PyObject *unit = PyUnicode_FromString(units[i]);
        if (unit == NULL || PyList_Append(list, unit) < 0)
            Py_CLEAR(list);
        Py_XDECREF(unit);
    }
    return list;
}

static PyObject *type_name(PyObject *module, PyObject *arguments)
{
    struct iscc_decoded decoded;
    char name[ISCC_TYPE_NAME_SIZE];
    const char *code;

    if (!PyArg_ParseTuple(arguments, "s", &code))
        return NULL;
    iscc_status status = iscc_decode(code, &decoded, NULL);
    if (status == ISCC_OK)
        status = iscc_type_name(&decoded, name);
    return status == ISCC_OK ? PyUnicode_FromString(name) : raise_status(module, status);
}

static PyObject *distance(PyObject *module, PyObject *arguments)
{
    const char *codes[2];
    unsigned bits;
    unsigned compared;

    if (!PyArg_ParseTuple(arguments, "ss", &codes[0], &codes[1]))
        return NULL;
    const iscc_status status = iscc_distance(codes[0], codes[1], &bits, &compared);
    return status == ISCC_OK ? PyLong_FromUnsignedLong(bits) : raise_status(module, status);
}

static PyObject *backend(PyObject *module, PyObject *unused)
{
    const char *name;

    (void)unused;
    const iscc_status status = iscc_backend(&name);
    return status == ISCC_OK ? PyUnicode_FromString(name) : raise_status(module, status);
}

PyMethodDef code_functions[] = {
    {"normalize", normalize, METH_VARARGS, "Return a code in canonical form."},
    {"decompose", decompose, METH_VARARGS, "Return the units of an ISCC-CODE."},
    {"type_name", type_name, METH_VARARGS, "Return the readable name of a code's type."},
    {"distance", distance, METH_VARARGS,
     "Return the number of bits in which two units differ; of units of different lengths, the bits of the shorter "
     "one count."},
    {"backend", backend, METH_NOARGS, "Return the name of the set of kernels in use."},
    {"_gen_image_code", gen_image_code, METH_VARARGS, NULL},
    {"_gen_audio_code", gen_audio_code, METH_VARARGS, NULL},
    {"_gen_video_code", gen_video_code, METH_VARARGS, NULL},
    {"_gen_mixed_code", gen_mixed_code, METH_VARARGS, NULL},
    {"_gen_iscc_code", gen_iscc_code, METH_VARARGS, NULL},
    {"_decode", decode, METH_VARARGS, NULL},
    {"_encode", encode, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL}};
