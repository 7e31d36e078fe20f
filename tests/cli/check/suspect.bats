#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Content that changed although mtime did not, while ctime did: R17 of docs/check-rules.md, U5 of docs/update.md.

load ../support/common
load ../support/update_tree

# Changes a byte of a file and sets its mtime back: to the program the same as bytes that rot before a chmod.
damage() {
    touch -r "$1" time
    printf x | dd of="$1" conv=notrunc status=none
    touch -r time "$1"
}

# Makes two files and a list of them.
two_old_files() {
    zeros 256 a
    zeros 257 b
    touch -d "${1-2001-02-03 04:05:06.7}" a b
    sleep 0.05
    "$ISCC" --json --stat --trust-times a b >list
}

@test "trust 6: check does not take damage behind an old mtime for an edit" {
    two_old_files
    listed=${wide[256]}
    mkdir copy
    cp -p a b copy
    damage copy/a
    chmod 600 copy/b
    try check --trust-times --base=copy list
    stdout_is 'a: FAILED changed behind its mtime' 'b: OK'
    stderr_is 'iscc: WARNING: 1 computed checksum did NOT match' 'iscc: WARNING: 1 file changed though its mtime did not'
    status_is 1
    damage copy/b
    try sum -c --trust-times --quiet --base=copy list
    stdout_is 'a: FAILED changed behind its mtime' 'b: FAILED changed behind its mtime'
    stderr_is 'iscc: WARNING: 2 computed checksums did NOT match' \
        'iscc: WARNING: 2 files changed though their mtimes did not'
    status_is 1
    try check --trust-times --status --base=copy list
    stdout_is
    stderr_is
    status_is 1
    now=$("$ISCC" copy/a)
    try check --trust-times --json --base=copy list
    same_lines <(head -n 1 "$out") "{\"type\":\"check\",\"path\":\"a\",\"line\":1,\"verdict\":\"suspect\",\"listed\":\"$listed\",\"iscc\":\"${now%% *}\"}"
    [[ $(tail -n 1 "$out") == '{"type":"summary","path":"list","ok":0,"failed":0,"rotten":0,"suspect":2,"missing":0,"unreadable":0,"unreadable-then":0,"malformed":0}' ]]
}

@test "trust 6: it is an edit if mtime or size differs, mtime says nothing, or times are unknown" {
    for mtime in @0 @1 @1.5 @2 @-1; do
        two_old_files "$mtime"
        damage a
        try check --trust-times list
        case $mtime in
            @0 | @1*) stdout_is 'a: FAILED' 'b: OK' ;;
            *) stdout_is 'a: FAILED changed behind its mtime' 'b: OK' ;;
        esac
        status_is 1
    done
    two_old_files
    damage a
    sed -E 's/,"stat":\{[^}]*\}//' list >without_times
    sed 's/"filesize":256,//' list >without_size
    sed 's/"filesize":256,/"filesize":255,/' list >other_size
    sed 's/"mtime_nsec":700000000/"mtime_nsec":700000001/' list >other_mtime
    for list in without_times without_size other_size other_mtime; do
        try check --trust-times "$list"
        [[ $(head -n 1 "$out") == 'a: FAILED' ]]
        status_is 1
    done
    if [[ -w /dev/shm && $(stat -f -c %T /dev/shm) == tmpfs ]]; then
        memory=$(mktemp -d /dev/shm/iscc-test.XXXXXX)
        cp -p a b "$memory"
        try check --base="$memory" list
        stdout_is 'a: FAILED changed behind its mtime' 'b: OK'
        # Update keeps the line, and the times of the original in the other one.
        cp list old
        list=$PWD/list
        status=0
        (cd "$memory" && exec "$ISCC" update "$list") >"$out" 2>"$err" || status=$?
        stdout_is 'suspect a' '1 suspect, 1 unchanged'
        status_is 1
        rm -r "$memory"
        diff list old >&2
    fi
}

