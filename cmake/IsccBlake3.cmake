# SPDX-License-Identifier: Apache-2.0
# Finds BLAKE3: as a CMake package, as an installed library, or as C sources to compile with the project. Sets
# ISCC_BLAKE3_ORIGIN to package, library or sources.
include(CheckCSourceCompiles)
option(ISCC_DOWNLOAD_BLAKE3 "Download BLAKE3's sources if none are found" OFF)
set(BLAKE3_SOURCE_DIR "" CACHE PATH "The folder c of BLAKE3's sources, to compile with the project")

if(NOT BLAKE3_SOURCE_DIR AND NOT TARGET BLAKE3::blake3)
    find_package(BLAKE3 CONFIG QUIET)
    if(TARGET BLAKE3::blake3)
        # A parent project that links with the static library must see it too.
        set_target_properties(BLAKE3::blake3 PROPERTIES IMPORTED_GLOBAL TRUE)
    endif()
endif()
if(TARGET BLAKE3::blake3)
    set(ISCC_BLAKE3_ORIGIN package)
    set(ISCC_BLAKE3_TARGET BLAKE3::blake3)
    set(ISCC_BLAKE3_EXPORT BLAKE3::blake3)
elseif(NOT BLAKE3_SOURCE_DIR)
    iscc_find_library(blake3 libblake3 blake3.h blake3)
    if(TARGET iscc_blake3)
        set(ISCC_BLAKE3_ORIGIN library)
        set(ISCC_BLAKE3_TARGET iscc_blake3)
        set(ISCC_BLAKE3_EXPORT blake3)
    endif()
endif()

if(NOT ISCC_BLAKE3_ORIGIN AND NOT BLAKE3_SOURCE_DIR)
    # Debian and Ubuntu ship the C sources in the Rust crate's package.
    file(GLOB debian_folders /usr/share/cargo/registry/blake3-*/c)
    if(debian_folders)
        list(SORT debian_folders COMPARE NATURAL ORDER DESCENDING)
        list(GET debian_folders 0 BLAKE3_SOURCE_DIR)
    endif()
endif()

if(NOT ISCC_BLAKE3_ORIGIN AND NOT BLAKE3_SOURCE_DIR AND ISCC_DOWNLOAD_BLAKE3)
    include(FetchContent)
    if(POLICY CMP0135)
        cmake_policy(SET CMP0135 NEW) # files get the time of their extraction
    endif()
    # SOURCE_SUBDIR names a folder without CMakeLists.txt, so the sources are downloaded but not built.
    FetchContent_Declare(
        iscc_blake3_download
        URL https://github.com/BLAKE3-team/BLAKE3/archive/refs/tags/1.8.2.tar.gz
        URL_HASH SHA256=6b51aefe515969785da02e87befafc7fdc7a065cd3458cf1141f29267749e81f
        SOURCE_SUBDIR media)
    FetchContent_MakeAvailable(iscc_blake3_download)
    set(BLAKE3_SOURCE_DIR ${iscc_blake3_download_SOURCE_DIR}/c)
endif()

if(NOT ISCC_BLAKE3_ORIGIN AND NOT BLAKE3_SOURCE_DIR)
    message(FATAL_ERROR "BLAKE3 is missing. Use one of these: the library's package (libblake3 of Fedora, Arch, Alpine, "
                        "Homebrew, vcpkg); librust-blake3-dev (Debian, Ubuntu), which has its C sources; "
                        "-DBLAKE3_SOURCE_DIR=<the folder c of the official sources>; -DISCC_DOWNLOAD_BLAKE3=ON")
endif()

if(NOT ISCC_BLAKE3_ORIGIN)
    set(ISCC_BLAKE3_ORIGIN sources)
    if(NOT EXISTS "${BLAKE3_SOURCE_DIR}/blake3_dispatch.c")
        message(FATAL_ERROR "BLAKE3_SOURCE_DIR is not the folder c of BLAKE3's sources: ${BLAKE3_SOURCE_DIR}")
    endif()
    add_library(iscc_blake3_objects OBJECT "${BLAKE3_SOURCE_DIR}/blake3.c" "${BLAKE3_SOURCE_DIR}/blake3_dispatch.c"
                                           "${BLAKE3_SOURCE_DIR}/blake3_portable.c")
    target_link_libraries(iscc_blake3_objects PRIVATE iscc_hardening) # marks branch targets in the assembler sources
    set(CMAKE_REQUIRED_QUIET ON) # only one of the checks can succeed
    check_c_source_compiles("#if !defined __x86_64__ || !defined __LP64__\n#error\n#endif\nint main(void) { return 0; }"
                            ISCC_X86_64)
    check_c_source_compiles("#if !defined __aarch64__ || defined __AARCH64EB__\n#error\n#endif\nint main(void) { return 0; }"
                            ISCC_AARCH64)
    unset(CMAKE_REQUIRED_QUIET)
    if(ISCC_X86_64)
        enable_language(ASM)
        foreach(set sse2 sse41 avx2 avx512)
            target_sources(iscc_blake3_objects PRIVATE "${BLAKE3_SOURCE_DIR}/blake3_${set}_x86-64_unix.S")
        endforeach()
    elseif(ISCC_AARCH64)
        target_sources(iscc_blake3_objects PRIVATE "${BLAKE3_SOURCE_DIR}/blake3_neon.c")
        target_compile_definitions(iscc_blake3_objects PRIVATE BLAKE3_USE_NEON=1)
    else()
        target_compile_definitions(
            iscc_blake3_objects PRIVATE BLAKE3_NO_SSE2 BLAKE3_NO_SSE41 BLAKE3_NO_AVX2 BLAKE3_NO_AVX512 BLAKE3_USE_NEON=0)
    endif()
endif()
if(ISCC_BLAKE3_ORIGIN STREQUAL "sources")
    message(STATUS "BLAKE3: sources in ${BLAKE3_SOURCE_DIR}")
else()
    message(STATUS "BLAKE3: installed ${ISCC_BLAKE3_ORIGIN}")
endif()
