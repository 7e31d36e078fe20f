#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# iscc sum --shard and iscc merge: rules L1 to L6 of docs/resume.md.

load ../support/common

# Runs each of N shards with these arguments, in files part.K of the working directory.
make_parts() { # N ARGUMENT...
    local k
    rm -f part.*
    for ((k = 1; k <= $1; k++)); do
        "${prefix[@]}" "$ISCC" sum --shard="$k/$1" "${@:2}" >part.$k 2>>messages || true
    done
}

# Trees with names of any bytes, ignore files, and a directory that cannot be read and whose name is near to others.
make_trees() {
    obey_file_modes
    mkdir d
    "$ISCC_TOOLS/make_hostile_tree" d "${ISCC_TEST_SEED:-$RANDOM}" 60 >/dev/null
    mkdir -p d/m/sub d/m/.git d/locked d/e other
    for name in d/m/.gitignore d/m/.a d/m/z d/m/a d/locked.txt d/locke d/locked/x d/mm d/e/1 other/1 other/2 \
        $'d/\xc3\xa9' $'d/e\xcc\x81' $'d/\xc3\xa9a' d/f $'d/m/\xc3\xa9'; do
        [[ -d $name ]] || echo "$name" >"$name"
    done
    chmod 0 d/locked d/f
}

@test "L2 to L4: the parts of 1, 4 and 16 shards, in any order, merge to the bytes of one run" {
    make_trees
    find other -print0 >names
    while IFS='|' read -r counts form; do
        # shellcheck disable=SC2086 # words
        "${prefix[@]}" "$ISCC" sum $form >one 2>/dev/null || true
        [[ -s one ]]
        for n in $counts; do
            # shellcheck disable=SC2086 # words
            make_parts $n $form
            # shellcheck disable=SC2046 # no blanks
            "$ISCC" merge -o all $(shuf -e part.*) 2>/dev/null || true
            cmp one all
        done
    done <<'END'
1 4 16|other d missing d/m other/1 d/m/../m
1 4|-z --units d missing d
4|--json --stat --trust-times other d missing d/m other/1 d/m/../m
16|--json --units -z --narrow -j 2 --exclude=*.iscc d
4|--tag --tree d/m other
4|--json --files0-from=names
END
    chmod 700 d/locked
}

