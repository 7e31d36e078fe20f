#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# JSON Lines: rules J of the contract. jq, an independent parser, is the reference.

load ../support/common

@test "J1: every line of stdout is one object with a type" {
    needs jq
    mkdir d
    zeros 256 d/a
    zeros 257 d/b
    try --json d missing /dev/null - < <(head -c 640 /dev/zero)
    [[ $(wc -l <"$out") -eq 5 ]]
    while read -r line; do
        jq -e 'type == "object" and (.type | type == "string")' <<<"$line" >/dev/null
    done <"$out"
    [[ $(jq -r .type "$out" | tr '\n' ' ') == 'file file error error file ' ]]
    status_is 2
}

@test "J1: lines are UTF-8 whatever the names contain" {
    needs iconv
    for name in $'caf\xc3\xa9' $'\xff' $'\xf0\x9f\x98\x80' $'\xed\xa0\x80' $'\x7f' $'\x01'; do zeros 1 "$name"; done
    try --json ./*
    iconv -f UTF-8 -t UTF-8 "$out" >/dev/null
    [[ $(wc -l <"$out") -eq 6 ]]
    status_is 0
}

@test "J2: a file's object, byte for byte" {
    mkdir a
    zeros 8448 a/b.txt
    try --json a/b.txt
    stdout_is "{\"type\":\"file\",\"path\":\"a/b.txt\",\"iscc\":\"${wide[8448]}\",\"datahash\":\"${datahash[8448]}\",\"filesize\":8448}"
    stderr_is
    status_is 0
    try --json --narrow a
    stdout_is "{\"type\":\"file\",\"path\":\"a/b.txt\",\"iscc\":\"${narrow[8448]}\",\"datahash\":\"${datahash[8448]}\",\"filesize\":8448}"
    status_is 0
}

@test "J2: --units adds the units" {
    zeros 0 a
    try --json --units a
    stdout_is "{\"type\":\"file\",\"path\":\"a\",\"iscc\":\"${wide[0]}\",\"datahash\":\"${datahash[0]}\",\"filesize\":0,\"units\":[\"${data_code[0]}\",\"${instance_code[0]}\"]}"
    status_is 0
}

# The member that --stat adds for a file, according to stat(1).
stat_of() { stat -c '%.9Y.%.9Z' "$1" | awk -F . '{ printf "{\"mtime_sec\":%s,\"mtime_nsec\":%d,\"ctime_sec\":%s,\"ctime_nsec\":%d}", $1, $2, $3, $4 }'; }

@test "J2: --stat adds a file's times, to the nanosecond" {
    zeros 1 a
    touch -d '2001-02-03 04:05:06.000000789 UTC' a
    mkdir d
    zeros 0 d/b
    sleep 0.1
    try --json --stat --trust-times --units a d
    stdout_is "{\"type\":\"file\",\"path\":\"a\",\"iscc\":\"${wide[1]}\",\"datahash\":\"${datahash[1]}\",\"filesize\":1,\"units\":[\"${data_code[1]}\",\"${instance_code[1]}\"],\"stat\":$(stat_of a)}" \
        "{\"type\":\"file\",\"path\":\"d/b\",\"iscc\":\"${wide[0]}\",\"datahash\":\"${datahash[0]}\",\"filesize\":0,\"units\":[\"${data_code[0]}\",\"${instance_code[0]}\"],\"stat\":$(stat_of d/b)}"
    [[ $(<"$out") == *'"mtime_sec":981173106,"mtime_nsec":789,'* ]]
    status_is 0
    cp "$out" plain
    try --json --stat --trust-times --units -o list a d
    cmp plain list
    status_is 0
}

@test "J2: --stat prints times after 2038 and before 1970, which exceed 32 bits" {
    for year in 1950 2100; do
        zeros 1 "$year"
        touch -d "$year-02-03 UTC" "$year" || skip "no such times here"
        [[ $(date -u -r "$year" +%Y) -eq $year ]] || skip "this file system has no such times"
    done
    sleep 0.1
    try --json --stat --trust-times 1950 2100
    [[ $(sed -n 1p "$out") == *"\"stat\":$(stat_of 1950)}" ]]
    [[ $(sed -n 2p "$out") == *"\"stat\":$(stat_of 2100)}" ]]
    stderr_is
    status_is 0
    try --json --stat --trust-times -o list 1950 2100
    try -c --quiet list
    stdout_is
    stderr_is
    status_is 0
}

@test "J2: --stat omits times too recent to reveal a later change" {
    zeros 1 new
    # If the program starts slowly, the file must still be new by then.
    while [[ -e new ]]; do touch -c new && sleep 0.005; done 3>&- &
    for _ in {1..200}; do
        try --json --stat --trust-times new
        [[ $(<"$out") != *'"path":"new","iscc"'* || $(<"$out") == *'"stat"'* ]] || break
    done
    rm new
    wait
    [[ $(<"$out") == *'"path":"new","iscc"'* && $(<"$out") != *'"stat"'* ]]
    status_is 0
}

@test "J2: --stat omits times that do not exist: standard input, trees, errors, /proc" {
    mkdir d
    zeros 1 d/a
    sleep 0.1
    try --json --stat --trust-times - /proc/version missing <d/a
    [[ $(wc -l <"$out") -eq 3 && $(<"$out") != *'"stat"'* ]]
    try --json --stat --trust-times --tree d
    [[ $(<"$out") == *'"tree"'* && $(<"$out") != *'"stat"'* ]]
}

@test "C3: --stat without --json is a usage error" {
    try --stat a
    is_usage_error 'the --stat option is meaningful only with --json'
    try sum -o list --stat a
    is_usage_error 'the --stat option is meaningful only with --json'
    [[ ! -e list ]]
}

@test "J2: standard input has the path -" {
    try --json </dev/null
    stdout_is "{\"type\":\"file\",\"path\":\"-\",\"iscc\":\"${wide[0]}\",\"datahash\":\"${datahash[0]}\",\"filesize\":0}"
    status_is 0
}

@test "J2: datahash matches b3sum" {
    needs b3sum jq
    for size in 0 1 1000 1024 1025 70000 3000000; do
        head -c "$size" "$ISCC" >a
        try --json a
        [[ $(jq -r '.datahash, .filesize' "$out") == 1e20$(b3sum --no-names a && stat -c %s a) ]]
    done
}

@test "J2: --tree prints an object of type tree" {
    mkdir d
    zeros 100 d/a
    zeros 156 d/b
    try --json --tree d
    stdout_is "{\"type\":\"tree\",\"path\":\"d/\",\"iscc\":\"${wide[256]}\",\"datahash\":\"${datahash[256]}\",\"filesize\":256}"
    status_is 0
}

@test "J2: walk prints objects without codes" {
    mkdir d
    zeros 256 d/a
    try walk --json d
    stdout_is '{"type":"file","path":"d/a"}'
    status_is 0
}

@test "J2: a parser reads back the original names" {
    needs jq
    mkdir d
    local names=($'a"b' $'a\\b' $'a\nb' $'a\tb' $'\x01' $'\x1b[0m' $'\x7f' $'caf\xc3\xa9' $'\xe2\x84\xab' $'\xf0\x9f\x98\x80' '<b>' ' ')
    names=("${names[@]/#/d/}")
    for name in "${names[@]}"; do zeros 0 "$name"; done
    try --json "${names[@]}"
    jq -j '.path + "\u0000"' "$out" | cmp - <(printf '%s\0' "${names[@]}")
    [[ $(jq -s 'map(has("path_b64")) | any' "$out") == false ]]
}

@test "J3: in a path that is not UTF-8, each bad byte becomes U+FFFD, and base64 holds the exact bytes" {
    needs jq base64
    local bad=$'\xef\xbf\xbd' # U+FFFD
    for pair in $'\xff'"|$bad" $'a\xc3|a'"$bad" $'\xe2\x82z|'"$bad${bad}z" $'\xed\xa0\x80|'"$bad$bad$bad" $'\xc3\xa9\xe9|\xc3\xa9'"$bad"; do
        name=${pair%%|*}
        zeros 0 "$name"
        try --json "$name"
        [[ $(jq -r '.path, .path_b64' "$out") == "${pair#*|}"$'\n'$(base64 -w 0 < <(printf %s "$name")) ]]
    done
}

@test "J3: failures encode such a path the same way" {
    try --json $'\xff'
    stdout_is $'{"type":"error","path":"\xef\xbf\xbd","path_b64":"/w==","error":"neither a command nor an existing file","code":"ENOENT"}'
    status_is 2
}

@test "J4: a failure is an object in the result's position, and a message" {
    zeros 256 a
    zeros 257 b
    try --json a missing b
    stdout_is "{\"type\":\"file\",\"path\":\"a\",\"iscc\":\"${wide[256]}\",\"datahash\":\"${datahash[256]}\",\"filesize\":256}" \
        '{"type":"error","path":"missing","error":"No such file or directory","code":"ENOENT"}' \
        "{\"type\":\"file\",\"path\":\"b\",\"iscc\":\"${wide[257]}\",\"datahash\":\"${datahash[257]}\",\"filesize\":257}"
    stderr_is 'iscc: missing: No such file or directory'
    status_is 2
}

@test "J4: an unreadable file in a directory" {
    obey_file_modes
    mkdir d
    zeros 256 d/a
    chmod 000 d/a
    try --json d
    stdout_is '{"type":"error","path":"d/a","error":"Permission denied","code":"EACCES"}'
    stderr_is 'iscc: d/a: Permission denied'
    status_is 2
}

@test "J4: every kind of failure has its code" {
    ln -s loop loop
    zeros 0 file
    mkfifo fifo
    try --json loop file/x fifo
    stdout_is '{"type":"error","path":"loop","error":"Too many levels of symbolic links","code":"ELOOP"}' \
        '{"type":"error","path":"file/x","error":"Not a directory","code":"ENOTDIR"}' \
        '{"type":"error","path":"fifo","error":"not a regular file or directory","code":"SPECIAL"}'
    status_is 2
}

@test "J4: walk reports failures the same way" {
    try walk --json missing
    stdout_is '{"type":"error","path":"missing","error":"No such file or directory","code":"ENOENT"}'
    stderr_is 'iscc: missing: No such file or directory'
    status_is 2
}

@test "J5: sizes are integers" {
    needs jq
    zeros 10485761 a
    try --json a
    [[ $(cat "$out") == *'"filesize":10485761}' ]]
    [[ $(jq '.filesize | type' "$out") == '"number"' ]]
}

@test "J1: -z ends objects with NUL" {
    mkdir d
    zeros 0 d/$'a\nb'
    zeros 0 d/c
    try walk --json -z d
    printf '%s\0' '{"type":"file","path":"d/a\nb"}' '{"type":"file","path":"d/c"}' | cmp - "$out"
    status_is 0
}

@test "J1: every object has the expected shape, in a tree with failures" {
    needs jq
    mkdir -p d/e
    for size in 0 1 256; do zeros "$size" "d/e/$size"; done
    zeros 5 d/$'\xe9'
    ln -s nowhere dangling
    try --json --units d missing dangling /dev/null d
    jq -e -s '
        def code: type == "string" and test("^ISCC:[A-Z2-7]+$");
        length == 11 and all(.[];
            (.path | type == "string" and length > 0) and
            if .type == "file" then
                (keys - ["path_b64"] == ["datahash", "filesize", "iscc", "path", "type", "units"]) and
                (.iscc | code) and (.units | length == 2 and all(code)) and
                (.datahash | test("^1e20[0-9a-f]{64}$")) and (.filesize | type == "number" and . == floor)
            else
                .type == "error" and keys == ["code", "error", "path", "type"] and (.code | test("^[A-Z_]+$"))
            end)' "$out" >/dev/null
    status_is 2
}
