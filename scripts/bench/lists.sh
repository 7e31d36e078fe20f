# SPDX-License-Identifier: Apache-2.0
#
# lists.sh: the work `lists` of bench.sh, which sources this file: iscc diff between lists of made-up codes (the same
# list, one with 4 % of its lines edited, the same in another order, and an unrelated list), iscc check and iscc update
# of a list as long that names one file over and over, and iscc check beside iscc sum for all files of a directory.
# shellcheck shell=bash disable=SC2154 # bench.sh sets folder, lines, program, rounds and tree

# make_list SEED EDITS NAMES: a WIDE code is 55 base32 digits: the first three and one bit of the fourth are the header,
# and the last holds two bits. With EDITS set, one line in a hundred has another Instance-Code, one another name, one is
# missing and one is new.
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

# measure_command WHAT ARGUMENT...: the best round's elapsed seconds, processor seconds and MiB, and the last line printed.
measure_command() {
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

bench_lists() {
    local line
    [ -x /usr/bin/time ] || die 'GNU time is missing: install time (Debian, Ubuntu)'
    make_list 1 0 1 >"$folder/old"
    make_list 1 1 1 >"$folder/edited"
    make_list 2 0 2 >"$folder/other"
    shuf --random-source="$folder/old" "$folder/old" >"$folder/shuffled"
    printf '%s lines, %s MiB a list: elapsed time, processor time, memory\n' "$lines" "$(($(stat -c %s "$folder/old") >> 20))"
    measure_command 'diff same' diff --quiet "$folder/old" "$folder/old"
    measure_command 'diff edited' diff --quiet "$folder/old" "$folder/edited"
    measure_command 'diff shuffled' diff --quiet "$folder/old" "$folder/shuffled"
    measure_command 'diff unrelated' diff --quiet "$folder/old" "$folder/other"

    echo file >"$folder/file"
    line=$("$program" sum "$folder/file")
    # Slashes and dots make each line a different name of the same file.
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
    measure_command 'check one file' check --quiet "$folder/one"
    measure_command 'update one file' update --dry-run --quiet "$folder/one"

    "$program" sum -o "$folder/list" "$tree" || die "cannot list $tree"
    printf '%s: %s files\n' "$tree" "$(wc -l <"$folder/list")"
    measure_command 'sum of a tree' sum -o "$folder/again" "$tree"
    measure_command 'check of a tree' check --quiet "$folder/list"
}
