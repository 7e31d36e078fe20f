#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# analyze.sh [NAME...]: finds mistakes without the tests' help. A NAME is `tidy` (clang-tidy with the checks of
# .clang-tidy), `cppcheck`, `analyzer` (gcc's -fanalyzer) or `memcheck` (valgrind over the unit tests and some runs of
# the program); default: the first three. Any finding in src/ fails. ISCC_CHANGED_SINCE=REVISION limits the first three
# to the sources that differ from it. scripts/test.sh installs the tools and runs this.
# shellcheck disable=SC2317 # functions are called by their names
set -euo pipefail

cd -P "$(dirname "${BASH_SOURCE[0]}")/../.."
cores=$(getconf _NPROCESSORS_ONLN)

# The sources to read: all, or those that changed. The bindings have builds of their own.
find_sources() {
    if [[ -z ${ISCC_CHANGED_SINCE-} ]]; then
        find src/core src/cli -name '*.c'
    else
        git diff --name-only --diff-filter=d "$ISCC_CHANGED_SINCE" -- 'src/core/*.c' 'src/cli/*.c'
    fi
}

# The entries of the compilation database for these sources, a line each: their `file`s or `command`s.
compile_commands() {
    jq -r --arg root "$PWD/" --argjson sources "$(printf '%s\n' "${sources[@]}" | jq -nR '[inputs]')" \
        '.[] | select(.file | ltrimstr($root) | IN($sources[])) | .'"$1" build/analysis/compile_commands.json
}

# A tool that is missing, or a database without our sources, would find nothing.
configure() {
    "$1" --version >/dev/null && cmake --preset dev -B build/analysis -DCMAKE_C_COMPILER=gcc >/dev/null &&
        [[ -n $(compile_commands file) ]]
}

# One file a process: given several, version 14 reports each va_list but the first as uninitialized. Findings in other
# projects' headers are left out.
run_tidy() {
    local found
    configure clang-tidy || return 1
    found=$(compile_commands file | xargs -P "$cores" -n 1 clang-tidy -p build/analysis --quiet 2>/dev/null |
        grep -E '/src/[^:]*:[0-9]+:[0-9]+: (warning|error):' | sort -u || true)
    printf '%s' "${found:+$found$'\n'}"
    [[ -z $found ]]
}

run_cppcheck() {
    cppcheck -j "$cores" --std=c11 --enable=warning,performance,portability --inline-suppr --quiet --error-exitcode=1 \
        -Isrc/core/include -Isrc/core -Isrc/cli "${sources[@]}"
}

# A false report: it does not see that block_pool_free frees the buffers of all blocks.
not_leaks='/pipeline\.c:[0-9:]+ warning: leak of .<unknown>.'

# The kernels of vector instructions are left out: it does not know what these write to memory.
run_analyzer() {
    local found
    configure gcc || return 1
    # shellcheck disable=SC2016 # the inner shell's
    found=$(compile_commands command | grep -v '/kernels/avx' | LC_ALL=C xargs -P "$cores" -d '\n' -n 1 sh -c \
        'eval "$0 -O2 -fanalyzer -fanalyzer-verbosity=0 -Wno-error -o /dev/null"' 2>&1 |
        grep -E ': (warning|error):' | grep -Ev "$not_leaks" || true)
    printf '%s' "${found:+$found$'\n'}"
    [[ -z $found ]]
}

# Runs a command under memcheck. Only definite leaks count: the OpenMP runtime keeps memory for its threads.
memcheck() {
    OMP_NUM_THREADS=2 timeout 600 valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite \
        --errors-for-leak-kinds=definite "$@" </dev/null >"$log" 2>&1 && return
    local status=$?
    # A test that is skipped has a status of its own.
    if grep -q '^==[0-9]*==' "$log"; then
        printf 'analyze.sh: memcheck: %s\n' "$*"
        cat "$log"
        return 1
    fi
    [[ $status -ne 99 ]]
}

# Interpreted, these take too long; AddressSanitizer runs them.
memcheck_leaves_out='long_stream|kernels|_memory'

# Every command, on files and on what earlier commands wrote. Some find differences or bad operands, so the status may
# be 1, but never that of memcheck.
memcheck_runs=(
    'sum -j 2 --units -o list tree'
    'sum -j 2 --json --stat -o list.json tree'
    'sum --tree --no-ignore --exclude *.tsv tree none'
    'check -j 2 list list.json'
    'check --json --strict-tree --base tree list'
    'walk -o names tree'
    'sum --files0-from=names'
    'diff list list.json'
    'diff list tree/part'
    'update -j 2 list tree/part'
    'similar -j 2 --json tree'
    'similar --near tree/sum.tsv tree'
    'compare tree/sum.tsv tree/trees.tsv'
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

# Golden values, and parts of them that are near files.
make_memcheck_tree() {
    mkdir -p "$1/part"
    cp tests/data/*.tsv "$1"
    head -c -2000 tests/data/sum.tsv >"$1/part/start"
    tail -c +2000 tests/data/sum.tsv >"$1/part/end"
    : >"$1/part/empty"
}

# The command of each unit test that is quick enough, as CTest knows it.
unit_tests() {
    ctest --test-dir build/memcheck --label-regex '^unit$' --label-exclude slow --exclude-regex "$memcheck_leaves_out" \
        --show-only=json-v1 | jq -r '.tests[].command | join(" ")' | sort -u
}

run_memcheck() {
    local failed=0 test program=$PWD/build/memcheck/iscc log=$PWD/build/memcheck/log work
    cmake --preset memcheck >/dev/null
    cmake --build --preset memcheck --parallel "$cores" >/dev/null
    while IFS= read -r test; do
        read -r -a words <<<"$test"
        memcheck "${words[@]}" || failed=1
    done < <(unit_tests)
    work=$(mktemp -d)
    make_memcheck_tree "$work/tree"
    (cd "$work" && memcheck_program) || failed=1
    rm -rf "$work"
    return "$failed"
}

names=("$@")
[[ $# -gt 0 ]] || names=(tidy cppcheck analyzer)
[[ -z ${ISCC_CHANGED_SINCE-} ]] || git rev-parse --quiet --verify "$ISCC_CHANGED_SINCE^{commit}" >/dev/null || {
    printf 'analyze.sh: no such revision: %s\n' "$ISCC_CHANGED_SINCE" >&2
    exit 2
}
mapfile -t sources < <(find_sources)
failed=0
for name in "${names[@]}"; do
    if [[ ${#sources[@]} -eq 0 && $name != memcheck ]]; then
        printf 'analyze.sh: %s: no source changed since %s\n' "$name" "$ISCC_CHANGED_SINCE" >&2
    elif "run_$name"; then
        printf 'analyze.sh: %s: good\n' "$name" >&2
    else
        printf 'analyze.sh: %s: BAD\n' "$name" >&2
        failed=1
    fi
done
exit "$failed"
