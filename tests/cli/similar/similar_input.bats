#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# iscc similar: what counts as input, and which of it is compared.

load ../support/common
load ../support/digests

@test "similar: lists in any format, from files or standard input, and no listed file is read" {
    write_chain
    try similar chain
    cp "$out" "$out.expected"
    try similar <chain
    cmp "$out" "$out.expected"
    try similar - <chain
    cmp "$out" "$out.expected"
    head -n 4 chain >one
    tail -n +5 chain | sed -E 's/^(.*) \*(.*)$/ISCC-SUM (\2) = \1/' >two
    try similar one two
    cmp "$out" "$out.expected"
    sed -E 's/^(.*) \*(.*)$/{"type":"file","path":"\2","iscc":"\1"}/' chain >json
    try similar json
    cmp "$out" "$out.expected"
    tr '\n' '\0' <chain | "$ISCC" similar -z - >"$out"
    grep -v '^$' "$out.expected" | tr '\n' '\0' | cmp - "$out"
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
    [[ $(head -n 1 "$out") == "${entry[a]}" ]]
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
    stdout_is "${wide[256]} *tree/a" '' "${wide[257]} *tree/b"
    "$ISCC" tree >list
    try similar --all tree list
    stdout_is "${wide[256]} *tree/a" '' "${wide[257]} *tree/b"
    # This code belongs to no file, so it shows which source was used.
    line 0 1 tree/a >list
    try similar --all list tree
    stdout_is "$(cat list)" '' "${wide[257]} *tree/b"
    try similar --all tree list
    stdout_is "${wide[256]} *tree/a" '' "${wide[257]} *tree/b"
    status_is 0
}

