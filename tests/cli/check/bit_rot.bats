#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Bit rot: R17 of docs/check-rules.md. No test can change a file without changing its ctime. To check, a list with the
# file's real times and the code of other bytes looks the same, so these tests edit the lists instead.

load ../support/common

# The files are too young for their times to be recorded, and may be on a file system whose times are not trusted.
try() {
    status=0
    "$ISCC" "$1" --trust-times "${@:2}" >"$out" 2>"$err" || status=$?
}

# Makes a file, and a --stat list of other bytes of the same length; "$@": more options.
rotten_file() {
    head -c 256 /dev/zero >a
    head -c 256 /dev/zero | tr '\0' x >b
    sleep 0.1
    "$ISCC" --json --stat --trust-times --units "$@" a >sound
    "$ISCC" --json --units "$@" b >other
    [[ $(<sound) == *'"stat":{'* ]]
    { sed -E 's/"path":"b"/"path":"a"/; s/\}$/,/' other | tr -d '\n' && sed -E 's/.*("stat":)/\1/' sound; } >list
}

# Prints the list with one member's number, which must exist, incremented.
edit_number() {
    local value
    value=$(sed -E "s/.*\"$1\":([0-9]+).*/\1/" list)
    [[ $value =~ ^[0-9]+$ ]]
    sed "s/\"$1\":$value/\"$1\":$((value + 1))/" list >edited
}

@test "R17: different bytes with the same size and times are bit rot" {
    rotten_file
    try check list
    stdout_is 'a: FAILED bit rot'
    stderr_is 'iscc: WARNING: 1 computed checksum did NOT match' \
        'iscc: WARNING: 1 file changed though its times did not: bit rot'
    status_is 1
    try check sound
    stdout_is 'a: OK'
    stderr_is
    status_is 0
}

@test "R17: bit rot is recognised whichever codes the line has" {
    rotten_file
    sed -E 's/"units":\[[^]]*\],//' list >without_units
    sed -E 's/"datahash":"[0-9a-f]*",//' list >without_hash
    sed "s/\"ISCC:K[0-9A-Z]*\"/\"${wide[256]}\"/" list >unit_alone
    for file in without_units without_hash unit_alone; do
        try check "$file"
        stdout_is 'a: FAILED bit rot'
        status_is 1
    done
    rotten_file --narrow
    try check list
    stdout_is 'a: FAILED bit rot'
    status_is 1
}

@test "R17: a different time or size makes it an edit" {
    rotten_file
    for member in mtime_sec mtime_nsec filesize; do
        edit_number $member
        try check edited
        stdout_is 'a: FAILED'
        stderr_is 'iscc: WARNING: 1 computed checksum did NOT match'
        status_is 1
    done
    for member in ctime_sec ctime_nsec; do
        edit_number $member
        try check edited
        stdout_is 'a: FAILED changed behind its mtime'
        status_is 1
    done
    touch -d @0 a
    try check list
    stdout_is 'a: FAILED'
}

@test "R17: without size or times, an edit cannot be ruled out" {
    rotten_file
    sed 's/"filesize":256,//' list >without_size
    sed -E 's/,"stat":\{[^}]*\}//' list >without_times
    for file in without_size without_times; do
        [[ $(wc -c <"$file") -lt $(wc -c <list) ]]
        try check "$file"
        stdout_is 'a: FAILED'
        status_is 1
    done
}

@test "R17: a matching file is OK whatever its times" {
    rotten_file
    touch -d @0 a
    try check sound
    stdout_is 'a: OK'
    status_is 0
}

@test "R17: a file that was rewritten, or replaced by one with the same mtime, is edited" {
    rotten_file
    cp sound list
    printf x | dd of=a conv=notrunc status=none
    touch -r b a
    try check list
    stdout_is 'a: FAILED'
    cp -p a c
    printf y | dd of=c conv=notrunc status=none
    mv c a
    touch -r b a
    try check list
    stdout_is 'a: FAILED'
}

@test "R17: times are ignored for trees and standard input" {
    rotten_file
    mkdir d
    cp -p a d
    sed 's/"path":"a"/"path":"d\/"/; s/"type":"file"/"type":"tree"/' list >tree
    try check tree
    stdout_is 'd/: FAILED'
    sed 's/"path":"a"/"path":"-"/' list >stdin
    try check stdin <a
    stdout_is '-: FAILED'
}

@test "R17: the counts, in the plural, and combined with the options" {
    rotten_file
    { cat list sound list && "$ISCC" b | sed 's/b$/a/'; } >mixed
    try check mixed
    stdout_is 'a: FAILED bit rot' 'a: OK' 'a: FAILED bit rot' 'a: FAILED'
    stderr_is 'iscc: WARNING: 3 computed checksums did NOT match' \
        'iscc: WARNING: 2 files changed though their times did not: bit rot'
    status_is 1
    try check --quiet mixed
    stdout_is 'a: FAILED bit rot' 'a: FAILED bit rot' 'a: FAILED'
    try check --status list
    stdout_is
    stderr_is
    status_is 1
}

@test "R17, J1: the JSON verdict" {
    rotten_file
    try check --json list
    code=$(sed -E 's/.*"iscc":"([^"]*)".*/\1/' other)
    stdout_is "{\"type\":\"check\",\"path\":\"a\",\"line\":1,\"verdict\":\"rotten\",\"listed\":\"$code\",\"iscc\":\"${wide[256]}\"}" \
        '{"type":"summary","path":"list","ok":0,"failed":0,"rotten":1,"suspect":0,"missing":0,"unreadable":0,"unreadable-then":0,"malformed":0}'
    status_is 1
}

@test "K1: everything --stat writes verifies, with every combination of options" {
    mkdir tree
    "$ISCC_TOOLS/make_hostile_tree" tree 20 120
    sleep 0.1
    for options in '' --narrow --units --tree -z '--narrow --units -z' '--units --tree'; do
        "$ISCC" --json --stat --trust-times $options tree >list
        if [[ $options == *-z* ]]; then zero=-z; else zero=''; fi
        [[ $options == *--tree* || $(grep -ac '"stat":{' list) -gt 0 ]]
        try check --strict $zero list
        [[ $(grep -ac ': OK$' "$out") -eq $(wc -l <"$out") && -s $out ]]
        stderr_is
        status_is 0
    done
}
