#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# iscc gen and iscc selftest: the functions of ISO 24138. Their values are those of tests/data/iso.jsonl, which the unit
# tests of the library read.

load ../support/common

TEXT='The International Standard Content Code identifies digital content by what it is: similar content gets similar codes.'

# The code and the fields that KIND [OPTION]... prints for standard input.
is_generated() { # TEXT-LINE JSON-MEMBERS COMMAND...
    local line=$1 members=$2
    shift 2
    cat >input
    try gen "$@" <input
    stdout_is "$line"
    stderr_is
    status_is 0
    try gen "$@" input --json
    stdout_is "{\"type\":\"generated\",\"kind\":\"$1\",\"iscc\":\"$line\"$members}"
    status_is 0
}

# An input that is not what the function takes.
is_refused() { # REASON COMMAND...
    local reason=$1
    shift
    try gen "$@" <input
    stdout_is
    stderr_is "iscc: -: $reason"
    status_is 2
    try gen "$@" --json <input
    [[ $(<"$out") == '{"type":"error","path":"-","error":"'*'","code":"INPUT"}' ]]
    status_is 2
}

@test "gen: text, data and instance are streams" {
    printf '%s' "$TEXT" >text
    is_generated ISCC:EACAFSKDZ6M3GTNRZTN5T5GMHNREFVGR3JFQ ',"characters":99' text --bits=160 <text
    is_generated ISCC:EADQFSKDZ6M3GTNRZTN5T5GMHNREFVGR3JFUCIKIU4YKBMKSNC5QH7Q ',"characters":99' text --bits=256 <text
    [[ $("$ISCC" --json --text text) == *'"text_code":"ISCC:EADQFSKDZ6M3GTNRZTN5T5GMHNREFVGR3JFUCIKIU4YKBMKSNC5QH7Q"'* ]]
    printf "Ünïcode – $TEXT\n%.0s" {1..20000} >long
    [[ $("$ISCC" --json --text long) == *"\"text_code\":\"$("$ISCC" gen text --bits=256 long)\""* ]]
    code=$("$ISCC" gen text long)
    for threads in 1 5; do [[ $(OMP_NUM_THREADS=$threads "$ISCC" gen text <long) == "$code" ]]; done
    # NUL is a character like others here.
    [[ $(printf 'Hel\0lo World' | "$ISCC" gen text) == ISCC:EAASKDNZNYGUUF5A ]]
    printf 'Hello \xff' >input
    is_refused 'text is not UTF-8' text
    printf 'Hello \xc3' >input
    is_refused 'text is not UTF-8' text
    is_generated "${data_code[0]}" '' data --bits=256 </dev/null
    is_generated "${instance_code[8448]}" ",\"datahash\":\"${datahash[8448]}\",\"filesize\":8448" instance --bits=256 < <(zeros 8448 /dev/stdout)
    [[ $("$ISCC" gen data <long) == "$("$ISCC" decode "$("$ISCC" --narrow long | cut -d ' ' -f 1)" | awk '$1 == "unit" { print $2; exit }')" ]]
}

@test "gen: meta is a JSON object" {
    name='"name":"Die unendliche Geschichte","description":"Eine phantastische Erzählung von Michael Ende"'
    is_generated ISCC:AADZXZ6OU4WMZTBQ7GAGKDDDTHC752RFK424W37X4RZ2TKS2FYXYUVA ",$name,\"metahash\":\"1e2060d9d8f2ed8795327ee3c10bfd504cf8f885e34692b406502042c855aa6b6bb6\"" meta --bits=256 <<<"{$name}"
    # Whatever the order, the numbers' form and the white space: the canonical form counts.
    a='{"name":"n","meta":{"b":[1.0,2e0],"a":"x"}}'
    b='{ "meta": {"a":"x", "b": [ 1, 2 ]}, "name" : "n", "more": 1 }'
    c='{"name":"n","meta":"data:application/json;base64,eyJhIjoieCIsImIiOlsxLDJdfQ=="}'
    try gen meta --json --bits=256 <<<"$a"
    cp "$out" first
    [[ $(<first) == *'"meta":"data:application/json;base64,eyJhIjoieCIsImIiOlsxLDJdfQ==","metahash":"1e20'* ]]
    for other in "$b" "$c"; do
        try gen meta --json --bits=256 <<<"$other"
        cmp first "$out"
    done
    # Nothing, null and the empty object are no metadata.
    try gen meta --json <<<'{"name":"Hello"}'
    for meta in ',"meta":null' ',"meta":{}' ',"description":null' ',"meta":"","description":""'; do
        "$ISCC" gen meta --json <<<"{\"name\":\"Hello\"$meta}" | cmp - "$out"
    done
    echo '{"name":"\t \n"}' >input
    is_refused 'nothing is left of the name' meta
    for bad in '[]' '{"name":1}' '{"name":"n","description":[]}' '"n"'; do
        echo "$bad" >input
        is_refused 'it is not a JSON object with a name and, if there is one, a description' meta
    done
    echo '{}' >input
    is_refused 'nothing is left of the name' meta
    for bad in '[]' 1 '"text"' '"data:text/plain,abc"'; do
        echo "{\"name\":\"n\",\"meta\":$bad}" >input
        is_refused 'metadata is neither a JSON object nor a Data-URL' meta
    done
    echo '{"name":"n","meta":{"a":[1e400]}}' >input
    is_refused 'a number of the metadata exceeds the range of a double' meta
    for bad in '' '{"name":"n"' '{"name":"n"} x' '{"name":"n\u0000"}'; do
        printf '%s' "$bad" >input
        is_refused 'it is not JSON, or has \u0000 or too many values' meta
    done
}

