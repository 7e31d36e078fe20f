#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# iscc update: what it reads and reports, rules U1 to U5 and U9 of docs/update.md. The reference is sum: an updated list
# equals its output.

load ../support/common
load ../support/update_tree

@test "U1: lines outside every PATH stay unchanged and in position" {
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

@test "trust 11: one file has one line, however the list and PATH spell its root" {
    mkdir work && cd work # whose parent has a list
    make_tree
    local here=$PWD up=../${PWD##*/} root path
    ln -s "$PWD" "$out.link"
    for root in d ./d "$here/d" d/. .//d "$up/d"; do
        "$ISCC" sum "$root" >../list
        for path in d/// "$here/./d" d//. "$up/d" . "$here" d/e "$up/d/a"; do
            try update ../list "$path" --exclude=list
            stdout_is '6 unchanged'
            stderr_is
        done
        (cd "$out.link" && "$ISCC" update ../list "$PWD/d") >"$out"
        stdout_is '6 unchanged'
    done
    # Each line keeps its spelling.
    "$ISCC" sum d/a "$here/d/b" .//d/c >list
    echo more | tee -a d/a d/b >>d/c
    try update list d/[abc]
    stdout_is 'changed d/a' "changed $here/d/b" 'changed .//d/c' '3 changed, 0 unchanged'
    list_is_sum d/a "$here/d/b" .//d/c
    # Several lines of one file become one.
    "$ISCC" sum d ./d "$here/d" >list
    try update list d
    stdout_is '6 unchanged'
    [[ $(wc -l <list) -eq 6 ]]
}

@test "trust 11: new lines are spelled as those beside them" {
    mkdir work && cd work # whose parent has a list
    make_tree
    mkdir d/new
    echo 1 >d/new/x
    local roots path added
    while read -r roots path added; do
        "$ISCC" sum ${roots//@/"$PWD"} >../list
        try update ../list "${path//@/"$PWD"}"
        stdout_is "added ${added//@/"$PWD"}" "1 added, 1 unchanged"
        status_is 0
    done <<'END'
d/a d/new d/new/x
d/a @/d/new d/new/x
d/a ./d//new/x d/new/x
./d/a d/new/x ./d/new/x
@/d/a d/new @/d/new/x
./list d/new ./d/new/x
list @/d/new d/new/x
@/list ./d/new @/d/new/x
../list d/new d/new/x
END
    # Names without `./` below the current directory.
    cd d && "$ISCC" sum [a-f] >../list
    try update ../list .
    stdout_is 'added new/x' '1 added, 6 unchanged'
    diff -a ../list <("$ISCC" sum . | sed 's,\*\./,*,') >&2
}

@test "U1: a PATH inside another PATH has no effect" {
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

@test "U2: files are added and removed, in the order that sum prints" {
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

@test "U2: a list in another order is put into walk order" {
    make_tree
    tac list >tmp
    mv tmp list
    try update list d
    status_is 0
    stdout_is "6 unchanged"
    list_is_sum --json --stat d
}

@test "U2: files that are no longer selected are removed" {
    make_tree
    echo 'e/' >d/.isccignore
    sleep 0.05
    try update list d
    status_is 0
    stdout_is "added d/.isccignore" "removed d/e/1" "removed d/e/2" "1 added, 2 removed, 4 unchanged"
}

@test "U2: options select what is listed" {
    make_tree
    try update --allow-empty --exclude '/e/' --max-size 1 list d
    status_is 0
    stdout_is "removed d/a" "removed d/b" "removed d/c" "removed d/e/1" "removed d/e/2" "removed d/f/1" \
        "6 removed, 0 unchanged"
    same_lines list '# iscc sum --json --stat'
    try update --include 'a' --include 'e/' list d
    status_is 0
    list_is_sum --json --stat --include 'a' --include 'e/' d
    [[ -s list ]]
}

@test "U2: duplicate lines are merged" {
    make_tree
    cat list >>list.tmp
    cat list.tmp >>list
    try update list d
    status_is 0
    stdout_is "6 unchanged"
    list_is_sum --json --stat d
}

@test "U2: a tree code is replaced by its files, but not by those of another PATH" {
    make_tree
    "$ISCC" sum --tree d/e d/f >list
    try update list d/e
    status_is 0
    stdout_is "added d/e/1" "added d/e/2" "removed d/e/" "2 added, 1 removed, 1 unchanged"
    diff list <("$ISCC" sum d/e && "$ISCC" sum --tree d/f) >&2
}

@test "U3: without PATH nothing is added, and missing files are removed" {
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

@test "trust 12: the message about a removed line names the file that is there" {
    mkdir d
    echo 1 >d/a
    echo 2 >d/b
    "$ISCC" sum d | sed 's/[*]d.a/*d\/A/' >old
    cp old list
    try update list
    stdout_is 'removed d/A' '1 removed, 1 unchanged'
    stderr_is "iscc: d/A: removed, as there is no such file; 'd/a' differs only in letter case"
    status_is 0
    cp old list
    try update list d
    stdout_is 'added d/a' 'removed d/A' '1 added, 1 removed, 1 unchanged'
    stderr_is "iscc: d/A: removed, as there is no such file; 'd/a' differs only in letter case"
    sed 's,[*],&/src/,' old >list
    try update --strip=/src list
    stderr_is "iscc: /src/d/A: removed, as there is no such file; 'd/a' differs only in letter case"
}

@test "U3: a listed file that has become a directory is not counted as missing" {
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

@test "U3: paths below a directory that has become a file are missing" {
    make_tree
    rm -r d/e
    echo x >d/e
    try update list
    status_is 0
    stdout_is "removed d/e/1" "removed d/e/2" "2 removed, 4 unchanged"
}

@test "U3: a tree that has become a file is not counted as missing" {
    make_tree
    "$ISCC" sum --tree d/f >list
    rm -r d/f
    echo x >d/f
    try update list
    status_is 2
    stdout_is "1 unreadable, 0 unchanged"
    stderr_is "iscc: d/f/: Not a directory"
}

@test "U4: only files whose size or times changed are read" {
    needs strace
    make_tree
    echo more >>d/b
    touch d/c
    strace -f -e trace=openat -o trace "$ISCC" update --trust-times list d >"$out" || skip "strace cannot trace here"
    stdout_is "changed d/b" "1 changed, 5 unchanged"
    grep -v O_PATH trace >opened # does not open the content
    [[ $(grep -cE '"(a|1|2)", O_RDONLY' opened) -eq 0 ]]
    [[ $(grep -cE '"[bc]", O_RDONLY' opened) -eq 2 ]]
    strace -f -e trace=openat -o trace "$ISCC" update --trust-times --recheck list d >"$out"
    stdout_is "6 unchanged"
    [[ $(grep -E '"(a|b|c|1|2)", O_RDONLY' trace | grep -vc O_PATH) -eq 6 ]]
}

@test "U4: a line that fails verification is corrected, whichever code is wrong" {
    zeros 256 a
    zeros 257 b
    own=$("$ISCC" a)
    data=${own:0:12}A${own:13} # one character of the Data-Code
    printf '%s\n' "$data" >list
    try update list
    stdout_is "changed a" "1 changed, 0 unchanged"
    status_is 0
    same_lines list "$own"

    "$ISCC" --json --units --stat --trust-times a >good
    touch -d '2001-01-01' a
    sleep 0.1
    "$ISCC" --json --units --stat --trust-times a >good
    "$ISCC" --json --units b >other
    for member in '"iscc":"([^"]*)' '"datahash":"([^"]*)' '"filesize":([0-9]*)' '"(ISCC:G[^"]*)' '"(ISCC:I[^"]*)'; do
        # The other file's value, in this file's line.
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

# To update, a file with bit rot looks like one whose listed times match while its content differs.
@test "U5: changed content with unchanged times is bit rot and is never listed as good" {
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
        '{"type":"summary","path":"list","added":1,"removed":1,"changed":1,"rotten":0,"suspect":0,"unreadable":1,"unchanged":3}'
}

@test "update: any number of threads gives the same result" {
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

# More files than one batch holds, so that one PATH is started on one thread while another thread writes lines.
@test "update: many PATHs on several threads" {
    mkdir d
    for i in {1..600}; do echo "$i" >"d/$i"; done
    "$ISCC" sum d >list
    try update -j 4 --recheck list d/*
    status_is 0
    stdout_is "600 unchanged"
}

@test "update: usage errors and bad list names" {
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
