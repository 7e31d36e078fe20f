#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# analyze.sh [NAME...]: looks for mistakes without the tests' help. A NAME is `tidy` (clang-tidy with the checks of
# .clang-tidy), `cppcheck`, `analyzer` (gcc's -fanalyzer) or `memcheck` (valgrind over the unit tests and some runs of
# the program); default: the first three. Whatever they find in src/ fails. scripts/test.sh installs the tools and runs
# this.
# shellcheck disable=SC2317 # functions are called by their names
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
cores=$(getconf _NPROCESSORS_ONLN)

# The commands that compile src/, as the database of a build: a shell command a line.
compile_commands() {
    jq -r '.[] | select(.file | contains("/src/") and (contains("/blake3") | not)) | .'"$1" build/dev/compile_commands.json
}

configure_dev() {
    cmake --preset dev -DCMAKE_C_COMPILER="$1" >/dev/null
}

# One file a process: several in one, and version 14 takes each va_list but the first for uninitialized. What is said of
# other projects' headers is left out.
run_tidy() {
    local found
    configure_dev "${CC:-cc}"
    found=$(compile_commands file | xargs -P "$cores" -n 1 clang-tidy -p build/dev --quiet 2>/dev/null |
        grep -E '/src/[^:]*:[0-9]+:[0-9]+: (warning|error):' | sort -u || true)
    printf '%s' "${found:+$found$'\n'}"
    [[ -z $found ]]
}

run_cppcheck() {
    cppcheck -j "$cores" --std=c11 --enable=warning,performance,portability --inline-suppr --quiet --error-exitcode=1 \
        -Isrc/core -Isrc/cli src
}

# What it reports and is none: it does not know that block_pool_free frees the buffers of all blocks.
not_leaks='/pipeline\.c:[0-9:]+ warning: leak of .<unknown>.'

# It does not know either what vector instructions write to memory, so the kernels made of these are left out.
run_analyzer() {
    local found
    configure_dev gcc
    # shellcheck disable=SC2016 # the inner shell's
    found=$(compile_commands command | grep -v '/kernels/avx' | LC_ALL=C xargs -P "$cores" -d '\n' -n 1 sh -c \
        'eval "$0 -O2 -fanalyzer -fanalyzer-verbosity=0 -Wno-error -o /dev/null"' 2>&1 |
        grep -E ': (warning|error):' | grep -Ev "$not_leaks" || true)
    printf '%s' "${found:+$found$'\n'}"
    [[ -z $found ]]
}

# Runs a command under memcheck. What the OpenMP runtime keeps for its threads is no loss.
memcheck() {
    OMP_NUM_THREADS=2 timeout 600 valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite \
        --errors-for-leak-kinds=definite "$@" </dev/null >"$log" 2>&1 && return
    local status=$?
    # A test that needs what is not here says so by its own status.
    if grep -q '^==[0-9]*==' "$log"; then
        printf 'analyze.sh: memcheck: %s\n' "$*"
        cat "$log"
        return 1
    fi
    [[ $status -ne 99 ]]
}

# Too long where each instruction is interpreted: AddressSanitizer has them.
memcheck_leaves_out='test_(long_stream|kernels|checklist_memory)$'

# Every command, each on what those before have made. Differences, near files and bad operands are found, so the status
# may be 1, but never that of memcheck.
memcheck_runs=(
    'sum -j 2 --units -o list tree'
    'sum -j 2 --json --stat -o list.json tree'
    'sum --tree --no-ignore --exclude *.h tree none'
    'check -j 2 list list.json'
    'check --json --strict-tree --base tree list'
    'walk -o names tree'
    'sum --files0-from=names'
    'diff list list.json'
    'diff list tree/core'
    'update -j 2 list tree/cli'
    'similar -j 2 --json tree'
    'similar --near tree/core/codec.c tree'
    'compare tree/core/codec.c tree/core/header.c'
    'completions bash'
    '--version --verbose'
)

memcheck_program() {
    local run words code failed=0
    for run in "${memcheck_runs[@]}"; do
        read -r -a words <<<"$run"
        memcheck "$program" "${words[@]}" || failed=1
    done
    code=$(sed -n '1s/ .*//p' list)
    memcheck "$program" decode "$code" || failed=1
    memcheck "$program" compare "$code" "$code" || failed=1
    return "$failed"
}

run_memcheck() {
    local failed=0 test program=$PWD/build/memcheck/iscc log=$PWD/build/memcheck/log work
    cmake --preset memcheck >/dev/null
    cmake --build --preset memcheck --parallel "$cores" >/dev/null
    for test in build/memcheck/tests/test_*; do
        if [[ -x $test && ! $test =~ $memcheck_leaves_out ]]; then
            memcheck "$test" || failed=1
        fi
    done
    work=$(mktemp -d)
    cp -r src "$work/tree"
    (cd "$work" && memcheck_program) || failed=1
    rm -rf "$work"
    return "$failed"
}

names=("$@")
[[ $# -gt 0 ]] || names=(tidy cppcheck analyzer)
failed=0
for name in "${names[@]}"; do
    if "run_$name"; then
        printf 'analyze.sh: %s: good\n' "$name" >&2
    else
        printf 'analyze.sh: %s: BAD\n' "$name" >&2
        failed=1
    fi
done
exit "$failed"