@test "similar: a file that a list names is not read again if a directory contains it" {
    obey_file_modes
    mkdir tree
    zeros 256 tree/a
    "$ISCC" tree >list
    chmod 000 tree/a
    try similar --all list tree
    stdout_is "${wide[256]} *tree/a"
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

@test "trust 3: what similar writes as JSON, groups and near files, is a list for similar and diff, and none for check" {
    needs jq
    seq 20000 >a
    cp a $'b\xff'
    sed 1d a >c
    zeros 9 d
    mkdir e f
    cp a e/
    try similar --json --all --threshold=30 a b* c d
    cp "$out" groups
    [[ $(jq -s length groups) -eq 2 ]]
    for options in --all '--all --threshold=0' --json '--near a' '--json --near c --limit 2'; do
        # shellcheck disable=SC2086 # words
        "$ISCC" similar $options a b* c d >"$out.expected"
        # shellcheck disable=SC2086 # words
        try similar $options groups
        # A list does not have the size in text, and the 256 bits only with units.
        cmp "$out" "$out.expected"
        stderr_is
        status_is 0
    done
    "$ISCC" similar --json --near a a b* c >near
    try similar near
    stdout_is "$("$ISCC" similar b* c)"
    stderr_is
    "$ISCC" sum a b* c d >list
    try diff list groups
    stdout_is
    stderr_is
    status_is 0
    try diff groups near
    stdout_is 'removed a' 'removed d' '0 added, 2 removed, 0 changed, 0 moved, 0 moved-changed, 2 same'
    # The codes of trees, and a tree near itself.
    "$ISCC" sum --json --tree e >trees
    "$ISCC" similar --json --all trees >all
    "$ISCC" similar --json --near a trees >near
    for trees in all near; do
        try similar --all $trees
        stdout_is "$("$ISCC" sum --tree e)"
        status_is 0
    done
    try check -w groups
    stderr_is 'iscc: groups: 1: improperly formatted ISCC checksum line' 'iscc: groups: 2: improperly formatted ISCC checksum line' \
        'iscc: groups: no properly formatted checksum lines found'
    status_is 1
    cp groups before
    try update groups a
    status_is 2
    cmp groups before
    # A bad member is a bad line; the others count.
    jq -c '.members[0].iscc = "ISCC:K4A"' groups >damaged
    try similar --all damaged
    stderr_is 'iscc: damaged: 1: improperly formatted ISCC checksum line' 'iscc: damaged: 2: improperly formatted ISCC checksum line'
    [[ $(wc -l <"$out") -eq 4 ]]
    status_is 2
}

@test "trust 3: a list that begins with an error is a list" {
    echo a >a
    cp a b
    "$ISCC" --json missing a b >list 2>/dev/null || true
    try similar list
    stdout_is "$("$ISCC" a)" "  =00 $("$ISCC" b)"
    "$ISCC" similar --json missing a b >groups 2>/dev/null || true
    try similar groups
    stdout_is "$("$ISCC" a)" "  =00 $("$ISCC" b)"
}

@test "trust 3: a file that may be meant as a list and is none gets a message, and the status stays" {
    needs iconv
    echo a >a
    cp a b
    "$ISCC" a b >list
    "$ISCC" --json a b >json
    "$ISCC" -z a b >nul
    "$ISCC" --json -z a b >nul.json
    for code in UTF-16LE UTF-16BE UTF-16; do iconv -t $code list >list.$code; done
    iconv -t UTF-16 json >json.UTF-16
    { echo 'Script started' && cat list; } >stray
    { echo 'iscc: missing: No such file or directory' && echo && cat json; } >stray.json
    "$ISCC" check --json json >checked
    "$ISCC" diff --json list json >same
    printf 'ISCC:K4A\n' >code
    # Not lists at all.
    printf '{"type":"FeatureCollection","features":[]}\n' >map
    printf 'ISCC is a standard\n' >prose
    head -c 70000 /dev/zero >zeros
    { head -c 70000 /dev/zero | tr '\0' x && cat list; } >late
    files=(a json.UTF-16 list.UTF-16 list.UTF-16BE list.UTF-16LE map prose zeros late stray stray.json checked same code nul nul.json)
    try similar --all --threshold=0 "${files[@]}"
    [[ $(grep -c '[*]' "$out") -eq ${#files[@]} ]]
    say() { printf 'iscc: %s: not read as a list: %s\n' "$@"; }
    {
        for name in json.UTF-16 list.UTF-16 list.UTF-16BE list.UTF-16LE; do say $name 'its characters are those of UTF-16'; done
        for name in stray stray.json; do say $name 'its first line is none of a list, but a later one is'; done
        for name in checked same; do say $name 'its first object is none of a list'; done
        say code 'its first line begins as in a list'
        for name in nul nul.json; do say $name 'its lines end with NUL (-z)'; done
    } | diff - "$err" >&2
    status_is 0
    try similar -z --all list json
    stderr_is 'iscc: list: read as a list of one line: its lines do not end with NUL (-z)' \
        'iscc: json: not read as a list: its lines do not end with NUL (-z)'
    status_is 0
}

@test "trust 3: nothing to compare is a message" {
    mkdir empty
    : >list
    echo a >a
    for words in 'similar empty|no file' 'similar a|only one file' 'similar - |no file' 'similar --json a a|only one file' \
        'similar --near a empty|no file' 'similar --all empty|no file' 'similar --exclude=a a a|no file' 'diff list empty|no file' \
        'diff empty empty|no file'; do
        # shellcheck disable=SC2086 # words
        try ${words%|*} </dev/null
        stdout_is
        stderr_is "iscc: nothing to compare: ${words#*|}"
        status_is 0
    done
    try similar missing
    stderr_is 'iscc: missing: No such file or directory'
    try similar --all a
    stderr_is
    cp a b
    try similar --near a b
    stderr_is
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
        stdout_is "  ~$("$ISCC" compare --json "${wide[256]}" "${wide[1]}" | jq .distance) ${wide[1]} *tree/e.c"
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
    stdout_is "${wide[256]} *a" "  =00 ${wide[256]} *b"
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
    cp "$out" "$out.expected"
    try similar list
    cmp "$out" "$out.expected"
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
    stderr_is 'iscc: nothing to compare: no file'
    echo "$error" >list
    try similar --json --all list
    status_is 0
    stdout_is
}

@test "trust 11: a file is no copy of itself, however lists and operands spell its name" {
    mkdir d
    seq 20000 >d/a
    seq 30000 50000 >d/b
    "$ISCC" sum d >list
    "$ISCC" sum "$PWD/d" >absolute
    for exact in '' --exact; do
        for operands in 'list ./d' 'absolute d' 'd/. absolute' 'list absolute' 'absolute d//a ./d/b'; do
            # shellcheck disable=SC2086 # words
            try similar $exact $operands
            stdout_is
            status_is 0
        done
    done
    cp d/a copy
    try similar absolute . --include=d/ --include=copy
    stdout_is "$(head -n 1 absolute)" "  =00 $("$ISCC" ./copy)"
}
