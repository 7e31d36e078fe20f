#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# random_trees.sh FOLDER COUNT SEED: makes random trees with random ignore files, for a comparison with git. A separate
# program, because bats traces every command that it runs itself, which would take minutes.
set -euo pipefail
export LC_ALL=C

# shellcheck source-path=SCRIPTDIR source=random_patterns.bash
source "$(dirname "${BASH_SOURCE[0]}")/random_patterns.bash"

# All names.
tree_names=(a a a b b b c c ab bc abc a.c b.c .a .c a-b A 0 '!a' '#a' ' a' 'a ' 'a b' '[' ']' '[a]' 'a]' '\' 'a\b' '*' '**' '?'
    - ^ : $'a\t' $'\r' $'\v' $'\xc3\xa9' $'\xff' $'a\xff')

# Writes an ignore file, sometimes with a byte order mark, CRLF, or an unterminated last line.
random_patterns() {
    local text='' pattern lines
    if ((RANDOM % 20 == 0)); then text=$'\xef\xbb\xbf'; fi
    for ((lines = RANDOM % 4 + 1; lines > 0; lines--)); do
        random_pattern
        text+=$pattern
        if ((RANDOM % 6 == 0)); then text+=$'\r'; fi
        if ((lines > 1 || RANDOM % 4)); then text+=$'\n'; fi
    done
    printf %s "$text" >"$1/.isccignore"
}

# Fills a directory, at most DEPTH levels deep.
random_directory() {
    local directory=$1 levels=$2 entries path
    mkdir "$directory"
    if ((RANDOM % 10 < (levels == 4 ? 8 : 3))); then random_patterns "$directory"; fi
    for ((entries = RANDOM % 6 + 2; entries > 0; entries--)); do
        path=$directory/${tree_names[RANDOM % ${#tree_names[@]}]}
        if [[ -e $path ]]; then continue; fi
        if ((levels > 0 && RANDOM % 3 == 0)); then
            random_directory "$path" $((levels - 1))
        else
            : >"$path"
        fi
    done
}

RANDOM=$3
mkdir "$1"
for ((tree = 0; tree < $2; tree++)); do random_directory "$1/$tree" 4; done
