#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Text lines: rules T of the contract.

load ../support/common

# Makes an empty file for every byte that a name can contain, and for some that are hard to escape.
every_byte() {
    local byte name
    for byte in {1..255}; do
        printf -v name '\\x%02x' "$byte"
        printf -v name '%b' "$name"
        [[ $name == / ]] || : >"n$name"
    done
    for name in $'\\' $'\n' $'\r' $'\\n' $'a\\\n\r\r\n\\b'; do
        : >"$name"
    done
}

# Strips codes and checksums from a list, leaving the names and the marks of escaped lines.
names_of_list() { sed -E 's/^(\\?)[^ ]+ [ *]/\1/'; }
names_of_tags() { sed -E 's/^(\\?)[A-Z0-9-]+ (\(.*\)) = .*$/\1\2/'; }

# ---- T1, T2: shapes ----

@test "T1, T2: a line has the code and the name; --narrow, --tag and --units change its shape" {
    # A line is the code, a space, an asterisk and the name
    zeros 256 a
    try a
    stdout_is "${wide[256]} *a"
    [[ ${wide[256]} =~ ^ISCC:K4A[A-Z2-7]{52}$ ]]
    status_is 0
    # --narrow prints the standard's 128-bit code
    zeros 256 a
    try --narrow a
    stdout_is "${narrow[256]} *a"
    [[ ${narrow[256]} =~ ^ISCC:KUA[A-Z2-7]{26}$ ]]
    # --tag prints lines in BSD style, wide and narrow
    zeros 256 a
    try --tag a
    stdout_is "ISCC-SUM (a) = ${wide[256]}"
    try --tag --narrow a
    stdout_is "ISCC-SUM (a) = ${narrow[256]}"
    status_is 0
    # --units adds the 256-bit units, each after two spaces
    zeros 256 a
    zeros 257 b
    try --units a b
    stdout_is "${wide[256]} *a" "  ${data_code[256]}" "  ${instance_code[256]}" \
        "${wide[257]} *b" "  ${data_code[257]}" "  ${instance_code[257]}"
    try --units --narrow --tag a
    stdout_is "ISCC-SUM (a) = ${narrow[256]}" "  ${data_code[256]}" "  ${instance_code[256]}"
    status_is 0
}

# ---- T3: names ----

@test "T3: a file's name is the operand as given" {
    mkdir -p a/b
    zeros 256 a/b/c
    for operand in a/b/c ./a/b/c a//b///c a/../a/b/c "$PWD/a/b/c"; do
        try "$operand"
        stdout_is "${wide[256]} *$operand"
        status_is 0
    done
}

@test "T3: one slash separates a directory operand from the path below it" {
    mkdir -p a/b
    zeros 256 a/b/c
    zeros 257 a/d
    for operand in a a/ a/// ./a a/../a; do
        try "$operand"
        shown=$operand
        while [[ $shown == */ ]]; do shown=${shown%/}; done
        stdout_is "${wide[257]} *$shown/d" "${wide[256]} *$shown/b/c"
        status_is 0
    done
}

@test "T3: the current and the parent directory" {
    mkdir a
    zeros 256 a/b
    try .
    stdout_is "${wide[256]} *./a/b"
    cd a
    try ..
    stdout_is "${wide[256]} *../a/b"
    try ../
    stdout_is "${wide[256]} *../a/b"
}

