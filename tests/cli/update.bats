#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# iscc update: the rules U1 to U9 of docs/update.md. The judge is sum: an updated list is what it prints.

load support/common

# A tree of a few files, older than what the clock cannot tell apart, and a list of it with times.
make_tree() {
    mkdir -p d/e d/f
    for name in a b c e/1 e/2 f/1; do echo "$name" >"d/$name"; done
    sleep 0.05
    "$ISCC" sum --json --stat d >list
}

# The list is what sum prints now with these arguments.
list_is_sum() { diff -a list <("$ISCC" sum "$@") >&2; }

@test "U1: lines that belong to no PATH stay as and where they are" {
    make_tree
    mkdir dd
    echo other >dd/x
    "$ISCC" sum dd d dd/x >list
    head -n 1 list >first
    tail -n 1 list >last
    rm dd/x d/b
    echo new >d/e/new
    try update list d
    status_is 0
    stdout_is "added d/e/new" "removed d/b" "1 added, 1 removed, 7 unchanged"
    diff list <(cat first <("$ISCC" sum d) last) >&2
}

@test "U1: a PATH is the same letter by letter, whatever slashes it ends with" {
    make_tree
    try update list d///
    status_is 0
    stdout_is "6 unchanged"
    try update list ./d
    status_is 0
    [[ $(wc -l <list) -eq 12 ]]
    [[ $(grep -c '"path":"./d/' list) -eq 6 ]]
}

@test "U1: a PATH that another one covers does nothing" {
    make_tree
    echo new >d/e/new
    sleep 0.05
    for paths in 'd/e d' 'd d/e' 'd d' 'd/e/ d/e d//'; do
        cp list old
        # shellcheck disable=SC2086 # words
        try update list $paths
        status_is 0
        stdout_is "added d/e/new" "1 added, 6 unchanged"
        list_is_sum --json --stat d
        mv old list
    done
}

@test "U2: added and removed files, and the order of the walk, as sum would list them" {
    make_tree
    rm -r d/e
    echo 1 >d/B
    mkdir d/g
    echo 2 >d/g/x
    echo 3 >d/.early.ignore
    sleep 0.05
    try update list d
    status_is 0
    stdout_is "added d/.early.ignore" "added d/B" "added d/g/x" "removed d/e/1" "removed d/e/2" \
        "3 added, 2 removed, 4 unchanged"
    list_is_sum --json --stat d
}

@test "U2: a list in another order is put into that of the walk" {
    make_tree
    tac list >tmp
    mv tmp list
    try update list d
    status_is 0
    stdout_is "6 unchanged"
    list_is_sum --json --stat d
}

@test "U2: what is not chosen any more is removed" {
    make_tree
    echo 'e/' >d/.isccignore
    sleep 0.05
    try update list d
    status_is 0
    stdout_is "added d/.isccignore" "removed d/e/1" "removed d/e/2" "1 added, 2 removed, 4 unchanged"
}

@test "U2: options choose what is listed" {
    make_tree
    try update --exclude '/e/' --max-size 1 list d
    status_is 0
    stdout_is "removed d/a" "removed d/b" "removed d/c" "removed d/e/1" "removed d/e/2" "removed d/f/1" \
        "6 removed, 0 unchanged"
    [[ ! -s list ]]
    try update --include 'a' --include 'e/' list d
    status_is 0
    list_is_sum --include 'a' --include 'e/' d
    [[ -s list ]]
}

@test "U2: a line that stands twice stands once" {
    make_tree
    cat list >>list.tmp
    cat list.tmp >>list
    try update list d
    status_is 0
    stdout_is "6 unchanged"
    list_is_sum --json --stat d
}

@test "U2: the code of a tree makes way for the files, but not for those of another PATH" {
    make_tree
    "$ISCC" sum --tree d/e d/f >list
    try update list d/e
    status_is 0
    stdout_is "added d/e/1" "added d/e/2" "removed d/e/" "2 added, 1 removed, 1 unchanged"
    diff list <("$ISCC" sum d/e && "$ISCC" sum --tree d/f) >&2
}

@test "U3: without PATH nothing is added, and what does not exist is removed" {
    make_tree
    "$ISCC" sum d >list
    "$ISCC" sum --tree d/f >>list
    "$ISCC" sum - <d/a >>list
    rm d/b
    echo more >>d/c
    echo new >d/new
    try update list
    status_is 0
    stdout_is "changed d/c" "removed d/b" "1 removed, 1 changed, 6 unchanged"
    diff list <("$ISCC" sum d/a d/c d/e d/f && "$ISCC" sum --tree d/f && "$ISCC" sum - <d/a) >&2
}

