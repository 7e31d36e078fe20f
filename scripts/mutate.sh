#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# mutate.sh [--sample N] [--part I/N] [--list] [FILE...]: do the tests notice? Applies small changes to the sources (of
# the library and of the reader of lists, if none is named), one at a time, and runs the unit tests against each. A
# mutant that no test notices has survived: it is a test that is missing, or a change that changes nothing, which
# tests/mutants.tsv explains; what is explained there is not tried again.
#
# --sample N takes N mutants of each file, chosen by ISCC_TEST_SEED; --part I/N takes every N-th one, and the default is a
# process of each processor with its part. The results go to build/mutation/results.*.tsv, and the table to standard
# output. The status is 0 if every survivor is explained.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
seed=${ISCC_TEST_SEED-1}
sample=0
part=all
parts=$(getconf _NPROCESSORS_ONLN)
only_list=no
# No test may take longer, or it is left out: a survivor has to go through all of them.
patience=40
options=("$@")

while [[ ${1-} == --* ]]; do
    case $1 in
    --sample) sample=$2 && shift ;;
    --part) part=${2%/*} parts=${2#*/} && shift ;;
    --list) only_list=yes ;;
    *) sed -n '4,/^set /s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
    esac
    shift
done
if (($# == 0)); then
    # What only measures has no right result, and the numbers in the public header are right by definition.
    files=()
    for file in src/core/*.[ch] src/core/kernels/*.[ch] src/cli/{checklist,checklist_text,checklist_json,record}.c; do
        [[ $file == */measure.c || $file == */avx*.c || $file == */iscc.h ]] || files+=("$file")
    done
else
    files=("$@")
fi

work=$root/build/mutation/$part
build=$work/build
source_tree=$work/tree
results=$root/build/mutation/results.$part-$parts.tsv

prepare() {
    mkdir -p "$source_tree"
    rm -rf "${source_tree:?}"/*
    cp -a CMakeLists.txt CMakePresets.json cmake man src tests docs scripts README.md LICENSE "$source_tree"
    ln -sfn "$(readlink -f ../shared 2>/dev/null || echo /nowhere)" "$work/shared"
    cmake -S "$source_tree" -B "$build" -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_FLAGS_RELEASE=-O2 \
        -DCMAKE_EXPORT_COMPILE_COMMANDS=ON -DCMAKE_UNITY_BUILD=OFF >/dev/null
    # A run that was stopped leaves a mutant in them, and one of other sources a test that is no more.
    rm -f "$build"/src/*/lib*.a "$build"/tests/test_*
    cmake --build "$build" --parallel 2 >/dev/null
    cp "$build/src/core/libiscc.a" "$work/libiscc.a"
    cp "$build/src/cli/libiscc_cli.a" "$work/libiscc_cli.a"
}

# The unit tests that are quick enough, the quickest first: "milliseconds name", by the slowest kernels. And what is in
# them: "symbol name".
measure_tests() {
    local test start
    for test in "$build"/tests/test_*; do
        [[ -x $test && -f $test ]] || continue
        start=$(date +%s%N)
        (cd tests && ISCC_BACKEND=portable timeout $patience "$test" >/dev/null 2>&1) || continue
        echo "$((($(date +%s%N) - start) / 1000000)) ${test##*/}"
        nm --defined-only "$test" | sed "s/.* //; s/\$/ ${test##*/}/" >&3
    done 3>"$work/symbols" | sort -n >"$work/tests"
}

