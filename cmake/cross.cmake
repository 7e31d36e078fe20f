# SPDX-License-Identifier: Apache-2.0
# A toolchain file: builds with Debian's cross compiler for ISCC_CROSS_TARGET, such as s390x-linux-gnu. CTest runs
# the programs with qemu's ISCC_CROSS_EMULATOR, or directly if there is none.
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES ISCC_CROSS_TARGET ISCC_CROSS_EMULATOR)
set(CMAKE_SYSTEM_NAME Linux)
string(REGEX REPLACE "-.*" "" CMAKE_SYSTEM_PROCESSOR "${ISCC_CROSS_TARGET}")
set(CMAKE_C_COMPILER ${ISCC_CROSS_TARGET}-gcc)
set(CMAKE_CXX_COMPILER ${ISCC_CROSS_TARGET}-g++)
set(root /usr/${ISCC_CROSS_TARGET})

# The libraries are not in the target system's usual place. qemu -L would redirect every path of the program, so that
# its `/` would differ from that of the test that started it.
file(GLOB loader ${root}/lib/ld*.so.[0-9])
set(CMAKE_EXE_LINKER_FLAGS_INIT "-Wl,--dynamic-linker=${loader} -Wl,-rpath=${root}/lib")
if(ISCC_CROSS_EMULATOR)
    set(CMAKE_CROSSCOMPILING_EMULATOR ${ISCC_CROSS_EMULATOR} -L /)
endif()

# Use programs of this machine, but not its headers and libraries.
set(CMAKE_FIND_ROOT_PATH ${root} ${CMAKE_PREFIX_PATH})
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_DISABLE_FIND_PACKAGE_PkgConfig ON)
