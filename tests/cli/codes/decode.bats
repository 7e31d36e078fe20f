#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# iscc decode: what codes contain, and why a text is not a code.

load ../support/common
load ../support/codes

SUM=ISCC:KUAFMZ3YRGNKXPGN33XQAEJCGNCFK

# The output for $SUM.
sum_lines() {
    printf '%s\n' "$SUM" '  type id   ISCC-SUM-V0-DI' '  MainType  ISCC' '  SubType   SUM' '  version   V0' '  bits      128' \
        '  digest    566778899aabbccddeef001122334455' '  unit      ISCC:GAAVMZ3YRGNKXPGN' '  unit      ISCC:IAA553YACERDGRCV'
}

SUM_OBJECT='{"type":"code","iscc":"ISCC:KUAFMZ3YRGNKXPGN33XQAEJCGNCFK","type_id":"ISCC-SUM-V0-DI","maintype":"ISCC","subtype":"SUM","version":0,"bits":128,"digest":"566778899aabbccddeef001122334455","units":["ISCC:GAAVMZ3YRGNKXPGN","ISCC:IAA553YACERDGRCV"]}'

# A text that is not a code: the reason on stderr, nothing on stdout, status 2.
is_refused() { # TEXT REASON
    try decode "$1"
    stdout_is
    stderr_is "iscc: $1: $2"
    status_is 2
}

# ---- Codes ----

@test "decode: an ISCC-CODE with its type, digest and units" {
    try decode $SUM
    mapfile -t lines < <(sum_lines)
    stdout_is "${lines[@]}"
    stderr_is
    status_is 0
}

@test "decode: a single unit has no list of units" {
    try decode ISCC:GAADCQSTMQ
    stdout_is ISCC:GAADCQSTMQ '  type id   DATA-NONE-V0-32' '  MainType  DATA' '  SubType   NONE' '  version   V0' '  bits      32' \
        '  digest    31425364'
    stderr_is
    status_is 0
}

@test "decode: the longest code" {
    try decode ISCC:KADVCYTTQSK2NN6I3HVPWDA5FY7VAYLSQOKKLNWH3DU7UCY4FU7E6YDRQKJ2JNOG27UA
    stdout_is ISCC:KADVCYTTQSK2NN6I3HVPWDA5FY7VAYLSQOKKLNWH3DU7UCY4FU7E6YDRQKJ2JNOG27UA \
        '  type id   ISCC-TEXT-V0-MSCDI' '  MainType  ISCC' '  SubType   TEXT' '  version   V0' '  bits      320' \
        '  digest    5162738495a6b7c8d9eafb0c1d2e3f5061728394a5b6c7d8e9fa0b1c2d3e4f60718293a4b5c6d7e8' \
        '  unit      ISCC:AAAVCYTTQSK2NN6I' '  unit      ISCC:CAA5T2X3BQOS4P2Q' '  unit      ISCC:EAAWC4UDSSS3NR6Y' \
        '  unit      ISCC:GAA6T6QLDQWT4T3A' '  unit      ISCC:IAAXDAUTUS24NV7I'
    status_is 0
}

@test "decode: a code of every MainType, by its type id" {
    every_code >codes
    try decode - < <(cut -d ' ' -f 1 codes)
    awk '/^ISCC:/ { code = $1 }
        $1 == "type" { id = $3 }
        /^  MainType/ { m = $2 }
        /^  SubType/ { s = $2 }
        /^  version/ { print code, id (id ~ "^" m "-" s "-" $2 "-[^-]*$" ? "" : " is not " m "-" s "-" $2) }' "$out" | diff codes - >&2
    stderr_is
    status_is 0
}

@test "decode: codes printed by sum" {
    zeros 256 a
    for code in "${wide[256]}" "${narrow[256]}" "${data_code[256]}" "${instance_code[256]}"; do
        try decode "$code"
        [[ $(head -n 1 "$out") == "$code" ]]
        status_is 0
    done
    try decode "${instance_code[256]}"
    grep -qx "  digest    ${datahash[256]:4}" "$out"
}

@test "decode: a code is parsed leniently and printed canonically" {
    mapfile -t lines < <(sum_lines)
    for code in KUAFMZ3YRGNKXPGN33XQAEJCGNCFK iscc:kuafmz3yrgnkxpgn33xqaejcgncfk ' ISCC:KUAF-MZ3Y-RGNK-XPGN-33XQ-AEJC-GNCFK '; do
        try decode "$code"
        stdout_is "${lines[@]}"
        status_is 0
    done
}

