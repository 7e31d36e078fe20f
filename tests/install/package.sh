#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# package.sh CMAKE CC PREFIX WORK: a project that finds the installed libiscc by find_package builds and runs.
set -eu
here=$(dirname "$0")
cmake=$1 cc=$2 prefix=$3 work=$4

rm -rf "$work"
"$cmake" -S "$here" -B "$work" -DCMAKE_C_COMPILER="$cc" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Release
"$cmake" --build "$work"
for kind in shared static; do
    echo "consumer_$kind:"
    "$work/consumer_$kind"
done
if readelf -d "$work/consumer_static" | grep 'NEEDED.*libiscc'; then
    echo "package.sh: the static consumer needs the shared library" >&2
    exit 1
fi
