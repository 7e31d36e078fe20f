# SPDX-License-Identifier: Apache-2.0
# Adds the kernels of one instruction set: their files get their own flags, and a definition tells select.c of them.

# iscc_add_kernels(<target> <name> <predefined macro of the processor> SOURCES <file>... FLAGS <flag>...) adds the files
# and defines ISCC_HAVE_<NAME> if the compiler targets that processor and knows the flags.
function(iscc_add_kernels target name processor)
    cmake_parse_arguments(kernels "" "" "SOURCES;FLAGS" ${ARGN})
    string(TOUPPER ${name} upper)
    list(JOIN kernels_FLAGS " " CMAKE_REQUIRED_FLAGS)
    check_c_source_compiles("#ifndef ${processor}\n#error\n#endif\nint main(void) { return 0; }" ISCC_HAVE_${upper})
    if(ISCC_HAVE_${upper})
        target_sources(${target} PRIVATE ${kernels_SOURCES})
        set_source_files_properties(${kernels_SOURCES} PROPERTIES COMPILE_OPTIONS "${kernels_FLAGS}")
        target_compile_definitions(${target} PRIVATE ISCC_HAVE_${upper}=1)
    endif()
endfunction()
