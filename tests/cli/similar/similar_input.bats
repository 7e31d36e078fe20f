#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# iscc similar: what counts as input, and which of it is compared.

load ../support/common
load ../support/digests

@test "similar: lists in any format, from files or standard input, and no listed file is read" {
    write_chain
    try similar chain
    cp "$out" ../expected
    try similar <chain
    cmp "$out" ../expected
    try similar - <chain
    cmp "$out" ../expected
    head -n 4 chain >one
    tail -n +5 chain | sed -E 's/^(.*) \*(.*)$/ISCC-SUM (\2) = \1/' >two
    try similar one two
    cmp "$out" ../expected
    sed -E 's/^(.*) \*(.*)$/{"type":"file","path":"\2","iscc":"\1"}/' chain >json
    try similar json
    cmp "$out" ../expected
    tr '\n' '\0' <chain | "$ISCC" similar -z - >"$out"
    grep -v '^$' ../expected | tr '\n' '\0' | cmp - "$out"
}

@test "similar: its own output is a valid list" {
    write_chain
    try similar --all chain
    cp "$out" groups
    try similar --all groups
    cmp "$out" groups
    status_is 0
    try similar --near "$(data_of "$(bits_set 1)")" chain
    cp "$out" near
    try similar near
    [[ $(head -n 1 "$out") == "$(entry a)" ]]
    status_is 0
    seq 20000 >a
    cp a 'b\c'
    "$ISCC" similar a 'b\c' >groups
    [[ $(tail -n 1 groups) == '  =00 \ISCC:'*' *b\\c' ]]
    try check groups
    stdout_is 'a: OK' '\b\\c: OK'
    status_is 0
}

@test "similar: lists, files and directories are processed in the order given" {
    write_chain
    mkdir tree
    seq 20000 >tree/x
    cp tree/x y
    try similar y chain tree
    [[ $(grep -o '[*].*' "$out" | tr '\n' ' ') == '*y *tree/x *a *a2 *a3 *b *b2 *c *d ' ]]
    try similar chain tree y
    [[ $(grep -o '[*].*' "$out" | tr '\n' ' ') == '*a *a2 *a3 *b *b2 *c *d *tree/x *y ' ]]
}

@test "similar: a name counts once, and its first source wins" {
    mkdir tree
    zeros 256 tree/a
    zeros 257 tree/b
    try similar --all tree tree tree/a tree/b
    stdout_is "$(wide 256) *tree/a" '' "$(wide 257) *tree/b"
    "$ISCC" tree >list
    try similar --all tree list
    stdout_is "$(wide 256) *tree/a" '' "$(wide 257) *tree/b"
    # This code belongs to no file, so it shows which source was used.
    line 0 1 tree/a >list
    try similar --all list tree
    stdout_is "$(cat list)" '' "$(wide 257) *tree/b"
    try similar --all tree list
    stdout_is "$(wide 256) *tree/a" '' "$(wide 257) *tree/b"
    status_is 0
}

@test "similar: a file that a list names is not read again if a directory contains it" {
    obey_file_modes
    mkdir tree
    zeros 256 tree/a
    "$ISCC" tree >list
    chmod 000 tree/a
    try similar --all list tree
    stdout_is "$(wide 256) *tree/a"
    stderr_is
    status_is 0
    try similar --all tree
    stdout_is
    stderr_is 'iscc: tree/a: Permission denied'
    status_is 2
}

@test "similar: a list below a directory is an ordinary file" {
    write_chain
    mkdir tree
    cp chain tree/one
    cp chain tree/two
    try similar tree
    [[ $(grep -o '[*].*' "$out" | tr '\n' ' ') == '*tree/one *tree/two ' ]]
}

@test "similar: a list is recognised by its first record after comments and blanks, with NULs too" {
    echo a >a
    cp a b
    "$ISCC" a b >plain
    "$ISCC" --tag a b | sed 's/SUM (/SUM(/' >tagged
    { printf '\xef\xbb\xbf# comment\n \t\n' && cat plain; } >commented
    { printf '#%070000d\n' 0 && cat plain; } >"long"
    for list in plain tagged commented "long"; do
        try similar $list
        stdout_is "$("$ISCC" a)" "  =00 $("$ISCC" b)"
        status_is 0
    done
    { printf '# two\nlines\0\0' && "$ISCC" -z a b; } >nuls
    try similar -z nuls
    same_lines <(tr '\0' '\n' <"$out") "$("$ISCC" a)" "  =00 $("$ISCC" b)"
    # A file that merely starts like a list is an ordinary file.
    echo 'ISCC is a standard' >text
    cp text text2
    printf '# a comment\n' >comments
    try similar text text2 comments
    stdout_is "$("$ISCC" text)" "  =00 $("$ISCC" text2)"
    status_is 0
}