@test "gen: image, audio and video read what other programs extract" {
    # Each row counts up by 8 from 0.
    local row
    printf -v row '\\x%x' {0..255..8}
    printf "$row%.0s" {1..32} >pixels
    is_generated ISCC:EEDYAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA '' image --bits=256 <pixels
    { printf 'P5\n# by hand\n32 32\n255\n' && cat pixels; } >a.pgm
    [[ $("$ISCC" gen image --bits=256 a.pgm) == "$("$ISCC" gen image --bits=256 pixels)" ]]
    head -c 1023 pixels >input
    is_refused 'it is neither 1,024 bytes nor a binary PGM file of 32 by 32 pixels' image
    is_generated ISCC:EIDQAAAAAP777777777777YAAAAAGAAAAAB7777774AAAAABAAAAAAY '' audio --bits=256 <<<'[-3,-2,-1,0,1,2,3]'
    # fpcalc prints numbers without a sign unless asked.
    is_generated ISCC:EIDQAAAAAP777777777777YAAAAAGAAAAAB7777774AAAAABAAAAAAY '' audio --bits=256 \
        <<<'{"duration": 1.5, "fingerprint": [4294967293, 4294967294, 4294967295, 0, 1, 2, 3]}'
    is_generated ISCC:EIAQAAAAAAAAAAAA '' audio <<<'[]'
    for bad in '[1.5]' '[4294967296]' '[-2147483649]' '["1"]' '[null]' '[[1]]'; do
        echo "$bad" >input
        is_refused 'a number is not whole or out of range' audio
    done
    for bad in '{}' 1 '{"fingerprint":"1,2"}'; do
        echo "$bad" >input
        is_refused 'it is not an array of numbers' audio
    done
    # One frame with the values from 0 to 379.
    printf '[[%s]]' "$(seq -s, 0 379)" >frames.json
    is_generated ISCC:EMDVFD4RIMPXYSWSNEZPYBZ2FDFMSPZBUMDRUFJPYKJFXWXNDUMQAYI '' video --bits=256 <frames.json
    printf -v digits '0  1  2  %.0s' {1..126}
    digits+='0  1  '
    printf '<?xml version="1.0"?>\n<Mpeg7>\n<FrameSignature>%s</FrameSignature>\n</Mpeg7>\n' "$digits" >frames.xml
    printf '[[%s]]' "$(sed 's/ *$//; s/  /,/g' <<<"$digits")" >same.json
    [[ $("$ISCC" gen video frames.xml) == "$("$ISCC" gen video same.json)" ]]
    printf '[[%s],[0]]' "$(seq -s, 0 379)" >input
    is_refused 'a frame does not have 380 whole numbers' video
    echo '[]' >input
    is_refused 'it has no frames' video
    sed '$d' frames.xml >input
    is_refused 'its end, </Mpeg7>, is missing' video
    sed 's/  1//' frames.xml >input
    is_refused 'a FrameSignature does not have 380 digits from 0 to 2' video
}

