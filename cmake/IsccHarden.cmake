# SPDX-License-Identifier: Apache-2.0
# What compiler and linker can do against the exploitation of bugs, where they can.
include(CheckCCompilerFlag)
include(CheckCSourceCompiles)
if(ISCC_BUILD_PROGRAM) # it affects all executables, and those of a parent project are not ours
    include(CheckPIESupported)
    check_pie_supported(LANGUAGES C)
endif()

add_library(iscc_hardening INTERFACE)

# The sanitizers have their own checks, and disagree with fortified functions.
if(NOT ISCC_SANITIZE)
    # Level 3 also checks sizes that are known at run time alone; the C library says whether the compiler can.
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
        set(CMAKE_REQUIRED_FLAGS -Werror) # clang only warns of a flag that its target does not have
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
