#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# The golden streams of tests/data/sum.tsv as files: every code the program prints.

load ../support/common

setup_file() {
    mkdir "$BATS_FILE_TMPDIR/streams"
    "$ISCC_TOOLS/write_streams" "$BATS_FILE_TMPDIR/streams"
    grep -v '^#' "$BATS_TEST_DIRNAME/../../data/sum.tsv" | sort >"$BATS_FILE_TMPDIR/table"
}

# The table's values as lines; the program gets the names in order.
expected() { awk -F '\t' "$1" "$BATS_FILE_TMPDIR/table"; }

check() {
    expected "$1" | diff - "$out" >&2
    status_is 0
    stderr_is
}

@test "T1: wide codes of 187 streams" {
    cd "$BATS_FILE_TMPDIR/streams"
    mapfile -t names < <(expected '{ print $1 }')
    try "${names[@]}"
    check '{ print $9 " *" $1 }'
    [[ $(wc -l <"$out") -eq 187 ]]
}

@test "T1: narrow codes of 187 streams, on one thread" {
    cd "$BATS_FILE_TMPDIR/streams"
    mapfile -t names < <(expected '{ print $1 }')
    try -j 1 --narrow "${names[@]}"
    check '{ print $8 " *" $1 }'
}

@test "T2: units of 187 streams, on eight threads" {
    cd "$BATS_FILE_TMPDIR/streams"
    mapfile -t names < <(expected '{ print $1 }')
    try -j 8 --units --tag "${names[@]}"
    check '{ print "ISCC-SUM (" $1 ") = " $9; print "  " $6; print "  " $7 }'
}

@test "T5: a directory of 187 streams" {
    cd "$BATS_FILE_TMPDIR"
    try streams
    check '{ print $9 " *streams/" $1 }'
}

@test "J2: objects of 187 streams" {
    cd "$BATS_FILE_TMPDIR/streams"
    mapfile -t names < <(expected '{ print $1 }')
    try --json "${names[@]}"
    check '{ print "{\"type\":\"file\",\"path\":\"" $1 "\",\"iscc\":\"" $9 "\",\"datahash\":\"" $5 "\",\"filesize\":" $3 "}" }'
}

@test "J2: datahash of 187 streams matches b3sum" {
    needs b3sum jq
    cd "$BATS_FILE_TMPDIR/streams"
    try --json .
    jq -r '.datahash[4:] + "  " + .path[2:]' "$out" | sort -k 2 >"$out.ours"
    b3sum -- * | sort -k 2 | cmp - "$out.ours"
}

@test "C4: streams through a pipe" {
    cd "$BATS_FILE_TMPDIR/streams"
    for name in lcg-0 lcg-1 lcg-8193 lcg-1048577 lcg-10485760 text-4194305 mixed-3000000 zero-10485761 ones-1048576; do
        [[ -e $name ]]
        try - < <(cat $name)
        stdout_is "$(awk -F '\t' -v name=$name '$1 == name { print $9 }' "$BATS_FILE_TMPDIR/table") *-"
    done
}
