# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Codes with chosen digests, and lists of files that have them.

# The WIDE and the SUM code of two hexadecimal digests.
wide_of() { code_of 5700 "$1$2"; }
narrow_of() { code_of 5500 "$1$2"; }
data_of() { code_of 3003 "$1"; }

# Five hexadecimal digits are four characters of base32.
code_of() {
    local digits=$1$2 letters=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567 text='' i bits
    for ((i = 0; i < ${#digits}; i += 5)); do
        printf -v bits '%-5s' "${digits:i:5}"
        bits=$((16#${bits// /0}))
        text+=${letters:bits>>15:1}${letters:bits>>10&31:1}${letters:bits>>5&31:1}${letters:bits&31:1}
    done
    printf 'ISCC:%s' "${text:0:(${#digits} * 4 + 4) / 5}"
}

# 128 bits, the first N of them set.
bits_set() {
    local whole partial=('' 8 c e) zeros
    printf -v whole '%*s' $(($1 / 4)) ''
    printf -v zeros '%*s' $((32 - ($1 + 3) / 4)) ''
    printf '%s%s%s' "${whole// /f}" "${partial[$1 % 4]}" "${zeros// /0}"
}

# The line of a file whose Data-Code has N bits set; the content is a number.
line() {
    local number
    printf -v number '%032d' "$2"
    wide_of "$(bits_set "$1")" "$number"
    printf ' *%s\n' "$3"
}

# A row of files, each within 12 bits of its neighbours; a and a2 have the same bytes, b and b2 the same Data-Code.
# All tests of a file copy one list. `entry` has a file's line as a group shows it.
# shellcheck disable=SC2034 # the tests use it
write_chain() {
    local chain=$BATS_FILE_TMPDIR/chain code name
    [[ -e $chain ]] || {
        line 0 1 a
        line 8 2 b
        line 20 3 c
        line 0 1 a2
        line 8 4 b2
        line 60 5 far
        line 28 6 d
        line 41 7 e
        line 0 8 a3
    } >"$chain"
    cp "$chain" chain
    declare -gA entry=()
    while read -r code name; do entry[${name#\*}]="$code $name"; done <chain
}