@test "U3: a listed name that is a directory now is no file that is gone" {
    make_tree
    rm d/a
    mkdir d/a
    cp list old
    try update list
    status_is 2
    stdout_is "1 unreadable, 5 unchanged"
    stderr_is "iscc: d/a: Is a directory"
    cmp list old
}

@test "U3: what lies below a file that was a directory does not exist" {
    make_tree
    rm -r d/e
    echo x >d/e
    try update list
    status_is 0
    stdout_is "removed d/e/1" "removed d/e/2" "2 removed, 4 unchanged"
}

@test "U3: a tree that is a file now is no tree that is gone" {
    make_tree
    "$ISCC" sum --tree d/f >list
    rm -r d/f
    echo x >d/f
    try update list
    status_is 2
    stdout_is "1 unreadable, 0 unchanged"
    stderr_is "iscc: d/f/: Not a directory"
}

@test "U4: only files whose times or size are others are read" {
    needs strace
    make_tree
    echo more >>d/b
    touch d/c
    strace -f -e trace=openat -o trace "$ISCC" update list d >"$out" || skip "strace cannot trace here"
    stdout_is "changed d/b" "1 changed, 5 unchanged"
    [[ $(grep -cE '"(a|1|2)", O_RDONLY' trace) -eq 0 ]]
    [[ $(grep -cE '"[bc]", O_RDONLY' trace) -eq 2 ]]
    strace -f -e trace=openat -o trace "$ISCC" update --recheck list d >"$out"
    stdout_is "6 unchanged"
    [[ $(grep -cE '"(a|b|c|1|2)", O_RDONLY' trace) -eq 6 ]]
}

@test "U4: a line that a check does not believe is made good, whichever of its codes is wrong" {
    zeros 256 a
    zeros 257 b
    own=$("$ISCC" a)
    data=${own:0:12}A${own:13} # one character of the Data-Code
    printf '%s\n' "$data" >list
    try update list
    stdout_is "changed a" "1 changed, 0 unchanged"
    status_is 0
    same_lines list "$own"

    "$ISCC" --json --units --stat a >good
    touch -d '2001-01-01' a
    sleep 0.1
    "$ISCC" --json --units --stat a >good
    "$ISCC" --json --units b >other
    for member in '"iscc":"([^"]*)' '"datahash":"([^"]*)' '"filesize":([0-9]*)' '"(ISCC:G[^"]*)' '"(ISCC:I[^"]*)'; do
        # What the other file has there, in the line of this one.
        right=$(sed -E "s/.*$member.*/\1/" good) wrong=$(sed -E "s/.*$member.*/\1/" other)
        sed "s/$right/$wrong/" good >list
        try check --status list
        status_is 1
        try update list
        stdout_is "changed a" "1 changed, 0 unchanged"
        status_is 0
        same_lines list "$(<good)"
    done
}

@test "U4: a JSON list without times gets them" {
    make_tree
    "$ISCC" sum --json d >list
    try update list d
    status_is 0
    stdout_is "6 unchanged"
    list_is_sum --json --stat d
}

# What an update sees of a file whose bits have rotted is a list that has its times, and other content.
@test "U5: changed content under the same times is rotten, and never listed as good" {
    needs jq
    make_tree
    jq -c --slurpfile all list 'if .path == "d/a" then .iscc = $all[1].iscc | .datahash = $all[1].datahash else . end' \
        list >rotten
    cp rotten list
    try update list d
    status_is 0
    stdout_is "6 unchanged"
    try update --recheck list d
    status_is 1
    stdout_is "rotten d/a" "1 rotten, 5 unchanged"
    cmp list rotten
    touch d/a
    sleep 0.05
    try update list d
    status_is 0
    stdout_is "changed d/a" "1 changed, 5 unchanged"
    list_is_sum --json --stat d
}