# ---- Input ----

@test "decode: codes on standard input, one per line; blank lines are skipped" {
    mapfile -t lines < <(sum_lines)
    try decode < <(printf '\n \t\n%s\r\n\n%s' $SUM "${SUM#ISCC:}")
    stdout_is "${lines[@]}" "${lines[@]}"
    stderr_is
    status_is 0
}

@test "decode: empty input prints nothing and succeeds" {
    try decode </dev/null
    stdout_is
    stderr_is
    status_is 0
}

@test "decode: - among operands is standard input" {
    try decode --json GAADCQSTMQ - $SUM < <(printf 'IAAUCUTDOSCZNJ5Y\nAAAQCERDGRCVMZ3Y\n')
    [[ $(sed -E 's/.*"type_id":"([^"]*)".*/\1/' "$out" | tr '\n' ' ') == 'DATA-NONE-V0-32 INSTANCE-NONE-V0-64 META-NONE-V0-64 ISCC-SUM-V0-DI ' ]]
    stderr_is
    status_is 0
}

@test "decode: each result is printed before the next line is read" {
    mkfifo in results
    timeout 60 "$ISCC" decode <in >results 2>"$err" 3>&- &
    exec 7>in 8<results
    printf '%s\n' $SUM >&7
    read -r -t 20 -u 8 line
    [[ $line == "$SUM" ]]
    exec 7>&- 8<&-
    wait $!
}

@test "decode: unreadable standard input is an error" {
    try decode --json <&-
    stdout_is '{"type":"error","path":"-","error":"Bad file descriptor","code":"EBADF"}'
    stderr_is 'iscc: -: Bad file descriptor'
    status_is 2
    try decode - $SUM <.
    mapfile -t lines < <(sum_lines)
    stdout_is "${lines[@]}"
    stderr_is 'iscc: -: Is a directory'
    status_is 2
}

# ---- Invalid codes ----

