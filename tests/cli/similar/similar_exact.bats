#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# iscc similar --exact: groups of files with equal content, links, the summary, and what is read.

load ../support/common
load ../support/digests

# Names of a group, one line each, with their marks.
marks() { sed 's/ISCC:[A-Z2-7]* [*]//; s/^$/--/' "$out" | tr '\n' ' '; }

# Files a, b and d/e have the same content, c and d/f have another one of the same size, g has the same size alone.
write_copies() {
    mkdir -p d/sub
    echo one >d/a
    cp d/a d/b
    echo two >d/c
    cp d/a d/sub/e
    cp d/c d/sub/f
    echo six >d/g
    zeros 256 d/h
}

@test "trust 8: similar --exact prints groups of equal content, and a summary" {
    write_copies
    try similar --exact d
    status_is 0
    stderr_is 'iscc: 2 groups, 5 files, 12 bytes in copies'
    [[ $(marks) == 'd/a   =00 d/b   =00 d/sub/e -- d/c   =00 d/sub/f ' ]]
    mv "$out" text
    "$ISCC" d/a d/b | sed '2s/^/  =00 /' | cmp - <(head -n 2 text)
    # The output is a list, whose groups are those of the files.
    try check text
    status_is 0
    try similar --exact text
    cmp text "$out"
    # Nearness has no part in it: these have the same Data-Code.
    a=0000000000000000
    printf '%s *p\n%s *q\n' "$(wide_of $a$a $a$a)" "$(wide_of $a$a "${a}0000000000000001")" >list
    try similar --exact list
    stdout_is
    stderr_is 'iscc: 0 groups, 0 files, 0 bytes in copies'
    status_is 0
}

