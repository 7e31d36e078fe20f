/* SPDX-License-Identifier: Apache-2.0 */
/* The functions of texts, and the Meta-Code. */
#include "module.h"

#include <string.h>

typedef iscc_status text_function(const char *text, size_t size, char *out, size_t capacity, size_t *length);

/* Calls the function with as much memory as the text takes, and if it needs more, with that. */
static PyObject *convert(PyObject *module, PyObject *argument, text_function *function)
{
    PyObject *result = NULL;
    char *out = NULL;
    struct bytes text;
    size_t length;
    iscc_status status = ISCC_ERROR_MEMORY;

    if (!bytes_get(argument, true, &text))
        return NULL;
    out = PyMem_Malloc(text.size + 1);
    if (out != NULL)
        status = function(text.data, text.size, out, text.size + 1, &length);
    if (status == ISCC_ERROR_CAPACITY) {
        const size_t capacity = length;
        PyMem_Free(out);
        out = PyMem_Malloc(capacity);
        status = out == NULL ? ISCC_ERROR_MEMORY : function(text.data, text.size, out, capacity, &length);
    }
    if (status == ISCC_OK)
        result = PyUnicode_FromStringAndSize(out, (Py_ssize_t)length);
    else
        raise_status(module, status);
    PyMem_Free(out);
    bytes_release(&text);
    return result;
}

static PyObject *text_clean(PyObject *module, PyObject *text)
{
    return convert(module, text, iscc_text_clean);
}

static PyObject *text_collapse(PyObject *module, PyObject *text)
{
    return convert(module, text, iscc_text_collapse);
}

static PyObject *text_remove_newlines(PyObject *module, PyObject *text)
{
    return convert(module, text, iscc_text_remove_newlines);
}

static PyObject *json_to_data_url(PyObject *module, PyObject *json)
{
    return convert(module, json, iscc_json_to_data_url);
}

/* A text that is trimmed takes no more memory than before. */
static PyObject *text_trim(PyObject *module, PyObject *arguments, PyObject *keywords)
{
    char *names[] = {"text", "nbytes", NULL};
    PyObject *result = NULL;
    const char *text;
    Py_ssize_t size;
    Py_ssize_t nbytes;
    size_t length;

    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "s#n", names, &text, &size, &nbytes))
        return NULL;
    char *out = PyMem_Malloc((size_t)size + 1);
    if (out == NULL)
        return PyErr_NoMemory();
    const size_t most = nbytes < 0 ? 0 : (size_t)nbytes;
    const iscc_status status = iscc_text_trim(text, (size_t)size, most, out, (size_t)size, &length);
    if (status == ISCC_OK)
        result = PyUnicode_FromStringAndSize(out, (Py_ssize_t)length);
    else
        raise_status(module, status);
    PyMem_Free(out);
    return result;
}

/* The description is None if nothing of it is left. */
static PyObject *gen_meta_code(PyObject *module, PyObject *arguments)
{
    struct iscc_meta_code code;
    const char *texts[3];
    Py_ssize_t sizes[3];
    unsigned bits;

    if (!PyArg_ParseTuple(arguments, "s#z#z#I", &texts[0], &sizes[0], &texts[1], &sizes[1], &texts[2], &sizes[2],
                          &bits))
        return NULL;
    const iscc_status status = iscc_gen_meta_code_v0(texts[0], (size_t)sizes[0], texts[1], (size_t)sizes[1], texts[2],
                                                     (size_t)sizes[2], bits, &code);
    if (status != ISCC_OK)
        return raise_status(module, status);
    return Py_BuildValue("(sssz)", code.iscc, code.metahash, code.name,
                         code.description[0] == '\0' ? NULL : code.description);
}

PyMethodDef text_functions[] = {
    {"text_clean", text_clean, METH_O, "Clean a text for display."},
    {"text_collapse", text_collapse, METH_O, "Collapse a text to what similarity is measured on."},
    {"text_remove_newlines", text_remove_newlines, METH_O, "Put a text on one line."},
    {"text_trim", METHOD(text_trim), METH_VARARGS | METH_KEYWORDS,
     "Keep the characters within the first `nbytes` bytes of the UTF-8 of a text."},
    {"json_to_data_url", json_to_data_url, METH_O, "Write the canonical form of a JSON object as a Data-URL."},
    {"_gen_meta_code", gen_meta_code, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL}};