@test "decode: a text with a character that is not base32 is an error that shows it" {
    # A character that is not base32
    is_refused 'ISCC:KUAB!' "character 10 is '!', which is not base32"
    is_refused 'KUA1' "character 4 is '1', which is not base32"
    is_refused 'ISCC: KUA' "character 6 is ' ', which is not base32"
    is_refused 'ISBN:KUA' "character 5 is ':', which is not base32"
    is_refused $'KU\xc3\xa9' $'character 3 is \'\xc3\xa9\', which is not base32'
    # Control bytes and invalid UTF-8 are shown in octal
    try decode $'K\e' $'K\xff'
    stdout_is
    stderr_is "iscc: K\\033: character 2 is '\\033', which is not base32" "iscc: K\\377: character 2 is '\\377', which is not base32"
    status_is 2
    # A NUL in a line is an ordinary character
    try decode --json < <(printf '%s\0\n' ${SUM#ISCC:})
    stdout_is "{\"type\":\"error\",\"input\":\"${SUM#ISCC:}"$'\xef\xbf\xbd'"\",\"input_b64\":\"$(printf '%s\0' ${SUM#ISCC:} | base64 -w 0)\",\"error\":\"character 30 is '\\\\000', which is not base32\",\"code\":\"CHARACTER\",\"position\":29}"
    status_is 2
}

@test "decode: a text whose header or length is wrong is an error that says how" {
    # A text that ends inside its header
    is_refused KUA 'it ends within its header, after 3 base32 characters'
    is_refused ISCC: 'it ends within its header, after 0 base32 characters'
    is_refused 'iscc:K-' 'it ends within its header, after 1 base32 characters'
    try decode ''
    stderr_is "iscc: '': it ends within its header, after 0 base32 characters"
    status_is 2
    # A text whose length disagrees with its header
    is_refused "${SUM%?}" 'it ends after 28 base32 characters, but its header, ISCC-SUM-V0-DI, asks for 29'
    is_refused GAADCQST 'it ends after 8 base32 characters, but its header, DATA-NONE-V0-32, asks for 10'
    is_refused "${SUM}AB" 'character 35 is one too many: its header, ISCC-SUM-V0-DI, asks for 29 base32 characters'
    is_refused GAADCQSTMQ-A 'character 12 is one too many: its header, DATA-NONE-V0-32, asks for 10 base32 characters'
    is_refused KUAFMZ3YRGNKXPGN33XQAEJCGNCFL \
        'character 29 has a bit set after the end of the body, which for ISCC-SUM-V0-DI ends within this character'
    # The expected length is known for every type
    every_code >"$out.codes"
    while read -r code type_id; do
        local digits=${code#ISCC:}
        is_refused "${code%?}" "it ends after $((${#digits} - 1)) base32 characters, but its header, $type_id, asks for ${#digits}"
        is_refused "${code}A" \
            "character $((${#code} + 1)) is one too many: its header, $type_id, asks for ${#digits} base32 characters"
    done <"$out.codes"
    # A header without meaning
    is_refused ISCC:QAAQCERDGRCVMZ3Y 'unknown MainType (the header begins with character 6)'
    is_refused ISCC:GEAQCERDGRCVMZ3Y 'unknown SubType (the header begins with character 6)'
    is_refused GAIQCERDGRCVMZ3Y 'unknown version (the header begins with character 1)'
    is_refused ' ISCC:KUAQCERDGRCVMZ3YRGNKXPGN33XQA' 'invalid length in the header (the header begins with character 7)'
}

@test "decode: decoding continues after an error" {
    mapfile -t lines < <(sum_lines)
    status=0
    "$ISCC" decode x $SUM KUA $SUM >"$out" 2>&1 || status=$?
    stdout_is 'iscc: x: it ends within its header, after 1 base32 characters' "${lines[@]}" \
        'iscc: KUA: it ends within its header, after 3 base32 characters' "${lines[@]}"
    status_is 2
}

# ---- JSON ----

@test "decode: --json prints one object per text, valid or not" {
    try decode --json $SUM 'KUAB!' GAADCQSTMQ GAADCQST - < <(printf '\n%sAA\n' $SUM)
    stdout_is "$SUM_OBJECT" \
        "{\"type\":\"error\",\"input\":\"KUAB!\",\"error\":\"character 5 is '!', which is not base32\",\"code\":\"CHARACTER\",\"position\":4}" \
        '{"type":"code","iscc":"ISCC:GAADCQSTMQ","type_id":"DATA-NONE-V0-32","maintype":"DATA","subtype":"NONE","version":0,"bits":32,"digest":"31425364"}' \
        '{"type":"error","input":"GAADCQST","error":"it ends after 8 base32 characters, but its header, DATA-NONE-V0-32, asks for 10","code":"TOO_SHORT","position":8,"expected":10}' \
        "{\"type\":\"error\",\"input\":\"${SUM}AA\",\"error\":\"character 35 is one too many: its header, ISCC-SUM-V0-DI, asks for 29 base32 characters\",\"code\":\"TOO_LONG\",\"position\":34,\"expected\":29}"
    [[ $(wc -l <"$err") -eq 3 ]]
    status_is 2
}

@test "decode: --json has a word for every reason" {
    needs jq
    try decode --json QAAQCERDGRCVMZ3Y GEAQCERDGRCVMZ3Y GAIQCERDGRCVMZ3Y KUAQCERDGRCVMZ3YRGNKXPGN33XQA KUA
    [[ $(jq -r .code "$out" | tr '\n' ' ') == 'MAIN_TYPE SUB_TYPE VERSION LENGTH TOO_SHORT ' ]]
    [[ $(jq -c 'select(has("expected"))' "$out") == '' ]]
    status_is 2
}

@test "decode: --json preserves input that is not UTF-8" {
    try decode --json $'KU\xff'
    stdout_is $'{"type":"error","input":"KU\xef\xbf\xbd","input_b64":"S1X/","error":"character 3 is \'\\\\377\', which is not base32","code":"CHARACTER","position":2}'
    status_is 2
}

@test "decode: output is valid UTF-8 and JSON whatever is read" {
    needs jq
    # Every byte at every position of a short line.
    awk 'BEGIN { for (i = 0; i < 20000; i++) printf i % 41 == 40 ? "\n" : "%c", i * 167 % 256 }' >"$out.junk"
    try decode --json <"$out.junk"
    jq -e -s 'length > 10 and all(.[]; .type == "error" and (.position | type == "number"))' "$out" >/dev/null
    status_is 2
}

# ---- Output ----

@test "decode: a full disk is an error" {
    for option in '' --json; do
        status=0
        "$ISCC" decode $option $SUM >/dev/full 2>"$err" || status=$?
        stderr_is 'iscc: write error: No space left on device'
        status_is 2
    done
}

@test "decode: usage errors" {
    try decode --wide $SUM
    is_usage_error "unrecognized option '--wide'" decode
    try decode --json=yes
    is_usage_error "option '--json' doesn't allow an argument" decode
}
