#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# iscc diff: what it finds and prints, rules D7 to D17 of docs/diff.md, checked against other programs that compare
# directories.

load ../support/common
load ../support/diff_tree

ALL_SAME='0 added, 0 removed, 0 changed, 0 moved, 0 moved-changed'

# ---- Findings ----

@test "D7: narrow and wide lists are compared over the bits they share" {
    make_tree
    "$ISCC" sum --narrow d >narrow
    sed 's/^10000$/x/' d/a >a && mv a d/a
    try diff narrow list
    stdout_is
    status_is 0
    try diff narrow d
    stdout_is 'changed near 3/64 d/a' '0 added, 0 removed, 1 changed, 0 moved, 0 moved-changed, 3 same'
    try diff list d
    stdout_is 'changed near 5/128 d/a' '0 added, 0 removed, 1 changed, 0 moved, 0 moved-changed, 3 same'
    "$ISCC" sum --units d >units
    mkdir old && seq 20000 >old/a
    try diff old <(grep -A 2 'd/a$' units | sed 's,\*d/,*,')
    stdout_is 'changed near 6/256 a' '0 added, 0 removed, 1 changed, 0 moved, 0 moved-changed, 0 same'
}

@test "D8: near and far, with the threshold in bits and percent" {
    mkdir old new
    seq 20000 >old/a
    sed 's/^10000$/x/' old/a >new/a
    seq 20000 >old/b
    seq 20001 40000 >new/b
    count='0 added, 0 removed, 2 changed, 0 moved, 0 moved-changed, 0 same'
    try diff old new
    stdout_is 'changed near 6/256 a' 'changed far 153/256 b' "$count"
    status_is 1
    try diff --threshold=5 old new
    stdout_is 'changed far 6/256 a' 'changed far 153/256 b' "$count"
    try diff old new --threshold 100%
    stdout_is 'changed near 6/256 a' 'changed near 153/256 b' "$count"
    status_is 1
    try diff --threshold=257 old new
    is_usage_error "invalid argument '257' for '--threshold' (bits from 0 to 256, or 0% to 100%)" diff
}

@test "D9: moved files prefer an equal base name; empty files never count as moved" {
    mkdir -p old/s new/t
    seq 100 | tee old/1 old/2 old/s/3 >new/t/2
    seq 100 | tee new/1 >new/z
    : >old/empty
    : >new/t/empty
    try diff old new
    stdout_is 'moved s/3 -> z' 'moved 2 -> t/2' 'added t/empty' 'removed empty' \
        '1 added, 1 removed, 0 changed, 2 moved, 0 moved-changed, 1 same'
    status_is 1
}

