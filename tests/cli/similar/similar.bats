#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# iscc similar: grouping near files by both rules, and how groups are printed.

load ../support/common
load ../support/digests

# ---- Groups ----

@test "similar: a file joins the nearest reference; --threshold, --group and --all choose other groups" {
    # A file joins the nearest reference, and the first of several at the same distance
    write_chain
    try similar chain
    stdout_is "${entry[a]}" "  =00 ${entry[a2]}" "  ~00 ${entry[a3]}" "  ~08 ${entry[b]}" "  ~08 ${entry[b2]}" '' \
        "${entry[c]}" "  ~08 ${entry[d]}"
    stderr_is
    status_is 0
    # Files at exactly the threshold distance are near
    write_chain
    try similar --threshold 7 chain
    stdout_is "${entry[a]}" "  =00 ${entry[a2]}" "  ~00 ${entry[a3]}" '' "${entry[b]}" "  ~00 ${entry[b2]}"
    try similar --threshold=8 chain
    stdout_is "${entry[a]}" "  =00 ${entry[a2]}" "  ~00 ${entry[a3]}" "  ~08 ${entry[b]}" "  ~08 ${entry[b2]}" '' \
        "${entry[c]}" "  ~08 ${entry[d]}"
    try similar --threshold=0 chain
    stdout_is "${entry[a]}" "  =00 ${entry[a2]}" "  ~00 ${entry[a3]}" '' "${entry[b]}" "  ~00 ${entry[b2]}"
    try similar --threshold=100% chain
    [[ $(wc -l <"$out") -eq 9 ]]
    status_is 0
    # --group=connected follows chains and prints distances from the first file
    write_chain
    try similar --group=connected chain
    stdout_is "${entry[a]}" "  =00 ${entry[a2]}" "  ~00 ${entry[a3]}" "  ~08 ${entry[b]}" "  ~08 ${entry[b2]}" \
        "  ~20 ${entry[c]}" "  ~28 ${entry[d]}"
    status_is 0
    try similar --group connected --threshold=13 chain
    [[ $(tail -n 1 "$out") == "  ~41 ${entry[e]}" ]]
    try similar --group=reference chain
    [[ $(grep -c '^I' "$out") -eq 2 ]]
    # Connected groups do not depend on input order
    write_chain
    tac chain >reversed
    try similar --group=connected chain
    grep -o '[*].*' "$out" | sort >"$out.first"
    try similar --group=connected reversed
    grep -o '[*].*' "$out" | sort | cmp - "$out.first"
    [[ $(head -n 1 "$out") == "${entry[a3]}" ]]
    # --all also prints files with no near neighbour
    write_chain
    try similar --all chain
    stdout_is "${entry[a]}" "  =00 ${entry[a2]}" "  ~00 ${entry[a3]}" "  ~08 ${entry[b]}" "  ~08 ${entry[b2]}" '' \
        "${entry[c]}" "  ~08 ${entry[d]}" '' "${entry[far]}" '' "${entry[e]}"
    status_is 0
}

@test "similar: three-digit distances" {
    line 0 1 a >list
    line 128 2 b >>list
    try similar --threshold 128 list
    stdout_is "$(head -n 1 list)" "  ~128 $(tail -n 1 list)"
    status_is 0
}

@test "similar: no files, a single file and no groups all succeed" {
    mkdir empty
    try similar empty
    stdout_is
    status_is 0
    try similar </dev/null
    stdout_is
    status_is 0
    zeros 256 a
    try similar a
    stdout_is
    status_is 0
    try similar --json a
    stdout_is
    try similar --all a
    stdout_is "${wide[256]} *a"
    stderr_is
    status_is 0
}

@test "similar: files as operands and files below directories" {
    mkdir -p tree/deep
    seq 20000 >tree/list
    sed 's/^10000$/changed/' tree/list >tree/deep/edited
    seq 20001 40000 >other
    cp tree/list copy
    try similar other tree copy
    stdout_is 'ISCC:K4AHMQSKKOYL65VN7M4F5L6PY6LDURC2DSB5TMBSLXIAXRLSYWA2WRY *tree/list' \
        '  =00 ISCC:K4AHMQSKKOYL65VN7M4F5L6PY6LDURC2DSB5TMBSLXIAXRLSYWA2WRY *copy' \
        '  ~05 ISCC:K4AFMQSCKMYL65VN7M4FNL2PY6LDUHLZY7QQQGWEORTV2DX6L2PU3LY *tree/deep/edited'
    stderr_is
    status_is 0
}

