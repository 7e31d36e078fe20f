#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Selecting by depth, file system and size: rules H9 to H11 of docs/choosing.md, with find as the reference.

load ../support/common
load ../support/choosing

@test "H9: --max-depth works as in find" {
    make_tree
    mkdir -p tree/1/2/3/4
    touch tree/1/2/3/4/a tree/1/2/b file
    for depth in 0 1 2 3 4 5 6 99 18446744073709551615; do
        find tree file -maxdepth "$((depth > 99 || depth < 0 ? 99 : depth))" -type f -print0 | sort -z >expected
        try walk -z --max-depth "$depth" tree file
        status_is 0
        sort -z "$out" >found
        same_bytes expected found
    done
    for depth in '' -1 1K x 18446744073709551616; do
        try walk --max-depth "$depth" tree
        is_usage_error "invalid argument '$depth' for '--max-depth'" walk
    done
}

@test "H10: --one-file-system enters no other file system, like find -xdev" {
    needs unshare
    make_tree
    mkdir tree/mount tree/mount2
    cat >"$out.mounted" <<'END'
set -e
mount -t tmpfs none tree/mount
mkdir tree/mount/below
touch tree/mount/a tree/mount/below/b
mount -t tmpfs none tree/mount2
chmod 0 tree/mount2
find tree -xdev -type f -print0 | sort -z >expected
"$ISCC" walk -z --one-file-system tree | sort -z >found
"$ISCC" walk --one-file-system tree/mount >below
"$ISCC" sum --one-file-system --tree tree >code
"$ISCC" sum --tree --exclude 'mount*' tree >without
"$ISCC" walk tree >all
END
    unshare -rm mount -t tmpfs none tree/mount 2>/dev/null || skip "mounts are not allowed here"
    unshare -rm sh "$out.mounted" >&2
    same_bytes expected found
    [[ -s found ]]
    same_lines below tree/mount/a tree/mount/below/b
    cmp code without
    [[ $(wc -l <all) -eq $(($(tr -cd '\0' <found | wc -c) + 2)) ]]
}

# Converts a size of the test below to `bytes`.
bytes_of() {
    case $1 in
    *KB) bytes=$((${1%KB} * 1000)) ;;
    *GB) bytes=$((${1%GB} * 1000000000)) ;;
    *KiB) bytes=$((${1%KiB} << 10)) ;;
    *[kK]) bytes=$((${1%?} << 10)) ;;
    *M) bytes=$((${1%M} << 20)) ;;
    *G) bytes=$((${1%G} << 30)) ;;
    *T) bytes=$((${1%T} << 40)) ;;
    *E) bytes=$(((8 << 60) - 3)) ;; # larger than any file, but still within find's range
    *) bytes=$1 ;;
    esac
}

@test "H11: --min-size and --max-size work as in find, in bytes" {
    mkdir -p tree/d
    for size in 0 1 2 999 1000 1001 1023 1024 1025 2047 2048; do zeros "$size" "tree/$size"; done
    cp tree/[0-9]* tree/d
    truncate -s 3G tree/large
    for limits in '0 0' '1 1' '1 1KB' '1KB 1K' '1k 1KiB' '1025 2K' '2KiB 1G' '3GB 3G' '1M 1T' '0 15E' '5 4'; do
        read -r least most <<<"$limits"
        bytes_of "$most"
        limit=(-size "-$((bytes + 1))c")
        bytes_of "$least"
        [[ $least == 0 ]] || limit+=(-size "+$((bytes - 1))c")
        find tree -type f "${limit[@]}" -print0 | sort -z >expected
        echo "from $least to $most"
        try walk -z --min-size "$least" --max-size "$most" tree
        status_is 0
        sort -z "$out" >found
        same_bytes expected found
        [[ $least == *K* ]] || continue # the size of an operand is asked for elsewhere
        try walk -z --min-size "$least" --max-size "$most" tree/[0-9]* tree/large tree/d/*
        sort -z "$out" >found
        same_bytes expected found
    done
}

@test "H11: a size that is invalid or too large is an error that quotes it" {
    for option in min-size max-size; do
        for size in '' K x 1x 1KK 1Ki 1kbb 1.5K -1 +1 ' 1' 1b 1ib 0x10; do
            try "--$option=$size" .
            is_usage_error "invalid argument '$size' for '--$option'"
        done
        for size in 18446744073709551616 16E 18447PB 1Z 1YiB 99999999999999999999999K; do
            try walk "--$option" "$size" .
            is_usage_error "invalid argument '$size' for '--$option'" walk
        done
    done
}

@test "trust 24: units are read in any case, and B is one byte" {
    mkdir tree
    for size in 999 1000 1023 1024 1048575 1048576; do zeros "$size" "tree/$size"; done
    while read -r least files; do
        try walk --min-size="$least" tree
        # shellcheck disable=SC2086 # words
        stdout_is $files
        status_is 0
    done <<END
1kb tree/1000 tree/1023 tree/1024 tree/1048575 tree/1048576
1Kb tree/1000 tree/1023 tree/1024 tree/1048575 tree/1048576
1kib tree/1024 tree/1048575 tree/1048576
1KIB tree/1024 tree/1048575 tree/1048576
1024B tree/1024 tree/1048575 tree/1048576
1mib tree/1048576
1048576B tree/1048576
1mb tree/1048575 tree/1048576
1g
END
    try walk --min-size=1024B --max-size=1kib tree
    stdout_is tree/1024
    try bench speed --rounds=1 --size=1048576B --json
    stderr_is
    status_is 0
}

@test "H11: the last option of a kind wins, and standard input is never filtered" {
    zeros 10 a
    zeros 20 b
    try walk --min-size 30 --min-size 15 --max-size 1 --max-size 25 a b - </dev/null
    stdout_is b -
}
