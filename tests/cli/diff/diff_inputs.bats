#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# iscc diff: its two inputs and which names are compared; rules D1 to D6 of docs/diff.md.

load ../support/common
load ../support/diff_tree

@test "D1: every combination of lists and directories, as text and JSON" {
    make_tree
    "$ISCC" sum --json --units d >list.json
    "$ISCC" sum --tag --narrow d >list.tag
    (cd d && "$ISCC" sum .) >relative
    for pair in 'list list' 'list list.json' 'list list.tag' 'list d' 'list.json list' 'list.json list.json' 'list.json d' \
        'list.tag list.json' 'list.tag list.tag' 'list.tag d' 'relative d' 'd list' 'd list.json' 'd list.tag' 'd d'; do
        # shellcheck disable=SC2086 # two words
        try diff $pair
        stdout_is
        stderr_is
        status_is 0
    done
    seq 501 >d/b
    for old in list list.json list.tag relative; do
        try diff --quiet $old d
        stdout_is '0 added, 0 removed, 1 changed, 0 moved, 0 moved-changed, 3 same'
        status_is 1
    done
}

@test "D1: - is a list on standard input, on either side" {
    make_tree
    try diff - d <list
    stdout_is
    status_is 0
    try diff d - <list
    stdout_is
    status_is 0
    try diff list - < <("$ISCC" sum d/s)
    stdout_is 'removed d/a' 'removed d/b' 'removed d/e' '0 added, 3 removed, 0 changed, 0 moved, 0 moved-changed, 1 same'
    status_is 1
}

@test "D1: a list may be read from a pipe" {
    make_tree
    try diff list <("$ISCC" sum d)
    stdout_is
    stderr_is
    status_is 0
}

@test "D1: an empty list has no files" {
    make_tree
    try diff /dev/null list
    stdout_is 'added d/a' 'added d/b' 'added d/e' 'added d/s/x' '4 added, 0 removed, 0 changed, 0 moved, 0 moved-changed, 0 same'
    stderr_is
    status_is 1
    try diff list - </dev/null
    stdout_is 'removed d/a' 'removed d/b' 'removed d/e' 'removed d/s/x' '0 added, 4 removed, 0 changed, 0 moved, 0 moved-changed, 0 same'
    status_is 1
    try diff /dev/null /dev/null
    stdout_is
    status_is 0
    mkdir empty
    try diff /dev/null empty
    stdout_is
    status_is 0
}

@test "D1: a bad line is reported, and the other lines are compared" {
    make_tree
    { head -n 2 list; echo junk; tail -n 2 list; echo 'ISCC:AAAA x'; } >bad
    rm d/b
    try diff bad d
    stdout_is 'removed d/b' '0 added, 1 removed, 0 changed, 0 moved, 0 moved-changed, 3 same'
    stderr_is 'iscc: bad: 3: improperly formatted ISCC checksum line' 'iscc: bad: 6: improperly formatted ISCC checksum line'
    status_is 2
}

@test "trust 20: a list without a good line is one error, and nothing is compared" {
    make_tree
    local none='no properly formatted checksum lines found'
    head -c 100000 "$ISCC" >binary
    { printf 'x\n%.0s' {1..1000} && cat list; } >late
    { printf 'x\n%.0s' {1..999} && cat list; } >early
    echo junk >junk
    for pair in 'binary binary' 'binary d' 'd binary' 'list junk' 'junk list' 'late list'; do
        # shellcheck disable=SC2086 # words
        try diff $pair
        stdout_is
        [[ $pair =~ (binary|junk|late) ]]
        stderr_is "iscc: ${BASH_REMATCH[1]}: $none"
        status_is 2
    done
    try diff --json list binary
    stdout_is '{"type":"error","path":"binary","error":"'"$none"'","code":"LINE"}'
    try diff --quiet early list
    stdout_is
    [[ $(wc -l <"$err") -eq 999 ]]
    status_is 2
    try similar - <binary
    stdout_is
    stderr_is "iscc: -: $none"
    status_is 2
    try update junk d
    stdout_is
    stderr_is "iscc: junk: $none"
    status_is 2
    same_lines junk junk
    # A damaged line is one of a list.
    { echo junk && sed 's/ISCC:..../ISCC:0000/' list; } >damaged
    try diff damaged /dev/null
    stderr_is 'iscc: damaged: 1: improperly formatted ISCC checksum line' \
        "$(for i in {2..5}; do echo "iscc: damaged: $i: damaged ISCC checksum line"; done)"
    status_is 2
}

