#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# iscc compare: identical, near or neither; codes, files and standard input.

load ../support/common

# Data-Codes of 64 and 256 bits that differ from A64 and A256 in the given number of bits, spread over their length.
A64=ISCC:GAAQAAAAAAAAAAAA
A256=ISCC:GADQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
# 6 and 7 of 64 bits.
A64_6=ISCC:GAAYAAIAAEAACAIB
A64_7=ISCC:GAAYAAIAAEAACAID

# A 256-bit Data-Code that is zero except for one byte at OFFSET.
with_byte() { # OFFSET HEX
    printf 'ISCC:%s' "$({ printf '\x30\x07'; head -c "$1" /dev/zero; printf "\\x$2"; head -c $((31 - $1)) /dev/zero; } | base32 -w 0 | tr -d =)"
}

lines_of_numbers() { seq 20000 >a; sed 's/^10000$/changed/' a >b; seq 20001 40000 >d; }

# ---- Verdicts ----

@test "compare: files with the same bytes are identical" {
    zeros 256 a
    zeros 256 b
    try compare a b
    stdout_is 'identical: the Instance-Codes agree in all 256 bits'
    stderr_is
    status_is 0
}

@test "compare: an edited file is near, and another file is not" {
    lines_of_numbers
    try compare a b
    stdout_is 'near: the Data-Codes differ in 6 of 256 bits (2.3 %, threshold 25 bits)'
    stderr_is
    status_is 0
    try compare a d
    stdout_is 'not near: the Data-Codes differ in 153 of 256 bits (59.8 %, threshold 25 bits)'
    stderr_is
    status_is 1
}

@test "compare: the order of the operands does not matter" {
    lines_of_numbers
    try compare a d
    cp "$out" "$out.first"
    try compare d a
    cmp "$out" "$out.first"
    status_is 1
}

@test "compare: codes with files, and codes with codes" {
    lines_of_numbers
    wide_a=$("$ISCC" a | cut -d ' ' -f 1)
    narrow_a=$("$ISCC" --narrow a | cut -d ' ' -f 1)
    try compare "$wide_a" a
    stdout_is 'identical: the Instance-Codes agree in all 128 bits'
    status_is 0
    try compare a "$narrow_a"
    stdout_is 'identical: the Instance-Codes agree in all 64 bits'
    status_is 0
    try compare "$narrow_a" "$wide_a"
    stdout_is 'identical: the Instance-Codes agree in all 64 bits'
    status_is 0
    try compare b "$narrow_a"
    stdout_is 'near: the Data-Codes differ in 3 of 64 bits (4.7 %, threshold 6 bits)'
    status_is 0
}

@test "compare: Data-Codes alone can be near but not identical" {
    try compare "${data_code[256]}" "${data_code[256]}"
    stdout_is 'near: the Data-Codes differ in 0 of 256 bits (0.0 %, threshold 25 bits)'
    status_is 0
    zeros 256 a
    try compare "${data_code[256]}" a
    stdout_is 'near: the Data-Codes differ in 0 of 256 bits (0.0 %, threshold 25 bits)'
    status_is 0
}

@test "compare: equal Data-Codes with different Instance-Codes are near, not identical" {
    zeros 8448 a
    other=$("$ISCC" compose "${data_code[8448]}" "${instance_code[0]}")
    try compare a "$other"
    stdout_is 'near: the Data-Codes differ in 0 of 64 bits (0.0 %, threshold 6 bits)'
    status_is 0
}

@test "compare: only the Data and Instance units of a composite code are compared" {
    code=ISCC:KYCFO2DZRKN2ZPOO37YACERDGRCVMZ3YRGNKXPGN3Y
    try compare $code ISCC:GAAN57YACERDGRCV
    first=$(cat "$out")
    try compare $code "$("$ISCC" decode $code | awk '$1 == "unit" { print $2 }' | sed -n 2p)"
    stdout_is 'near: the Data-Codes differ in 0 of 64 bits (0.0 %, threshold 6 bits)'
    [[ $first != "$(cat "$out")" ]]
}

# ---- Threshold ----

@test "compare: the default threshold is a tenth of the bits, rounded down" {
    try compare $A64 $A64_6
    stdout_is 'near: the Data-Codes differ in 6 of 64 bits (9.4 %, threshold 6 bits)'
    status_is 0
    try compare $A64 $A64_7
    stdout_is 'not near: the Data-Codes differ in 7 of 64 bits (10.9 %, threshold 6 bits)'
    status_is 1
}

