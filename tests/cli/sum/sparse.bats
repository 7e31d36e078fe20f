#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Sparse files get the codes of their bytes: those read through a pipe, which has no holes.

load ../support/common

# sparse FILE SIZE [OFFSET SIZE]...: a file with random data at the offsets and holes elsewhere.
sparse() {
    local file=$1
    truncate -s "$2" "$file"
    shift 2
    while (($#)); do
        head -c "$2" /dev/urandom | dd of="$file" oflag=seek_bytes seek="$1" conv=notrunc status=none
        shift 2
    done
}

# The file's line when its bytes come through a pipe, with the file's name.
through_a_pipe() { cat "$1" | "$ISCC" --units | sed "1s|-\$|$1|"; }

make_all() {
    sparse hole 70000001
    sparse start 30000000 29000000 1000000
    sparse end 30000000 0 1000000
    sparse several 50000000 1000001 70000 20000000 1 40000000 5000000
    sparse none 3000000 0 3000000
}
all=(hole start end several none)

@test "sparse files get the codes of their bytes" {
    make_all
    for file in "${all[@]}"; do through_a_pipe "$file"; done >expected
    for threads in 1 2 5; do
        try --units -j "$threads" "${all[@]}"
        diff expected "$out" >&2
        stderr_is
        status_is 0
    done
}

@test "the datahash of a sparse file matches b3sum" {
    needs b3sum
    make_all
    for file in "${all[@]}"; do
        try --json "$file"
        [[ $(<"$out") == *"\"datahash\":\"1e20$(b3sum --no-names "$file")\""* ]]
    done
}

@test "sparse files in a tree, and as standard input at any offset" {
    make_all
    mkdir tree
    mv "${all[@]}" tree
    cat tree/* | "$ISCC" | sed 's|-$|tree/|' >expected
    try --tree -j 2 tree
    diff expected "$out" >&2
    tail -c +10000001 tree/several | "$ISCC" >expected
    status=0
    { head -c 10000000 >/dev/null; "$ISCC" >"$out"; } <tree/several
    diff expected "$out" >&2
}

@test "a sparse file on tmpfs" {
    [[ -w /dev/shm ]] || skip "no /dev/shm"
    local folder
    folder=$(mktemp -d /dev/shm/iscc-XXXXXX)
    cd "$folder"
    sparse file 40000000 20000001 3000000
    through_a_pipe file >"$out.expected"
    try --units file
    cd /
    rm -r "$folder"
    diff "$out.expected" "$out" >&2
}

@test "files with a made-up size and block count" {
    [[ -r /proc/cpuinfo ]] || skip "no /proc"
    for file in /proc/version /proc/filesystems /proc/self/mountinfo; do
        cat "$file" | "$ISCC" | sed "s|-\$|$file|" >expected
        try "$file"
        diff expected "$out" >&2
        status_is 0
    done
}
