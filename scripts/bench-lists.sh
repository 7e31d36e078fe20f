#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Time and memory of iscc diff, check and update for long lists, which it makes itself; of check beside sum for a tree.
set -euo pipefail

usage() {
    cat <<'END'
Usage: scripts/bench-lists.sh [OPTION]...
Measure iscc diff between lists of made-up codes: the same list, one with 4 % of its lines edited, the same in another
order, and a list that has nothing in common with it. Measure iscc check and iscc update of a list as long that names
one file over and over, and iscc check beside iscc sum for all files of a directory. GNU time is needed.

  --program FILE      the iscc to measure; default: build/release/iscc
  --lines N           length of the lists; default 1000000
  --tree DIR          the directory; default /usr/share
  --rounds N          the best of so many rounds is printed; default 3
  --help              print this help
END
}

root=$(cd "$(dirname "$0")/.." && pwd)
program=$root/build/release/iscc lines=1000000 tree=/usr/share rounds=3
die() { printf 'bench-lists: %s\n' "$*" >&2; exit 2; }

while [ $# -gt 0 ]; do
    case $1 in
    --help) usage && exit 0 ;;
    --program | --lines | --tree | --rounds)
        [ $# -ge 2 ] || die "option '$1' requires an argument"
        declare "${1#--}=$2"
        shift 2
        ;;
    *) die "unrecognized argument '$1'" ;;
    esac
done
[ -x "$program" ] || die "no program: $program"
[ -x /usr/bin/time ] || die 'GNU time is missing: install time (Debian, Ubuntu)'

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# make_list SEED EDITS NAMES: WIDE codes are 55 base32 digits, of which the first three and a bit are the header and the
# last one has two bits. With edits, of a hundred lines each one has another Instance-Code, another name, or is missing
# or new.
make_list() {
    awk -v seed="$1" -v edits="$2" -v lines="$lines" -v names="$3" '
        function pick(text) { return substr(text, int(rand() * length(text)) + 1, 1) }
        function code(    i, text) {
            text = "K4A" pick("ABCDEFGHIJKLMNOP")
            for (i = 0; i < 12; i++)
                text = text part[int(rand() * 65536)]
            return text pick("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") pick("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") \
                pick("AIQY")
        }
        BEGIN {
            srand(seed)
            for (i = 0; i < 65536; i++)
                for (j = 0; j < 4; j++)
                    part[i] = part[i] pick("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
            for (i = 0; i < lines; i++) {
                name = sprintf("usr/share/some/folder-%05d/of-list-%s/file-%07d.dat", i / 100, names, i)
                text = code()
                if (edits && i % 100 == 7)
                    text = substr(text, 1, 50) "AAAAA"
                else if (edits && i % 100 == 17)
                    name = "moved/" name
                else if (edits && i % 100 == 27)
                    continue
                else if (edits && i % 100 == 37)
                    printf "ISCC:%s *%s-new\n", substr(text, 1, 30) "AAAAAAAAAA" substr(text, 41), name
                printf "ISCC:%s *%s\n", text, name
            }
        }'
}

# measure WHAT ARGUMENT...: seconds, those of the processor, and MiB of the best round, and what the program printed.
measure() {
    local round status what=$1
    shift
    : >"$folder/times"
    for ((round = 0; round < rounds; round++)); do
        status=0
        /usr/bin/time -f '%e %U %S %M' -o "$folder/time" "$program" "$@" >"$folder/printed" || status=$?
        [ "$status" -le 1 ] || die "iscc $1 failed for $what"
        tail -n 1 "$folder/time" >>"$folder/times"
    done
    sort -n "$folder/times" | awk -v what="$what" -v printed="$(tail -n 1 "$folder/printed")" \
        'NR == 1 { printf "%-16s %6.2f s %6.2f s %5.0f MiB   %s\n", what, $1, $2 + $3, $4 / 1024, printed }'
}

make_list 1 0 1 >"$folder/old"
make_list 1 1 1 >"$folder/edited"
make_list 2 0 2 >"$folder/other"
shuf --random-source="$folder/old" "$folder/old" >"$folder/shuffled"
printf '%s lines, %s MiB a list; time by the clock, time of the processor, memory\n' "$lines" "$(($(stat -c %s "$folder/old") >> 20))"
measure 'diff same' diff --quiet "$folder/old" "$folder/old"
measure 'diff edited' diff --quiet "$folder/old" "$folder/edited"
measure 'diff shuffled' diff --quiet "$folder/old" "$folder/shuffled"
measure 'diff unrelated' diff --quiet "$folder/old" "$folder/other"

echo file >"$folder/file"
line=$("$program" sum "$folder/file")
# A name of its own for each line: slashes and dots lead nowhere.
awk -v line="$line" -v lines="$lines" 'BEGIN {
    code = substr(line, 1, index(line, "*"))
    name = substr(line, length(code) + 1)
    for (i = 0; i < lines; i++) {
        path = ""
        for (j = i; j > 0; j = int(j / 2))
            path = path (j % 2 ? "/." : "//")
        print code path name
    }
}' >"$folder/one"
measure 'check one file' check --quiet "$folder/one"
measure 'update one file' update --dry-run --quiet "$folder/one"

"$program" sum -o "$folder/list" "$tree" || die "cannot list $tree"
printf '%s: %s files\n' "$tree" "$(wc -l <"$folder/list")"
measure 'sum of a tree' sum -o "$folder/again" "$tree"
measure 'check of a tree' check --quiet "$folder/list"