@test "compare: units of different lengths are compared over the shorter length" {
    try compare $A64_7 $A256
    stdout_is 'not near: the Data-Codes differ in 7 of 64 bits (10.9 %, threshold 6 bits)'
    status_is 1
    try compare $A256 "$(with_byte 7 ff)"
    stdout_is 'near: the Data-Codes differ in 8 of 256 bits (3.1 %, threshold 25 bits)'
    try compare $A64 "$(with_byte 7 ff)"
    stdout_is 'not near: the Data-Codes differ in 8 of 64 bits (12.5 %, threshold 6 bits)'
    status_is 1
    try compare $A64 "$(with_byte 8 ff)"
    stdout_is 'near: the Data-Codes differ in 0 of 64 bits (0.0 %, threshold 6 bits)'
    status_is 0
}

@test "compare: --threshold in bits and in percent" {
    try compare --threshold=7 $A64 $A64_7
    stdout_is 'near: the Data-Codes differ in 7 of 64 bits (10.9 %, threshold 7 bits)'
    status_is 0
    try compare $A64 $A64_7 --threshold 11%
    stdout_is 'near: the Data-Codes differ in 7 of 64 bits (10.9 %, threshold 7 bits)'
    status_is 0
    try compare --threshold=6 $A64 $A64_7
    status_is 1
    try compare --threshold=0 $A64 $A64_6
    stdout_is 'not near: the Data-Codes differ in 6 of 64 bits (9.4 %, threshold 0 bits)'
    status_is 1
    try compare --threshold=0% $A64 $A64
    status_is 0
    try compare --threshold=100% $A64 ISCC:GAA7777777777777
    stdout_is 'near: the Data-Codes differ in 64 of 64 bits (100.0 %, threshold 64 bits)'
    status_is 0
    try compare --threshold=256 $A64 ISCC:GAA7777777777777
    status_is 0
}

@test "compare: identical exits with 0 whatever the threshold" {
    zeros 256 a
    try compare --threshold=0 a a
    stdout_is 'identical: the Instance-Codes agree in all 256 bits'
    status_is 0
}

@test "compare: a bad threshold is a usage error" {
    for value in '' % -1 +1 257 101% 1.5 5%% ' 5' 10x 18446744073709551617 00000000000000000001; do
        try compare --threshold="$value" $A64 $A64
        is_usage_error "invalid argument '$value' for '--threshold' (bits from 0 to 256, or 0% to 100%)" compare
    done
}

# ---- Operands ----

@test "compare: - is standard input, on either side" {
    zeros 257 a
    try compare - a < <(head -c 257 /dev/zero)
    stdout_is 'identical: the Instance-Codes agree in all 256 bits'
    try compare "${wide[257]}" - < <(head -c 257 /dev/zero)
    stdout_is 'identical: the Instance-Codes agree in all 128 bits'
    status_is 0
}

@test "compare: an operand that parses as a code is a code, and ./ makes it a file" {
    zeros 257 GAAQAAAAAAAAAAAA
    try compare GAAQAAAAAAAAAAAA $A64
    stdout_is 'near: the Data-Codes differ in 0 of 64 bits (0.0 %, threshold 6 bits)'
    try compare ./GAAQAAAAAAAAAAAA "${wide[257]}"
    stdout_is 'identical: the Instance-Codes agree in all 128 bits'
    status_is 0
}

@test "compare: a directory is compared by all its files, as with --tree" {
    mkdir d
    zeros 100 d/a
    zeros 156 d/b
    zeros 256 a
    try compare d a
    stdout_is 'identical: the Instance-Codes agree in all 256 bits'
    status_is 0
}

@test "compare: large files" {
    seq 500000 >a
    seq 500001 >b
    try compare a b
    grep -q '^near: ' "$out"
    status_is 0
    zeros 10485761 a
    try compare a "${wide[10485761]}"
    stdout_is 'identical: the Instance-Codes agree in all 128 bits'
    status_is 0
}

@test "compare: two operands are needed, and only one can be standard input" {
    try compare
    is_usage_error 'missing operand' compare
    try compare a
    is_usage_error "missing operand after 'a'" compare
    try compare a b c
    is_usage_error "extra operand 'c'" compare
    try compare - -
    is_usage_error 'standard input can be only one of the two' compare
}

# ---- Errors ----

