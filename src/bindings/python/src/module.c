/* SPDX-License-Identifier: Apache-2.0 */
/* The extension module libiscc._libiscc. */
#include "module.h"

struct module_state {
    PyObject *error; /* libiscc.IsccError */
};

PyObject *raise_status(PyObject *module, iscc_status status)
{
    const struct module_state *state = PyModule_GetState(module);

    if (status == ISCC_ERROR_MEMORY)
        return PyErr_NoMemory();
    PyObject *arguments = Py_BuildValue("(si)", iscc_strerror(status), (int)status);
    if (arguments != NULL)
        PyErr_SetObject(state->error, arguments);
    Py_XDECREF(arguments);
    return NULL;
}

bool bytes_get(PyObject *object, bool or_text, struct bytes *bytes)
{
    Py_ssize_t size;

    bytes->has_view = !(or_text && PyUnicode_Check(object));
    if (bytes->has_view) {
        if (PyObject_GetBuffer(object, &bytes->view, PyBUF_SIMPLE) < 0)
            return false;
        bytes->data = bytes->view.buf;
        size = bytes->view.len;
    } else
        bytes->data = PyUnicode_AsUTF8AndSize(object, &size);
    bytes->size = bytes->data == NULL ? 0 : (size_t)size;
    return bytes->data != NULL || bytes->has_view;
}

void bytes_release(struct bytes *bytes)
{
    if (bytes->has_view)
        PyBuffer_Release(&bytes->view);
}

void lock_object(PyThread_type_lock lock)
{
    if (PyThread_acquire_lock(lock, NOWAIT_LOCK))
        return;
    Py_BEGIN_ALLOW_THREADS;
    PyThread_acquire_lock(lock, WAIT_LOCK);
    Py_END_ALLOW_THREADS;
}

static int execute(PyObject *module)
{
    struct module_state *state = PyModule_GetState(module);

    state->error = PyErr_NewExceptionWithDoc("libiscc.IsccError",
                                             "A value that libiscc refuses: its arguments are the reason and the "
                                             "number of the iscc_status.",
                                             PyExc_ValueError, NULL);
    if (state->error == NULL || PyModule_AddObjectRef(module, "IsccError", state->error) < 0)
        return -1;
    if (PyModule_AddStringConstant(module, "version", iscc_version()) < 0 ||
        PyModule_AddStringConstant(module, "unicode_version", iscc_unicode_version()) < 0)
        return -1;
    if (PyModule_AddFunctions(module, text_functions) < 0 || PyModule_AddFunctions(module, code_functions) < 0)
        return -1;
    return add_hashers(module) < 0 || add_index(module) < 0 ? -1 : 0;
}

static int traverse(PyObject *module, visitproc visit, void *arg)
{
    const struct module_state *state = PyModule_GetState(module);
    Py_VISIT(state->error);
    return 0;
}

static int clear(PyObject *module)
{
    struct module_state *state = PyModule_GetState(module);
    Py_CLEAR(state->error);
    return 0;
}

PyMODINIT_FUNC PyInit__libiscc(void);

PyMODINIT_FUNC PyInit__libiscc(void)
{
    static PyModuleDef_Slot slots[] = {{Py_mod_exec, SLOT(execute)}, {0, NULL}};
    static struct PyModuleDef definition = {.m_base = PyModuleDef_HEAD_INIT,
                                            .m_name = "libiscc._libiscc",
                                            .m_size = sizeof(struct module_state),
                                            .m_slots = slots,
                                            .m_traverse = traverse,
                                            .m_clear = clear};
    return PyModuleDef_Init(&definition);
}
