# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Codes with chosen digests, and lists of files that have them.

# The WIDE and the SUM code of two hexadecimal digests.
wide_of() { code_of 5700 "$1$2"; }
narrow_of() { code_of 5500 "$1$2"; }
data_of() { code_of 3003 "$1"; }
code_of() { printf 'ISCC:%s' "$(printf '%b' "$(sed 's/../\\x&/g' <<<"$1$2")" | base32 -w 0 | tr -d =)"; }

# 128 bits, the first N of them set.
bits_set() {
    local whole partial=('' 8 c e) zeros
    printf -v whole '%*s' $(($1 / 4)) ''
    printf -v zeros '%*s' $((32 - ($1 + 3) / 4)) ''
    printf '%s%s%s' "${whole// /f}" "${partial[$1 % 4]}" "${zeros// /0}"
}

# The line of a file whose Data-Code has N bits set; the content is a number.
line() { printf '%s *%s\n' "$(wide_of "$(bits_set "$1")" "$(printf '%032d' "$2")")" "$3"; }

# A row of files, each within 12 bits of its neighbours; a and a2 have the same bytes, b and b2 the same Data-Code.
# All tests of a file copy one list, as making it takes a hundred processes.
write_chain() {
    local chain=$BATS_FILE_TMPDIR/chain
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
}

# A file's line as a group shows it.
entry() {
    local code name
    while read -r code name; do
        if [[ $name == "*$1" ]]; then printf '%s %s\n' "$code" "$name"; fi
    done <chain
}