# The tests for a file, which are those that one of its objects is in, and those with a name like its own, as they may
# need no more than a header: these come first.
tests_of() {
    local name=${1##*/} object
    name=${name%.?}
    for object in "$work"/originals/*.o; do
        nm --defined-only --extern-only "$object" | sed -n '1s/.* //p'
    done >"$work/sought"
    awk -v name="$name" '
        FILENAME ~ /sought$/ { sought[$1]; next }
        FILENAME ~ /symbols$/ { if ($1 in sought) has[$2]; next }
        $2 in has || index($2, name) { print (index($2, name) ? 0 : 1), $0 }' "$work/sought" "$work/symbols" "$work/tests" |
        sort -n -k1,1 -k2,2 | cut -d' ' -f2,3
}

# A kernel is only run by its own backend, and lanes by any but the portable one. The tests of kernels go through all.
backends_of() {
    case $1 in
    */portable*.c) echo portable ;;
    */chains.c | */lanes.c | */trust.c) echo chains ;;
    */select.c | */cpu.c | */kernels/*.h) echo auto portable chains ;;
    *) echo auto ;;
    esac
}

mutants_of() {
    awk -f scripts/mutants.awk "$1" >"$work/mutants"
    if ((sample > 0)); then
        awk -v seed="$seed" 'BEGIN { srand(seed) } { print rand() "\t" $0 }' "$work/mutants" | sort -n | head -n "$sample" |
            cut -f2- | sort -n >"$work/chosen"
    else
        cp "$work/mutants" "$work/chosen"
    fi
    if [[ $part == all ]]; then cat "$work/chosen"; else awk -v part="$part" -v parts="$parts" 'NR % parts == part' "$work/chosen"; fi
}

# The sources that a file has a part in: itself, or those that include it.
sources_of() {
    local depends
    if [[ $1 == *.c ]]; then
        echo "$1"
        return
    fi
    for depends in "$build"/src/core/CMakeFiles/*/{,kernels/}*.c.o.d; do
        if grep -qE "$source_tree/$1( |$)" "$depends"; then
            grep -oE "$source_tree/[^ ]*\.c( |\$)" "$depends" | head -n 1 | sed "s#^$source_tree/##; s# ##"
        fi
    done | sort -u
}

# Compiles what mutates, to objects in a folder. The commands stand in $work/commands.
compile() {
    local name command
    mkdir -p "$1"
    while IFS=$'\t' read -r name command; do
        (cd "$build/src" && bash -c "$command -o '$1/$name.o'") || return 1
    done <"$work/commands"
}

find_commands() {
    local source
    for source in $(sources_of "$1"); do
        jq -r --arg file "$source_tree/$source" --arg name "${source##*/}" \
            '[.[] | select(.file == $file)][0].command | "\($name)\t\(.)"' "$build/compile_commands.json"
    done | sed -E 's# -o [^ ]+##' >"$work/commands"
    [[ -s $work/commands ]]
}

# Links a test anew, by the command that cmake has for it; where a header mutates, the test and what supports it are
# compiled anew as well, so that they do not fail as they have another one.
make_test() {
    if [[ $2 == *.h ]]; then
        cmake --build "$build" --target "$1" >/dev/null 2>&1
    else
        (cd "$build/tests" && bash -c "$(cat "CMakeFiles/$1.dir/link.txt")") >/dev/null 2>&1
    fi
}