@test "T3: below the root directory there is a single slash" {
    # Walking the whole root would take too long, so stop after the first line.
    { "$ISCC" walk / 2>/dev/null || true; } | head -n 1 >"$out"
    [[ $(head -c 1 "$out") == / ]]
    [[ $(head -c 2 "$out") != // ]]
}

@test "T3: a newline, a carriage return and a backslash in a name are escaped" {
    # A name with a newline is escaped
    zeros 256 $'a\nb'
    try $'a\nb'
    stdout_is "\\${wide[256]} *a\\nb"
    try --tag $'a\nb'
    stdout_is "\\ISCC-SUM (a\\nb) = ${wide[256]}"
    status_is 0
    # A name with a carriage return is escaped
    zeros 256 $'a\rb'
    try $'a\rb'
    stdout_is "\\${wide[256]} *a\\rb"
    status_is 0
    # A name with a backslash is escaped
    zeros 256 'a\b'
    zeros 257 'a\n'
    try 'a\b' 'a\n'
    stdout_is "\\${wide[256]} *a\\\\b" "\\${wide[257]} *a\\\\n"
    status_is 0
    # The directory part of a name is escaped too
    mkdir $'d\n\\'
    zeros 256 $'d\n\\/a'
    try $'d\n\\'
    stdout_is "\\${wide[256]} *d\\n\\\\/a"
}

@test "T3: all other bytes in names are copied unchanged" {
    for name in 'with blanks ' ' (a) = b' '*star' '#hash' $'tab\there' $'\e[31m' $'\x7f' $'caf\xc3\xa9' $'\xff\xfe' $'\xc3'; do
        zeros 256 "$name"
        try "$name"
        stdout_is "${wide[256]} *$name"
        status_is 0
    done
}

@test "T3: names with every byte match coreutils" {
    every_byte
    try -- *
    status_is 0
    sha256sum -b -- * | names_of_list >"$out.judge"
    names_of_list <"$out" | cmp - "$out.judge"
    [[ $(wc -l <"$out.judge") -ge 255 ]]
    try --tag -- *
    sha256sum --tag -- * | names_of_tags >"$out.judge"
    names_of_tags <"$out" | cmp - "$out.judge"
}

@test "T3: names with every byte, found by the walk" {
    mkdir d
    (cd d && every_byte)
    try d
    status_is 0
    printf '%s\0' d/* | sort -z | xargs -0 sha256sum -b | names_of_list | sort >"$out.judge"
    names_of_list <"$out" | sort | cmp - "$out.judge"
}

# ---- T4: -z ----

@test "T4: -z ends lines with NUL and escapes nothing" {
    zeros 256 $'a\nb\\c\rd'
    zeros 257 e
    try -z $'a\nb\\c\rd' e
    printf '%s\0' "${wide[256]} *"$'a\nb\\c\rd' "${wide[257]} *e" | cmp - "$out"
    try --zero --tag --units e
    printf '%s\0' "ISCC-SUM (e) = ${wide[257]}" "  ${data_code[257]}" "  ${instance_code[257]}" | cmp - "$out"
    status_is 0
}

@test "T4: -z prints names with every byte as coreutils does" {
    every_byte
    try -z -- *
    sha256sum -b -z -- * | sed -zE 's/^[^ ]+ [ *]//' >"$out.judge"
    sed -zE 's/^[^ ]+ [ *]//' "$out" | cmp - "$out.judge"
}

@test "T4: walk escapes names the same way, and not at all with -z" {
    mkdir d
    zeros 0 d/$'a\nb\\c\rd'
    zeros 0 d/e
    try walk d
    stdout_is '\d/a\nb\\c\rd' d/e
    try walk -z d
    printf '%s\0' d/$'a\nb\\c\rd' d/e | cmp - "$out"
    status_is 0
}

# ---- T5: order ----

@test "T5: operands are printed in the order given, whatever their size and however often given" {
    zeros 10485761 big
    zeros 1 small
    try -j 4 big small big small
    stdout_is "${wide[10485761]} *big" "${wide[1]} *small" "${wide[10485761]} *big" "${wide[1]} *small"
    status_is 0
}

@test "T5: a directory's ignore files come first, then files, then directories, each in byte order" {
    mkdir -p d/B d/a
    zeros 0 d/B/x
    zeros 1 d/a/y
    zeros 255 d/b
    zeros 256 d/Z
    zeros 257 d/.gitignore
    zeros 640 d/.hidden
    try d
    stdout_is "${wide[257]} *d/.gitignore" "${wide[640]} *d/.hidden" "${wide[256]} *d/Z" "${wide[255]} *d/b" \
        "${wide[0]} *d/B/x" "${wide[1]} *d/a/y"
    status_is 0
}

@test "T5: an empty directory has no lines" {
    mkdir -p d/e/f
    try d
    stdout_is
    status_is 0
}

@test "trust 16: where nothing was there, a message says so, and the status stays" {
    mkdir d e
    : >d/empty
    zeros 256 a
    for words in 'sum e' '--json e e' '--exclude=* d' '--max-depth=0 d' '--min-size=257 a' '--files0-from=/dev/null' \
        '-o list e' 'walk e' 'walk -z e' 'walk --json --exclude=* d' 'walk --files0-from=/dev/null'; do
        set -f
        # shellcheck disable=SC2086 # words
        try $words
        set +f
        stdout_is
        stderr_is "iscc: nothing to list: no file"
        status_is 0
    done
    local none="no file with any content, so this is the code of no bytes"
    for tree in d e; do
        for words in '--tree' 'compare a' 'similar a --near'; do
            # shellcheck disable=SC2086
            "$ISCC" $words d >expected 2>/dev/null || true
            # shellcheck disable=SC2086
            try $words $tree
            sed "s,\*$tree/,*d/," "$out" | diff expected - >&2
            stderr_is "iscc: $tree/: $none"
        done
    done
    try --tree e a d
    stdout_is "${wide[0]} *e/" "${wide[256]} *a" "${wide[0]} *d/"
    stderr_is "iscc: e/: $none" "iscc: d/: $none"
    status_is 0
    # There was something, or a message says what went wrong.
    for words in 'e a' 'd' '- e' 'walk e d' '--tree a'; do
        # shellcheck disable=SC2086
        try $words </dev/null
        stderr_is
        status_is 0
    done
    for command in sum walk; do
        try $command e missing
        stderr_is "iscc: missing: No such file or directory"
        status_is 2
    done
}

# ---- T6: without delay ----

@test "T6: a result is printed as soon as it is next" {
    zeros 256 a
    mkfifo in results
    timeout 60 "$ISCC" a - <in >results 2>"$err" 3>&- &
    exec 7>in 8<results
    read -r -t 20 -u 8 line
    [[ $line == "${wide[256]} *a" ]]
    head -c 257 /dev/zero >&7
    exec 7>&-
    read -r -t 20 -u 8 line
    [[ $line == "${wide[257]} *-" ]]
    exec 8<&-
    finish $!
    status_is 0
}

@test "T6: a message comes in the result's position" {
    zeros 256 a
    zeros 257 b
    status=0
    timeout 60 "$ISCC" a missing b >"$out" 2>&1 || status=$?
    stdout_is "${wide[256]} *a" "iscc: missing: No such file or directory" "${wide[257]} *b"
    [[ $status -eq 2 ]]
}

# ---- --tree ----

@test "T3: --tree prints one line per directory, whose name ends in a slash" {
    mkdir -p d/sub
    zeros 128 d/a
    zeros 100 d/sub/b
    zeros 28 d/sub/c
    for operand in d d/ d//; do
        try --tree "$operand"
        stdout_is "${wide[256]} *d/"
        status_is 0
    done
    try --tree --narrow --tag --units d
    stdout_is "ISCC-SUM (d/) = ${narrow[256]}" "  ${data_code[256]}" "  ${instance_code[256]}"
}

@test "T3: --tree of an empty directory is the code of no bytes, and of a file its own code" {
    mkdir d
    zeros 256 a
    try --tree d a
    stdout_is "${wide[0]} *d/" "${wide[256]} *a"
    status_is 0
}

@test "trust, coming from iscc-sum: -t is --tree, and -h is --help" {
    mkdir d
    zeros 256 d/a
    for words in '-t d' 'sum -tz d' '-zt d'; do
        # shellcheck disable=SC2086 # words
        try $words
        tr '\0' '\n' <"$out" | diff <(echo "${wide[256]} *d/") - >&2
        status_is 0
    done
    try -ct list
    is_usage_error 'the --tree option is meaningless with --check'
    for words in -h 'sum -h'; do
        # shellcheck disable=SC2086
        try $words
        [[ $(head -c 6 "$out") == Usage: ]]
        status_is 0
    done
}

@test "T3: --tree skips what the walk skips" {
    mkdir d
    zeros 256 d/a
    zeros 10 d/b
    zeros 10 d/c.iscc.json
    printf '/b\n/.isccignore\n' >d/.isccignore
    ln -s a d/link
    mkfifo d/fifo
    try --tree d
    stdout_is "${wide[256]} *d/"
    status_is 0
}

@test "T3: --tree of a directory with an unreadable file is an error without a code" {
    obey_file_modes
    mkdir d e
    zeros 256 d/a
    zeros 256 d/b
    zeros 256 e/a
    chmod 000 d/b
    try --tree d e
    stdout_is "${wide[256]} *e/"
    stderr_is "iscc: d/b: Permission denied"
    status_is 2
}
