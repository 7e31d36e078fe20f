#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# iscc update: the list it writes, rules U6 to U8 of docs/update.md: no line is lost, the format is kept, and the list
# is replaced as a whole or not at all.

load ../support/common
load ../support/update_tree

@test "U6: an unreadable file keeps its line" {
    obey_file_modes
    make_tree
    grep '"d/b"' list >line
    echo more >>d/b
    chmod 0 d/b
    echo new >d/new
    chmod 0 d/new
    try update list d
    status_is 2
    stdout_is "2 unreadable, 5 unchanged"
    stderr_is "iscc: d/b: Permission denied" "iscc: d/new: Permission denied"
    grep -qxFf line list
    [[ $(wc -l <list) -eq 6 ]]
}

@test "U6: an unreadable directory keeps its lines, at the end" {
    obey_file_modes
    make_tree
    grep '"d/e/' list >lines
    chmod 0 d/e
    echo new >d/new
    sleep 0.05
    try update list d
    chmod 755 d/e
    status_is 2
    stdout_is "added d/new" "1 added, 1 unreadable, 6 unchanged"
    stderr_is "iscc: d/e: Permission denied"
    tail -n 2 list | cmp - lines
    [[ $(wc -l <list) -eq 7 ]]
    try update list d
    status_is 0
    stdout_is "7 unchanged"
    list_is_sum --json --stat d
}

@test "U6: a missing PATH loses no line" {
    make_tree
    cp list old
    mv d away
    try update list d
    status_is 2
    stderr_is "iscc: d: No such file or directory"
    cmp list old
}

@test "U6: a list with a bad line is not updated" {
    make_tree
    echo garbage >>list
    cp list old
    rm d/a
    try update list d
    status_is 2
    stdout_is
    stderr_is "iscc: list: 7: improperly formatted ISCC checksum line" "iscc: list: not updated, as lines would be lost"
    cmp list old
}

@test "U6: a list is not updated if a line that must stay contradicts itself" {
    echo a >a
    echo b >b
    { "$ISCC" a; "$ISCC" --units b | sed 1d; } | sed 3d >list
    cp list old
    echo c >c
    for option in -n -q; do
        try update $option list c
        stderr_is "iscc: list: 1: codes that contradict each other" "iscc: list: not updated, as lines would be lost"
        status_is 2
        cmp list old
    done
    # The line itself can be corrected.
    try update list a c
    stdout_is "changed a" "added c" "1 added, 1 changed, 0 unchanged"
    status_is 0
    same_lines list "$("$ISCC" a c)"
}

@test "U6: comments and blank lines stay in position, even if the line after them is removed" {
    mkdir d
    for name in b c d e; do echo "$name" >"d/$name"; done
    "$ISCC" d | sed 'i # of a line' | sed '1i # at the top\n\n# of b' >list
    printf ' \t\n#end' >>list
    cp list old
    try update list d
    stdout_is "4 unchanged"
    cmp list old
    rm d/c
    echo new >d/a
    echo other >d/e
    try update list d
    stdout_is "added d/a" "changed d/e" "removed d/c" "1 added, 1 removed, 1 changed, 2 unchanged"
    status_is 0
    same_lines list '# at the top' '' '# of b' '# of a line' "$("$ISCC" d/a)" "$("$ISCC" d/b)" '# of a line' '# of a line' \
        "$("$ISCC" d/d)" '# of a line' "$("$ISCC" d/e)" $' \t' '#end'
    rm d/*
    try update --allow-empty list
    same_lines list '# at the top' '' '# of b' '# of a line' '# of a line' '# of a line' '# of a line' $' \t' '#end' \
        '# iscc sum'
    try update list d
    status_is 0
}

@test "U6: comments in JSON lists and NUL-ended lists are kept, whatever bytes they contain" {
    echo a >a
    echo b >b
    { printf '\xef\xbb\xbf#\xff\t\r\n'; "$ISCC" --json a b; printf '#\0 \\n\r\n'; } >list
    echo other >b
    try update list
    status_is 0
    { printf '#\xff\t\n'; "$ISCC" --json --stat a b; printf '#\0 \\n\n'; } | sed 's/,"stat".*/}/' >expected
    sed 's/,"stat".*/}/' list | cmp - expected
    { "$ISCC" -z a; printf '# two\nlines\r\0\0'; "$ISCC" -z b; } >list
    rm a
    try update -z list
    status_is 0
    { printf '# two\nlines\r\0\0'; "$ISCC" -z b; } | cmp - list
}

@test "U6: comments of reordered lines are not lost" {
    mkdir d
    for name in a b c; do echo "$name" >"d/$name"; done
    "$ISCC" d | sort -r -k2 | sed 's/.*\(.\)$/# \1\n&/' >list
    try update list d
    status_is 0
    same_lines <(grep -v '^#' list) "$("$ISCC" d)"
    same_lines <(grep '^#' list | sort) '# a' '# b' '# c'
}

