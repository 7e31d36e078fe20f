#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# quickstart.sh [PATH...]: from a bare machine to the codes of PATH, by default of this project's own tree. Installs
# what the build needs and the machine lacks (apt-get, as root or by sudo), builds in build/release, and runs
# `iscc sum`. Messages go to stderr: stdout is the codes and nothing else.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
build=$root/build/release

say() {
    printf 'quickstart.sh: %s\n' "$*" >&2
}

"$root/scripts/install-deps.sh" build

say "building in $build"
mkdir -p "$build"
log=$build/quickstart.log
if ! {
    cmake -S "$root" -B "$build" -DCMAKE_BUILD_TYPE=Release -DISCC_BUILD_TESTS=OFF &&
        cmake --build "$build" --parallel "$(getconf _NPROCESSORS_ONLN)" --target iscc
} >"$log" 2>&1; then
    cat "$log" >&2
    say "the build failed; its messages are above"
    exit 2
fi

if [ $# -eq 0 ]; then
    cd "$root"
    set -- .
fi
say "running $build/iscc sum $*"
exec "$build/iscc" sum "$@"