@test "U6: a file that cannot be read keeps its line" {
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

@test "U6: a directory that cannot be read keeps its lines, at the end" {
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

@test "U6: a PATH that does not exist loses no line" {
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

@test "U6: comments and blank lines stay where they are, also where the line behind them is removed" {
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
    try update list
    same_lines list '# at the top' '' '# of b' '# of a line' '# of a line' '# of a line' '# of a line' $' \t' '#end'
    try update list d
    status_is 0
}

@test "U6: comments stay in lists of JSON lines and of NUL-ended records, with any bytes" {
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

@test "U6: comments of lines that change their order are not lost" {
    mkdir d
    for name in a b c; do echo "$name" >"d/$name"; done
    "$ISCC" d | sort -r -k2 | sed 's/.*\(.\)$/# \1\n&/' >list
    try update list d
    status_is 0
    same_lines <(grep -v '^#' list) "$("$ISCC" d)"
    same_lines <(grep '^#' list | sort) '# a' '# b' '# c'
}

@test "U7: the list keeps the form of its first line" {
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

@test "U7: names of any bytes come back" {
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

@test "U8: a list that stays the same is not touched" {
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

@test "U8: the list never lists itself, nor does the report" {
    make_tree
    cp list d/list
    "$ISCC" update d/list d >d/report
    diff d/list <(cat list) >&2
    [[ $(cat d/report) == "6 unchanged" ]]
}

@test "U8: --dry-run reports what an update would do where the list and the report lie in the tree" {
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

@test "U8: killed at any instant, the list is the old one or the whole new one" {
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
    for round in {1..24}; do
        cp old list
        "$ISCC" update list d >report &
        pid=$!
        sleep "$(printf '0.%04d' $((RANDOM % 60 * round)))"
        kill -KILL $pid 2>/dev/null || true
        wait $pid || true
        if cmp -s list old; then olds=$((olds + 1)); else cmp list new; fi
    done
    echo "$olds of 24 were killed in time"
    # What a killed run left behind does not disturb the next one.
    cp old list
    try update -q list d
    status_is 0
    cmp list new
}

# The report does not fit into a pipe, so that the update has not ended when its first line is read.
@test "U8: what is written into the list meanwhile is not lost" {
    mkdir d
    for i in {1..1000}; do : >"d/$i$(printf 'x%.0s' {1..150})"; done
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

@test "U8: a report that cannot be written leaves the old list" {
    make_tree
    cp list old
    rm d/a
    status=0
    "$ISCC" update list d >/dev/full 2>"$err" || status=$?
    status_is 2
    stderr_is "iscc: write error: No space left on device"
    cmp list old
}

@test "U9: the report as JSON" {
    obey_file_modes
    make_tree
    echo more >>d/b
    rm d/c
    echo new >"d/$(printf '\377')"
    chmod 0 d/e/1
    touch d/e/1
    try update --json list d
    status_is 2
    stdout_is '{"type":"update","path":"d/b","change":"changed"}' \
        '{"type":"update","path":"d/'$'\xef\xbf\xbd''","path_b64":"ZC//","change":"added"}' \
        '{"type":"update","path":"d/e/1","change":"unreadable","error":"Permission denied","code":"EACCES"}' \
        '{"type":"update","path":"d/c","change":"removed"}' \
        '{"type":"summary","path":"list","added":1,"removed":1,"changed":1,"rotten":0,"unreadable":1,"unchanged":3}'
}

@test "update: the same for any number of threads" {
    make_tree
    for i in {1..300}; do echo "$i" >"d/e/x$i"; done
    "$ISCC" sum d >list
    for i in {1..300..7}; do echo "new" >"d/e/x$i"; done
    cp list old
    for threads in 1 2 8; do
        cp old list
        "$ISCC" update -j $threads list d >"report$threads"
        list_is_sum d
    done
    cmp report1 report2
    cmp report1 report8
}

# More than one thread gets, so that PATHs begin on one thread while another one writes lines.
@test "update: many PATHs, on several threads" {
    mkdir d
    for i in {1..600}; do echo "$i" >"d/$i"; done
    "$ISCC" sum d >list
    try update -j 4 --recheck list d/*
    status_is 0
    stdout_is "600 unchanged"
}

@test "update: errors of usage and of the list's name" {
    try update
    is_usage_error "missing operand: the list to update" update
    try update -
    is_usage_error "standard input cannot be updated" update
    make_tree
    try update list d -
    is_usage_error "standard input cannot be a path to list" update
    try update missing d
    status_is 2
    stderr_is "iscc: missing: No such file or directory"
    [[ ! -e missing ]]
    try update d d
    status_is 2
    stderr_is "iscc: d: Is a directory"
    mkfifo fifo
    try update fifo d
    status_is 2
    stderr_is "iscc: fifo: not a regular file"
}