@test "trust 17: exchanged and renumbered files have moved" {
    mkdir old new
    seq 20000 | tee old/a >new/b
    seq 20001 40000 | tee old/b >new/a
    for i in {2..9}; do seq "$i" | tee "old/$((i - 1))" >"new/$i"; done
    seq 5000 >new/1
    try diff old new
    stdout_is 'added 1' 'moved 1 -> 2' 'moved 2 -> 3' 'moved 3 -> 4' 'moved 4 -> 5' 'moved 5 -> 6' 'moved 6 -> 7' 'moved 7 -> 8' \
        'moved 8 -> 9' 'moved b -> a' 'moved a -> b' '1 added, 0 removed, 0 changed, 10 moved, 0 moved-changed, 0 same'
    status_is 1
    # A copy beside an edited original is no move; nor has either of two versions stayed that were exchanged.
    rm old/? new/?
    seq 20000 | tee old/a >new/a.old
    sed 's/^10000$/x/' old/a >new/a
    try diff old new
    stdout_is 'changed near 6/256 a' 'added a.old' '1 added, 0 removed, 1 changed, 0 moved, 0 moved-changed, 0 same'
    cp new/a old/a.old
    try diff --json old new
    [[ $(jq -c '[.change, .old_path, .path, .moved]' "$out") == '["moved","a.old","a",null]
["moved","a","a.old",null]
[null,null,null,2]' ]]
}

@test "trust 12: a name that differs only in Unicode normalization or letter case has moved" {
    local nfc=$'\xc3\xa9' nfd=$'e\xcc\x81'
    mkdir -p old/$nfc new/$nfd
    # Copies are told apart by their names, and so are empty files.
    echo | tee old/$nfc/a old/$nfc/B old/A$nfc new/$nfd/b new/$nfd/a >new/a$'E\xcc\x81'
    : | tee old/$nfc/e old/one >new/$nfd/e
    : >new/two
    # Not all letters are ASCII, nor all names UTF-8.
    echo 2 | tee old/$'\xce\xa3' old/$'\xffX' new/$'\xcf\x83' >new/$'\xffx'
    try diff --json --threshold=0 old new
    jq -r 'select(.change) | [.change, .old_path, .path, .same_name] | join(" ")' "$out" | sort >found
    same_lines found 'added  two ' "moved A$nfc aE"$'\xcc\x81 case' "moved $nfc/B $nfd/b case" "moved $nfc/a $nfd/a nfc" \
        "moved $nfc/e $nfd/e nfc" $'moved \xce\xa3 \xcf\x83 case' $'moved \xef\xbf\xbdX \xef\xbf\xbdx case' 'removed  one '
}

@test "D10: moved and changed files" {
    mkdir -p old new/t
    seq 20000 >old/a
    sed 's/^10000$/x/' old/a >new/t/b
    seq 30000 50000 >old/c
    seq 60000 80000 >new/d
    try diff old new
    stdout_is 'added d' 'moved-changed 5/128 a -> t/b' 'removed c' \
        '1 added, 1 removed, 0 changed, 0 moved, 1 moved-changed, 0 same'
    try diff --threshold=4 old new --quiet
    stdout_is '2 added, 2 removed, 0 changed, 0 moved, 0 moved-changed, 0 same'
}

@test "D12: tree codes" {
    make_tree
    "$ISCC" sum --tree d >old
    mv d d2
    "$ISCC" sum --tree d2 >new
    try diff old new
    stdout_is 'moved d/ -> d2/' '0 added, 0 removed, 0 changed, 1 moved, 0 moved-changed, 0 same'
    try diff --json old new
    grep -q '"change":"moved","kind":"tree","path":"d2/","old_path":"d/"' "$out"
    seq 20001 >d2/a
    "$ISCC" sum --tree d2 | sed 's,d2/,d/,' >new
    try diff old new
    grep -qx 'changed near [0-9]*/128 d/' "$out"
}

@test "D13: an unreadable file or directory is unknown, with everything below it" {
    make_tree
    obey_file_modes
    mkdir d/s/deep
    seq 10 >d/s/deep/y
    "$ISCC" sum d >list
    chmod 000 d/b d/s
    try diff list d
    chmod 755 d/s
    stdout_is 'unknown d/b' 'unknown d/s' 'unknown d/s/x' 'unknown d/s/deep/y' "$ALL_SAME, 2 same, 4 unknown"
    stderr_is 'iscc: d/b: Permission denied' 'iscc: d/s: Permission denied'
    status_is 2
    chmod 000 d/s
    try diff --json d list
    chmod 755 d/s
    grep -qx '{"type":"error","path":"d/s","error":"Permission denied","code":"EACCES"}' "$out"
    grep -q '"change":"unknown","kind":"file","path":"d/s/deep/y"' "$out"
    [[ $(grep -c '"change":"unknown"' "$out") -eq 4 ]]
    grep -q '"unknown":4,"same":2}$' "$out"
    status_is 2
    chmod 000 d
    try diff list d
    chmod 755 d
    stdout_is
    stderr_is 'iscc: d: Permission denied'
    status_is 2
}

# ---- Output ----

@test "D14: findings follow the order of NEW, then of OLD" {
    make_tree
    tac list >backwards
    sed -i '/d.b$/d' backwards
    { seq 4 | "$ISCC" | sed 's,\*-,*z,'; cat backwards; seq 5 | "$ISCC" | sed 's,\*-,*a,'; } >new
    sed -i '/d.e$/d' new
    try diff list new
    stdout_is 'added z' 'added a' 'removed d/b' 'removed d/e' '2 added, 2 removed, 0 changed, 0 moved, 0 moved-changed, 2 same'
}

@test "D14: names with line breaks are escaped, and -z records end in NUL" {
    mkdir -p old new
    seq 99 >old/$'a\nb'
    seq 99 >new/'c -> d'
    seq 98 >new/'\'
    seq 97 >new/$'\r \xff'
    try diff old new
    stdout_is '\added \r '$'\xff' '\added \\' '\moved a\nb -> c -> d' \
        '2 added, 0 removed, 0 changed, 1 moved, 0 moved-changed, 0 same'
    "$ISCC" sum -z old | sed -z 's,\*old/,*,' >list
    try diff -z list new
    printf '%s\0' $'added \r \xff' 'added \' $'moved a\nb' 'c -> d' \
        '2 added, 0 removed, 0 changed, 1 moved, 0 moved-changed, 0 same' | cmp - "$out"
    status_is 1
    try diff --json old new
    grep -q '"change":"moved","kind":"file","path":"c -> d","old_path":"a\\nb",' "$out"
    grep -q '"path":"\\r �","path_b64":"DSD/",' "$out"
}

@test "D15: --quiet prints only the counts, --status nothing, and equal inputs print nothing" {
    make_tree
    rm d/a
    try diff -q list d
    stdout_is '0 added, 1 removed, 0 changed, 0 moved, 0 moved-changed, 3 same'
    status_is 1
    try diff --status list d
    stdout_is
    stderr_is
    status_is 1
    try diff --status --quiet list d
    stdout_is '0 added, 1 removed, 0 changed, 0 moved, 0 moved-changed, 3 same'
    try diff --quiet list list
    stdout_is
    status_is 0
}

@test "D16: JSON always ends with a summary" {
    make_tree
    try diff --json list d
    stdout_is '{"type":"summary","old":"list","new":"d","added":0,"removed":0,"changed":0,"changed_near":0,"moved":0,"moved_changed":0,"unknown":0,"same":4}'
    status_is 0
    try diff --json --status list d
    stdout_is
    sed 's/^500$/x/' d/b >b && mv b d/b
    try diff --json --quiet list d
    stdout_is '{"type":"summary","old":"list","new":"d","added":0,"removed":0,"changed":1,"changed_near":0,"moved":0,"moved_changed":0,"unknown":0,"same":3}'
    try diff --json list d --threshold=50%
    [[ $(wc -l <"$out") -eq 2 ]]
    grep -qE '^\{"type":"difference","change":"changed","kind":"file","path":"d/b","old_iscc":"ISCC:[A-Z2-7]+","iscc":"ISCC:[A-Z2-7]+","near":true,"distance":[0-9]+,"bits":128\}$' "$out"
    status_is 1
    try diff --json <(echo junk) /dev/null
    grep -q '"type":"error","path":"/dev/fd/[0-9]*","error":"no properly formatted checksum lines found","code":"LINE"' "$out"
    status_is 2
}

@test "D17: a full disk gives status 2" {
    [[ -c /dev/full ]] || skip "no /dev/full"
    make_tree
    status=0
    "$ISCC" diff list /dev/null >/dev/full 2>"$err" || status=$?
    stderr_is 'iscc: write error: No space left on device'
    status_is 2
}

@test "diff: any number of threads gives the same bytes" {
    make_tree
    for i in {1..200}; do echo "$i" >"d/s/$i"; done
    try diff -j 1 list d
    cp "$out" "$out.first"
    for threads in 2 7; do
        try diff -j $threads list d
        cmp "$out" "$out.first"
    done
}

# ---- Reference programs ----

# Two randomly different trees without empty files or identical contents.
random_pair() { # SEED
    RANDOM=$1
    mkdir -p old/{a,b/c} new
    for i in {1..60}; do
        local folder=(old old/a old/b old/b/c)
        { echo "$i"; seq $((RANDOM % 3000)); } >"${folder[RANDOM % 4]}/f$i"
    done
    cp -r old/. new/
    while IFS= read -r file; do
        case $((RANDOM % 6)) in
        0) rm "$file" ;;
        1) echo more >>"$file" ;;
        2) mv "$file" "new/b/moved-${file##*/}" ;;
        3) echo "new $file" >"$file-new" ;;
        esac
    done < <(find new -type f | sort)
}

