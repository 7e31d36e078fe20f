#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# components.sh CMAKE BUILD LIBDIR: each component of the build installs exactly its files, and without a component
# all three are installed.
set -eu
source=$(dirname "$0")/../..
cmake=$1 build=$2 libdir=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Prints the paths below a folder, with versions and build types replaced by placeholders.
list() {
    (cd "$1" && find . ! -type d) |
        sed -E 's,^\./,,; s,(libiscc\.so\.)[0-9]+$,\1N,; s,(libiscc\.so\.)[0-9]+\.[0-9]+\.[0-9]+$,\1N.N.N,; s/Targets-.*\.cmake/Targets-TYPE.cmake/' | sort
}

expected() {
    case $1 in
    runtime)
        printf '%s\n' bin/iscc share/doc/iscc/LICENSE share/bash-completion/completions/iscc share/doc/iscc/CHANGELOG.md \
            share/doc/iscc/README.md share/iscc/iscc.schema.json share/fish/vendor_completions.d/iscc.fish share/zsh/site-functions/_iscc
        (cd "$source/man" && printf 'share/man/man1/%s\n' *.1 && printf 'share/man/man5/%s\n' *.5) |
            if [ -e "$build/iscc-mpi" ]; then cat && echo bin/iscc-mpi; else grep -v '/iscc-mpi\.1$'; fi
        ;;
    library) printf '%s\n' share/doc/libiscc/LICENSE "$libdir/libiscc.so.N" "$libdir/libiscc.so.N.N.N" ;;
    development)
        printf '%s\n' share/doc/libiscc-dev/LICENSE include/iscc/iscc.h "$libdir/libiscc.a" "$libdir/libiscc.so" "$libdir/pkgconfig/iscc.pc"
        printf "$libdir/cmake/iscc/%s.cmake\n" isccConfig isccConfigVersion isccTargets isccTargets-TYPE
        ;;
    esac
}

for component in runtime library development; do
    "$cmake" --install "$build" --prefix "$work/$component" --component "$component"
    list "$work/$component" >"$work/installed"
    expected "$component" | sort | diff -u - "$work/installed"
    cat "$work/installed" >>"$work/all"
done
"$cmake" --install "$build" --prefix "$work/tree"
list "$work/tree" >"$work/installed"
sort -u "$work/all" | diff -u - "$work/installed"