@test "gen: mixed and iscc are made of codes" {
    parts=(EUA6GIKXN42IQV3S EIAUKMOUIOYZCKA5 EQA6JK5IEKO6E732 EIAU2XRWOT4AKMTZ)
    try gen mixed "${parts[@]}"
    stdout_is ISCC:EQASNZJ36ZT33AL7
    try gen mixed --json - < <(printf '%s\n\n' "${parts[@]}")
    stdout_is '{"type":"generated","kind":"mixed","iscc":"ISCC:EQASNZJ36ZT33AL7","parts":["EUA6GIKXN42IQV3S","EIAUKMOUIOYZCKA5","EQA6JK5IEKO6E732","EIAU2XRWOT4AKMTZ"]}'
    status_is 0
    try gen iscc ISCC:GAARTIGSQPBAX75Y ISCC:IAASRCUGU6PSBI6W
    stdout_is ISCC:KUABTIGSQPBAX75YFCFINJ47ECR5M
    for command in "mixed EUA6GIKXN42IQV3S" "mixed --bits=96 ${parts[*]}" "mixed ${parts[0]} ISCC:GAARTIGSQPBAX75Y" "iscc ${parts[1]}"; do
        # shellcheck disable=SC2086 # words
        try gen $command
        stdout_is
        stderr_is "iscc: units do not make an ISCC-CODE or a Mixed-Code"
        status_is 2
    done
    try gen iscc --json ISCC:GAARTIGSQPBAX75Y 'KU!'
    stdout_is '{"type":"error","input":"KU!","error":"character 3 is '"'!'"', which is not base32","code":"INPUT"}'
    status_is 2
}

@test "gen: what is wrong with the command line or the file" {
    try gen
    is_usage_error "missing operand: the KIND of code" gen
    try gen txt
    is_usage_error "unknown KIND 'txt'; there are text meta image audio video mixed data instance iscc" gen
    try gen text --bits=48 a
    is_usage_error "a code cannot have 48 bits: not a multiple of 32" gen
    try gen text a b
    is_usage_error "extra operand 'b'" gen
    try gen iscc --bits=64 a
    is_usage_error "the --bits option is meaningless with iscc" gen
    for kind in text image; do
        try gen $kind --json missing
        stdout_is '{"type":"error","path":"missing","error":"No such file or directory","code":"ENOENT"}'
        status_is 2
        try gen $kind .
        stderr_is "iscc: .: Is a directory"
        status_is 2
    done
}

# The backends of this machine.
backends() { ISCC_BACKEND=nonsense "$ISCC" selftest 2>&1 | sed -n 's/^.*which has: auto, //p' | tr -d ','; }

@test "selftest: the built-in set agrees, and every field counts" {
    try selftest
    [[ $(tail -n 1 "$out") == *' cases agree' && $(wc -l <"$out") -eq 10 ]]
    grep -qE '^([0-9]+) of \1 cases agree$' "$out"
    stderr_is
    status_is 0
    names=$(backends)
    [[ $names == 'portable '* ]]
    for name in $names; do
        ISCC_BACKEND=$name try selftest --quiet
        stdout_is
        stderr_is
        status_is 0
    done
    one='{"_metadata":{"a":1},"gen_text_code_v0":{"hello":{"inputs":["Hello World",64],"outputs":{"iscc":"ISCC:EAASKDNZNYGUUF5A","characters":10}}}}'
    try selftest - <<<"$one"
    stdout_is 'gen_text_code_v0: 1 of 1' '1 of 1 cases agree'
    status_is 0
    while IFS='|' read -r edit reason; do
        sed "$edit" <<<"$one" >file
        try selftest file
        stdout_is "FAILED gen_text_code_v0 hello: $reason" 'gen_text_code_v0: 0 of 1' '0 of 1 cases agree'
        status_is 1
        try selftest -q file
        stdout_is "FAILED gen_text_code_v0 hello: $reason"
        status_is 1
    done <<'END'
s/5A"/5B"/|another iscc
s/:10}/:11}/|another characters
s/,"characters":10//|another characters
s/:10}/:10,"more":1}/|another more
s/,64]/,65]/|number of bits is not a multiple of 32 from 32 to 256
s/"Hello World"/1/|the first input is not a text
END
    try selftest - <<<"${one/gen_text/gen_speech}"
    stdout_is 'FAILED gen_speech_code_v0 hello: unknown function' 'gen_speech_code_v0: 0 of 1' '0 of 1 cases agree'
    status_is 1
    for bad in '{}' '[1]' '{"_metadata":{}}' '1'; do
        try selftest - <<<"$bad"
        stderr_is 'iscc: -: it has no cases'
        status_is 2
    done
    try selftest a b
    is_usage_error "extra operand 'b'" selftest
}

@test "selftest: the conformance file of the standard, where it is present" {
    file=${ISCC_SHARED-}/vectors/iscc-core-data.json
    [[ -r $file ]] || skip "ISCC_SHARED names no folder with the file"
    for name in auto $(backends); do
        ISCC_BACKEND=$name try selftest "$file"
        [[ $(tail -n 1 "$out") == '50 of 50 cases agree' ]]
        status_is 0
    done
}