@test "D1: a missing operand is an error, and nothing is reported as removed" {
    make_tree
    for pair in 'list missing' 'missing list' 'd missing' 'missing d'; do
        # shellcheck disable=SC2086 # words
        try diff $pair
        stdout_is
        stderr_is 'iscc: missing: No such file or directory'
        status_is 2
    done
}

@test "D1: two operands are needed, and only one can be standard input" {
    try diff
    is_usage_error 'missing operand' diff
    try diff a
    is_usage_error "missing operand after 'a'" diff
    try diff a b c
    is_usage_error "extra operand 'c'" diff
    try diff - -
    is_usage_error 'standard input can be only one of the two' diff
}

@test "D2: redundant parts of names are ignored" {
    make_tree
    sed 's,\*d/,*./d//./,' list >other
    try diff list other
    stdout_is
    status_is 0
    sed -i '/s.*x$/d' other
    try diff other list
    stdout_is 'added d/s/x' '1 added, 0 removed, 0 changed, 0 moved, 0 moved-changed, 3 same'
    sed 's,\*d/,*../d/,' list >other
    try diff --quiet list other
    stdout_is '1 added, 1 removed, 0 changed, 3 moved, 0 moved-changed, 0 same'
    status_is 1
}

@test "D3: names in a directory are matched to names in a list" {
    make_tree
    for operand in d d/ ./d .//d/.; do
        try diff list $operand
        stdout_is
        status_is 0
    done
    (cd d && "$ISCC" sum .) >relative
    (cd d && "$ISCC" sum ./* ) >relative2
    for pair in 'relative d' 'relative2 d/' 'relative2 ./d' "relative $PWD/d"; do
        try diff ${pair%% *} "${pair#* }"
        stdout_is
        status_is 0
    done
    cd d
    try diff ../relative .
    stdout_is
    status_is 0
}

@test "D3: a subdirectory with the directory's own name does not confuse the matching" {
    mkdir -p d/d
    seq 3 >d/d/a
    seq 4 >d/b
    seq 5 >d/d/c
    (cd d && "$ISCC" sum .) >list
    try diff list d
    stdout_is
    status_is 0
    "$ISCC" sum d >list
    try diff list d
    stdout_is
    status_is 0
}

@test "D3: if neither way matches any file, the list's names decide" {
    make_tree
    mkdir other
    sed 's,\*d/,*d/old-,' list >old
    sed 's,\*d/,*old-,' list >old2
    sed -i s,old-,other/old-, old
    rm -r d/s d/e d/b
    seq 9 >d/a
    sed -i s,d/other,d/z, old
    try diff --quiet old d
    stdout_is '1 added, 4 removed, 0 changed, 0 moved, 0 moved-changed, 0 same'
    try diff old d
    grep -qx 'added d/a' "$out"
    try diff old2 d
    grep -qx 'added a' "$out"
}

@test "trust 11: spelling the root differently is no difference" {
    make_tree
    local here=$PWD up=../${PWD##*/} old new
    "$ISCC" sum d/a "$here/d/b" d/e .//d/s/x >mixed
    for old in ./d "$here/d" d//. "$up/d"; do
        "$ISCC" sum "$old" >spelled
        for new in d d/ "$here//d" "$up/d"; do
            try diff spelled "$new"
            stdout_is
            status_is 0
        done
    done
    "$ISCC" sum "$here/d" >absolute
    for new in list mixed .; do
        try diff absolute "$new" --include=d/
        stdout_is
        try diff "$new" absolute --include=d/
        stdout_is
    done
    seq 9 >d/new
    try diff absolute d
    stdout_is "added $here/d/new" '1 added, 0 removed, 0 changed, 0 moved, 0 moved-changed, 4 same'
    "$ISCC" sum d/new >added
    cat absolute >>added
    try diff list added
    stdout_is 'added d/new' '1 added, 0 removed, 0 changed, 0 moved, 0 moved-changed, 4 same'
    # A list made elsewhere.
    sed "s,$here/d,/src," absolute >elsewhere
    try diff --quiet elsewhere d
    stdout_is '2 added, 1 removed, 0 changed, 3 moved, 0 moved-changed, 0 same'
    try diff --strip=/src elsewhere d
    stdout_is 'added new' '1 added, 0 removed, 0 changed, 0 moved, 0 moved-changed, 4 same'
}

@test "D4: neither a list in the directory nor the output counts as one of its files" {
    make_tree
    "$ISCC" sum d -o d/list
    try diff d/list d
    stdout_is
    status_is 0
    try diff - d <d/list
    stdout_is
    status_is 0
    seq 2 >d/new
    try diff d/list d -o d/report
    stdout_is
    same_lines d/report 'added d/new' '1 added, 0 removed, 0 changed, 0 moved, 0 moved-changed, 4 same'
    try diff d/list d -o d/report
    same_lines d/report 'added d/new' '1 added, 0 removed, 0 changed, 0 moved, 0 moved-changed, 4 same'
    status_is 1
}

