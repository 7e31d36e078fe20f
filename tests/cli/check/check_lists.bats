#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# What check accepts as a line of a list, including everything sum writes: rules K1 and J2 of the contract. The
# grammar is tested line by line in tests/unit/cli/lists/test_list_reader.c.

load ../support/common
load ../support/two_files

# Makes an empty file for every byte that a name can contain, and for some that are hard to escape.
every_byte() {
    local byte name
    for byte in {1..255}; do
        printf -v name '\\x%02x' "$byte"
        printf -v name '%b' "$name"
        [[ $name == / ]] || printf '%s' "$byte" >"n$name"
    done
    for name in $'\\' $'\n' $'\r' $'\\n' $'a\\\n\r\r\n\\b' ' ' ') = ' '*' '#'; do
        printf 'x%s' "$name" >"$name"
    done
}

# So many files are OK.
files_ok() { # COUNT
    local text others
    IFS= read -r -d '' text <"$out" || true
    others=${text//': OK'$'\n'/}
    ((${#text} - ${#others} == 5 * $1))
}

# ---- K1: accepted input ----

@test "K1: both shapes, both tags, both flags, narrow and wide, in one list" {
    two_files
    {
        printf '%s *a\n' "${wide[256]}"
        printf '%s  b\n' "${narrow[257]}"
        printf 'ISCC-SUM (a) = %s\n' "${narrow[256]}"
        printf 'ISCC (b) = %s\n' "${wide[257]}"
        printf '%s *a\n' "${wide[256],,}"
    } >mixed
    for command in check 'sum -c' -c 'sum --check'; do
        try $command mixed
        stdout_is 'a: OK' 'b: OK' 'a: OK' 'b: OK' 'a: OK'
        stderr_is
        status_is 0
    done
}

@test "K1: blank lines, comments, units, a byte order mark and CRLF are accepted" {
    two_files
    {
        printf '\xef\xbb\xbf# made by hand\r\n\r\n \t\r\n'
        "$ISCC" --units a b | sed 's/$/\r/'
    } >windows
    try check --strict windows
    stdout_is 'a: OK' 'b: OK'
    stderr_is
    status_is 0
}

@test "K1: the last line may lack a newline" {
    two_files
    printf %s "$(cat list)" >unended
    try check unended
    stdout_is 'a: OK' 'b: OK'
    status_is 0
}

@test "K1: units must match too" {
    two_files
    try sum --units a
    { sed 1q "$out" && printf '  %s\n' "${data_code[257]}" "${instance_code[256]}"; } >wrong
    try check wrong
    stdout_is 'a: FAILED'
    status_is 1
    printf '%s *a\n  %s\n' "${wide[256]}" "${instance_code[257]}" >wrong
    try check wrong
    stdout_is 'a: FAILED'
    status_is 1
}

@test "K1: standard input, without an operand and as -" {
    two_files
    try check <list
    stdout_is 'a: OK' 'b: OK'
    status_is 0
    try check - <list
    stdout_is 'a: OK' 'b: OK'
    status_is 0
    try -c <list
    stdout_is 'a: OK' 'b: OK'
    status_is 0
}

@test "K1: a list may be a pipe" {
    two_files
    mkfifo pipe
    cat list >pipe &
    try check pipe
    stdout_is 'a: OK' 'b: OK'
    status_is 0
}

@test "K1: -z reads NUL-terminated records without escapes" {
    zeros 256 $'a\n\\b'
    "$ISCC" -z $'a\n\\b' >list
    try check -z list
    stdout_is '\a\n\\b: OK'
    stderr_is
    status_is 0
    printf '\\%s *a\\n\\\\b\0' "${wide[256]}" >list
    try check -z -w list
    stdout_is
    stderr_is 'iscc: list: 1: improperly formatted ISCC checksum line' 'iscc: list: no properly formatted checksum lines found'
    status_is 1
}

@test "trust 19: a list in UTF-16, or whose lines end in the other way, gets a hint" {
    needs iconv
    echo a >a
    echo b >b
    "$ISCC" a b >text
    "$ISCC" --json a b >json
    local none='no properly formatted checksum lines found' name command
    for name in text json; do
        for code in UTF-16LE UTF-16BE UTF-16; do
            [[ $name == text || $code == UTF-16LE ]] || continue
            iconv -t $code $name >list
            for command in check update 'diff text'; do
                # shellcheck disable=SC2086 # words
                try $command list
                stdout_is
                stderr_is "iscc: list: $none" 'iscc: list: its characters are those of UTF-16'
                ((status == (${#command} == 5 ? 1 : 2)))
            done
        done
        tr '\n' '\0' <$name >list
        for command in check update 'diff text'; do
            # shellcheck disable=SC2086 # words
            try $command list
            stdout_is
            stderr_is "iscc: list: $none" 'iscc: list: its lines end with NUL (-z)'
        done
        for command in 'check -z' 'update -z' 'diff -z /dev/null' 'similar -z -'; do
            cp $name list
            # shellcheck disable=SC2086 # words
            try $command list <list
            grep -q "^iscc: .*: its lines do not end with NUL (-z)$" "$err"
            cmp $name list
        done
    done
    for name in binary garbage; do
        printf 'x\0y\n\0' >list
        [[ $name == binary ]] || echo 'ISC C' >list
        try check list
        stderr_is "iscc: list: $none"
        status_is 1
    done
    try check text
    stderr_is
    "$ISCC" -z a b | try check -z
    stderr_is
}

@test "K1: a NUL inside a line makes it bad" {
    two_files
    printf '%s *a\0b\n' "${wide[256]}" >>list
    try check -w list
    stdout_is 'a: OK' 'b: OK'
    stderr_is 'iscc: list: 3: improperly formatted ISCC checksum line' 'iscc: WARNING: 1 line is improperly formatted'
    status_is 0
}

@test "K1: a name ending in / has a tree code" {
    mkdir -p d/sub
    zeros 128 d/a
    zeros 128 d/sub/b
    printf '%s *d/\n' "${wide[256]}" >list
    try check list
    stdout_is 'd/: OK'
    status_is 0
    zeros 1 d/sub/c
    try check list
    stdout_is 'd/: FAILED'
    status_is 1
}

@test "K1: a list inside its own tree is not part of it" {
    mkdir d
    zeros 256 d/a
    "$ISCC" --tree -o d/list d
    try check d/list
    stdout_is 'd/: OK'
    status_is 0
    try check <d/list
    stdout_is 'd/: OK'
    status_is 0
}

@test "K1: standard input can be a listed file if it is not the list" {
    two_files
    printf '%s *-\n' "${wide[256]}" >list
    try check list <a
    stdout_is '-: OK'
    status_is 0
    try check list <b
    stdout_is '-: FAILED'
    status_is 1
    try check <list
    stdout_is '-: FAILED open or read'
    stderr_is "iscc: -: no file name of '-' allowed when reading file names from standard input" \
        'iscc: WARNING: 1 listed file could not be read'
    status_is 2
}

# ---- K1, T: output of sum ----

@test "K1: everything sum writes verifies, with every combination of its options" {
    mkdir tree
    "$ISCC_TOOLS/make_hostile_tree" tree 20 120
    printf 'standard input' >input
    files=$(($("$ISCC" walk --json tree | wc -l) + 2))
    threads=1
    # The width of a code and its units matter to a line alone, so most of the time they are chosen together.
    codes=('' '--narrow --units')
    [[ -z ${ISCC_TEST_THOROUGH-} ]] || codes+=(--narrow --units)
    for shape in '' --tag --json; do
        for code in "${codes[@]}"; do
            for tree in '' --tree; do
                for zero in '' -z; do
                    "$ISCC" $shape $code $tree $zero tree - input <input >list
                    try check --strict -j $((threads = 4 - threads)) $zero list <input
                    files_ok ${tree:+3} "$files"
                    stderr_is
                    status_is 0
                done
            done
        done
    done
}

@test "K1: names with every byte" {
    every_byte
    count=$(find . -type f -printf x | wc -c)
    for options in '' --tag --json -z '--json -z'; do
        zero=
        if [[ $options == *-z ]]; then zero=-z; fi
        "$ISCC" $options -- * >"$out.list"
        try check $zero "$out.list"
        files_ok "$count"
        stderr_is
        status_is 0
    done
}

@test "K1: names longer than the system accepts at once" {
    top=$PWD
    name=$(printf 'n%.0s' {1..250})
    for _ in {1..5}; do
        mkdir -p "$name/$name/$name/$name"
        cd "$name/$name/$name/$name"
    done
    zeros 256 file
    cd "$top"
    "$ISCC" . >"$out.list"
    [[ $(wc -c <"$out.list") -gt 5000 ]]
    try check "$out.list"
    [[ $(tail -c 9 "$out") == 'file: OK' ]]
    status_is 0
    sed -i 's/file$//' "$out.list"
    try check "$out.list"
    [[ $(tail -c 6 "$out") == '/: OK' ]]
    status_is 0
}

@test "K1: names that look like options, tags and verdicts" {
    for name in -c --help '(a) = b' 'a: OK' 'ISCC-SUM (a) = x' '#'; do zeros 256 "$name"; done
    for shape in '' --tag; do
        "$ISCC" $shape -- * >"$out.list"
        try check "$out.list"
        files_ok 6
        status_is 0
    done
}

# ---- K6: damaged codes ----

@test "trust 14: a line with a name whose code is damaged, or is neither SUM nor WIDE, fails that file" {
    two_files
    mkdir d
    zeros 256 d/c
    code=${wide[256]}
    json() { printf '{"type":"%s","path":"%s","iscc":"%s"%s}\n' "$1" "$2" "$3" "${4-}"; }
    {
        echo "${code%?} *a"
        echo "$code *a"
        echo "${code}A  a"
        echo "${code/ISCC:/iscc:?} *a"
        echo "${data_code[256]} *a"
        echo "ISCC-SUM (b) = ${code%?}"
        echo "  ~08 ISCC:K4A *d/"
        echo "\\ISCC:$ *a\\nb"
        json file a "${code%?}"
        json tree d/ ISCC:K4A
        json file b "${wide[257]}" ',"datahash":"1e20"'
        json file b "${wide[257]}" ',"units":["ISCC:GAD"]'
    } >damaged
    zeros 256 $'a\nb'
    try check damaged
    stdout_is 'a: FAILED' 'a: OK' 'a: FAILED' 'a: FAILED' 'a: FAILED' 'b: FAILED' 'd/: FAILED' '\a\nb: FAILED' \
        'a: FAILED' 'd/: FAILED' 'b: FAILED' 'b: FAILED'
    stderr_is 'iscc: WARNING: 11 lines have damaged codes' 'iscc: WARNING: 11 computed checksums did NOT match'
    status_is 1
    try check --json damaged
    [[ $(jq -r 'select(.type == "check") | .verdict' "$out" | sort | uniq -c | tr -s ' \n' ' ') == ' 11 failed 1 ok ' ]]
    [[ $(jq -c 'select(.line == 1) | [.path, .verdict, .iscc, has("listed")]' "$out") == "[\"a\",\"failed\",\"$code\",false]" ]]
    [[ $(jq -c 'select(.type == "summary") | [.ok, .failed, .malformed]' "$out") == '[1,11,0]' ]]
    status_is 1
    head -n 1 damaged >one
    for options in --status --strict --ignore-missing; do
        try check $options one
        status_is 1
    done
    try check --warn one
    stdout_is 'a: FAILED'
    stderr_is 'iscc: one: 1: damaged ISCC checksum line' 'iscc: WARNING: 1 line has a damaged code' \
        'iscc: WARNING: 1 computed checksum did NOT match'
    # A missing file is missing, and the damaged line still lists its name.
    echo 'ISCC:K4A *missing' >gone
    try check gone
    stdout_is 'missing: FAILED open or read'
    status_is 2
    { cat one && "$ISCC" b; } >both
    try check --strict-tree . --exclude='*' both
    [[ $(grep -c UNLISTED "$out") -eq 0 ]]
    status_is 1
}

@test "trust 14: update refuses a list with a damaged line, and diff and similar report it" {
    two_files
    echo 'ISCC:K4A *a' >list
    "$ISCC" b >>list
    cp list old
    try update list
    stderr_is 'iscc: list: 1: damaged ISCC checksum line' 'iscc: list: not updated, as lines would be lost'
    status_is 2
    cmp list old
    for command in 'diff list b.list' 'similar --all list'; do
        "$ISCC" b >b.list
        try $command
        stderr_is 'iscc: list: 1: damaged ISCC checksum line'
        status_is 2
        [[ $command == diff* ]] || stdout_is "$("$ISCC" b)"
    done
}

# ---- JSON ----

@test "J2: hash and size in a JSON list must match too" {
    two_files
    "$ISCC" --json a >good
    sed "s/${datahash[256]}/${datahash[257]}/" good >"hash"
    sed 's/"filesize":256/"filesize":255/' good >size
    try check good
    stdout_is 'a: OK'
    for list in hash size; do
        try check "$list"
        stdout_is 'a: FAILED'
        status_is 1
    done
}

@test "J2: a JSON line without a code is a bad line" {
    two_files
    "$ISCC" walk --json a >list
    try check list
    stderr_is 'iscc: list: no properly formatted checksum lines found'
    status_is 1
}

# Prints the line that sum writes for a NAME that could not be read.
error_line() { printf '{"type":"error","path":"%s","error":"Permission denied","code":"%s"}\n' "$1" "${2-EACCES}"; }

@test "trust 2: an error object fails, and its file or directory is tried again" {
    obey_file_modes
    two_files
    mkdir open closed
    : >$'new\nline'
    mkfifo fifo
    { cat list && for name in b gone open open/ closed fifo 'new\nline' -; do error_line "$name"; done; } >errors
    chmod 0 b closed
    try check errors <a
    status_is 2
    stdout_is 'a: OK' 'b: FAILED open or read' 'b: FAILED open or read' 'gone: FAILED open or read' \
        'open: FAILED not readable when listed' 'open/: FAILED not readable when listed' \
        'closed: FAILED open or read' 'fifo: FAILED open or read' '\new\nline: FAILED not readable when listed' \
        '-: FAILED not readable when listed'
    stderr_is 'iscc: b: Permission denied' 'iscc: b: Permission denied' 'iscc: gone: No such file or directory' \
        'iscc: closed: Permission denied' 'iscc: fifo: not a regular file or directory' \
        'iscc: WARNING: 5 listed files could not be read' \
        'iscc: WARNING: 4 files could not be read when they were listed'
    chmod 755 b closed
    # Files that can be read now leave no other trace than the verdict and the status.
    { cat list && error_line b && error_line closed && error_line gone; } >errors
    for options in '--ignore-missing' '--ignore-missing --quiet --strict' '--ignore-missing --status'; do
        # shellcheck disable=SC2086 # words
        try check $options errors
        status_is 1
        case $options in
            *status) stdout_is && stderr_is ;;
            *) stderr_is 'iscc: WARNING: 2 files could not be read when they were listed' ;;
        esac
    done
    # A list of error objects alone has valid lines.
    error_line b >errors
    try sum -c errors
    status_is 1
    stdout_is 'b: FAILED not readable when listed'
    stderr_is 'iscc: WARNING: 1 file could not be read when it was listed'
}

@test "trust 2: the verdict on an error object as JSON, in a base, with -z, and beside --strict-tree" {
    mkdir -p d/sub
    echo x >d/x
    echo y >d/sub/y
    { error_line x EIO && error_line sub && error_line names:2 EMPTY_NAME && error_line gone; } >list
    try check --json --base=d list
    status_is 2
    stdout_is '{"type":"check","path":"x","line":1,"verdict":"unreadable-then","error":"Input/output error","code":"EIO"}' \
        '{"type":"check","path":"sub","line":2,"verdict":"unreadable-then","error":"Permission denied","code":"EACCES"}' \
        '{"type":"check","path":"names:2","line":3,"verdict":"unreadable-then","error":"invalid zero-length file name","code":"EMPTY_NAME"}' \
        '{"type":"check","path":"gone","line":4,"verdict":"missing","error":"No such file or directory","code":"ENOENT"}' \
        '{"type":"summary","path":"list","ok":0,"failed":0,"rotten":0,"suspect":0,"missing":1,"unreadable":0,"unreadable-then":3,"malformed":0}'
    # The object of a directory names no file below it.
    tr '\n' '\0' <list >zero
    try check -z --ignore-missing --base d --strict-tree d zero
    status_is 1
    stdout_is 'x: FAILED not readable when listed' 'sub: FAILED not readable when listed' \
        'names:2: FAILED not readable when listed' 'd/sub/y: UNLISTED'
}

@test "trust 14: a damaged unit below a line fails the file of the line" {
    zeros 256 a
    zeros 257 b
    "$ISCC" --units a b >list
    for line in 2 3; do
        for damage in 's/ISCC:..../ISCC:1111/' 's/.$//' 's/$/A/'; do
            sed "$line$damage" list >damaged
            try check damaged
            stdout_is 'a: FAILED' 'b: OK'
            stderr_is 'iscc: WARNING: 1 line has a damaged code' 'iscc: WARNING: 1 computed checksum did NOT match'
            status_is 1
        done
    done
    try update damaged
    stderr_is 'iscc: damaged: 1: damaged ISCC checksum line' 'iscc: damaged: not updated, as lines would be lost'
    status_is 2
}

@test "trust 21: of several lists, counts and objects name the one they are about" {
    local second objects
    second=$(printf 'v2\351')
    mkdir v1 "$second"
    echo one >v1/file
    echo two >"$second/file"
    for list in v1 "$second"; do (cd "$list" && "$ISCC" file >codes); done
    sed 's/file/gone/' v1/codes >gone
    cat gone >>v1/codes
    echo junk >>"$second/codes"
    echo other >v1/file
    try check --base=list v1/codes "$second/codes"
    stdout_is 'file: FAILED' 'gone: FAILED open or read' 'file: OK'
    stderr_is 'iscc: gone: No such file or directory' 'iscc: v1/codes: WARNING: 1 listed file could not be read' \
        'iscc: v1/codes: WARNING: 1 computed checksum did NOT match' \
        'iscc: v2\351/codes: WARNING: 1 line is improperly formatted'
    status_is 2
    try check --json --base=list v1/codes "$second/codes"
    objects=$(jq -c 'select(.type == "check") | [.list, .list_b64, .line, .verdict]' "$out")
    [[ $objects == '["v1/codes",null,1,"failed"]
["v1/codes",null,2,"missing"]
["v2�/codes","djLpL2NvZGVz",1,"ok"]
["v2�/codes","djLpL2NvZGVz",2,"malformed"]' ]]
    # A list alone needs no name.
    try check --json --base=list v1/codes
    [[ $(jq 'has("list")' "$out") != *true* ]]
    stderr_is 'iscc: gone: No such file or directory' 'iscc: WARNING: 1 listed file could not be read' \
        'iscc: WARNING: 1 computed checksum did NOT match'
}
