#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# What check reports for each line and in total: rules K2 to K4 of the contract, and R of docs/check-rules.md.

load ../support/common
load ../support/two_files

# ---- K2: verdicts, counts and options ----

# A list with one good line and one of every kind of failure.
troubled() {
    two_files
    zeros 1 c
    "$ISCC" a b c >list
    rm c
    zeros 255 b
    echo garbage >>list
}

@test "K2: verdicts go to stdout, and messages and counts to stderr" {
    troubled
    try check list
    stdout_is 'a: OK' 'b: FAILED' 'c: FAILED open or read'
    stderr_is 'iscc: c: No such file or directory' 'iscc: WARNING: 1 line is improperly formatted' \
        'iscc: WARNING: 1 listed file could not be read' 'iscc: WARNING: 1 computed checksum did NOT match'
    status_is 2
}

@test "K2: counts in the plural" {
    troubled
    cat list list >twice
    try check --status -w twice
    stderr_is 'iscc: c: No such file or directory' 'iscc: twice: 4: improperly formatted ISCC checksum line' \
        'iscc: c: No such file or directory' 'iscc: twice: 8: improperly formatted ISCC checksum line' \
        'iscc: WARNING: 2 lines are improperly formatted' 'iscc: WARNING: 2 listed files could not be read' \
        'iscc: WARNING: 2 computed checksums did NOT match'
    status_is 2
}

@test "K2: --quiet omits OK verdicts" {
    troubled
    for option in -q --quiet; do
        try check $option list
        stdout_is 'b: FAILED' 'c: FAILED open or read'
        [[ $(wc -l <"$err") -eq 4 ]]
        status_is 2
    done
}

@test "K2: --status omits verdicts and counts" {
    troubled
    try check --status list
    stdout_is
    stderr_is 'iscc: c: No such file or directory'
    status_is 2
    try check --status --ignore-missing list
    stdout_is
    stderr_is
    status_is 1
}

@test "K2: --warn reports each bad line" {
    troubled
    for option in -w --warn; do
        try check $option --ignore-missing list
        stdout_is 'a: OK' 'b: FAILED'
        stderr_is 'iscc: list: 4: improperly formatted ISCC checksum line' 'iscc: WARNING: 1 line is improperly formatted' \
            'iscc: WARNING: 1 computed checksum did NOT match'
        status_is 1
    done
}

@test "K2: the last of --quiet, --status and --warn wins" {
    two_files
    try check --status --quiet --warn list
    stdout_is 'a: OK' 'b: OK'
    try check --warn --status --quiet list
    stdout_is
    zeros 1 b
    try check --warn --status --quiet list
    stdout_is 'b: FAILED'
    try check --warn --quiet --status list
    stdout_is
    stderr_is
    status_is 1
}

@test "K2: bad lines fail the check only with --strict" {
    two_files
    echo garbage >>list
    try check list
    stdout_is 'a: OK' 'b: OK'
    stderr_is 'iscc: WARNING: 1 line is improperly formatted'
    status_is 0
    try check --strict list
    stdout_is 'a: OK' 'b: OK'
    stderr_is 'iscc: WARNING: 1 line is improperly formatted'
    status_is 1
}

@test "K2: --ignore-missing skips only files that do not exist" {
    obey_file_modes
    two_files
    zeros 1 c
    "$ISCC" c >>list
    rm b
    chmod 000 c
    try check --ignore-missing list
    stdout_is 'a: OK' 'c: FAILED open or read'
    stderr_is 'iscc: c: Permission denied' 'iscc: WARNING: 1 listed file could not be read'
    status_is 2
}

@test "K2: anything but a regular file is unreadable and does not block" {
    mkdir d
    mkfifo fifo
    for name in d fifo /dev/null none/ fifo/; do printf '%s *%s\n' "${wide[0]}" "$name"; done >list
    try check list
    stdout_is 'd: FAILED open or read' 'fifo: FAILED open or read' '/dev/null: FAILED open or read' \
        'none/: FAILED open or read' 'fifo/: FAILED open or read'
    stderr_is 'iscc: d: Is a directory' 'iscc: fifo: not a regular file or directory' \
        'iscc: /dev/null: not a regular file or directory' 'iscc: none/: No such file or directory' \
        'iscc: fifo/: Not a directory' 'iscc: WARNING: 5 listed files could not be read'
    status_is 2
}

@test "K2: an unreadable tree's verdict names the tree, and its message the file" {
    obey_file_modes
    mkdir d e
    zeros 256 d/a
    zeros 256 e/a
    "$ISCC" --tree d e >list
    printf '%s *d//\n' "${wide[256]}" >>list
    chmod 000 d/a e
    try check list
    stdout_is 'd/: FAILED open or read' 'e/: FAILED open or read' 'd//: FAILED open or read'
    stderr_is 'iscc: d/a: Permission denied' 'iscc: e/: Permission denied' 'iscc: d//a: Permission denied' \
        'iscc: WARNING: 3 listed files could not be read'
    status_is 2
    chmod 755 e
}