@test "diff: the findings match diff -rq, except for moves" {
    seed=${ISCC_TEST_SEED:-$RANDOM}
    echo "ISCC_TEST_SEED=$seed"
    random_pair "$seed"
    diff -rq old new | sed -nE 's,^Only in (old|new)(/([^:]*))?: (.*),\1 \3/\4,p; s,^Files old/(.*) and new/.* differ,both \1,p' |
        sed 's,^\([a-z]*\) /,\1 ,' | sort >"$out.judge"
    try diff old new
    # A moved file appears to diff as one only in OLD and one only in NEW.
    sed -nE 's/^added (.*)/new \1/p; s/^removed (.*)/old \1/p; s/^changed [a-z]+ [0-9/]+ (.*)/both \1/p
        s,^moved(-changed [0-9/]+)? (.*) -> (.*),old \2\nnew \3,p' "$out" | sort >"$out.found"
    diff "$out.judge" "$out.found" >&2
    [[ -s "$out.found" ]]
}

@test "diff: the moves match git diff" {
    needs git
    seed=${ISCC_TEST_SEED:-$RANDOM}
    echo "ISCC_TEST_SEED=$seed"
    random_pair "$seed"
    status=0
    git -c diff.renameLimit=0 diff --no-index --name-status -M100% old new >"$out.raw" || status=$?
    [[ $status -eq 1 ]]
    sed -nE 's,^R100\told/(.*)\tnew/(.*),moved \1 -> \2,p' "$out.raw" | sort >"$out.judge"
    try diff --threshold=0 old new
    grep '^moved ' "$out" | sort >"$out.found"
    diff "$out.judge" "$out.found" >&2
    [[ -s "$out.found" ]]
}