# Runs the tests of `order` until one fails: `killer` is its name, or empty. What killed a mutant is the first to try
# the next one.
find_killer() {
    local file=$1 entry test backend other rest
    killer=''
    for entry in "${order[@]}"; do
        test=${entry#* }
        make_test "$test" "$file" || { killer=build:$test && return; }
        for backend in $(backends_of "$file"); do
            (cd tests && ISCC_BACKEND=$backend timeout $((3 + ${entry% *} * 8 / 1000)) "$build/tests/$test" </dev/null >/dev/null 2>&1) && continue
            killer=$test
            rest=()
            for other in "${order[@]}"; do [[ $other == "$entry" ]] || rest+=("$other"); done
            order=("$entry" "${rest[@]}")
            return
        done
    done
}

# What is explained has the file, the mutated line without blanks around it, and the reason.
is_explained() {
    local text=$2
    [[ -e tests/mutants.tsv ]] && grep -qF "$1"$'\t'"$text"$'\t' tests/mutants.tsv
}

try_file() {
    local file=$1 archive order killer line column size replacement text mutated verdict
    [[ $file == src/core/* ]] && archive=$build/src/core/libiscc.a || archive=$build/src/cli/libiscc_cli.a
    rm -rf "$work/originals" "$work/mutants.o"
    find_commands "$file"
    compile "$work/originals"
    mapfile -t order < <(tests_of "$file")
    while IFS=$'\t' read -r line column size replacement; do
        text=$(sed -n "${line}p" "$file")
        mutated=${text:0:column-1}$replacement${text:column-1+size}
        awk -v line="$line" -v text="${mutated//\\/\\\\}" 'NR == line { print text; next } { print }' "$file" >"$source_tree/$file"
        mutated=${mutated#"${mutated%%[! ]*}"} # without the blanks before it
        # What alone would say nothing is told with what it was, or with the condition that it hangs on.
        case $mutated in
        ';') mutated="; for ${text#"${text%%[! ]*}"}" ;;
        'return true;' | 'return false;') mutated="$(sed -n "$((line - 1)){ s/^ *//; p; }" "$file") $mutated" ;;
        esac
        if ! compile "$work/mutants.o" >/dev/null 2>&1; then
            verdict=stillborn
        elif diff -rq "$work/originals" "$work/mutants.o" >/dev/null; then
            verdict=same
        elif is_explained "$file" "$mutated"; then
            verdict=explained
        else
            [[ $file == *.h ]] || ar r "$archive" "$work"/mutants.o/*.o 2>/dev/null
            find_killer "$file"
            verdict=${killer:-SURVIVED}
        fi
        printf '%s\t%s\t%s\t%s\n' "$file" "$line" "$verdict" "$mutated" >>"$results"
    done < <(mutants_of "$file")
    cp "$file" "$source_tree/$file"
    if [[ $file == *.h ]]; then
        cmake --build "$build" >/dev/null
    else
        cp "$work/libiscc.a" "$build/src/core/libiscc.a"
        cp "$work/libiscc_cli.a" "$build/src/cli/libiscc_cli.a"
    fi
}

# Of each file and of all: mutants that differ from the source, those that a test kills, and those that live.
table() {
    printf '%-32s %7s %7s %9s %9s %8s\n' file mutants killed explained survived score
    awk -F '\t' '
        $3 == "stillborn" || $3 == "same" { next }
        {
            kind = $3 == "SURVIVED" || $3 == "explained" ? $3 : "killed"
            names[$1]; names["~ all"]
            count[$1, kind]++; count["~ all", kind]++; count[$1]++; count["~ all"]++
        }
        END {
            for (name in names)
                printf "%-32s %7d %7d %9d %9d %6.1f %%\n", name, count[name], count[name, "killed"], count[name, "explained"],
                    count[name, "SURVIVED"], 100 - 100 * count[name, "SURVIVED"] / count[name]
        }' "$1" | sort
}

if [[ $only_list == yes ]]; then
    mkdir -p "$work"
    for file in "${files[@]}"; do mutants_of "$file" | sed "s#^#$file\t#"; done
    exit
fi
if [[ $part == all ]]; then
    rm -f build/mutation/results.*
    running=()
    for ((i = 0; i < parts; i++)); do
        scripts/mutate.sh --part "$i/$parts" "${options[@]}" >/dev/null 2>&1 &
        running+=("$!")
    done
    for process in "${running[@]}"; do
        wait "$process" || {
            echo "mutate.sh: a part of the mutants was not tried to the end" >&2
            exit 1
        }
    done
else
    prepare
    measure_tests
    : >"$results"
    for file in "${files[@]}"; do try_file "$file"; done
    exit
fi
cat build/mutation/results.* >build/mutation/results
table build/mutation/results
! grep -P '\tSURVIVED\t' build/mutation/results | sort -u >&2
