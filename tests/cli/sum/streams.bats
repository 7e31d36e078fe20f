#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Streams, messages and exit status: rules S1 to S3 of the contract.

load ../support/common

# Every way to get output from the program, for the rules that hold for all of them. Expects a file `a` and a
# directory `d`.
each_output() {
    zeros 256 a
    mkdir d
    zeros 257 d/b
    outputs=('a' 'sum a' 'sum d' '--json a' '--tag a' '--units -z a' '--tree d' 'missing a' '--json missing' 'sum -j 1 a'
        'walk d' 'walk --json d' 'diff d .' 'diff --json d d' 'similar --all d' 'similar --json --all d'
        'similar --dot a' 'similar --near a d' 'bench similar --codes=100 --rounds=1' '--help' '--version')
    for command in $(command_words); do
        outputs+=("$command --help")
    done
}

# There is one message, apart from those of each_output's inputs: a write error is reported after read errors, unless
# there is nothing to write.
only_write_error() {
    local messages
    mapfile -t messages <"$err"
    messages=("${messages[@]/#iscc: missing: *}")
    messages=("${messages[@]/#iscc: nothing to compare*}")
    printf -v messages '%s' "${messages[@]}"
    [[ $messages == "iscc: write error: $1" ]]
}

# ---- S1 ----

@test "S1: results go to stdout, and messages to stderr" {
    zeros 256 a
    try a missing
    stdout_is "${wide[256]} *a"
    stderr_is "iscc: missing: No such file or directory"
}

@test "S1: control bytes and bad UTF-8 in a message are masked" {
    try sum $'\e[31m\x07' $'a\nb' $'caf\xc3\xa9' $'\xff' $'\x7f' $'\xc2\x9b'
    stdout_is
    stderr_is 'iscc: \033[31m\007: No such file or directory' 'iscc: a\012b: No such file or directory' \
        $'iscc: caf\xc3\xa9: No such file or directory' 'iscc: \377: No such file or directory' \
        'iscc: \177: No such file or directory' 'iscc: \302\233: No such file or directory'
    status_is 2
}

@test "S1: control bytes in a usage error are masked" {
    try $'--\e[31m'
    is_usage_error "unrecognized option '--\\033[31m'"
    try -j $'\e[31m'
    is_usage_error "invalid argument '\\033[31m' for '--threads' (1 to 1024)"
}

@test "S1: a long name appears in full in a message" {
    name=$(printf 'n%.0s' {1..3000})
    try sum "$name" "d/$name"
    stderr_is "iscc: $name: File name too long" "iscc: d/$name: No such file or directory"
}

@test "S1: control bytes in a name never reach a terminal raw" {
    needs script
    mkdir d
    zeros 256 $'d/\e[31mred\a'
    zeros 257 $'d/caf\xc3\xa9'
    script -qec "for options in '' --tag -z --json; do '$ISCC' \$options d; done; '$ISCC' d" "$out" </dev/null >/dev/null
    run grep -c $'[\e\a]' "$out"
    [[ $output -eq 0 ]]
    [[ $(grep -ac $'caf\xc3\xa9' "$out") -eq 5 ]]
    grep -aqF 'd/\033[31mred\007' "$out"
}

@test "S1: a name cannot forge the verdict after it on a terminal" {
    needs script
    zeros 256 $'a\xe2\x80\xaeb'
    "$ISCC" a* >list
    grep -q $'\xe2\x80\xae' list
    script -qec "'$ISCC' check list" "$out" </dev/null >/dev/null
    grep -qF 'a\342\200\256b: OK' "$out"
}

