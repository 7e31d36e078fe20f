#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# style.sh: holds every file to the house style: clang-format on C, shellcheck on scripts, mandoc on manual pages, a
# licence line at the top, no tabs and no blanks at the end of a line. Changes nothing; prints what is wrong; status 1
# if anything is.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
failed=0

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
    files '*.c' '*.h' | xargs -0 -r clang-format --dry-run --Werror
}

# bats ends a test at the first failure by itself (SC2164). shellcheck does not follow `load` (SC2120, SC2154), and reads
# the comma in an option's value as a mistake (SC2054).
check_scripts() {
    { files '*.sh' && printf '%s\0' .ci/run; } | xargs -0 shellcheck -x --severity=warning &&
        files '*.bats' '*.bash' | xargs -0 -r shellcheck -x --severity=warning --shell=bats \
            --exclude=SC2054,SC2120,SC2154,SC2164
}

check_manual() {
    files '*.[15]' | xargs -0 -r mandoc -T lint -W warning
}

sources() {
    files '*.c' '*.h' '*.sh' '*.bash' '*.bats' '*.cmake' '*.in' '*.map' '*.[15]' CMakeLists.txt run
}

check_licence() {
    local file bad=0
    while IFS= read -r -d '' file; do
        if ! head -n 3 "$file" | grep -q 'SPDX-License-Identifier: Apache-2.0'; then
            printf '%s: no licence line\n' "$file" >&2
            bad=1
        fi
    done < <(sources)
    return "$bad"
}

check_blanks() {
    local found
    found=$({ sources && files '*.md' '*.json'; } | xargs -0 grep -nE "$(printf '\t')|[[:blank:]]+\$" || true)
    printf '%s' "${found:+$found$'\n'}" >&2
    [[ -z $found ]]
}

if check_format; then good clang-format; else bad clang-format; fi
if check_scripts; then good shellcheck; else bad shellcheck; fi
if check_manual; then good mandoc; else bad mandoc; fi
if check_licence; then good 'licence lines'; else bad 'licence lines'; fi
if check_blanks; then good 'tabs and blanks'; else bad 'tabs and blanks'; fi
exit "$failed"
