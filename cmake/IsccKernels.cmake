# SPDX-License-Identifier: Apache-2.0
# Adds kernels of one instruction set: the file gets its own flags, and select.c learns that it exists.

# iscc_add_kernel(<target> <name> <predefined macro of the processor> <flags>...) adds kernels/<name>.c and defines
# ISCC_HAVE_<NAME> where the compiler's target is that processor and knows the flags.
function(iscc_add_kernel target name processor)
    string(TOUPPER ${name} upper)
    set(CMAKE_REQUIRED_FLAGS "${ARGN}")
    string(REPLACE ";" " " CMAKE_REQUIRED_FLAGS "${CMAKE_REQUIRED_FLAGS}")
    check_c_source_compiles("#ifndef ${processor}\n#error\n#endif\nint main(void) { return 0; }" ISCC_HAVE_${upper})
    if(ISCC_HAVE_${upper})
        target_sources(${target} PRIVATE ${PROJECT_SOURCE_DIR}/src/core/kernels/${name}.c)
        set_source_files_properties(${PROJECT_SOURCE_DIR}/src/core/kernels/${name}.c PROPERTIES COMPILE_OPTIONS "${ARGN}")
        target_compile_definitions(${target} PRIVATE ISCC_HAVE_${upper}=1)
    endif()
endfunction()