@test "U7: the list keeps the format of its first line" {
    make_tree
    for options in '' --tag --narrow --units '--tag --units --narrow' '--json --stat' '--json --stat --units --narrow' -z; do
        # shellcheck disable=SC2086 # words
        "$ISCC" sum $options d >list
        echo "$options" >>d/e/2
        rm -f d/c
        sleep 0.05
        # shellcheck disable=SC2046 # a word or none
        try update $([[ $options != -z ]] || echo -z) list d
        status_is 0
        # shellcheck disable=SC2086 # words
        list_is_sum $options d
        echo c >d/c
    done
}

@test "U7: an empty list gets plain lines" {
    make_tree
    : >list
    try update -q list d
    status_is 0
    stdout_is "6 added, 0 unchanged"
    list_is_sum d
}

@test "U7: names of any bytes survive" {
    mkdir d
    touch "d/$(printf 'new\nline')" 'd/back\slash' "d/$(printf '\377')" 'd/) = (' 'd/ *'
    "$ISCC" sum d >list
    "$ISCC" sum --json d >json
    for list in list json; do
        cp $list old
        try update $list d
        status_is 0
        stdout_is "5 unchanged"
    done
    cmp list <("$ISCC" sum d)
    rm "d/$(printf 'new\nline')"
    try update list
    status_is 0
    stdout_is '\removed d/new\nline' "1 removed, 4 unchanged"
}

@test "U8: an unchanged list is not touched" {
    make_tree
    "$ISCC" sum d >text
    touch -d 2001-01-01 list text
    try update list d
    try update text d
    try update text
    status_is 0
    [[ $(stat -c %Y list) == "$(date -d 2001-01-01 +%s)" ]]
    [[ $(stat -c %Y text) == "$(date -d 2001-01-01 +%s)" ]]
}

@test "U8: --dry-run reports and writes nothing" {
    make_tree
    cp list old
    rm d/a
    echo x >d/x
    for option in -n --dry-run; do
        try update $option list d
        status_is 0
        stdout_is "added d/x" "removed d/a" "1 added, 1 removed, 5 unchanged"
        cmp list old
    done
    [[ $(ls) == $'d\nlist\nold' ]]
}

@test "U8: neither the list nor the report is ever listed" {
    make_tree
    cp list d/list
    "$ISCC" update --trust-times d/list d >d/report
    diff d/list <(cat list) >&2
    [[ $(cat d/report) == "6 unchanged" ]]
}

@test "U8: --dry-run predicts the update even if the list and report are in the tree" {
    make_tree
    (cd d && "$ISCC" sum . -o text && "$ISCC" sum --tree . -o tree)
    cd d
    cp text ../text
    cp tree ../tree
    for list in text tree; do
        if [[ $list == text ]]; then paths=(.); else paths=(); fi
        "$ISCC" update -n $list "${paths[@]}" >report
        mv report ..
        "$ISCC" update $list "${paths[@]}" >../real
        diff ../report ../real >&2
        cp ../$list $list
    done
}

@test "U8: killed at any moment, the list is either the old one or the complete new one" {
    mkdir -p d
    for i in {1..200}; do echo "$i" >"d/$i"; done
    "$ISCC" sum d >old
    for i in {1..200}; do echo "new $i" >"d/$i"; done
    truncate -s 50M d/zz
    "$ISCC" sum d >new
    seed=${ISCC_TEST_SEED-$RANDOM}
    echo "ISCC_TEST_SEED=$seed"
    RANDOM=$seed
    olds=0
    for round in {1..8}; do
        cp old list
        "$ISCC" update list d >report &
        pid=$!
        sleep "$(printf '0.%04d' $((RANDOM % 180 * round)))"
        kill -KILL $pid 2>/dev/null || true
        wait $pid || true
        if cmp -s list old; then olds=$((olds + 1)); else cmp list new; fi
    done
    echo "$olds of 8 were killed in time"
    # What a killed run left behind does not affect the next one.
    cp old list
    try update -q list d
    status_is 0
    cmp list new
}

# The report exceeds a pipe's capacity, so the update is still running when its first line is read.
@test "U8: text appended to the list during an update is not lost" {
    mkdir d
    seq -f "d/%.0f-$(printf 'x%.0s' {1..150})" 1000 | xargs touch
    : >list
    {
        "$ISCC" update list d 2>"$err" || echo $? >status
    } | {
        read -r _
        echo "# note" >>list
        cat >/dev/null
    }
    [[ $(cat status) -eq 2 && $(cat list) == "# note" ]]
    stderr_is "iscc: list: not updated, as it changed meanwhile"
    [[ $(ls) == $'d\nlist\nstatus' ]]
}

@test "U8: an unwritable report leaves the old list" {
    make_tree
    cp list old
    rm d/a
    status=0
    "$ISCC" update --trust-times list d >/dev/full 2>"$err" || status=$?
    status_is 2
    stderr_is "iscc: write error: No space left on device"
    cmp list old
}

@test "U6: a line that is kept for a tree has no times" {
    make_tree
    "$ISCC" sum --json --tree d/e >tree
    {
        sed 's/}$/,"stat":{"mtime_sec":1,"mtime_nsec":0,"ctime_sec":1,"ctime_nsec":0}}/' tree
        sed -n 's/"d.a"/"gone"/p' list
    } >old
    cp old new
    rm -r d/e
    : >d/e
    try update new
    stdout_is 'removed gone' '1 removed, 1 unreadable, 0 unchanged'
    status_is 2
    diff tree new >&2
}
