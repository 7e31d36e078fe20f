#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# coverage.sh: which lines and branches do the tests run? Builds with gcov's counters in build/coverage, runs all tests
# except the slow ones and those of faults, and prints a table by file. The status is 1 if a test fails, or if the tests
# run less than 95 % of the library's lines or less than 90 % of the program's. Kernels that this machine cannot run, and
# code that only measures, do not count.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build=build/coverage
core_least=95
cli_least=90

scripts/install-deps.sh build test
# The counters are atomic, which is slow, but otherwise the compiler uses one as a loop's own counter, and a second thread
# that counts breaks the loop. The program itself writes them to files, which its sandbox would not allow.
cmake -S . -B "$build" -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_FLAGS='--coverage -O1 -fprofile-update=atomic' \
    -DISCC_BUILD_TESTS=ON -DISCC_SANDBOX=OFF >/dev/null
cmake --build "$build" --parallel "$(getconf _NPROCESSORS_ONLN)" >/dev/null
find "$build" -name '*.gcda' -delete
failed=0
# One backend is enough for tests of the program, and for those of the kernels, which go through all backends themselves.
# Tests of faults would take too long.
ctest --test-dir "$build" --parallel "$(getconf _NPROCESSORS_ONLN)" --label-exclude 'slow|install|faults' \
    --exclude-regex '^(cli\.(sandbox|.*portable)|unit\.(search_)?kernels\.(portable|chains|avx2))' >"$build/ctest.log" || {
    printf 'coverage.sh: some tests failed, see %s\n' "$build/ctest.log" >&2
    failed=1
}

# gcov prints "Lines executed:97.50% of 80" and "Branches executed:..." after the name of each source.
report() {
    local object
    find "$build/src" -name '*.gcda' -print0 | while IFS= read -r -d '' object; do
        gcov --branch-probabilities --no-output "$object" 2>/dev/null
    done | awk -v root="$PWD/" '
        /^File / { name = substr($0, 7, length($0) - 7); sub(root, "", name); known = name ~ /^src\/.*\.c$/ }
        known && /^Lines executed:/ { split($0, part, /[:% ]+/); lines[name] = part[5]; run[name] = part[3] * part[5] / 100 }
        known && /^Branches executed:/ { split($0, part, /[:% ]+/); branches[name] = part[5] }
        known && /^Taken at least once:/ { split($0, part, /[:% ]+/); taken[name] = part[5] * part[7] / 100 }
        END { for (name in lines) printf "%s %d %.0f %d %.0f\n", name, lines[name], run[name], branches[name], taken[name] }'
}

report | grep -vE '/(measure|cmd_bench|bench_[a-z]*)\.c ' | sort >"$build/report"
awk -v core_least=$core_least -v cli_least=$cli_least '
    function row(name, lines, run, branches, taken) {
        printf "%-36s %6d %7.1f %% %8d %7.1f %%\n", name, lines, lines ? 100 * run / lines : 100, branches,
            branches ? 100 * taken / branches : 100
    }
    BEGIN { printf "%-36s %6s %9s %8s %9s\n", "file", "lines", "run", "branches", "taken" }
    {
        row($1, $2, $3, $4, $5)
        part = $1 ~ /^src\/core/ ? "src/core" : "src/cli"
        for (i = 2; i <= 5; i++) sum[part, i] += $i
    }
    END {
        row("src/core", sum["src/core", 2], sum["src/core", 3], sum["src/core", 4], sum["src/core", 5])
        row("src/cli", sum["src/cli", 2], sum["src/cli", 3], sum["src/cli", 4], sum["src/cli", 5])
        exit 100 * sum["src/core", 3] < core_least * sum["src/core", 2] || 100 * sum["src/cli", 3] < cli_least * sum["src/cli", 2]
    }' "$build/report"
exit "$failed"