@test "trust 8: similar --exact --json" {
    write_copies
    ln d/a d/link
    try similar --exact --json d
    status_is 0
    stderr_is
    [[ $(jq -c 'select(.type == "group") | [.reference.path, (.members[] | [.path, .distance, .identical, .link_of])]' "$out") == \
'["d/a",["d/link",0,true,"d/a"],["d/b",0,true,null],["d/sub/e",0,true,null]]
["d/c",["d/sub/f",0,true,null]]' ]]
    [[ $(tail -n 1 "$out") == '{"type":"summary","groups":2,"files":5,"links":1,"bytes":12}' ]]
    # Lists of groups are read again; names of one file are then copies, as a list does not know.
    cp "$out" groups
    try similar --exact --json groups
    status_is 0
    stderr_is
    [[ $(tail -n 1 "$out") == '{"type":"summary","groups":2,"files":6,"links":0,"bytes":16}' ]]
    try similar --json groups
    status_is 0
    stderr_is
    try similar --exact --json d/g
    stdout_is '{"type":"summary","groups":0,"files":0,"links":0,"bytes":0}'
    cp "$out" groups
    for exact in '' --exact; do
        try similar $exact groups
        stdout_is
        status_is 0
    done
    # A name that is not UTF-8.
    ln d/a "$(printf 'd/\377')"
    try similar --exact --json d
    [[ $(jq -c 'select(.reference.path == "d/a") | [.members[0, 1] | .link_of]' "$out") == '["d/a","d/a"]' ]]
}

@test "trust 9: names of one file are told apart from copies, and are no group alone" {
    mkdir d
    echo one >d/a
    ln d/a d/c
    ln d/a d/e
    try similar --exact d
    stdout_is
    stderr_is 'iscc: 0 groups, 0 files, 0 bytes in copies'
    cp d/a d/b
    ln d/b d/d
    try similar --exact d
    [[ $(marks) == 'd/a   same file d/c   same file d/e   =00 d/b   same file d/d ' ]]
    stderr_is 'iscc: 1 group, 2 files, 4 bytes in copies'
    mv "$out" text
    try check text
    status_is 0
    # The same directory by two names.
    try similar --exact d/a d/./a d/b
    [[ $(marks) == 'd/a   same file d/./a   =00 d/b ' ]]
    try similar --exact --dot d
    [[ $(grep -c 'label="same file"' "$out") -eq 3 && $(grep -c 'label="=0"' "$out") -eq 1 ]]
    try similar --exact -z d
    [[ $(tr '\0' '\n' <"$out") == "$(cat text)" ]]
}

@test "trust 13: what comes after two streams is not lost" {
    seq 100 >a
    cp a b
    printf '/dev/fd/7\0/dev/fd/8\0a\0b\0' >names
    try similar --exact --files0-from=names 7< <(echo 1) 8< <(echo 2)
    [[ $(marks) == *'a   =00 b '* ]]
}

@test "trust 8: similar --exact leaves out empty files, but for --min-size=0" {
    mkdir d
    : >d/a
    : >d/b
    echo one | tee d/c >d/e
    "$ISCC" d >list
    "$ISCC" --json d >json
    for operand in d list json; do
        try similar --exact $operand
        [[ $(marks) == 'd/c   =00 d/e ' ]]
        try similar --exact --min-size=0 $operand
        [[ $(marks) == 'd/a   =00 d/b -- d/c   =00 d/e ' ]]
        status_is 0
    done
}

@test "trust 8: similar --exact reads only files with the size of another one" {
    write_copies
    obey_file_modes
    chmod 0 d/h
    try similar --exact d
    status_is 0
    try similar d
    status_is 2
    # The size of what a text list names is not known, so every file may be a copy.
    "$ISCC" d/a >list
    try similar --exact list d
    status_is 2
    stderr_is 'iscc: d/h: Permission denied' 'iscc: 2 groups, 5 files, 12 bytes in copies'
    "$ISCC" --json d/a >list
    rm d/a d/b d/sub/e
    echo one >d/x
    try similar --exact list d
    status_is 0
    [[ $(marks) == 'd/a   =00 d/x -- d/c   =00 d/sub/f ' ]]
    # --stats counts what was read: x, c, f and g.
    try similar --exact --stats list d
    [[ $(cat "$err") == *'4 files, 16 B read'* ]]
    chmod 0 d/c
    try similar --exact --json d
    status_is 2
    [[ $(jq -c '[.type, .path, .code]' "$out") == '["error","d/c","EACCES"]
["summary",null,null]' ]]
}

@test "trust 8: similar --exact refuses what concerns near files" {
    for option in --threshold=3 --group=connected --all; do
        try similar --exact $option .
        is_usage_error "the ${option%=*} option is meaningless with --exact" similar
    done
    try similar --exact --near=x .
    is_usage_error 'the --exact option is meaningless with --near' similar
}

@test "trust 8: copies are marked wherever they stand in a group" {
    mkdir p
    seq 20000 >p/1
    sed 's/^10000$/changed/' p/1 >p/2
    sed 's/^10001$/changed/' p/1 >p/3
    cp p/2 p/4
    cp p/3 p/5
    cp p/1 p/6
    try similar p
    status_is 0
    [[ $(marks) == 'p/1   =00 p/6   ~05 p/2   =05 p/4   ~06 p/3   =06 p/5 ' ]]
    try similar --group=connected p
    [[ $(marks) == 'p/1   =00 p/6   ~05 p/2   =05 p/4   ~06 p/3   =06 p/5 ' ]]
    try similar --json p
    [[ $(jq -c '.members[] | [.path, .identical, .copy_of]' "$out" | tr '\n' ' ') == \
'["p/6",true,null] ["p/2",false,null] ["p/4",false,"p/2"] ["p/3",false,null] ["p/5",false,"p/3"] ' ]]
    try similar --dot p
    [[ $(grep -c 'label="=0"' "$out") -eq 3 && $(grep -c -- '--' "$out") -eq 5 ]]
    # Files at one distance, in turn.
    for file in '0 1 a' '8 2 b' '8 3 c' '8 2 b2' '8 3 c2'; do
        # shellcheck disable=SC2086 # words
        line $file
    done >list
    try similar list
    [[ $(marks) == 'a   ~08 b   =08 b2   ~08 c   =08 c2 ' ]]
}

@test "trust 9: names of one file are told apart from copies in groups of near files" {
    mkdir d
    seq 20000 >d/a
    sed 's/^10000$/changed/' d/a >d/b
    cp d/b d/c
    ln d/a d/x
    ln d/b d/y
    try similar d
    status_is 0
    [[ $(marks) == 'd/a   same file d/x   ~05 d/b   same file d/y   =05 d/c ' ]]
    try similar --json d
    [[ $(jq -c '.members[] | [.path, .identical, .copy_of, .link_of]' "$out" | tr '\n' ' ') == \
'["d/x",true,null,"d/a"] ["d/b",false,null,null] ["d/y",false,null,"d/b"] ["d/c",false,"d/b",null] ' ]]
    # Each of the three files was read once, be they below several operands.
    mkdir d/1 d/2
    mv d/a d/b d/1
    mv d/c d/x d/y d/2
    for operands in d 'd/1 d/2' 'd/1/a d/2 d/1'; do
        # shellcheck disable=SC2086 # words
        try similar --stats $operands
        status_is 0
        [[ $(wc -l <"$out") -eq 5 && $(tail -n 2 "$err") == *' files, 327 kB read'* ]]
    done
    # What a list names stays, and so do links of which a list names one, empty ones, and those to a single file.
    : >d/empty
    ln d/empty d/1/empty
    rm d/1/b
    "$ISCC" d/2 >list
    try similar --all list d
    status_is 0
    [[ $(grep -c '[*]' "$out") -eq 6 ]]
    try similar --near="$(data_of "$(bits_set 0)")" d
    status_is 0
    [[ $(wc -l <"$out") -eq 6 ]]
}

@test "trust 10: --across prints only groups with files of several operands" {
    mkdir a b c
    for i in 1 2 3; do seq $((i * 20000)) $((i * 30000)) >a/$i; done
    cp a/1 a/1-copy
    cp a/2 b/2
    sed '5000s/.*/x/' a/3 >b/3
    cp b/2 b/2-copy
    "$ISCC" --json a >list
    try similar --across a b
    status_is 0
    [[ $(marks) == 'a/2   =00 b/2   =00 b/2-copy -- a/3   ~0'[0-9]' b/3 ' ]]
    # A list is an operand too, and its names come first.
    try similar --across --json c list b a
    status_is 0
    [[ $(jq -c '[.reference, .members[]] | map([.path, .operand])' "$out") == \
'[["a/2",2],["b/2",3],["b/2-copy",3]]
[["a/3",2],["b/3",3]]' ]]
    try similar --exact --across --json b a c
    [[ $(jq -c 'if .members then [.reference, .members[]] | map([.path, .operand]) else . end' "$out") == \
"[[\"b/2\",1],[\"b/2-copy\",1],[\"a/2\",2]]
{\"type\":\"summary\",\"groups\":1,\"files\":3,\"links\":0,\"bytes\":$((2 * $(stat -c %s a/2)))}" ]]
    # Files whose size only one operand has are not read, and another name of a file keeps its own operand.
    ln b/2 c/2
    chmod 0 a/1 a/1-copy
    obey_file_modes
    try similar --exact --across --json a b c
    stderr_is
    [[ $(jq -c 'select(.members) | [.reference, .members[]] | map([.path, .operand, .link_of])' "$out") == \
'[["a/2",1,null],["b/2",2,null],["c/2",3,"b/2"],["b/2-copy",2,null]]' ]]
    chmod 644 a/*
    printf 'a\0b\0' >names
    try similar --across --files0-from=names
    [[ $(marks) == 'a/2   =00 b/2   =00 b/2-copy -- a/3   ~0'[0-9]' b/3 ' ]]
    try similar --across --dot --exact a b
    [[ $(grep -c label "$out") -eq 5 ]]
}

@test "trust 10: --across needs files of several operands" {
    mkdir a b
    echo x | tee a/1 >a/2
    try similar --across a b
    stdout_is
    stderr_is 'iscc: nothing to compare: only one operand has files'
    status_is 0
    for operands in '' a; do
        # shellcheck disable=SC2086 # words
        try similar --across $operands
        is_usage_error '--across needs two operands or more' similar
    done
    try similar --across --all a b
    is_usage_error 'the --all option is meaningless with --across' similar
    try similar --across --near=a/1 a b
    is_usage_error 'the --across option is meaningless with --near' similar
}
