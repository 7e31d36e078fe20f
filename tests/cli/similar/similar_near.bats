#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# iscc similar --near: the files nearest to a given one.

load ../support/common
load ../support/digests

@test "similar: --near prints the files nearest to a code, nearest first" {
    write_chain
    try similar --near "$(wide_of "$(bits_set 8)" "$(printf '%032d' 4)")" chain
    stdout_is "  =00 ${entry[b2]}" "  ~00 ${entry[b]}" "  ~08 ${entry[a]}" "  ~08 ${entry[a2]}" "  ~08 ${entry[a3]}" \
        "  ~12 ${entry[c]}" "  ~20 ${entry[d]}" "  ~33 ${entry[e]}" "  ~52 ${entry[far]}"
    stderr_is
    status_is 0
    try similar --near "$(wide_of "$(bits_set 8)" "$(printf '%032d' 4)")" --limit 1 --threshold 0 chain
    stdout_is "  =00 ${entry[b2]}"
    try similar --near "$(data_of "$(bits_set 8)")" --limit 4 chain
    stdout_is "  ~00 ${entry[b]}" "  ~00 ${entry[b2]}" "  ~08 ${entry[a]}" "  ~08 ${entry[a2]}"
    try similar --near "$(data_of "$(bits_set 8)")" --threshold 7 chain
    stdout_is "  ~00 ${entry[b]}" "  ~00 ${entry[b2]}"
    try similar --near "$(data_of "$(bits_set 8)")" --threshold 8 --limit 1 chain
    stdout_is "  ~00 ${entry[b]}"
    try similar --near "$(data_of "$(bits_set 128)")" --threshold 12 chain
    stdout_is
    status_is 0
}

@test "similar: --near prints at most ten files by default" {
    for i in {10..30}; do line "$i" "$i" "f$i"; done >list
    try similar --near "$(data_of "$(bits_set 0)")" list
    [[ $(grep -o '[*].*' "$out" | tr '\n' ' ') == '*f10 *f11 *f12 *f13 *f14 *f15 *f16 *f17 *f18 *f19 ' ]]
    try similar --near "$(data_of "$(bits_set 0)")" --limit 100 list
    [[ $(wc -l <"$out") -eq 21 ]]
}

@test "similar: --near FILE excludes that file, and - reads standard input" {
    seq 20000 >a
    sed 's/^10000$/changed/' a >b
    cp a c
    try similar --near a a b c
    stdout_is "  =00 $("$ISCC" c)" "  ~05 $("$ISCC" b)"
    status_is 0
    try similar --near a --threshold 0 .
    stdout_is "  =00 $("$ISCC" ./a)" "  =00 $("$ISCC" ./c)"
    try similar --near - a b <c
    stdout_is "  =00 $("$ISCC" a)" "  ~05 $("$ISCC" b)"
    "$ISCC" a b c >list
    try similar --near c <list
    stdout_is "  =00 $("$ISCC" a)" "  ~05 $("$ISCC" b)"
    mkdir tree
    cp b tree
    try similar --near tree list
    [[ $(head -n 1 "$out") == "  =00 $("$ISCC" b)" ]]
    status_is 0
}

@test "similar: options that filter do not apply to the --near query" {
    mkdir tree
    yes some | head -c 3000 >tree/a
    seq 9999 | head -c 3000 >tree/b
    cat tree/a tree/b >both
    try similar --near tree --exclude=a --max-size=6000 --min-size=6000 both
    stdout_is "  =00 $("$ISCC" both)"
    status_is 0
}

@test "similar: --near with shorter codes" {
    write_chain
    try similar --near "$(narrow_of 0000000000000000 0000000000000000)" --limit 1 chain
    stdout_is "  =00 ${entry[a]}"
    stderr_is
    try similar --near "$(code_of 3000 00000000)" --limit 1 --json chain
    [[ $(jq -c '[.type, .path, .distance, .identical, .bits]' "$out") == '["near","a",0,false,32]' ]]
    try similar --near a --narrow --limit 1 <<<"${entry[b]}"
    stderr_is 'iscc: a: neither an existing file nor a code'
    status_is 2
}

@test "similar: --near with neither a code nor a file, or without a Data-Code" {
    zeros 1 x
    try similar --near ISCC:K4 x
    stdout_is
    stderr_is 'iscc: ISCC:K4: neither an existing file nor a code: it ends within its header, after 2 base32 characters'
    status_is 2
    try similar --json --near ISCC:AAAZXZ6OU74YAZIM x
    stdout_is '{"type":"error","input":"ISCC:AAAZXZ6OU74YAZIM","error":"it has no Data-Code to compare","code":"NO_DATA"}'
    stderr_is 'iscc: ISCC:AAAZXZ6OU74YAZIM: it has no Data-Code to compare'
    status_is 2
    try similar --json --near ./missing x
    stdout_is '{"type":"error","path":"./missing","error":"No such file or directory","code":"ENOENT"}'
    status_is 2
}
