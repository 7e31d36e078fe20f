#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# -o never replaces an input: rule S8 of the contract, and row 15 of what other tools lost.

load ../support/common

# The command is refused before it reads anything.
refused() {
    local name=$1 command=$2
    shift 2
    try "$@"
    is_usage_error "the input '$name' is also the file to write" "$command"
}

@test "trust 15: an output that is an input is refused before anything is read, and no file changes" {
    mkdir d
    zeros 256 d/a
    zeros 257 b
    "$ISCC" d b >L
    "$ISCC" d >M
    printf 'b\0' >names
    printf '*.o\n' >patterns
    ln -s L link
    ln L hard
    mkfifo endless
    sha256sum L M b names patterns >"$out.before"
    ls -A >"$out.names"
    refused L check check -o L L
    refused M check check M -o ./M L
    refused M check check -o d/../M --base=list M
    refused link check check -o L link
    refused L check check -o link L
    refused L check check -o hard L
    refused L sum sum -c -o L L
    refused L sum -co L L
    refused L diff diff -o L M L
    refused L diff diff -o L L d
    refused L similar similar -o L d L
    refused b similar similar -o b b d
    refused b similar similar --near b -o b d
    refused b sum -o b b
    refused b sum sum b -j 1 d --output=b
    refused b sum -o b endless b
    refused b walk walk -o b b
    refused names sum -o names --files0-from=names
    refused names sum --files0-from=names -o names
    refused names walk walk --files0-from names -o names
    refused names similar similar --files0-from names -o names
    for command in sum walk similar; do
        refused patterns $command $command -o patterns --exclude-from=patterns d
        refused patterns $command $command --exclude-from=patterns d -o patterns
    done
    refused patterns check check --exclude-from=patterns -o patterns M
    refused patterns diff diff --exclude-from=patterns -o patterns M d
    refused L update update --exclude-from=L L d
    refused link update update L d --exclude-from=link
    refused - check check -o L <L
    refused - check check -o L - <L
    refused - sum -o b <b
    refused - sum -o names --files0-from=- <names
    refused - similar similar -o L <L
    refused - similar similar --near - -o b d <b
    refused - diff diff -o L - d <L
    sha256sum --quiet -c "$out.before" >&2
    diff "$out.names" <(ls -A) >&2
}

@test "trust 15: an output that is no input is written, and -o - is standard output" {
    mkdir d
    zeros 256 d/a
    "$ISCC" d >L
    : >M
    for command in 'sum d' 'walk d' 'check L' 'diff M L' 'similar --all d' 'completions bash'; do
        # shellcheck disable=SC2086 # words
        try $command
        wanted=$status
        mv "$out" "$out.expected"
        for options in '-o -' '-o-' '--output=-' '-o other -o -'; do
            [[ $command == sum* || $options == '-o -' ]] || continue # all commands read their options in the same way
            # shellcheck disable=SC2086 # words
            try $command $options
            cmp "$out" "$out.expected"
            [[ -s $out ]]
            status_is "$wanted"
            folder_is L M d
        done
    done
    # Below a directory that is read.
    try -o d/L d
    try -o d/L d
    same_lines d/L "${wide[256]} *d/a"
    status_is 0
    try check --strict-tree d -o d/verdicts d/L
    same_lines d/verdicts 'd/a: OK'
    status_is 0
    # A command's word is not a file, and standard input that is not read is no input.
    zeros 1 bash
    try completions -o bash bash
    status_is 0
    [[ $(wc -c <bash) -gt 1 ]]
    : >new
    try -o new d/a <new
    same_lines new "${wide[256]} *d/a"
    status_is 0
}

@test "trust 15: an ignore file is an input of every walk" {
    mkdir d
    zeros 256 d/a
    echo '*.o' >d/.isccignore
    for words in 'sum d' 'walk d' 'similar d'; do
        # shellcheck disable=SC2086 # two words
        try $words -o d/.isccignore
        is_usage_error 'the file to write is an ignore file, which is an input' "${words% d}"
        [[ $(<d/.isccignore) == '*.o' ]]
    done
}

@test "trust 15: an output that a list or --files0-from names is an error when its turn comes, and stays" {
    zeros 256 a
    zeros 257 b
    ln a hard
    "$ISCC" a b >L
    printf 'b\0hard\0' >names
    cp a before
    for words in 'check L' 'sum --files0-from=names' 'similar --files0-from=names'; do
        # shellcheck disable=SC2086 # two words
        try $words -o a
        grep -qE '^iscc: (a|hard): the input is the file of -o$' "$err"
        status_is 2
        cmp a before
    done
    try check -o new L
    status_is 0
    same_lines new 'a: OK' 'b: OK'
}