@test "similar: --files0-from operands are never lists" {
    write_chain
    cp chain copy
    printf 'chain\0copy\0chain\0' >names
    try similar --files0-from=names
    [[ $(grep -o '[*].*' "$out" | tr '\n' ' ') == '*chain *copy ' ]]
    status_is 0
    try similar --files0-from=- <names
    [[ $(grep -o '[*].*' "$out" | tr '\n' ' ') == '*chain *copy ' ]]
    try similar --files0-from=names chain
    is_usage_error "extra operand 'chain'; file operands cannot be combined with --files0-from" similar
}

@test "similar: options filter directories, and lists by what is known of their files" {
    mkdir -p tree/sub
    for name in a.c b.c sub/d.c; do zeros 256 tree/$name; done
    zeros 256 tree/a.o
    zeros 1 tree/e.c
    all='*tree/a.c *tree/a.o *tree/b.c *tree/sub/d.c '
    "$ISCC" --json tree >list
    for operand in tree list; do
        try similar $operand
        [[ $(grep -o '[*].*' "$out" | tr '\n' ' ') == "$all" ]]
        try similar --exclude='*.o' $operand
        [[ $(grep -o '[*].*' "$out" | tr '\n' ' ') == '*tree/a.c *tree/b.c *tree/sub/d.c ' ]]
        try similar --all --exclude=sub --min-size=2 $operand
        [[ $(grep -o '[*].*' "$out" | tr '\n' ' ') == '*tree/a.c *tree/a.o *tree/b.c ' ]]
        try similar --near tree/a.c --max-size 1 $operand
        stdout_is "  ~$("$ISCC" compare --json "$(wide 256)" "$(wide 1)" | jq .distance) $(wide 1) *tree/e.c"
        status_is 0
    done
    try similar --exclude=tree list tree
    [[ $(grep -o '[*].*' "$out" | tr '\n' ' ') == '' ]]
    status_is 0
}

@test "similar: a failure is an error, and the rest is still processed" {
    zeros 256 a
    cp a b
    mkfifo pipe
    try similar a missing pipe b
    stdout_is "$(wide 256) *a" "  =00 $(wide 256) *b"
    stderr_is 'iscc: missing: No such file or directory' 'iscc: pipe: not a regular file or directory'
    status_is 2
    try similar --json a missing b
    [[ $(head -n 1 "$out") == '{"type":"error","path":"missing","error":"No such file or directory","code":"ENOENT"}' ]]
    [[ $(jq -r .type "$out" | tr '\n' ' ') == 'error group ' ]]
    status_is 2
}

@test "similar: a bad line is an error that gives its position" {
    write_chain
    { head -n 4 chain; echo garbage; tail -n +5 chain; } >list
    try similar chain
    cp "$out" ../expected
    try similar list
    cmp "$out" ../expected
    stderr_is 'iscc: list: 5: improperly formatted ISCC checksum line'
    status_is 2
    try similar --json list
    [[ $(jq -c 'select(.type == "error") | [.path, .code]' "$out") == '["list","LINE"]' ]]
    status_is 2
}

@test "similar: a line whose codes contradict each other is an error that gives its position" {
    echo a >a
    echo b >b
    { "$ISCC" a && "$ISCC" --units b | sed 1d; } >list
    try similar list
    stderr_is 'iscc: list: 1: codes that contradict each other'
    status_is 2
}

@test "trust 2: similar passes error objects by" {
    echo a >a
    cp a b
    "$ISCC" similar a b >expected
    error='{"type":"error","path":"b","error":"Permission denied","code":"EACCES"}'
    { echo "$error" && "$ISCC" --json a b && echo "${error/EACCES/LINE}"; } >list
    { echo "$error" && "$ISCC" --json a; } >partly
    # What a list could not read is hashed if it is an operand as well.
    for operands in list 'list a' 'partly b'; do
        # shellcheck disable=SC2086 # words
        try similar $operands
        status_is 0
        stderr_is
        cmp "$out" expected
    done
    try similar --near a partly
    status_is 0
    stdout_is
    stderr_is
    echo "$error" >list
    try similar --json --all list
    status_is 0
    stdout_is
}
