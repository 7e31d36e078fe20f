#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# mutate.sh [--sample N] [--list] PATH...: do the unit tests notice bugs? Makes small changes to the sources named (or to
# those in the folders named), one at a time, in a copy of the tree, and runs the unit tests against each. Prints a line
# for each mutant that no test kills, then a score for each file. A survivor means a missing test, a line that can go, or
# a change that makes no difference.
#
# --sample N tries N mutants of each file, chosen by ISCC_TEST_SEED; --list only lists them. build/mutation/results.tsv
# holds every mutant with the tests that killed it. A whole file takes minutes, a folder hours.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$PWD/build/mutation
tree=$work/tree
build=$work/build
results=$work/results.tsv
cores=$(getconf _NPROCESSORS_ONLN)
sample=0 only_list=no

usage() {
    sed -n '4,/^set /s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

while [[ ${1-} == --* ]]; do
    case $1 in
    --sample) sample=${2?} && shift ;;
    --list) only_list=yes ;;
    *) usage ;;
    esac
    shift
done
(($# > 0)) || usage

# Left out: measure.c, which has no right result; the public header, whose numbers are right by definition; and kernels
# for instructions that this machine may lack.
mapfile -t files < <(find "$@" -name '*.[ch]' ! -name 'measure.[ch]' ! -name iscc.h ! -name 'avx*' | sort)

# LINE, COLUMN, LENGTH, REPLACEMENT.
mutants_of() {
    awk -f tests/mutation/mutants.awk "$1" | awk -v seed="${ISCC_TEST_SEED-1}" 'BEGIN { srand(seed) } { print rand() "\t" $0 }' |
        if ((sample > 0)); then sort -n | head -n "$sample"; else cat; fi | cut -f 2- | sort -n
}

# -O2 alone keeps assertions, which kill mutants too.
prepare() {
    rm -rf "$work"
    mkdir -p "$tree"
    cp -a CMakeLists.txt CMakePresets.json cmake man src tests docs scripts README.md LICENSE "$tree"
    if [[ -d ../shared ]]; then ln -s "$PWD/../shared" "$work/shared"; fi
    cmake -S "$tree" -B "$build" -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_FLAGS_RELEASE=-O2 >/dev/null
    cmake --build "$build" --parallel "$cores" >/dev/null
    ctest --test-dir "$build" --label-regex '^unit$' --label-exclude slow --show-only=json-v1 >"$work/tests.json"
    local start=$SECONDS
    patience=1000
    run_tests . || {
        printf 'mutate.sh: the tests fail without a mutant, see %s\n' "$work/log" >&2
        exit 1
    }
    patience=$(((SECONDS - start) * 5 + 20))
    mkdir "$work/original"
    cp "$build"/src/*/*.a "$work/original"
}

# Builds and runs the unit tests whose names match; `.` builds everything, as make is slow with many targets. A timeout
# kills a mutant that hangs.
run_tests() { # REGEX
    local targets=(all)
    if [[ $1 != . ]]; then
        mapfile -t targets < <(jq -r --arg name "$1" '.tests[] | select(.name | test($name)) | .command[0]' \
            "$work/tests.json" | sed 's#.*/##' | sort -u)
        ((${#targets[@]} > 0)) || return 0
    fi
    cmake --build "$build" --parallel "$cores" --target "${targets[@]}" >"$work/log" 2>&1 &&
        timeout -k 5 "$patience" ctest --test-dir "$build" --parallel "$cores" --label-regex '^unit$' --label-exclude slow \
            --tests-regex "$1" --stop-on-failure >"$work/log" 2>&1
}

# Prints the mutant's fate: stillborn, same (it compiles to the same code), SURVIVED, or what killed it.
try_mutant() { # MODULE
    local library
    cmake --build "$build" --parallel "$cores" --target iscc_static iscc_cli >"$work/log" 2>&1 || {
        echo stillborn
        return
    }
    for library in "$work"/original/*.a; do
        cmp -s "$library" "$build"/src/*/"${library##*/}" || break
        library=
    done
    if [[ -z $library ]]; then
        echo same
    elif run_tests "$1" && run_tests .; then # tests named after the file are the likeliest to notice, so they run first
        echo SURVIVED
    else
        sed -n 's/.* - \([a-z][^ ]*\) (.*/\1/p' "$work/log" | sort -u | paste -s -d ' ' | sed 's/^$/build or time/'
    fi
}

try_file() {
    local file=$1 module=${1##*/} line column size replacement text mutated fate
    while IFS=$'\t' read -r line column size replacement; do
        text=$(sed -n "${line}p" "$file")
        mutated=${text:0:column-1}$replacement${text:column-1+size}
        awk -v line="$line" -v text="${mutated//\\/\\\\}" 'NR == line { print text; next } { print }' "$file" >"$tree/$file"
        fate=$(try_mutant "${module%.?}")
        printf '%s\t%s\t%s\t%s\t%s\n' "$file" "$line" "$fate" "${text#"${text%%[! ]*}"}" "${mutated#"${mutated%%[! ]*}"}" >>"$results"
        [[ $fate != SURVIVED ]] || printf '%s:%s: survived\n    %s\n    %s\n' "$file" "$line" "${text#"${text%%[! ]*}"}" \
            "${mutated#"${mutated%%[! ]*}"}"
    done < <(mutants_of "$file")
    cp "$file" "$tree/$file"
}

# Mutants that differ from the source, and how many of them were killed.
print_score() {
    printf '%-40s %7s %7s %9s %7s\n' file mutants killed survived score
    awk -F '\t' '
        $3 == "stillborn" || $3 == "same" { next }
        { all[$1]++; all["~ all"]++ }
        $3 == "SURVIVED" { survived[$1]++; survived["~ all"]++ }
        END {
            for (name in all)
                printf "%-40s %7d %7d %9d %5.1f %%\n", name, all[name], all[name] - survived[name], survived[name],
                    100 - 100 * survived[name] / all[name]
        }' "$results" | sort
}

if [[ $only_list == yes ]]; then
    for file in "${files[@]}"; do mutants_of "$file" | sed "s#^#$file\t#"; done
    exit
fi
prepare
: >"$results"
for file in "${files[@]}"; do try_file "$file"; done
print_score
