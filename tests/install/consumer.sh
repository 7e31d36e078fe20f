#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# consumer.sh WAY PREFIX CMAKE CC [OPTION]...: a program that uses libiscc builds and runs, once linked with iscc::iscc and
# once with the static library. The OPTIONs are for cmake. WAY:
#   package      find_package finds the installation in PREFIX
#   pkg-config   pkg-config finds it
#   sources      FetchContent and then add_subdirectory build the sources with the program; FetchContent without the
#                shared library, to install a package of the static library alone
set -eu
here=$(cd "$(dirname "$0")" && pwd)
way=$1 prefix=$2 cmake=$3 cc=$4
shift 4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

die() {
    printf 'consumer.sh: %s\n' "$*" >&2
    exit 1
}

# build_with_cmake FOLDER OPTION...
build_with_cmake() {
    build=$work/$1
    shift
    "$cmake" -S "$here" -B "$build" -DCMAKE_C_COMPILER="$cc" "$@"
    "$cmake" --build "$build"
}

# compile PROGRAM OPTION...
compile() {
    program=$1
    shift
    "$cc" -I "$here/other" -o "$build/$program" "$here/consumer.c" "$@" "-Wl,-rpath,$libdir"
}

# The output of pkg-config is quoted for a shell. Both libraries share a folder, so the static one is named explicitly.
build_with_pkg_config() {
    build=$work
    file=$(find "$prefix" -name iscc.pc)
    PKG_CONFIG_PATH=$(dirname "$file")
    export PKG_CONFIG_PATH
    libdir=$(dirname "$PKG_CONFIG_PATH")
    eval "compile consumer $(pkg-config --cflags --libs iscc)"
    eval "compile consumer_static $(
        pkg-config --static --cflags --libs iscc | sed 's/-liscc/-Wl,-Bstatic -liscc -Wl,-Bdynamic/'
    )"
}

# check KIND: both programs run, and the one that does not choose a library is linked with the KIND library.
check() {
    linked=
    for program in consumer consumer_static; do
        "$build/$program"
        if readelf -d "$build/$program" | grep 'NEEDED.*libiscc'; then
            linked="$linked shared"
        else
            linked="$linked static"
        fi
    done
    [ "$linked" = " $1 static" ] || die "the programs are linked with these libraries:$linked"
}

# Both ways share a folder, so libiscc is compiled once, without the kernels that compile slowly.
build_with_sources() {
    set -- -DFETCHCONTENT_SOURCE_DIR_ISCC="${here%/tests/install}" -DISCC_HAVE_AVX2=OFF -DISCC_HAVE_AVX512=OFF "$@"
    build_with_cmake sources -DWAY=fetch -DISCC_BUILD_SHARED=OFF -DISCC_INSTALL=ON "$@"
    check static
    "$cmake" --install "$build" --prefix "$work/prefix"

    build_with_cmake sources -DWAY=subdirectory -UISCC_BUILD_SHARED -UISCC_INSTALL "$@"
    check shared
    "$cmake" --install "$build" --prefix "$work/nothing"
    [ ! -e "$work/nothing" ] || die 'the parent project installs files of libiscc'

    build_with_cmake package -DWAY=package -DCMAKE_PREFIX_PATH="$work/prefix" "$@"
    check static
}

case $way in
package)
    build_with_cmake package -DWAY=package -DCMAKE_PREFIX_PATH="$prefix" "$@"
    check shared
    ;;
pkg-config)
    command -v pkg-config >/dev/null || {
        echo 'consumer.sh: skipped, pkg-config is missing' >&2
        exit 77
    }
    build_with_pkg_config
    check shared
    ;;
sources) build_with_sources "$@" ;;
*) die "what is $way?" ;;
esac
