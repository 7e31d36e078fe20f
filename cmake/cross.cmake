# SPDX-License-Identifier: Apache-2.0
# A toolchain file: builds with Debian's cross compiler for ISCC_CROSS_TARGET, such as s390x-linux-gnu, and lets CTest
# run what was built by qemu's ISCC_CROSS_EMULATOR. Without one this machine's own processor must run it.
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES ISCC_CROSS_TARGET ISCC_CROSS_EMULATOR)
set(CMAKE_SYSTEM_NAME Linux)
string(REGEX REPLACE "-.*" "" CMAKE_SYSTEM_PROCESSOR "${ISCC_CROSS_TARGET}")
set(CMAKE_C_COMPILER ${ISCC_CROSS_TARGET}-gcc)
set(CMAKE_CXX_COMPILER ${ISCC_CROSS_TARGET}-g++)
set(root /usr/${ISCC_CROSS_TARGET})

# The libraries are not where such a system has them. qemu could look there for every path that the program names (-L),
# but then `/` would be another directory for the program than for the test that started it.
file(GLOB loader ${root}/lib/ld*.so.[0-9])
set(CMAKE_EXE_LINKER_FLAGS_INIT "-Wl,--dynamic-linker=${loader} -Wl,-rpath=${root}/lib")
if(ISCC_CROSS_EMULATOR)
    set(CMAKE_CROSSCOMPILING_EMULATOR ${ISCC_CROSS_EMULATOR} -L /)
endif()

# Headers and libraries of this machine are of no use; its programs are.
set(CMAKE_FIND_ROOT_PATH ${root} ${CMAKE_PREFIX_PATH})
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_DISABLE_FIND_PACKAGE_PkgConfig ON)
