#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# What somebody meets who has never used the program: rule C3 of the contract, and mistakes.

load ../support/common

# Runs the program as a shell command on a pseudo-terminal whose user types TYPED: on_terminal TYPED COMMAND.
on_terminal() {
    needs script
    : >"$out"
    : >"$err"
    status=0
    printf '%b' "$1" | script -qec "$2 >'$out' 2>'$err'" /dev/null >/dev/null || status=$?
}

@test "C2: after a mistyped command nothing is hashed, and the nearest command is named" {
    zeros 256 a
    while read -r typed meant; do
        for words in "$typed a" "--json $typed a" "$typed"; do
            [[ $typed == chekc || $words == "$typed a" ]] || continue
            # shellcheck disable=SC2086 # several words
            try $words
            stdout_is
            stderr_is "iscc: '$typed' is neither a command nor an existing file; did you mean '$meant'?" \
                "Try 'iscc --help' for more information."
            status_is 2
        done
    done <<<$'chekc check\nsmu sum\nwlak walk\nsimilr similar\nupdat update\ncomplietions completions\nhlep help'
}

@test "C2: only a name that is no file and near a command is taken for a mistyped command" {
    zeros 256 smu
    zeros 256 a
    try smu a
    stdout_is "${wide[256]} *smu" "${wide[256]} *a"
    status_is 0
    for name in ab checkered ./chekc su/m "$(printf 'x%.0s' {1..300})"; do
        try "$name" a
        stdout_is "${wide[256]} *a"
        status_is 2
    done
    try sum chekc a
    stdout_is "${wide[256]} *a"
    status_is 2
}

@test "C3: the option nearest to an unknown one is named, if one is near" {
    try --jsno
    is_usage_error "unrecognized option '--jsno'; did you mean '--json'?"
    try check --quite=x
    is_usage_error "unrecognized option '--quite'; did you mean '--quiet'?" check
    try check --ignore-m list
    is_usage_error "unrecognized option '--ignore-m'; did you mean '--ignore-missing'?" check
    try sum --quiet --
    is_usage_error "the --quiet option is meaningful only with --check"
    for option in --j --xyz --thisisnotanoptionthatanybodyknowsof; do
        try sum "$option"
        is_usage_error "unrecognized option '$option'"
    done
}

@test "C3: help and version are commands, and -h and -V options" {
    for command in $(command_words); do
        try "$command" --help
        cp "$out" "$out.help"
        [[ -s $out ]]
        try help "$command"
        cmp "$out" "$out.help"
        status_is 0
    done
    for words in "$command -h" "-h $command"; do
        # shellcheck disable=SC2086 # two words
        try $words
        cmp "$out" "$out.help"
    done
    try --help
    cp "$out" "$out.help"
    for word in help -h; do
        try "$word"
        cmp "$out" "$out.help"
    done
    try --version
    cp "$out" "$out.version"
    for word in version -V 'sum -V'; do
        # shellcheck disable=SC2086 # two words
        try $word
        cmp "$out" "$out.version"
    done
    try --version --verbose
    cp "$out" "$out.version"
    try version --verbose
    cmp "$out" "$out.version"
    status_is 0
    try help chekc
    stderr_is "iscc: unknown command 'chekc'; did you mean 'check'?" "Try 'iscc --help' for more information."
    status_is 2
    try help photos
    stderr_is "iscc: unknown command 'photos'" "Try 'iscc --help' for more information."
    status_is 2
    try help sum walk
    is_usage_error "extra operand 'walk'" help
    try version sum
    is_usage_error "extra operand 'sum'" version
}

@test "C3: the examples of each command run" {
    mkdir photos v1 v2 empty
    zeros 8192 photos/a.jpg
    cp photos/a.jpg photos/b.jpg
    "$ISCC" photos >codes
    "$ISCC" --json --stat photos >codes.json
    cp photos/a.jpg v1
    cp photos/a.jpg v2
    echo text >essay.txt
    ln -s "$ISCC" iscc
    for command in '' $(command_words); do
        try ${command:+"$command"} --help
        sed -n '/^Examples:$/,$s/^  //p' "$out" >examples
        grep -q "iscc ${command/sum/}" examples
        while IFS= read -r example; do
            [[ $example == 'iscc bench'* ]] && continue # takes its time
            status=0
            PATH=$PWD:$PATH bash -c "${example//\/mnt\/backup/.}" >"$out" 2>"$err" </dev/null || status=$?
            stderr_is
            status_is 0
        done <examples
    done
}

@test "C4: a message says that a terminal is read, once and only then" {
    zeros 3 expected
    for command in check similar 'sum a -' 'sum --files0-from=-' decode; do
        on_terminal 'abc\n\x04' "'$ISCC' $command"
        [[ $(grep -c '^iscc: reading standard input$' "$err") -eq 1 ]]
    done
    on_terminal 'abc\n\x04' "'$ISCC'"
    stdout_is "$(printf 'abc\n' | "$ISCC")"
    stderr_is 'iscc: reading standard input'
    status_is 0
    on_terminal '' "'$ISCC' expected"
    stderr_is
    on_terminal '' "'$ISCC' <expected"
    stderr_is
}

@test "C3: OMP_NUM_THREADS is the default of -j" {
    OMP_NUM_THREADS=1 try --version --verbose
    grep -q '^threads: 1' "$out"
    grep -q 'by OpenMP' "$out" || skip 'built without OpenMP'
    for threads in 3,3 2000,1024; do
        OMP_NUM_THREADS=${threads%,*} try --version --verbose
        grep -qx "threads: ${threads#*,}, by OpenMP" "$out"
    done
}
