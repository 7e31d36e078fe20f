#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# fuzz.sh [--write] [SECONDS] [TARGET...]: runs each fuzz target of tests/fuzz, or those named, for SECONDS (60 by
# default) under libFuzzer with AddressSanitizer and UndefinedBehaviorSanitizer, and prints a table. An input that fails
# is kept in build/fuzz/findings and printed as a line for tests/fuzz/corpus; the status is then 1. --write saves the
# inputs that reach new code in tests/fuzz/corpus/TARGET.found.txt, which every build replays. ISCC_TEST_SEED repeats the
# fuzzer's choices.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build=build/fuzz
programs=$build/tests/fuzz
found_max=20000 # bytes of a TARGET.found.txt

write=0
if [[ ${1-} == --write ]]; then
    write=1
    shift
fi
seconds=60
if [[ ${1-} =~ ^[0-9]+$ ]]; then
    seconds=$1
    shift
fi

# What reads an archive has no more memory than this (confinement.c), and libarchive asks for what a header says.
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}max_allocation_size_mb=512:allocator_may_return_null=1

# Unpacks the corpora into a folder that also keeps what earlier runs found.
unpack() {
    local file
    mkdir -p "$build/seeds/$1" "$build/corpus/$1" "$build/findings"
    for file in tests/fuzz/corpus/"$1".txt tests/fuzz/corpus/"$1".found.txt; do
        if [[ -e $file ]]; then
            "$programs/corpus_tool" unpack "$file" "$build/corpus/$1"
        fi
    done
    rm -f "$build/seeds/$1"/*
    "$programs/corpus_tool" unpack "tests/fuzz/corpus/$1.txt" "$build/seeds/$1"
}

fuzz() {
    local arguments=("-max_total_time=$seconds" -timeout=20 -rss_limit_mb=1500 -use_value_profile=1
        "-artifact_prefix=$build/findings/$1-" "-seed=${ISCC_TEST_SEED:-0}")
    if [[ -e tests/fuzz/corpus/$1.dict ]]; then
        arguments+=("-dict=tests/fuzz/corpus/$1.dict")
    fi
    "$programs/fuzz_$1" "${arguments[@]}" "$build/corpus/$1" >"$build/$1.log" 2>&1
}

# The number after a word in the last line of progress.
last() {
    grep -E '^#[0-9]+.* cov: ' "$build/$1.log" | tail -n 1 | sed -nE "s/.*$2([0-9]+).*/\\1/p"
}

report() {
    local target=$1 findings=$2
    printf '%-14s %12s %8s %10s %8s  %s\n' "$target" "$(last "$target" '^#')" "$(last "$target" 'cov: ')" \
        "$(last "$target" 'ft: ')" "$(last "$target" 'corp: ')" "$findings"
}

show_finding() {
    local finding
    grep -E 'required:|ERROR:|runtime error:|SUMMARY:' "$build/$1.log" >&2 || tail -n 20 "$build/$1.log" >&2
    for finding in "$build/findings/$1"-*; do
        printf 'a line for tests/fuzz/corpus/%s.txt (%s):\n' "$1" "$finding" >&2
        "$programs/corpus_tool" pack "$finding" >&2
    done
}

# Keeps the fewest inputs that reach code which those kept by hand do not, the shortest first, up to found_max bytes.
keep_found() {
    local folder=$build/kept/$1 file size=0 length inputs=()
    rm -rf "$folder"
    mkdir -p "$folder"
    cp "$build/seeds/$1"/* "$folder"
    "$programs/fuzz_$1" -set_cover_merge=1 -use_counters=0 "$folder" "$build/corpus/$1" >"$build/$1.merge.log" 2>&1
    for file in "$build/seeds/$1"/*; do
        rm "$folder/$(basename "$file")"
    done
    while read -r length file; do
        size=$((size + 2 * length))
        if ((size < found_max)); then
            inputs+=("$folder/$file")
        fi
    done < <(find "$folder" -type f -printf '%s %f\n' | sort -n -k 1 -k 2)
    rm -f "tests/fuzz/corpus/$1.found.txt"
    if [[ ${#inputs[@]} -gt 0 ]]; then
        "$programs/corpus_tool" pack "${inputs[@]}" >"tests/fuzz/corpus/$1.found.txt"
    fi
}

scripts/install-deps.sh build test clang
cmake --preset fuzz >&2
cmake --build --preset fuzz --parallel "$(getconf _NPROCESSORS_ONLN)" >&2

targets=("$@")
if [[ ${#targets[@]} -eq 0 ]]; then
    for file in tests/fuzz/fuzz_*.c; do
        file=${file##*/fuzz_}
        targets+=("${file%.c}")
    done
fi

failed=0
table=()
for target in "${targets[@]}"; do
    printf 'fuzz.sh: %s for %s s\n' "$target" "$seconds" >&2
    unpack "$target"
    rm -f "$build/findings/$target"-*
    if fuzz "$target"; then
        findings=none
    else
        findings='SEE ABOVE'
        failed=1
        show_finding "$target"
    fi
    table+=("$(report "$target" "$findings")")
    if [[ $write -eq 1 ]]; then
        keep_found "$target"
    fi
done
printf '%-14s %12s %8s %10s %8s  %s\n' target executions edges features corpus findings
printf '%s\n' "${table[@]}"
exit "$failed"