@test "K2: listed links are followed" {
    zeros 256 a
    ln -s a link
    ln -s none dangling
    printf '%s *%s\n' "${wide[256]}" link "${wide[256]}" dangling >list
    try check --ignore-missing list
    stdout_is 'link: OK'
    status_is 0
}

@test "K2: names are escaped in verdicts if necessary" {
    zeros 256 $'a\nb'
    "$ISCC" $'a\nb' >list
    try check list
    stdout_is '\a\nb: OK'
    rm $'a\nb'
    try check list
    stdout_is '\a\nb: FAILED open or read'
    stderr_is 'iscc: a\012b: No such file or directory' 'iscc: WARNING: 1 listed file could not be read'
}

# ---- K3: no silent success ----

@test "K3: a list without a valid line fails" {
    for text in '' '\n' 'garbage' '# comment\n' 'garbage\n\ngarbage\n' '{"type":"file"}\n'; do
        printf "$text" >list
        try check list
        stdout_is
        stderr_is 'iscc: list: no properly formatted checksum lines found'
        status_is 1
        try check --status list
        stderr_is 'iscc: list: no properly formatted checksum lines found'
        status_is 1
    done
    try check </dev/null
    stderr_is 'iscc: -: no properly formatted checksum lines found'
    status_is 1
    try check "$ISCC"
    stdout_is
    status_is 1
}

@test "K3: --ignore-missing fails if nothing was verified" {
    two_files
    rm a b
    try check --ignore-missing list
    stdout_is
    stderr_is 'iscc: list: no file was verified'
    status_is 1
    try check --ignore-missing --status list
    stdout_is
    stderr_is
    status_is 1
}

@test "K3: every line of every list is checked, whatever failed before" {
    two_files
    zeros 1 empty
    : >empty
    echo garbage >garbage
    { printf '%s *b\nx\n%s *none\n' "${wide[1]}" "${wide[0]}" && cat list; } >first
    try check first missing . empty garbage list
    stdout_is 'b: FAILED' 'none: FAILED open or read' 'a: OK' 'b: OK' 'a: OK' 'b: OK'
    stderr_is 'iscc: none: No such file or directory' 'iscc: first: WARNING: 1 line is improperly formatted' \
        'iscc: first: WARNING: 1 listed file could not be read' 'iscc: first: WARNING: 1 computed checksum did NOT match' \
        'iscc: missing: No such file or directory' 'iscc: .: Is a directory' \
        'iscc: empty: no properly formatted checksum lines found' 'iscc: garbage: no properly formatted checksum lines found'
    status_is 2
}

@test "K3: one failing list among good ones fails the check" {
    two_files
    echo garbage >garbage
    try check list garbage
    status_is 1
    try check garbage list
    status_is 1
    try check list none list
    stdout_is 'a: OK' 'b: OK' 'a: OK' 'b: OK'
    status_is 2
}

# ---- K4: the engine ----

@test "K4: verdicts and messages follow the order of the list, on any number of threads" {
    zeros 10485761 big
    zeros 1 small
    seq 300 | sed "s/.*/${wide[1]} *small\n${wide[1]} *none&\ngarbage\n${wide[0]} *small/" >many
    { printf '%s *big\n' "${wide[10485761]}" && cat many; } >list
    for threads in 1 2 8; do
        try check -w -j $threads list
        cat "$out" "$err" >"all.$threads"
        status_is 2
    done
    cmp all.1 all.2
    cmp all.1 all.8
    [[ $(sed -n '1p;902p' all.8 | tr '\n' ' ') == 'big: OK iscc: none1: No such file or directory ' ]]
}

@test "K4: a message comes in its verdict's position" {
    two_files
    { sed 1q list && printf 'garbage\n%s *none\n' "${wide[1]}" && sed 1d list; } >mixed
    "$ISCC" check -w mixed >"$out" 2>&1 || true
    stdout_is 'a: OK' 'iscc: mixed: 2: improperly formatted ISCC checksum line' 'iscc: none: No such file or directory' \
        'none: FAILED open or read' 'b: OK' 'iscc: WARNING: 1 line is improperly formatted' \
        'iscc: WARNING: 1 listed file could not be read'
}

@test "K4: a long list needs no more memory than a short one" {
    needs /usr/bin/time
    not_with asan
    zeros 1 a
    # GNU time reports peak memory; 100000 lines of 64 bytes are 6 MiB.
    yes "${wide[1]} *a" | head -n 1000 >short || true
    yes "${wide[1]} *a" | head -n 100000 >long || true
    for list in short long; do
        /usr/bin/time -f %M -o "$list.memory" "$ISCC" check --status -j 2 "$list"
    done
    [[ $(cat long.memory) -lt $(($(cat short.memory) + 4096)) ]]
}

