#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# style.sh: checks the house style: clang-format on C, shellcheck on scripts, mandoc on manual pages, xmllint on
# pictures, a licence line at the top, no tabs, no blanks at the end of a line, no line of a document over 120 columns,
# the order of includes (layers.sh), no phrase of translated English, no function over 40 lines outside the kernels, no C
# file over 400 lines. Changes nothing; prints what is wrong; the status is then 1.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
failed=0
cores=$(getconf _NPROCESSORS_ONLN)

# files PATTERN...: the project's files with these names, each ended by a NUL. Works without git.
files() {
    local tests=(-false) pattern
    for pattern in "$@"; do
        tests+=(-o -name "$pattern")
    done
    find . \( -path ./build -o -path ./.git \) -prune -o -type f \( "${tests[@]}" \) -print0
}

good() {
    printf 'style.sh: %s: good\n' "$1" >&2
}

bad() {
    printf 'style.sh: %s: BAD\n' "$1" >&2
    failed=1
}

check_format() {
    files '*.c' '*.h' | xargs -0 -r -n 40 -P "$cores" clang-format --dry-run --Werror
}

# bats ends a test at the first failure by itself (SC2164). shellcheck does not follow `load` (SC2120, SC2154), and reads
# the comma in an option's value as a mistake (SC2054).
check_scripts() {
    { files '*.sh' && printf '%s\0' .ci/run packaging/debian/tests/program packaging/debian/tests/library; } |
        xargs -0 -n 8 -P "$cores" shellcheck -x --severity=warning &&
        files '*.bats' '*.bash' | xargs -0 -r -n 8 -P "$cores" shellcheck -x --severity=warning --shell=bats \
            --exclude=SC2054,SC2120,SC2154,SC2164
}

check_manual() {
    files '*.[15]' | xargs -0 -r mandoc -T lint -W warning
}

check_pictures() {
    files '*.svg' | xargs -0 -r xmllint --noout --nonet
}

sources() {
    files '*.c' '*.h' '*.sh' '*.bash' '*.bats' '*.awk' '*.py' '*.cmake' '*.in' '*.map' '*.[15]' '*.yml' '*.yaml' '*.spec' \
        CMakeLists.txt run
}

check_licence() {
    sources | xargs -0 awk '
        BEGIN { for (i = 1; i < ARGC; i++) missing[ARGV[i]] }
        FNR <= 3 && /SPDX-License-Identifier: Apache-2[.]0/ { delete missing[FILENAME] }
        FNR == 3 { nextfile }
        END {
            for (file in missing) { print file ": no licence line" > "/dev/stderr"; failed = 1 }
            exit failed
        }'
}

check_blanks() {
    local found
    found=$({ sources && files '*.md' '*.json'; } | xargs -0 grep -nE "$(printf '\t')|[[:blank:]]+\$" || true)
    printf '%s' "${found:+$found$'\n'}" >&2
    [[ -z $found ]]
}

# Tables and blocks of code cannot be wrapped, and bench.sh writes benchmarks.md. UTF-8's continuation bytes take no column.
check_columns() {
    files '*.md' | grep -zv '/benchmarks\.md$' | LC_ALL=C xargs -0 awk '
        FNR == 1 { is_code = 0 }
        /^ *```/ { is_code = !is_code }
        is_code || /^\|/ { next }
        { text = $0; gsub(/[\200-\277]/, "", text) }
        length(text) > 120 { print FILENAME ":" FNR ": " length(text) " columns" > "/dev/stderr"; failed = 1 }
        END { exit failed }'
}

# What a native writer would say in another way: name who acts, and use the verb.
phrases='(is|are|was|were|be|been) told|by which|nobody|(take|takes|taken|taking) in|has to be there|as well as it|is risked|who has the'

# "told apart" and "told from" are good English.
check_phrases() {
    local found
    found=$({ sources && files '*.md'; } | xargs -0 grep -niwE "$phrases" | grep -viE 'told (apart|from)' |
        grep -v '^\./scripts/style\.sh:' || true)
    printf '%s' "${found:+$found$'\n'}" >&2
    [[ -z $found ]]
}

# A function's lines are counted from its name to the `}` in column one, as clang-format sets it. iscc.h may be longer:
# it is one contract, and most of it is comment.
check_lengths() {
    files '*.c' '*.h' | xargs -0 awk -v function_most=40 -v file_most=400 '
        function end_file() {
            if (length_of > file_most && file !~ /\/iscc\.h$/) complain(file ": " length_of " lines")
        }
        function complain(text) { print text > "/dev/stderr"; failed = 1 }
        FNR == 1 { end_file(); file = FILENAME; start = 0 }
        { length_of = FNR }
        /^[A-Za-z_].*\(/ { name = FNR }
        /^\{$/ { start = name }
        /^\}$/ && start {
            if (FNR - start + 1 > function_most && file !~ /\/src\/core\/kernels\//)
                complain(file ":" start ": a function of " FNR - start + 1 " lines")
            start = 0
        }
        END { end_file(); exit failed }'
}

if check_format; then good clang-format; else bad clang-format; fi
if check_scripts; then good shellcheck; else bad shellcheck; fi
if check_manual; then good mandoc; else bad mandoc; fi
if check_pictures; then good pictures; else bad pictures; fi
if check_licence; then good 'licence lines'; else bad 'licence lines'; fi
if check_blanks; then good 'tabs and blanks'; else bad 'tabs and blanks'; fi
if check_columns; then good 'columns of documents'; else bad 'columns of documents'; fi
if scripts/layers.sh >&2; then good 'order of includes'; else bad 'order of includes'; fi
if check_phrases; then good phrases; else bad phrases; fi
if check_lengths; then good 'lengths of functions and files'; else bad 'lengths of functions and files'; fi
exit "$failed"