# ---- Markdown ----

@test "D18: the counts, then the findings, as tables of Markdown" {
    zeros 8192 a && zeros 8193 b
    mkdir old new
    cp a old/changed && cp b new/changed
    cp a old/'from|`*_<b>' && cp a new/'to &[x](y)@www.z'
    printf 1 >old/gone
    printf 2 >"new/$(printf 'added\n\377')"
    printf 3 >old/same && cp old/same new/same
    try diff --markdown old new
    status_is 1
    stdout_is '| added | removed | changed | moved | moved and changed | unknown | same |' \
        '| ---: | ---: | ---: | ---: | ---: | ---: | ---: |' '| 1 | 1 | 1 | 1 | 0 | 0 | 1 |' '' \
        '| change | file | distance |' '| --- | --- | --- |' \
        '| added | <code>added&#92;012&#92;377</code> |  |' \
        "| changed | <code>changed</code> | $("$ISCC" diff old new | sed -nE 's,^changed ([a-z]*) ([0-9]*)/([0-9]*) .*,\1\, \2 of \3 bits,p') |" \
        '| moved | <code>from&#124;&#96;&#42;&#95;&#60;b&#62;</code> → <code>to &#38;&#91;x&#93;&#40;y&#41;&#64;<!-- -->www&#46;z</code> |  |' \
        '| removed | <code>gone</code> |  |'
    try diff --markdown --quiet old new
    [[ $(wc -l <"$out") -eq 3 ]]
    try diff --markdown old old
    status_is 0
    stdout_is '| added | removed | changed | moved | moved and changed | unknown | same |' \
        '| ---: | ---: | ---: | ---: | ---: | ---: | ---: |' '| 0 | 0 | 0 | 0 | 0 | 0 | 4 |'
    try diff --markdown --json old new
    is_usage_error 'the --markdown option is meaningless with --json' diff
    try diff --markdown -z old new
    is_usage_error 'the --zero option is meaningless with --markdown' diff
}

@test "D18: all findings beyond fifty are folded" {
    mkdir old new
    for i in {100..152}; do printf '%s' "$i" >"new/$i"; done
    try diff --markdown old new
    [[ $(grep -c '^| added | <code>' "$out") -eq 53 ]]
    [[ $(sed -n '/^<details>/,$p' "$out") == $'<details><summary>3 more</summary>\n\n| change | file | distance |\n| --- | --- | --- |\n| added | <code>150</code> |  |\n'* ]]
    [[ $(tail -n 1 "$out") == '</details>' ]]
    rm new/15[0-2]
    try diff --markdown old new
    ! grep -q details "$out"
}
