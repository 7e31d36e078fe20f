#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# pkgconfig.sh CC PREFIX WORK: a program that finds the installed libiscc by pkg-config builds and runs.
set -eu
here=$(dirname "$0")
cc=$1 prefix=$2 work=$3

command -v pkg-config >/dev/null || {
    echo "pkgconfig.sh: skipped, pkg-config is missing" >&2
    exit 77
}
file=$(find "$prefix" -name iscc.pc)
PKG_CONFIG_PATH=$(dirname "$file")
libdir=$(dirname "$PKG_CONFIG_PATH")
export PKG_CONFIG_PATH
rm -rf "$work"
mkdir -p "$work"

# What pkg-config prints is quoted for a shell.
eval "set -- $(pkg-config --cflags --libs iscc)"
"$cc" -o "$work/shared" "$here/consumer.c" "$@" "-Wl,-rpath,$libdir"
"$work/shared"

# Both kinds are in one folder, so the static one is asked for.
eval "set -- $(pkg-config --static --cflags --libs iscc | sed 's/-liscc/-Wl,-Bstatic -liscc -Wl,-Bdynamic/')"
"$cc" -o "$work/static" "$here/consumer.c" "$@"
"$work/static"
if readelf -d "$work/static" | grep 'NEEDED.*libiscc'; then
    echo "pkgconfig.sh: the static consumer needs the shared library" >&2
    exit 1
fi
