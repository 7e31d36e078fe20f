# SPDX-License-Identifier: Apache-2.0
#
# small.sh: the works of bench.sh, which sources this file, with many small parts: `million`, files of 1 KiB, and
# `updates`, the Data-Code of a caller of the library who feeds a few kilobytes at a time.
# shellcheck shell=bash disable=SC2034,SC2154 # bench.sh sets files, folder, program and size, and uses tree

make_files() { # FOLDER DIRECTORIES FILES SIZE...: FILES in each directory, all of one of the sizes
    local target=$1 directories=$2 files=$3 sizes=("${@:4}") i size
    say "making $((directories * files)) files"
    for ((i = 0; i < directories; i++)); do
        size=${sizes[i % ${#sizes[@]}]}
        mkdir -p "$target/$i"
        head -c "$((files * size))" /dev/urandom | split -b "$size" -a 3 - "$target/$i/"
    done
    sync -f "$target" # or the disk would be busy during the first rounds
}

measure_million() {
    local count
    tree=$folder/million
    make_files "$tree" "$((files / 1000))" 1000 1024
    count=$(list_tree)
    tree_programs 2 | grep -Ev '^(sha256sum|b3sum 1)' | run_rounds | report "$count files of 1 KiB" 'b3sum'
}

measure_updates() {
    local build=${program%/*} kib
    local tool=$build/tests/tools/measure_updates
    cmake --build "$build" --target measure_updates >/dev/null 2>&1 || true
    [ -x "$tool" ] || { leave_out updates "there is no $tool: it needs a build with its tests" && return; }
    for kib in 4 64 1024; do printf 'updates of %s KiB\t%q %s %s\n' "$kib" "$tool" "$kib" "$size"; done |
        run_rounds | report "Data-Code, $size MiB" 'updates of 1024 KiB'
}