@test "L1: the hash of the name decides to which shard a file belongs" {
    for name in a 'b c' $'n\nl' ue; do echo "$name" >"$name"; done
    echo u >$'\xc3\xbc'
    for k in {1..8}; do "$ISCC" sum -z --shard=$k/8 a 'b c' $'n\nl' ue $'\xc3\xbc' >part.$k; done
    for name in a 'b c' $'n\nl' ue $'\xc3\xbc'; do
        hash=$((0xcbf29ce484222325))
        for ((i = 0; i < ${#name}; i++)); do
            printf -v byte %d "'${name:i:1}"
            hash=$(((hash ^ byte & 0xff) * 0x100000001b3))
        done
        for k in 1 2 3 4 5 6 7 8; do
            found=0
            while IFS= read -rd '' line; do [[ $line != ISCC:*" *$name" ]] || found=1; done <part.$k
            [[ $found -eq $(((hash & 7) == k - 1)) ]]
        done
    done
}

# merge with these parts leaves `all` as it is, for these reasons.
refuses() { # REASONS PART...
    local reasons=()
    mapfile -t reasons <<<"$1"
    echo old >all
    try merge -o all "${@:2}"
    stderr_is "${reasons[@]/#/iscc: }"
    status_is 2
    [[ $(<all) == old ]]
}

@test "L5: a part that is missing, doubled, empty, cut off or of another run is noticed" {
    mkdir d
    for i in {1..20}; do echo $i >d/$i; done
    for form in '' --json -z; do
        # shellcheck disable=SC2086 # words
        make_parts 4 $form d
        cp part.3 good
        refuses 'the part of shard 3/4 is missing' part.1 part.2 part.4
        refuses '3 of 4 parts are missing, the first that of shard 1' part.3
        refuses $'good: shard 3/4, as is \'part.3\'\nthe part of shard 4/4 is missing' part.1 part.2 part.3 good
        : >part.3
        refuses 'part.3: empty, so not a part' part.*
        for size in 10 200 $(($(wc -c <good) - 2)); do
            head -c "$size" good >part.3
            try merge -o all part.*
            status_is 2
            [[ $(<"$err") == 'iscc: part.3: '* && $(<all) == old ]]
        done
        # shellcheck disable=SC2086 # words
        for other in '--units d' '--stat --json d' 'd/' 'd d' '-z --tag d'; do
            [[ -z $form || $other == *d?* ]] || continue # whatever the form, what differs is the command
            "$ISCC" sum --shard=3/4 $other >part.3
            refuses "part.3: made with other options or operands than 'part.1'" part.*
        done
        "$ISCC" sum --shard=3/5 d >part.3
        refuses "part.3: one of 5 shards, but 'part.1' is one of 4" part.*
        cat good good >part.3
        refuses 'part.3: not a part: something follows its last line' part.*
    done
    make_parts 4 --json d
    cp part.3 good
    { sed '$d' good && tail -n 1 part.2; } >part.3
    refuses 'part.3: not a part: its first line names another shard than its last' part.*
    mv good part.3
    { head -n 2 part.3 && sed '1,2d; $d' part.3 | tac && tail -n 1 part.3; } >swapped
    mv swapped part.3
    refuses 'part.3: 4: not in the order of a walk' part.*
    printf 'd/1\0' >names
    make_parts 2 --files0-from=names
    printf 'd/2\0' >names
    "$ISCC" sum --shard=1/2 --files0-from=names >part.1
    refuses "part.2: made with other operands than 'part.1'" part.*
    refuses 'nothing: No such file or directory' nothing
    "$ISCC" sum d >list
    refuses 'list: not a part: iscc sum --shard has not printed its first line' list
    try merge
    is_usage_error 'missing operand: the parts to merge' merge
    for value in 0/1 2/1 1 1/0 1/65537 a/b 1/2/3 ''; do
        try sum --shard="$value" d
        is_usage_error "invalid argument '$value' for '--shard' (K/N, with K from 1 to N, and N at most 65536)"
    done
}

@test "L5: errors of the run that made a part raise the status, and the lines are complete" {
    mkdir d
    echo a >d/a
    make_parts 2 d missing
    try merge part.2 part.1
    stdout_is "$("$ISCC" sum d)"
    stderr_is 'iscc: part.2: 1 error was reported when it was made' \
        'iscc: part.1: 1 error was reported when it was made'
    status_is 2
    make_parts 2 --json d ''
    try merge part.1 part.2
    stdout_is "$("$ISCC" sum --json d '' 2>"$err")"
    # A shard without files is no accident; a run without any is.
    make_parts 16 d
    "$ISCC" sum -o part.1 d
    "$ISCC" sum --shard=1/16 -o part.1 d
    "$ISCC" sum --shard=2/16 -o part.2 d
    try merge part.*
    status_is 0
    rm d/a
    try sum --shard=1/16 -o part.1 d
    stderr_is 'iscc: part.1: not replaced, as there is no file to list'
    status_is 2
}

@test "L2: a part is a list, for every command that reads one" {
    mkdir d
    for i in {1..9}; do echo $i >d/$i; done
    for form in '' --json '--json -z'; do
        zero=()
        [[ $form != *-z ]] || zero=(-z)
        # shellcheck disable=SC2086 # words
        make_parts 2 $form d
        for part in part.1 part.2; do
            try check "${zero[@]}" --json $part
            [[ $(<"$out") == *'"verdict":"ok"'* ]]
            try check "${zero[@]}" --strict --quiet $part
            stdout_is
            stderr_is
            status_is 0
            cp $part updated
            "$ISCC" update "${zero[@]}" --trust-times --recheck -q updated >/dev/null
            cmp <(tr '\0' '\n' <$part | grep shard) <(tr '\0' '\n' <updated | grep shard)
        done
        try similar "${zero[@]}" --json --all part.1 part.2
        stderr_is
        status_is 0
        [[ $(tr '\0' '\n' <"$out" | grep -c '"reference"') -eq 9 ]]
    done
}

@test "L6: a thousand parts are open at once" {
    mkdir d
    for i in {1..20}; do echo $i >d/$i; done
    "$ISCC" sum d >one
    part=$("$ISCC" sum --shard=1/1 d)
    for k in {1..1000}; do
        rest=${part/shard=1\/1/shard=$k\/1000}
        echo "${rest/shard 1\/1/shard $k\/1000}" >part.$k
    done
    (ulimit -Sn 100 && "$ISCC" merge part.*) >all
    cmp <(uniq all) one
    [[ $(wc -l <all) -eq 20000 ]]
}