@test "trust 4: JSON on a terminal is valid and has the same objects as in a file, for every command" {
    needs script jq
    mkdir d
    zeros 256 d/$'bidi\xe2\x80\xae c1\xc2\x9b\xc2\x85 esc\e[31m\a del\x7f line\xe2\x80\xa8 isolate\xe2\x81\xa6'
    zeros 257 d/$'bad\xff\xe2\x80 caf\xc3\xa9 \xf0\x9f\x98\x80'
    cp d/bidi* ./copy$'\xe2\x80\xae'
    "$ISCC" --json d >list
    head -n 1 list >less
    decoded=$'K\xe2\x80\xaeE'
    printf '%s\n' '--json d' '--json --tree --units d special*' 'walk --json d' 'check --json list less' \
        'similar --json d copy* special*' 'similar --json --near copy* d' 'diff --json less d' \
        'update -n --json less d' "decode --json $decoded" 'compare --json copy* d/bad*' 'sum -z --json d' >commands
    mkfifo special$'\xe2\x80\xae'
    # The same commands, each between two lines that are JSON as well.
    while IFS= read -r words; do printf '%s\n' "echo '\"${words%% *}\"'" "'$ISCC' $words 2>/dev/null </dev/null"; done <commands >all
    sh all >plain || true
    script -qec 'sh all' /dev/null >shown </dev/null || true
    tr '\0' '\n' <plain | jq -c . >expected
    tr '\0\r' '\n' <shown | jq -c . | diff expected - >&2
    [[ $(<expected) != *\"$'\n'\"* && $(tail -n 1 expected) == *'}' ]] # each printed something
    if grep -qP '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]|\xe2\x80\xae|\xc2\x9b' <(tr -d '\0' <shown); then return 1; fi
    # Its bytes do not depend on where it goes.
    "$ISCC" --json d | grep -qF 'bidi\u202e c1\u009b\u0085 esc\u001b[31m\u0007 del\u007f line\u2028 isolate\u2066'
}

# ---- S2 ----

@test "S2: status 0 if everything succeeded" {
    zeros 256 a
    try a
    status_is 0
    try walk .
    status_is 0
    try --files0-from=/dev/null
    status_is 0
}

@test "S2: status 2 for usage errors, unreadable inputs and write errors" {
    zeros 256 a
    try --nonsense
    status_is 2
    try missing a
    status_is 2
    try a -o missing/out
    stdout_is
    stderr_is "iscc: missing/out: No such file or directory"
    status_is 2
}

@test "S2: one bad input never stops the rest, on any number of threads" {
    mkdir d
    operands=()
    expected=()
    messages=()
    code=${wide[256]}
    for i in {1..50}; do
        zeros 256 "d/$i"
        operands+=("d/$i" "d/missing-$i")
        expected+=("$code *d/$i")
        messages+=("iscc: d/missing-$i: No such file or directory")
    done
    for threads in 1 2 8; do
        try -j $threads "${operands[@]}"
        stdout_is "${expected[@]}"
        stderr_is "${messages[@]}"
        status_is 2
    done
}

# ---- S3: write errors ----

@test "S3: a full disk gives status 2 and one message, for every output" {
    [[ -c /dev/full ]] || skip "no /dev/full"
    each_output
    for output in "${outputs[@]}"; do
        status=0
        # shellcheck disable=SC2086 # words
        "$ISCC" $output >/dev/full 2>"$err" || status=$?
        status_is 2
        only_write_error "No space left on device"
    done
}

@test "S3: exceeding the file size limit is a write error" {
    not_with tsan
    zeros 0 a
    printf 'a\0%.0s' {1..5000} >list
    status=0
    (ulimit -f 100; exec env --default-signal=XFSZ "$ISCC" --files0-from=list >"$out" 2>"$err") || status=$?
    stderr_is "iscc: write error: File too large"
    status_is 2
    [[ $(stat -c %s "$out") -eq 102400 ]]
}

@test "S3: with a file size limit, no signal ends help or messages" {
    # LLVM's OpenMP creates a file of its own before main.
    if ldd "$ISCC" 2>/dev/null | grep -q libomp; then skip "the OpenMP library does not start so"; fi
    not_with tsan
    for words in --help '--version --verbose' 'sum --unknown' 'compare a'; do
        status=0
        # shellcheck disable=SC2086 # words
        (ulimit -f 0; exec env --default-signal=XFSZ "$ISCC" $words >"$out" 2>"$out") || status=$?
        status_is 2
    done
}

@test "S3: a full disk ends the work early" {
    [[ -c /dev/full ]] || skip "no /dev/full"
    zeros 0 a
    # There are many lines, and the first failed write should suffice.
    printf 'a\0%.0s' {1..50000} >list
    status=0
    timeout 60 "$ISCC" --files0-from=list >/dev/full 2>"$err" || status=$?
    stderr_is "iscc: write error: No space left on device"
    status_is 2
}

@test "S3: a closed stdout gives status 2 and one message, for every output" {
    each_output
    for output in "${outputs[@]}"; do
        status=0
        # shellcheck disable=SC2086 # words
        "$ISCC" $output >&- 2>"$err" || status=$?
        status_is 2
        only_write_error "Bad file descriptor"
    done
}

@test "S3: with a closed stdout, no input gets its descriptor" {
    zeros 256 a
    cp a before
    status=0
    timeout 60 "$ISCC" a >&- 2>/dev/null || status=$?
    status_is 2
    cmp a before
}

@test "S3: a closed stdout is no error if there are no results" {
    mkdir d
    status=0
    timeout 60 "$ISCC" -o list d >&- 2>"$err" || status=$?
    stderr_is "iscc: nothing to list: no file"
    status_is 0
}

@test "S3: a closed stderr hides the message but not the status" {
    zeros 256 a
    status=0
    timeout 60 "$ISCC" missing a >"$out" 2>&- || status=$?
    stdout_is "${wide[256]} *a"
    [[ $status -eq 2 ]]
}

@test "S3: a closed pipe ends the program silently with SIGPIPE" {
    zeros 0 a
    printf 'a\0%.0s' {1..50000} >list
    for options in '' '-j 1' '--json' 'walk'; do
        # shellcheck disable=SC2086 # words
        run bash -c 'env --default-signal=PIPE "$ISCC" $1 --files0-from=list 2>"$2" | head -n 1; echo "${PIPESTATUS[0]}"' \
            - "$options" "$err"
        [[ ${lines[1]} -eq 141 ]]
        stderr_is
    done
}

@test "S3: a closed pipe is a write error if SIGPIPE is ignored" {
    zeros 0 a
    printf 'a\0%.0s' {1..20000} >list
    run bash -c 'trap "" PIPE; "$ISCC" --files0-from=list 2>"$1" | head -n 1; echo "${PIPESTATUS[0]}"' - "$err"
    [[ ${lines[1]} -eq 2 ]]
    stderr_is "iscc: write error: Broken pipe"
}

# ---- S3: signals ----

# Starts the program on a file and then an endless FIFO, and waits for the file's line.
begin() {
    mkfifo in
    exec 7<>in
    zeros 256 a
    rm -f "$out"
    env --default-signal=INT,TERM,HUP "$ISCC" "$@" a - <in >"$out" 2>"$err" 3>&- 7>&- &
    pid=$!
    wait_until test -s "$out"
}

@test "S3: a signal ends the program at once, by that signal, and printed lines are complete" {
    not_with tsan
    for pair in INT:130 TERM:143 HUP:129; do
        begin
        kill -"${pair%:*}" $pid
        finish $pid
        status_is ${pair#*:}
        stdout_is "${wide[256]} *a"
        stderr_is
        exec 7>&-
        rm in
    done
}

@test "S3: a signal ends the program while all threads are hashing" {
    not_with tsan
    truncate -s 20G big
    for threads in 1 4; do
        env --default-signal=INT "$ISCC" -j $threads big >"$out" 2>"$err" 3>&- &
        pid=$!
        sleep 0.3
        kill -INT $pid
        SECONDS=0
        finish $pid
        [[ $status -eq 130 && $SECONDS -lt 3 ]]
        stdout_is
        stderr_is
    done
}