@test "D5: duplicate names" {
    make_tree
    try diff <(cat list; "$ISCC" sum --narrow d) d
    stdout_is
    stderr_is
    status_is 0
    { cat list; seq 8 | "$ISCC" | sed 's,\*-,*d//b,'; } >twice
    try diff twice d
    stdout_is
    stderr_is 'iscc: twice: line 2 and line 5 have different codes for the same name'
    status_is 2
    try diff d twice --quiet
    stdout_is
    status_is 2
}

# Options that filter, one set per line.
choices() {
    cat <<'END'
--exclude=*.o
--include=*.c
--include=src/
--include=src/ --exclude=*.o
--include=*.c --exclude=gen.c
--exclude=/a.c
--exclude=src/**/a.c
--exclude=sub/
--exclude=*.c --include=a.c
--exclude=src --include=a.c
--max-depth=1
--max-depth=2 --exclude=b*
--min-size=3
--max-size=2 --include=*.c
END
}

@test "D6: names in a list are filtered as files are" {
    mkdir -p d/src/sub d/sub/src
    cd d
    for file in a.c b.o src/a.c src/b.o src/gen.c src/sub/a.c src/sub/b.o sub/b.c sub/src/gen.c; do
        echo "${file//\//x}" >"$file"
    done
    printf 12 >src/small.c
    "$ISCC" sum --json . >../list
    cd ..
    "$ISCC" sum --json d >named
    "$ISCC" sum --json "$PWD/d" >absolute
    while read -ra options; do
        mapfile -t chosen < <(cd d && exec "$ISCC" walk "${options[@]}" .)
        [[ -n ${chosen[*]} ]]
        try diff "${options[@]}" list /dev/null
        stdout_is "${chosen[@]/#.\//removed }" \
            "0 added, ${#chosen[@]} removed, 0 changed, 0 moved, 0 moved-changed, 0 same"
        # Excluded files are neither missing nor added.
        for sides in 'list d' 'named d' "absolute $PWD/d"; do
            # shellcheck disable=SC2086 # two words
            try diff "${options[@]}" $sides
            stdout_is
            status_is 0
        done
    done < <(choices)
}

@test "D6: patterns are relative to the directory operand, for the list as well" {
    make_tree
    for words in '--include=d list d/' '--include=d/ list d' '--exclude=d list ./d//'; do
        # shellcheck disable=SC2086 # three words
        try diff $words
        stdout_is
        status_is 0
    done
    try diff --include=d /dev/null d
    grep -q '^4 added' "$out"
    try diff --exclude=d /dev/null d
    stdout_is
    try diff --max-size=x list d
    status_is 2
}

@test "D17: a line whose codes contradict each other is an error that gives its position" {
    make_tree
    "$ISCC" --units d/b | sed 1d >units
    cat list units >bad
    for option in --quiet --json; do
        try diff $option bad list
        stderr_is 'iscc: bad: 4: codes that contradict each other'
        status_is 2
    done
    try diff bad list
    grep -q '^changed .* d/s/x$' "$out"
    [[ $(tail -n 1 "$out") == '0 added, 0 removed, 1 changed, 0 moved, 0 moved-changed, 3 same' ]]
}

@test "trust 2: an error object is passed by, but what the other side has there is unknown" {
    make_tree
    "$ISCC" --json d >good
    error='{"type":"error","path":"d/s","error":"Permission denied","code":"EACCES"}'
    { grep -v '"d/s/' good && echo "$error" && echo "${error/d\/s/names:2}" | sed s/EACCES/EMPTY_NAME/; } >errors
    # Nothing is known of either side, or nothing is said about the other.
    for old in errors d/..//errors; do
        try diff "$old" errors
        status_is 0
        stdout_is
        stderr_is
    done
    below=$(grep -c '"d/s/' good)
    same=$(($(wc -l <good) - below))
    for sides in 'errors good' 'good errors' 'errors d' 'd errors'; do
        # shellcheck disable=SC2086 # words
        try diff $sides
        status_is 1
        stderr_is
        [[ $(grep -c '^unknown d/s/' "$out") -eq $below ]]
        [[ $(tail -n 1 "$out") == "0 added, 0 removed, 0 changed, 0 moved, 0 moved-changed, $same same, $below unknown" ]]
    done
    { cat good && echo "${error/d\/s/other}" && echo "${error/d\/s/d/b}"; } >errors
    try diff good errors
    status_is 0
    stdout_is
    try diff errors good
    status_is 0
}