@test "trust 6: update keeps the line of a suspect file until it is touched" {
    make_tree
    cp list old
    damage d/b
    chmod 600 d/c
    try update list d
    stdout_is 'suspect d/b' '1 suspect, 5 unchanged'
    status_is 1
    same_lines <(grep '"d/b"' list) "$(grep '"d/b"' old)"
    [[ $(grep '"d/c"' list) != $(grep '"d/c"' old) ]] # with its new ctime
    try update --json list
    stdout_is '{"type":"update","path":"d/b","change":"suspect"}' \
        '{"type":"summary","path":"list","added":0,"removed":0,"changed":0,"rotten":0,"suspect":1,"unreadable":0,"unchanged":5}'
    status_is 1
    touch d/b
    sleep 0.05
    try update list d
    stdout_is 'changed d/b' '1 changed, 5 unchanged'
    status_is 0
    list_is_sum --json --stat d
}

@test "trust 6: --accept lists the new content of suspect files whose names match" {
    make_tree
    cp list old
    damage d/b
    damage d/e/1
    damage d/e/2
    for globs in b 'd/b' '/d/b' 'd/b d/e/x' '!d/b'; do
        cp old list
        arguments=()
        for glob in $globs; do arguments+=(--accept "$glob"); done
        try update "${arguments[@]}" list d
        if [[ $globs == '!d/b' ]]; then
            stdout_is 'suspect d/b' 'suspect d/e/1' 'suspect d/e/2' '3 suspect, 3 unchanged'
        else
            stdout_is 'changed d/b' 'suspect d/e/1' 'suspect d/e/2' '1 changed, 2 suspect, 3 unchanged'
        fi
        status_is 1
    done
    for glob in e 'e/' 'd/e/' 'd/*/' 'd/e/*' '[12]' '**/e/**'; do
        cp old list
        try update --accept="$glob" list d
        stdout_is 'suspect d/b' 'changed d/e/1' 'changed d/e/2' '2 changed, 1 suspect, 3 unchanged'
        status_is 1
    done
    # Names of the list, not those below a PATH
    for glob in b "$PWD/d/b" "$PWD/d"; do
        sed -n "s|\"path\":\"d/b|\"path\":\"$PWD/d/b|p" old >absolute
        try update --accept="$glob" absolute
        stdout_is "changed $PWD/d/b" '1 changed, 0 unchanged'
    done
    sed -n "s|\"path\":\"d/b|\"path\":\"$PWD/d/b|p" old >absolute
    try update --accept=d/b absolute
    status_is 1
    cp old list
    for glob in ./d/b ././d/b; do
        sed -n "s|\"path\":\"d/b|\"path\":\"./d/b|p" old >dotted
        try update --accept="$glob" dotted
        stdout_is 'changed ./d/b' '1 changed, 0 unchanged'
    done
    try update --accept='*' list d
    stdout_is 'changed d/b' 'changed d/e/1' 'changed d/e/2' '3 changed, 3 unchanged'
    status_is 0
    list_is_sum --json --stat d
    try update --accept=/ list
    is_usage_error "the pattern '/' of --accept matches nothing" update
}

@test "trust 6: --accept reads what matches, and so accepts rotten files too" {
    make_tree
    damage d/b
    sleep 0.05
    # As if the bytes had rotted: the old code, and the times of now
    stat=$("$ISCC" --json --stat --trust-times d/b | sed -E 's/.*("stat":.*)/\1/')
    sed -E "/d\/b/s/\"stat\":.*/$stat/" list >rotten
    cp rotten list
    try update --accept=d/a list d
    stdout_is '6 unchanged'
    status_is 0
    try update --recheck --accept=d/a list d
    stdout_is 'rotten d/b' '1 rotten, 5 unchanged'
    status_is 1
    try update --accept=d/b list d
    stdout_is 'changed d/b' '1 changed, 5 unchanged'
    status_is 0
    list_is_sum --json --stat d
}