# ---- JSON ----

@test "J1: --json prints an object per verdict and a summary per list" {
    troubled
    try check --json list
    stdout_is \
        "{\"type\":\"check\",\"path\":\"a\",\"line\":1,\"verdict\":\"ok\",\"listed\":\"${wide[256]}\",\"iscc\":\"${wide[256]}\"}" \
        "{\"type\":\"check\",\"path\":\"b\",\"line\":2,\"verdict\":\"failed\",\"listed\":\"${wide[257]}\",\"iscc\":\"${wide[255]}\"}" \
        "{\"type\":\"check\",\"path\":\"c\",\"line\":3,\"verdict\":\"missing\",\"listed\":\"${wide[1]}\",\"error\":\"No such file or directory\",\"code\":\"ENOENT\"}" \
        '{"type":"check","path":"list","line":4,"verdict":"malformed","error":"improperly formatted ISCC checksum line","code":"LINE"}' \
        '{"type":"summary","path":"list","ok":1,"failed":1,"rotten":0,"suspect":0,"missing":1,"unreadable":0,"unreadable-then":0,"malformed":1}'
    [[ $(wc -l <"$err") -eq 4 ]]
    status_is 2
    try check --json --quiet --ignore-missing list
    [[ $(wc -l <"$out") -eq 3 ]]
    status_is 1
    try check --json --status list
    stdout_is
}

# ---- Options, output ----

@test "C3: contradictory options are usage errors" {
    two_files
    for option in --tag --narrow --units --stat --tree --files0-from=list; do
        try sum -c "$option" list
        is_usage_error "the ${option%=*} option is meaningless with --check"
        try check "$option" list
        nearest=''
        [[ $option != --stat ]] || nearest="; did you mean '--status'?"
        is_usage_error "unrecognized option '${option%=*}'$nearest" check
    done
    for option in --quiet --status --warn --strict --ignore-missing --base=. --strict-tree=.; do
        try sum "$option" a
        is_usage_error "the ${option%=*} option is meaningful only with --check"
    done
    try check -c list
    is_usage_error "invalid option -- 'c'" check
    try check -j 0 list
    is_usage_error "invalid argument '0' for '--threads' (1 to 1024)" check
}

@test "S3: a failed write is an error" {
    two_files
    for options in '' --json; do
        status=0
        "$ISCC" check $options list >/dev/full 2>"$err" || status=$?
        stderr_is 'iscc: write error: No space left on device'
        status_is 2
    done
}

@test "S5: -o receives the verdicts" {
    two_files
    try check -o verdicts list
    stdout_is
    [[ $(cat verdicts) == $'a: OK\nb: OK' ]]
    try sum -c -o verdicts list
    [[ $(cat verdicts) == $'a: OK\nb: OK' ]]
    status_is 0
}

@test "trust 12: a missing file that is there by a name that looks the same is named" {
    local nfc=$'\xc3\xa9' upper=$'\xc3\x89' nfd=$'e\xcc\x81' case='differs only in letter case' form='differs only in Unicode normalization'
    mkdir -p "d/$nfd" Sub
    echo 1 >"d/$nfd/a"
    echo 2 >d/README
    echo 3 >Sub/x
    while IFS='|' read -r name hint; do
        printf '%s *%s\n' "${wide[0]}" "$name" >list
        try check list
        status_is 2
        stderr_is "iscc: $name: No such file or directory${hint:+; $hint}" 'iscc: WARNING: 1 listed file could not be read'
        [[ $name != ..* ]] || continue
        try check --base=. --status list
        stderr_is "iscc: $name: No such file or directory${hint:+; $hint}"
    done <<END
d/$nfc/a|'d/$nfd/a' $form
./d//$upper/a|'./d/$nfd/a' $case
d/$nfc/A|'d/$nfd/a' $case
D/Readme|'d/README' $case
d/readme/x|
d/none|
sub/|'Sub' $case
sub/y|
../${PWD##*/}/D/README|'../${PWD##*/}/d/README' $case
END
    # The nearest name comes first.
    echo >"$nfd"
    echo >"${nfd^^}"
    printf '%s *%s\n' "${wide[0]}" "$nfc" >list
    try check --status list
    stderr_is "iscc: $nfc: No such file or directory; '$nfd' $form"
    # The search has a limit.
    mkdir many
    (cd many && seq -f %.0f-name 400 | xargs touch)
    { echo 1-NAME && seq -f %.0f-NONE 300 && echo 1-NAME; } | sed "s,^,${wide[0]} *many/," >list
    try check --status list
    [[ $(head -n 1 "$err") == "iscc: many/1-NAME: No such file or directory; 'many/1-name' $case" ]]
    [[ $(tail -n 1 "$err") == 'iscc: many/1-NAME: No such file or directory' ]]
}