@test "compare: every operand that is neither a file nor a code with a Data-Code is reported" {
    # A code without Data-Code is an error
    zeros 256 a
    for code in ISCC:IAAUCUTDOSCZNJ5Y ISCC:AAAQCERDGRCVMZ3Y ISCC:MAAGC4UDSSS3NR6Y; do
        try compare $code a
        stdout_is
        stderr_is "iscc: $code: it has no Data-Code to compare"
        status_is 2
    done
    # An operand that is neither a file nor a code gives one error naming both
    zeros 256 a
    try compare a 'ISCC:KUAB!'
    stdout_is
    stderr_is "iscc: ISCC:KUAB!: neither an existing file nor a code: character 10 is '!', which is not base32"
    status_is 2
    try compare a missing
    stderr_is 'iscc: missing: neither an existing file nor a code'
    try compare a d/missing
    stderr_is 'iscc: d/missing: No such file or directory'
    status_is 2
    # Every bad operand is reported
    try compare ./x ./y
    stdout_is
    stderr_is 'iscc: ./x: No such file or directory' 'iscc: ./y: No such file or directory'
    status_is 2
    try compare IAAUCUTDOSCZNJ5Y AAAQCERDGRCVMZ3Y
    stderr_is 'iscc: IAAUCUTDOSCZNJ5Y: it has no Data-Code to compare' \
        'iscc: AAAQCERDGRCVMZ3Y: it has no Data-Code to compare'
    status_is 2
}

@test "compare: a FIFO is an error and does not block" {
    mkfifo fifo
    try compare fifo $A64
    stdout_is
    stderr_is 'iscc: fifo: not a regular file or directory'
    status_is 2
}

@test "compare: an unreadable file is an error" {
    obey_file_modes
    zeros 256 a
    chmod 000 a
    try compare a $A64
    stdout_is
    stderr_is 'iscc: a: Permission denied'
    status_is 2
}

@test "compare: a closed standard input is an error" {
    try compare - $A64 <&-
    stdout_is
    stderr_is 'iscc: -: Bad file descriptor'
    status_is 2
}

@test "compare: a full disk is an error even if the files are not near" {
    zeros 256 a
    for pair in "a a" "$A64 $A64_7"; do
        for option in '' --json; do
            status=0
            # shellcheck disable=SC2086 # two words
            "$ISCC" compare $option $pair >/dev/full 2>"$err" || status=$?
            stderr_is 'iscc: write error: No space left on device'
            status_is 2
        done
    done
}

@test "compare: an unknown backend is an error" {
    ISCC_BACKEND=nonsense try compare $A64 $A64
    stdout_is
    grep -q "^iscc: ISCC_BACKEND: no backend 'nonsense' on this machine" "$err"
    status_is 2
}

# ---- JSON ----

@test "compare: --json output, byte for byte" {
    lines_of_numbers
    try compare --json a b
    stdout_is '{"type":"comparison","a":"a","b":"b","identical":false,"instance_bits":256,"near":true,"distance":6,"bits":256,"share":0.0234375,"threshold":25}'
    status_is 0
    try compare --json a ./a
    stdout_is '{"type":"comparison","a":"a","b":"./a","identical":true,"instance_bits":256,"near":true,"distance":0,"bits":256,"share":0,"threshold":25}'
    status_is 0
    try compare --json $A64 $A64_7
    stdout_is "{\"type\":\"comparison\",\"a\":\"$A64\",\"b\":\"$A64_7\",\"near\":false,\"distance\":7,\"bits\":64,\"share\":0.109375,\"threshold\":6}"
    stderr_is
    status_is 1
}

@test "compare: --json output for failures" {
    zeros 256 a
    try compare --json a IAAUCUTDOSCZNJ5Y
    stdout_is '{"type":"error","input":"IAAUCUTDOSCZNJ5Y","error":"it has no Data-Code to compare","code":"NO_DATA"}'
    stderr_is 'iscc: IAAUCUTDOSCZNJ5Y: it has no Data-Code to compare'
    status_is 2
    try compare --json a missing
    stdout_is "{\"type\":\"error\",\"path\":\"missing\",\"error\":\"neither an existing file nor a code\",\"code\":\"ENOENT\"}"
    status_is 2
}

@test "compare: --json preserves names that are not UTF-8" {
    zeros 256 $'\xff'
    try compare --json $'\xff' "${data_code[256]}"
    stdout_is $'{"type":"comparison","a":"\xef\xbf\xbd","a_b64":"/w==","b":"'"${data_code[256]}"'","near":true,"distance":0,"bits":256,"share":0,"threshold":25}'
    status_is 0
}
