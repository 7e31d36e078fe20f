#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# install-deps.sh GROUP...: installs the tools and libraries of the groups (build, test, clang, analysis, bench,
# filesystems, style, ports, python, npm, release, debian, mpi, ci) that are missing, with apt-get (Debian, Ubuntu), as
# root or by sudo. On other systems it names them and fails. It removes nothing, so ports fails where gcc-multilib is
# installed, which conflicts with cross compilers. This is the only place that lists packages.
set -eu

say() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
}

# A line for each need: its group, Debian's package, and a command, header or file that shows that it is installed.
needs='
build gcc command:cc
build libc6-dev header:stdio.h
build make command:make
build cmake command:cmake
build librust-blake3-dev blake3
build libxxhash-dev header:xxhash.h
build libcjson-dev header:cjson/cJSON.h
build libutf8proc-dev header:utf8proc.h
build libarchive-dev header:archive.h
test libcmocka-dev cmocka
test bats command:bats
test git command:git
test pkg-config command:pkg-config
test g++ command:c++
test jq command:jq
test libarchive-tools command:bsdtar
test python3-jsonschema file:/usr/lib/python3/dist-packages/jsonschema/__init__.py
test zsh command:zsh
test fish command:fish
test time file:/usr/bin/time
clang clang command:clang
clang llvm command:llvm-symbolizer
clang libomp-dev file:/usr/lib/llvm-*/lib/libomp.so
bench b3sum command:b3sum
bench xxhash command:xxhsum
bench gnuplot-nox command:gnuplot
bench time file:/usr/bin/time
bench e2fsprogs command:mkfs.ext4
bench libfuse3-dev file:/usr/include/fuse3/fuse.h
bench pkg-config command:pkg-config
analysis clang-tidy command:clang-tidy
analysis cppcheck command:cppcheck
analysis gcc command:gcc
analysis valgrind command:valgrind
ports gcc-i686-linux-gnu command:i686-linux-gnu-gcc
ports libc6-dev-i386-cross file:/usr/i686-linux-gnu/include/stdio.h
ports gcc-powerpc-linux-gnu command:powerpc-linux-gnu-gcc
ports libc6-dev-powerpc-cross file:/usr/powerpc-linux-gnu/include/stdio.h
ports gcc-s390x-linux-gnu command:s390x-linux-gnu-gcc
ports libc6-dev-s390x-cross file:/usr/s390x-linux-gnu/include/stdio.h
ports gcc-aarch64-linux-gnu command:aarch64-linux-gnu-gcc
ports libc6-dev-arm64-cross file:/usr/aarch64-linux-gnu/include/stdio.h
ports gcc-arm-linux-gnueabihf command:arm-linux-gnueabihf-gcc
ports libc6-dev-armhf-cross file:/usr/arm-linux-gnueabihf/include/stdio.h
ports gcc-riscv64-linux-gnu command:riscv64-linux-gnu-gcc
ports libc6-dev-riscv64-cross file:/usr/riscv64-linux-gnu/include/stdio.h
ports qemu-user command:qemu-s390x
ports dpkg-dev command:dpkg-source
release dpkg-dev command:dpkg-source
release debhelper command:dh
release git command:git
release jq command:jq
release rpm command:rpmbuild
debian debootstrap command:debootstrap
debian util-linux command:unshare
mpi libopenmpi-dev command:mpicc.openmpi
mpi openmpi-bin command:mpirun.openmpi
mpi libmpich-dev command:mpicc.mpich
mpi mpich command:mpirun.mpich
mpi slurmctld command:slurmctld
mpi slurmd command:slurmd
mpi slurm-client command:sbatch
mpi munge command:munged
ci nodejs command:node
ci npm command:npm
ci pre-commit command:pre-commit
ci python3-yaml file:/usr/lib/python3/dist-packages/yaml/__init__.py
filesystems util-linux command:unshare
filesystems e2fsprogs command:debugfs
filesystems xfsprogs command:mkfs.xfs
filesystems btrfs-progs command:mkfs.btrfs
filesystems dosfstools command:mkfs.vfat
filesystems fusefat command:fusefat
filesystems squashfs-tools command:mksquashfs
filesystems psmisc command:fuser
python python3-dev file:/usr/include/python3.*/Python.h
python python3-venv file:/usr/lib/python3.*/ensurepip/__init__.py
python python3-setuptools file:/usr/lib/python3/dist-packages/setuptools/__init__.py
python python3-wheel file:/usr/lib/python3/dist-packages/wheel/__init__.py
python mypy file:/usr/lib/python3/dist-packages/mypy/stubtest.py
python python3-pytest file:/usr/lib/python3/dist-packages/pytest/__init__.py
npm clang command:clang
npm lld command:wasm-ld
npm wasi-libc file:/usr/include/wasm32-wasi/stdio.h
npm libclang-rt-14-dev-wasm32 file:/usr/lib/llvm-*/lib/clang/*/lib/wasi/libclang_rt.builtins-wasm32.a
npm binaryen command:wasm-opt
npm xz-utils command:xz
npm nodejs command:node
npm npm command:npm
npm node-typescript command:tsc
npm chromium command:chromium
style clang-format command:clang-format
style shellcheck command:shellcheck
style mandoc command:mandoc
style libxml2-utils command:xmllint
'

# The shell has already expanded a pattern, if it matches anything.
has_file() {
    [ -e "$1" ]
}

has_header() {
    command -v cc >/dev/null && printf '#include <%s>\n' "$1" | cc -E - >/dev/null 2>&1
}

# shellcheck disable=SC2086 # a file is a pattern
is_there() {
    case $1 in
    command:*) command -v "${1#*:}" >/dev/null ;;
    header:*) has_header "${1#*:}" ;;
    file:*) has_file ${1#*:} ;;
    cmocka) # its header cannot be included alone
         has_header "stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h"
        ;;
    blake3) [ -n "${BLAKE3_SOURCE_DIR-}" ] || has_file /usr/share/cargo/registry/blake3-*/c/blake3.c || has_header blake3.h ;;
    esac
}

missing_packages() {
    printf '%s' "$needs" | while read -r group package sign; do
        for wanted in "$@"; do
            if [ "$group" = "$wanted" ] && ! is_there "$sign"; then
                printf '%s ' "$package"
            fi
        done
    done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        say "neither root nor sudo: please run as root: $*"
        return 1
    fi
}

packages=$(missing_packages "$@")
if [ -z "$packages" ]; then
    say "all that is needed for $* is installed"
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    say "please install what these packages of Debian hold, under the names of this system: $packages"
    exit 1
fi
say "installing with apt-get: $packages"
export DEBIAN_FRONTEND=noninteractive
as_root apt-get update -q >&2
# shellcheck disable=SC2086 # a list of words
as_root apt-get install -q -y --no-install-recommends --no-remove $packages >&2

packages=$(missing_packages "$@")
if [ -n "$packages" ]; then
    say "installed, but still not found: $packages"
    exit 1
fi
