# SPDX-License-Identifier: Apache-2.0
# Finds the dependencies of the library and the program, and prints one line for a missing one.

# Makes the imported target iscc_<name> from a header and a library. pkg-config only gives hints, so it need
# not be installed.
function(iscc_find_library name pkg header library)
    string(TOUPPER ${name} prefix)
    find_package(PkgConfig QUIET)
    if(PKG_CONFIG_FOUND)
        pkg_check_modules(${prefix}_HINT QUIET ${pkg})
    endif()
    find_path(${prefix}_INCLUDE_DIR ${header} HINTS ${${prefix}_HINT_INCLUDE_DIRS})
    if(ISCC_STATIC_PROGRAM)
        set(library ${CMAKE_STATIC_LIBRARY_PREFIX}${library}${CMAKE_STATIC_LIBRARY_SUFFIX})
    endif()
    find_library(${prefix}_LIBRARY ${library} HINTS ${${prefix}_HINT_LIBRARY_DIRS})
    mark_as_advanced(${prefix}_INCLUDE_DIR ${prefix}_LIBRARY)
    if(${prefix}_INCLUDE_DIR AND ${prefix}_LIBRARY)
        add_library(iscc_${name} UNKNOWN IMPORTED GLOBAL)
        set_target_properties(
            iscc_${name} PROPERTIES IMPORTED_LOCATION "${${prefix}_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES
                                                                            "${${prefix}_INCLUDE_DIR}")
    endif()
endfunction()

# Makes the target iscc_openmp. gcc's runtime is linked statically if its archive is installed, as it is with gcc on
# Debian: then src/cli/runtime.c can set its options before it reads them, and the program loads one library less.
function(iscc_define_openmp)
    add_library(iscc_openmp INTERFACE)
    set(archive "")
    if(CMAKE_C_COMPILER_ID STREQUAL "GNU" AND NOT ISCC_SANITIZE)
        execute_process(COMMAND ${CMAKE_C_COMPILER} -print-file-name=libgomp.a OUTPUT_VARIABLE archive
                        OUTPUT_STRIP_TRAILING_WHITESPACE)
    endif()
    if(IS_ABSOLUTE "${archive}" AND EXISTS "${archive}")
        target_compile_options(iscc_openmp INTERFACE ${OpenMP_C_FLAGS})
        target_link_libraries(iscc_openmp INTERFACE ${archive} Threads::Threads ${CMAKE_DL_LIBS})
    else()
        target_link_libraries(iscc_openmp INTERFACE OpenMP::OpenMP_C)
    endif()
endfunction()

find_package(Threads REQUIRED)

include(IsccBlake3)

find_path(XXHASH_INCLUDE_DIR xxhash.h)
mark_as_advanced(XXHASH_INCLUDE_DIR)
if(NOT XXHASH_INCLUDE_DIR)
    message(FATAL_ERROR "xxHash is missing: install libxxhash-dev (Debian, Ubuntu) or set XXHASH_INCLUDE_DIR")
endif()

if(ISCC_BUILD_PROGRAM)
    if(ISCC_STATIC_PROGRAM)
        # A static program can only load libraries of the very glibc that it contains.
        set(ISCC_LIBARCHIVE_INCLUDE_DIR OFF CACHE PATH "The headers of libarchive" FORCE)
    endif()
    iscc_find_library(cjson libcjson cjson/cJSON.h cjson)
    if(NOT TARGET iscc_cjson)
        message(FATAL_ERROR "cJSON is missing: install libcjson-dev (Debian, Ubuntu), "
                            "which lacks the archive that ISCC_STATIC_PROGRAM needs; scripts/release.sh builds it")
    endif()
    iscc_find_library(utf8proc libutf8proc utf8proc.h utf8proc)
    if(NOT TARGET iscc_utf8proc)
        message(FATAL_ERROR "utf8proc is missing: install libutf8proc-dev (Debian, Ubuntu)")
    endif()
    find_path(ISCC_LIBARCHIVE_INCLUDE_DIR archive_entry.h)
    mark_as_advanced(ISCC_LIBARCHIVE_INCLUDE_DIR)
    if(NOT ISCC_LIBARCHIVE_INCLUDE_DIR)
        message(WARNING "libarchive's headers are missing, so the program will not look into archives: "
                        "install libarchive-dev (Debian, Ubuntu)")
    endif()
    if(ISCC_OPENMP STREQUAL "AUTO" OR ISCC_OPENMP)
        find_package(OpenMP COMPONENTS C)
        if(NOT OpenMP_C_FOUND AND NOT ISCC_OPENMP STREQUAL "AUTO")
            message(FATAL_ERROR "OpenMP is missing: install libgomp1 for gcc or libomp-dev for clang (Debian, Ubuntu)")
        elseif(NOT OpenMP_C_FOUND)
            message(WARNING "OpenMP is missing, so the program will use one processor: "
                            "install libgomp1 for gcc or libomp-dev for clang (Debian, Ubuntu)")
        else()
            iscc_define_openmp()
        endif()
    endif()
endif()
