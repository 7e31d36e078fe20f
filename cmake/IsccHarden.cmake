# SPDX-License-Identifier: Apache-2.0
# Protections against the exploitation of bugs, as far as compiler and linker support them.
include(CheckCCompilerFlag)
include(CheckCSourceCompiles)
if(ISCC_BUILD_PROGRAM) # affects all executables, including those of a parent project
    include(CheckPIESupported)
    check_pie_supported(LANGUAGES C)
endif()

add_library(iscc_hardening INTERFACE)

# The sanitizers have their own checks, which conflict with fortified functions.
if(NOT ISCC_SANITIZE)
    # Level 3 also checks sizes known only at run time; the C library knows whether the compiler supports it.
    set(CMAKE_REQUIRED_FLAGS "-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3")
    check_c_source_compiles(
        "#include <stdlib.h>\n#if __USE_FORTIFY_LEVEL < 3\n#error\n#endif\nint main(void) { return 0; }" ISCC_HAVE_FORTIFY_3)
    unset(CMAKE_REQUIRED_FLAGS)
    set(ISCC_FORTIFY_LEVEL 2)
    if(ISCC_HAVE_FORTIFY_3)
        set(ISCC_FORTIFY_LEVEL 3)
    endif()
    target_compile_options(
        iscc_hardening INTERFACE "$<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE>"
                                 "$<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=${ISCC_FORTIFY_LEVEL}>")
    foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection)
        string(MAKE_C_IDENTIFIER "ISCC_HAVE${flag}" result)
        set(CMAKE_REQUIRED_FLAGS -Werror) # clang only warns about flags that its target does not support
        check_c_compiler_flag(${flag} ${result})
        unset(CMAKE_REQUIRED_FLAGS)
        if(${result})
            target_compile_options(iscc_hardening INTERFACE ${flag})
        endif()
    endforeach()
endif()

foreach(flag -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
    string(MAKE_C_IDENTIFIER "ISCC_HAVE${flag}" result)
    set(CMAKE_REQUIRED_LINK_OPTIONS ${flag})
    check_c_source_compiles("int main(void) { return 0; }" ${result})
    unset(CMAKE_REQUIRED_LINK_OPTIONS)
    if(${result})
        target_link_options(iscc_hardening INTERFACE ${flag})
    endif()
endforeach()
