#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# portability.sh [NAME...]: builds everything for other processors, with warnings as errors, and runs the tests there.
# NAME:
#   i386       32 bits, little-endian: runs on x86-64 as it is, by qemu where the kernel does not allow that
#   powerpc    32 bits, big-endian, by qemu
#   s390x      64 bits, big-endian, by qemu
#   arm64      64 bits, little-endian, with BLAKE3's NEON, by qemu
#   armhf      32 bits, little-endian, by qemu
#   riscv64    64 bits, little-endian, by qemu
# Default: all of them. For Debian and Ubuntu, as root or by sudo: installs their cross compilers and qemu-user, which
# needs Internet access. The libraries of the program and its tests are built in build/ports from the sources of this
# system's packages. OpenMP is used. Left out are slow tests, and
#   everywhere  docs, whose examples call the system's own compiler; hardening, since this build has a path to its
#               libraries
#   by qemu     the tests of what is installed, and those of faults and of the sandbox: a library cannot be preloaded,
#               because the process is qemu, and qemu does not support Landlock; unit.cluster, as qemu fails where a
#               thread forks while others run; unit.cpu, which reads /proc/cpuinfo of the machine that runs qemu
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. scripts/libraries.sh
ports=$PWD/build/ports
cores=$(getconf _NPROCESSORS_ONLN)
libraries=(cjson utf8proc cmocka)

say() {
    printf 'portability.sh: %s\n' "$*" >&2
}

# Sets the prefix of the compiler, the emulator, and cmake's options for the target.
find_target() {
    emulator=
    case $1 in
    i386)
        target=i686-linux-gnu
        "/usr/$target/lib/ld-linux.so.2" --version >/dev/null 2>&1 || emulator=qemu-i386
        ;;
    powerpc) target=powerpc-linux-gnu emulator=qemu-ppc ;;
    s390x) target=s390x-linux-gnu emulator=qemu-s390x ;;
    arm64) target=aarch64-linux-gnu emulator=qemu-aarch64 ;;
    armhf) target=arm-linux-gnueabihf emulator=qemu-arm ;;
    riscv64) target=riscv64-linux-gnu emulator=qemu-riscv64 ;;
    *)
        say "no such processor: '$1' (i386, powerpc, s390x, arm64, armhf, riscv64)"
        return 1
        ;;
    esac
    cross=("-DCMAKE_TOOLCHAIN_FILE=$PWD/cmake/cross.cmake" "-DISCC_CROSS_TARGET=$target" "-DISCC_CROSS_EMULATOR=$emulator")
}

# Only a header of xxHash is used, which is the same for every processor.
build_libraries() {
    local library
    [[ ! -e $1/prefix/include/xxhash.h ]] || return 0
    mkdir -p "$1"
    for library in "${libraries[@]}"; do
        build_library "$ports/sources/$library" "$1/libraries/$library" "$1/prefix" "${cross[@]}" \
            >"$1/$library.log" 2>&1 || {
            say "$library cannot be built: see $1/$library.log"
            return 1
        }
    done
    cp /usr/include/xxhash.h "$1/prefix/include"
}

# Called in a condition, where `set -e` has no effect.
test_processor() {
    local folder=$ports/$1 target emulator cross labels='unit|fuzz|cli|faults|install' left_out='^cli\.docs|^install\.hardening'
    find_target "$1"
    build_libraries "$folder" || return 1
    cmake -S . -B "$folder/build" "${cross[@]}" -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$folder/prefix" \
        -DISCC_WERROR=ON -DISCC_OPENMP=ON -DISCC_TEST_BACKENDS='portable;auto' || return 1
    cmake --build "$folder/build" --parallel "$cores" || return 1
    if [[ -n $emulator ]]; then
        labels='unit|fuzz|cli' left_out='^(cli\.(docs|sandbox|slow_storage)|unit\.(cluster|cpu))'
    fi
    ctest --test-dir "$folder/build" --parallel "$cores" --no-tests=error --output-on-failure \
        --label-regex "^($labels)\$" --label-exclude slow --exclude-regex "$left_out"
}

names=("$@")
[[ $# -gt 0 ]] || names=(i386 powerpc s390x arm64 armhf riscv64)
for name in "${names[@]}"; do
    find_target "$name"
done
scripts/install-deps.sh build test ports
[[ -e $ports/sources/cmocka/CMakeLists.txt ]] || fetch_sources "$ports/sources" "${libraries[@]}"

failed=0
for name in "${names[@]}"; do
    if test_processor "$name"; then
        say "$name: passed"
    else
        say "$name: FAILED"
        failed=1
    fi
done
exit "$failed"
