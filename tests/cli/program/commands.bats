#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Commands and options: rules C1 to C3 of the contract.

load ../support/common

# ---- C1, C2: commands ----

@test "C1: sum computes codes, and options may come before it" {
    zeros 256 a
    try sum a
    stdout_is "${wide[256]} *a"
    stderr_is
    status_is 0
    zeros 256 a
    try --narrow sum a
    stdout_is "${narrow[256]} *a"
    status_is 0
    try -j 1 sum a
    stdout_is "${wide[256]} *a"
    status_is 0
}

@test "C2: sum is the default command" {
    mkdir dist
    zeros 256 dist/a
    try --json dist/
    cp "$out" "$out.implied"
    status_is 0
    try sum --json dist/
    cmp "$out" "$out.implied"
    [[ -s $out ]]
    status_is 0
}

@test "C2: the first operand is a command if it is one's word, and each other one a file" {
    # A command word takes precedence over a file of that name
    zeros 256 sum
    zeros 257 walk
    try sum <sum
    stdout_is "${wide[256]} *-"
    try walk walk
    stdout_is walk
    try ./sum
    stdout_is "${wide[256]} *./sum"
    status_is 0
    # A command word after the first operand is an operand
    zeros 256 a
    zeros 257 sum
    try a sum
    stdout_is "${wide[256]} *a" "${wide[257]} *sum"
    status_is 0
    # A first operand that is neither a command nor a file gives one error naming both
    try nonsense
    stdout_is
    stderr_is "iscc: nonsense: neither a command nor an existing file"
    status_is 2
    # Only the first operand is reported as a possible command
    zeros 256 a
    try a nonsense
    stdout_is "${wide[256]} *a"
    stderr_is "iscc: nonsense: No such file or directory"
    status_is 2
    try sum nonsense
    stdout_is
    stderr_is "iscc: nonsense: No such file or directory"
    status_is 2
    # An empty operand is a missing file
    try sum ''
    stdout_is
    stderr_is "iscc: '': No such file or directory"
    status_is 2
}

# ---- C3: options ----

@test "C3: options may come anywhere" {
    zeros 256 a
    zeros 257 b
    try a --narrow b
    stdout_is "${narrow[256]} *a" "${narrow[257]} *b"
    status_is 0
    try sum a b --narrow
    stdout_is "${narrow[256]} *a" "${narrow[257]} *b"
    status_is 0
}

@test "C3: -- ends the options" {
    zeros 256 --narrow
    zeros 257 -
    try -- --narrow
    stdout_is "${wide[256]} *--narrow"
    status_is 0
    try sum -- --narrow --narrow
    stdout_is "${wide[256]} *--narrow" "${wide[256]} *--narrow"
    status_is 0
}

@test "trust 24: an operand after -- is a file, whatever its name" {
    zeros 256 check
    zeros 257 walk
    for options in '' '-j 1' --json; do
        # shellcheck disable=SC2086 # words
        "$ISCC" sum $options check walk >expected
        # shellcheck disable=SC2086
        try $options -- check walk
        stdout_is "$(<expected)"
        stderr_is
        status_is 0
    done
    try -- chekc
    stdout_is
    stderr_is "iscc: chekc: No such file or directory"
    status_is 2
    try walk -- check
    stdout_is check
    try -- --help
    stderr_is "iscc: --help: No such file or directory"
}

@test "C3: an option that is unknown, abbreviated or without its value is a usage error" {
    # Unknown options are usage errors
    try --nonsense
    is_usage_error "unrecognized option '--nonsense'"
    try sum -y
    is_usage_error "invalid option -- 'y'"
    try walk --narrow
    is_usage_error "unrecognized option '--narrow'" walk
    try walk -j 2 .
    is_usage_error "invalid option -- 'j'" walk
    # Long options cannot be abbreviated
    try --narro
    is_usage_error "unrecognized option '--narro'; did you mean '--narrow'?"
    try sum --thread=2
    is_usage_error "unrecognized option '--thread'; did you mean '--threads'?"
    # A missing or unexpected value is a usage error
    try sum --threads
    is_usage_error "option '--threads' requires an argument"
    try sum -o
    is_usage_error "option requires an argument -- 'o'"
    try sum --json=yes
    is_usage_error "option '--json' doesn't allow an argument"
}

@test "C3: the number of threads ranges from 1 to 1024" {
    for value in 0 1025 -1 +1 2x '' ' 2' 0x2 18446744073709551617; do
        try sum -j "$value"
        is_usage_error "invalid argument '$value' for '--threads' (1 to 1024)"
    done
    zeros 256 a
    for value in 1 2 007 1024; do
        try sum --threads="$value" a
        stdout_is "${wide[256]} *a"
        status_is 0
    done
}