@test "similar: empty files form one group" {
    mkdir tree
    : >tree/a
    : >tree/b
    zeros 1 tree/c
    try similar tree
    stdout_is "${wide[0]} *tree/a" "  =00 ${wide[0]} *tree/b"
    status_is 0
}

# ---- Widths ----

@test "similar: --narrow compares 64 bits, with a threshold of 6, and prints the standard's code" {
    a=0000000000000000
    {
        printf '%s *a\n' "$(wide_of ${a}$a ${a}$a)"
        printf '%s *b\n' "$(wide_of 000000000000003f$a ${a}$a)"
        printf '%s *c\n' "$(wide_of 000000000000007fffffffffffffffff ${a}$a)"
        printf '%s *d\n' "$(wide_of ${a}ffffffffffffffff "${a}0000000000000001")"
        printf '%s *e\n' "$(wide_of ${a}0fffffffffffffff ${a}$a)"
    } >list
    # The list knows that the contents of a and d differ, although the printed codes are equal.
    try similar --narrow list
    stdout_is "$(narrow_of $a $a) *a" "  =00 $(narrow_of $a $a) *e" "  ~00 $(narrow_of $a $a) *d" "  ~06 $(narrow_of 000000000000003f $a) *b"
    stderr_is
    status_is 0
    try similar --narrow --threshold 7 list
    [[ $(tail -n 1 "$out") == "  ~07 $(narrow_of 000000000000007f $a) *c" ]]
    try similar list
    [[ $(head -n 2 "$out") == "$(sed -n 1p list)
  ~06 $(sed -n 2p list)" && $(sed -n 5p "$out") == "  ~07 $(sed -n 4p list)" ]]
}

@test "similar: a single 64-bit code makes every comparison 64 bits wide, with a message" {
    write_chain
    printf '%s *narrow\n' "$(narrow_of 0000000000000000 0000000000000009)" >narrow
    try similar chain narrow
    stderr_is 'iscc: narrow: only 64 bits of its Data-Code are known, so all are compared over 64 bits'
    stdout_is "${entry[a]}" "  =00 ${entry[a2]}" "  ~00 ${entry[a3]}" "  ~00 $(cat narrow)" '' "${entry[b]}" \
        "  ~00 ${entry[b2]}"
    status_is 0
    try similar --json chain narrow
    [[ $(jq -c '[.bits, .threshold]' "$out" | uniq) == '[64,6]' ]]
}

@test "similar: no message if all codes have 64 bits or --narrow was given" {
    printf '%s *narrow\n' "$(narrow_of 0000000000000000 0000000000000009)" >narrow
    sed 's/w$/w2/' narrow >>narrow
    try similar narrow
    stderr_is
    [[ $(wc -l <"$out") -eq 2 ]]
    write_chain
    try similar --narrow chain narrow
    stderr_is
    status_is 0
}

# ---- JSON, lines, options ----

@test "similar: --json prints one record per group" {
    printf 'Hello, World!' >a
    cp a b
    try similar --json a b
    hello='"iscc":"ISCC:K4ABTIGSQPBAX75YJFUXVEHPUIHGWKEKQ2TZ6IFD23OM3STXCO7K5UI","datahash":"1e20288a86a79f20a3d6dccdca7713beaed178798296bdfa7913fa2a62d9727bf8f8","filesize":13'
    stdout_is '{"type":"group","reference":{"type":"file","path":"a",'"$hello"'},"members":[{"type":"file","path":"b",'"$hello"',"distance":0,"identical":true}],"bits":128,"threshold":12}'
    status_is 0
    write_chain
    sed -i 's/far$/tree\//' chain
    try similar --json --all --threshold 5% chain
    [[ $(jq -c '[.reference.type, .reference.path, .threshold, [.members[] | .path, .distance, .identical]]' "$out") == \
    '["file","a",6,["a2",0,true,"a3",0,false]]
["file","b",6,["b2",0,false]]
["file","c",6,[]]
["tree","tree/",6,[]]
["file","d",6,[]]
["file","e",6,[]]' ]]
    # Text lists contain neither sizes nor hashes.
    [[ $(jq -c '.reference | keys' "$out" | sort -u) == '["iscc","path","type"]' ]]
}

@test "similar: hostile names" {
    name=$'a\nb\\c\xff"&'
    seq 20000 >"$name"
    cp "$name" plain
    try similar "$name" plain
    stdout_is "\\$("$ISCC" plain | cut -d ' ' -f 1)"$' *a\\nb\\\\c\xff"&' "  =00 $("$ISCC" plain)"
    try similar plain "$name"
    stdout_is "$("$ISCC" plain)" "  =00 \\$("$ISCC" plain | cut -d ' ' -f 1)"$' *a\\nb\\\\c\xff"&'
    try similar -z plain "$name"
    { "$ISCC" -z plain; printf '  =00 '; "$ISCC" -z "$name"; } | cmp - "$out"
    try similar --json plain "$name"
    [[ $(jq -r '.members[0].path_b64' "$out" | base64 -d) == "$name" ]]
    status_is 0
}

@test "similar: --output writes to a file that is not an input" {
    mkdir tree
    zeros 256 tree/a
    cp tree/a tree/b
    echo old >tree/out
    try similar -o tree/out tree
    stdout_is
    status_is 0
    same_lines tree/out "${wide[256]} *tree/a" "  =00 ${wide[256]} *tree/b"
    try similar -o /dev/full tree
    stderr_is 'iscc: /dev/full: No space left on device'
    status_is 2
}

@test "similar: any number of threads gives the same output" {
    seed=${ISCC_TEST_SEED:-$RANDOM$RANDOM}
    echo "# ISCC_TEST_SEED=$seed" >&3
    awk -v seed="$seed" 'BEGIN { srand(seed)
        for (i = 0; i < 3000; i++) {
            code = ""
            for (j = 0; j < 55; j++) code = code substr("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", int((j ? 32 : 16) * rand()) + 1, 1)
            # Near codes differ only in their first characters; the first character carries four bits, the last one two.
            if (i % 3) code = substr(codes[int(rand() * i)], 1, 20 + 8 * rand()) substr(code, 1, 40)
            codes[i] = substr(code, 1, 54)
            print "ISCC:K4A" substr(codes[i], 1, 51) substr("AIQY", 1 + int(4 * rand()), 1) " *" i
        } }' >list
    for options in --group=reference --group=connected '--narrow --all' '--json --threshold 20'; do
        # shellcheck disable=SC2086 # several options
        try similar -j 1 $options list
        status_is 0
        [[ -s $out ]]
        cp "$out" "$out.first"
        for threads in 2 8; do
            # shellcheck disable=SC2086
            try similar -j "$threads" $options list
            cmp "$out" "$out.first"
        done
    done
}

@test "similar: bad options" {
    try similar --threshold=x a
    is_usage_error "invalid argument 'x' for '--threshold' (bits from 0 to 256, or 0% to 100%)" similar
    try similar --group=x a
    is_usage_error "invalid argument 'x' for '--group' (one of: reference connected)" similar
    try similar --near a --limit 0 a
    is_usage_error "invalid argument '0' for '--limit' (1 to 4294967295)" similar
    try similar --limit 1 a
    is_usage_error 'the --limit option is meaningful only with --near' similar
    try similar --near a --all a
    is_usage_error 'the --all option is meaningless with --near' similar
    try similar --near a --group=connected a
    is_usage_error 'the --group option is meaningless with --near' similar
    try similar --near a --dot a
    is_usage_error 'the --dot option is meaningless with --near' similar
    try similar --dot --json a
    is_usage_error 'the --json option is meaningless with --dot' similar
    try similar --near - </dev/null
    is_usage_error 'standard input can be only one of the inputs' similar
    try similar - - </dev/null
    is_usage_error 'standard input can be only one of the inputs' similar
}

# ---- An independent reference ----

# Prints what compare says about each pair of a list's codes: two numbers, whether they are identical, the distance.
measure() { # LIST
    local codes i j
    mapfile -t codes < <(cut -d ' ' -f 1 "$1")
    for ((i = 0; i < ${#codes[@]}; i++)); do
        for ((j = i + 1; j < ${#codes[@]}; j++)); do
            printf '%d %d ' "$i" "$j"
            "$ISCC" compare --json "${codes[i]}" "${codes[j]}" || true
        done
    done | sed -E 's/^([0-9]+ [0-9]+) .*"identical":(true|false).*"distance":([0-9]+).*/\1 \2 \3/'
}

# Groups the files of a list by the distances in `measured`.
judge() { # RULE THRESHOLD LIST
    awk -v rule="$1" -v threshold="$2" '
        NR == FNR { line[count++] = $0; next }
        { same[$1, $2] = same[$2, $1] = $3; distance[$1, $2] = distance[$2, $1] = $4 }
        function find(i) { while (parent[i] != i) i = parent[i]; return i }
        END {
            for (i = 0; i < count; i++) parent[i] = i
            for (i = 0; i < count; i++)
                for (j = i + 1; j < count; j++) {
                    if (distance[i, j] > threshold) continue
                    if (rule == "reference" && parent[i] == i && parent[j] == j) parent[j] = i
                    if (rule == "connected" && (a = find(i)) != (b = find(j))) { if (a < b) parent[b] = a; else parent[a] = b }
                }
            for (i = 0; i < count; i++) {
                if (find(i) != i) continue
                members = ""
                for (d = 0; d <= 128; d++)
                    for (j = i + 1; j < count; j++) {
                        if (j in listed || find(j) != i || distance[i, j] != d) continue
                        members = members sprintf("  %s%02d %s\n", same[i, j] == "true" ? "=" : "~", d, line[j])
                        for (k = j + 1; k < count && same[i, j] != "true"; k++) # copies follow their original
                            if (find(k) == i && same[j, k] == "true") {
                                members = members sprintf("  =%02d %s\n", d, line[k])
                                listed[k]
                            }
                    }
                if (members == "") continue
                printf "%s%s\n%s", printed++ ? "\n" : "", line[i], members
            }
        }' "$3" "$out.measured"
}

# Eight texts, each an edit of a few lines of another, and two unrelated ones; twelve in a thorough run.
write_family() { # SEED
    mkdir family
    awk -v seed="$1" -v texts="${ISCC_TEST_THOROUGH:+1}" 'BEGIN {
        texts = texts ? 12 : 8
        srand(seed)
        for (file = 0; file < texts + 2; file++) {
            parent = file && file < texts ? int(rand() * file) : -1
            for (i = 0; i < 4000; i++) text[file, i] = parent < 0 ? int(1e9 * rand()) : text[parent, i]
            edits = int(exp(4 * rand())) - 1
            for (e = 0; parent >= 0 && e < edits; e++) text[file, int(4000 * rand())] = "edit"
            for (i = 0; i < 4000; i++) print text[file, i] >("family/" file)
            close("family/" file)
        } }'
}

@test "similar: groups of edited files match a comparison of all pairs" {
    seed=${ISCC_TEST_SEED:-$RANDOM$RANDOM}
    echo "# ISCC_TEST_SEED=$seed" >&3
    write_family "$seed"
    "$ISCC" family >list
    measure list >"$out.measured"
    for rule in reference connected; do
        for threshold in 0 6 12 25; do
            judge "$rule" "$threshold" list >"$out.expected"
            try similar --group="$rule" --threshold="$threshold" family
            diff "$out.expected" "$out" >&2
            try similar --group="$rule" --threshold="$threshold" list
            cmp "$out.expected" "$out"
        done
    done
    # Some files were near, but not all.
    found=$(grep -c ISCC "$out.expected")
    [[ $found -gt 0 && $found -lt $(wc -l <list) ]]
    "$ISCC" --narrow family >list
    measure list >"$out.measured"
    judge reference 6 list >"$out.expected"
    try similar --narrow family
    diff "$out.expected" "$out" >&2
}

# ---- The graph ----

@test "similar: --dot writes a graph of the groups" {
    write_chain
    try similar --dot chain
    stdout_is 'graph similar {' '    node [shape=box];' \
        '    f0 [label="a", style=bold];' \
        '    f3 [label="a2"];' '    f0 -- f3 [label="=0"];' \
        '    f8 [label="a3"];' '    f0 -- f8 [label="0"];' \
        '    f1 [label="b"];' '    f0 -- f1 [label="8"];' \
        '    f4 [label="b2"];' '    f0 -- f4 [label="8"];' \
        '    f2 [label="c", style=bold];' \
        '    f6 [label="d"];' '    f2 -- f6 [label="8"];' '}'
    status_is 0
    try similar --dot --all chain
    [[ $(grep -c 'f5\|f7' "$out") -eq 2 ]]
}

@test "similar: names in a graph are escaped" {
    name=$'a"b\\c\n\xff&amp;\xc3\xa9\\'
    zeros 1 "$name"
    zeros 1 plain
    try similar --dot plain "$name"
    [[ $(sed -n 4p "$out") == $'    f1 [label="a\\"b\\\\c\\\\012\\\\377&amp;amp;\xc3\xa9\\\\"];' ]]
    needs dot
    dot -Tplain "$out" >"$out.plain"
    [[ $(grep -c ^node "$out.plain") -eq 2 ]]
}
