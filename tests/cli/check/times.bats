#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Times that do not show every change: which are recorded (docs/json.md) and which are believed (R17, U4).

load ../support/common

# The tests run on the file system of the temporary folder, whatever it is, or on one in memory.
warning='times on this file system do not show every change, and are not used without --trust-times'

needs_trusted_file_system() {
    case $(stat -f -c %T .) in
        ext2/ext3 | xfs | btrfs | f2fs | bcachefs | zfs) ;;
        *) skip "the times of this file system are not trusted" ;;
    esac
}

# Changes to a folder in memory.
enter_memory() {
    [[ -w /dev/shm && $(stat -f -c %T /dev/shm) == tmpfs ]] || skip "no tmpfs at /dev/shm"
    memory=$(mktemp -d /dev/shm/iscc-test.XXXXXX)
    cd "$memory"
}

teardown() {
    cd /
    if [[ -n ${memory-} ]]; then rm -r "$memory"; fi
}

# Stores to a mapped page of `a`, runs a command, and stores to the page again.
between_stores() {
    mkfifo go stored
    "$ISCC_TOOLS/mapped" a <go >stored 3>&- &
    exec 5>go 6<stored
    read -r _ <&6
    "$@"
    echo >&5
    exec 5>&- 6<&-
    wait $!
    rm go stored
}

@test "trust 7: a store to a page that was mapped before is seen, although the times are the same" {
    zeros 8192 a
    zeros 1 b
    between_stores "$ISCC" -j 1 --json --stat -o list a b 2>"$err"
    [[ $(sed -n '/"path":"a"/p' list) != *'"stat"'* ]]
    before=$("$ISCC" a)
    try check list
    [[ $(head -n 1 "$out") == 'a: FAILED' ]]
    [[ $status -eq 1 ]]
    try update list
    [[ $(head -n 1 "$out") == 'changed a' ]]
    [[ $status -eq 0 && $(sed -n 's/.*"path":"a","iscc":"\([^"]*\).*/\1/p' list) == "${before%% *}" ]]
}

@test "trust 7: times of a young file are recorded once its pages are written out, and then nothing is read" {
    needs strace
    needs_trusted_file_system
    mkdir d
    for i in 1 2 3; do zeros "$i" "d/$i"; done
    sync d/1 d/2 d/3
    sleep 0.05
    try --json --stat -o list d
    stderr_is
    [[ $(grep -c '"stat"' list) -eq 3 ]] || skip "no cachestat"
    strace -f -e trace=openat,read -o trace "$ISCC" update list d >"$out" || skip "strace cannot trace here"
    stdout_is '3 unchanged'
    [[ $(grep -E 'openat.*"[123]", ' trace | grep -vc O_PATH) -eq 0 ]]
    # The pages of a file that has just been written are dirty.
    zeros 4 d/4
    sleep 0.05
    try --json --stat d
    [[ $(grep -c '"stat"' "$out") -eq 3 ]]
    try --json --stat --trust-times d
    [[ $(grep -c '"stat"' "$out") -eq 4 ]]
}

@test "trust 7: on a file system that is not trusted, no times are recorded, and one warning says so" {
    enter_memory
    zeros 1 a
    zeros 2 b
    sleep 0.05
    try --json --stat a b
    [[ $(<"$out") != *'"stat"'* && $(wc -l <"$out") -eq 2 ]]
    stderr_is "iscc: a: $warning"
    status_is 0
    try --json --stat --trust-times -o list a b
    [[ $(grep -c '"stat"' list) -eq 2 ]]
    stderr_is
    for options in '--stat --json --tree .' '--json a' 'walk --json .' 'a'; do
        # shellcheck disable=SC2086 # words
        try $options
        stderr_is
        status_is 0
    done
}

@test "trust 7: recorded times are not believed on a file system that is not trusted" {
    enter_memory
    zeros 255 a
    zeros 256 b
    sleep 0.05
    "$ISCC" --json --stat --trust-times a b >list
    # As if the content had changed: times, and the code of other bytes
    sed "s/${wide[256]}/${wide[1]}/; s/${datahash[256]}/${datahash[1]}/" list >other
    try check other
    stdout_is 'a: OK' 'b: FAILED'
    stderr_is 'iscc: WARNING: 1 computed checksum did NOT match'
    status_is 1
    try check --trust-times other
    stdout_is 'a: OK' 'b: FAILED bit rot'
    try sum -c --trust-times other
    stdout_is 'a: OK' 'b: FAILED bit rot'
    cp other before
    try update --trust-times other
    stdout_is '2 unchanged'
    stderr_is
    cmp other before
    try update other
    stdout_is 'changed b' '1 changed, 1 unchanged'
    stderr_is "iscc: a: $warning"
    status_is 0
    # The line of a file that has not changed keeps its times, which may be those of the original.
    same_lines other "$(head -n 1 before)" "$("$ISCC" --json b)"
}