@test "C3: a measurement size is in mebibytes unless it has a unit" {
    for value in 0 1025 1023K 1025M 2G 1T x 1m2 '' -1 18446744073709551616; do
        try bench --rounds=1 --size="$value"
        is_usage_error "invalid argument '$value' for '--size' (1M to 1G)" bench
    done
    for value in 1 1M 1MiB 1049KB 1024k 1G; do # a later mistake is reported, so this is none
        try bench --size="$value" --rounds=0
        is_usage_error "invalid argument '0' for '--rounds' (1 to 1000)" bench
    done
    try bench --rounds=1 --size=1049KB
    stderr_is
    status_is 0
}

@test "C3: a usage error comes before any work" {
    zeros 256 a
    try sum a --nonsense
    is_usage_error "unrecognized option '--nonsense'"
}

@test "C3: --help prints at most 80 columns to stdout and exits with 0" {
    for command in '' sum check walk decode compose compare; do
        try ${command:+"$command"} --help
        stderr_is
        status_is 0
        mapfile -t lines <"$out"
        [[ ${lines[0]} == 'Usage: iscc'* ]]
        for line in "${lines[@]}"; do [[ ${#line} -le 80 && $line != *[[:blank:]] && $line != *$'\t'* ]]; done
    done
}

@test "C3: iscc --help names every command, and a command's --help its options" {
    try --help
    for command in sum walk check; do
        grep -qE "^  $command +\\S" "$out"
    done
    try sum --help
    for option in --json --tag --narrow --units --stat '-z, --zero' '-t, --tree' --files0-from=FILE '-o, --output=FILE' \
        '-j, --threads=N' '-h, --help' '-V, --version'; do
        grep -qE -- "^ +$option( |\$)" "$out"
    done
    try --help sum
    grep -q '^Usage: iscc sum ' "$out"
}

@test "C3: a command's --help groups its options under headings" {
    for command in $(command_words); do
        try "$command" --help
        # Every line that is not indented, from the first empty line on, is a heading, and so is the first line there.
        awk -v command="$command" '/^$/ { below = 1; next } !below { next }
            !count && !/:$/ { bad = 1 }
            /^[^ ]/ { count++; if (!/^[A-Z][a-z ]*:$/) { bad = 1 } last = last $0 }
            /^Output:$/ { output = 1 }
            END { exit bad || count < 2 || !output && command !~ /^(help|version)$/ || last !~ /Other:Examples:$/ }' "$out"
    done
}

@test "C3: --version prints one line to stdout and exits with 0" {
    header=$BATS_TEST_DIRNAME/../../../src/core/include/iscc/iscc.h
    version=$(awk '/^#define ISCC_VERSION_(MAJOR|MINOR|PATCH) / { printf "%s%s", separator, $3; separator = "." }' "$header")
    for command in '' sum check walk decode compose compare; do
        try ${command:+"$command"} --version
        stdout_is "iscc $version"
        stderr_is
        status_is 0
    done
}

@test "C3: --version --verbose describes the build and the machine" {
    local backends='portable(, [a-z0-9]+)*'
    for command in '' sum walk update; do
        for order in '--version --verbose' '--verbose --version' '--version a --verbose'; do
            # shellcheck disable=SC2086 # two or three words
            ISCC_BACKEND=portable try ${command:+"$command"} $order
            stderr_is
            status_is 0
            mapfile -t lines <"$out"
            [[ ${#lines[@]} -eq 6 && ${lines[0]} =~ ^iscc\ [0-9.]+$ ]]
            [[ ${lines[1]} =~ ^backend:\ portable\ \(available:\ $backends\)$ ]]
            [[ ${lines[2]} =~ ^threads:\ ([0-9]+,\ by\ OpenMP|1,\ without\ OpenMP)$ ]]
            [[ ${lines[3]} =~ ^sandbox:\ (Landlock,\ ABI\ [0-9]+|none:\ .*)$ ]]
            [[ ${lines[4]} =~ ^BLAKE3:\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
            [[ ${lines[5]} =~ ^Unicode:\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
        done
    done
}

@test "C3: --verbose without --version is a usage error" {
    try --verbose
    is_usage_error "the --verbose option is meaningful only with --version"
    try walk . --verbose
    is_usage_error "the --verbose option is meaningful only with --version" walk
}

@test "C3: --help and --version do no work and read no input" {
    zeros 256 a
    try a --version
    [[ $(wc -l <"$out") -eq 1 ]]
    try --version - <&-
    status_is 0
}

# ---- Output inside the walked tree ----

@test "S5: walk -o lists neither the file it writes nor the file it replaces" {
    mkdir tree
    zeros 1 tree/a
    try walk -o tree/list tree
    status_is 0
    same_lines tree/list tree/a
    try walk -o tree/list tree
    status_is 0
    same_lines tree/list tree/a
}
