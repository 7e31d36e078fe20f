#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# sum --resume: rules L11 to L15 of docs/resume.md.

load ../support/common

# The options that every run has.
options=(--resume --json --stat --trust-times -o list)

setup_file() {
    seed=${ISCC_TEST_SEED:-$RANDOM$RANDOM}
    echo "# ISCC_TEST_SEED=$seed" >&3
    export seed
}

# Small files and long ones, and what one run prints for them.
make_files() {
    mkdir -p d/e d/f
    seq 120000 | split -a 3 -l 300 - d/e/
    yes 'a long file' | head -c 8000000 | split -b 2000000 - d/f/
    echo a >d/a
    sleep 0.05
    "$ISCC" sum --json --stat --trust-times d >one
}

# The sum of the sizes of files in a list.
size_of() { awk -F '"filesize":' '{ sum += $2 } END { print sum + 0 }' "$1"; }

# One more run is complete, and reads no file that is in list.part, and each other file once.
completes() { # ARGUMENT...
    local known=0
    if [[ -e list.part ]]; then
        known=$(sed '$d' list.part | size_of /dev/stdin)
        [[ -n $(tail -c 1 list.part) ]] || known=$(size_of list.part)
    fi
    try sum "${options[@]}" --stats "$@"
    status_is 0
    [[ $(<"$err") == '{"type":"stats",'*"\"bytes\":$(($(size_of list) - known)),"* ]] || {
        cat "$err" >&2
        return 1
    }
    [[ ! -e list.part && -z $(compgen -G '.iscc-*') ]]
}

# Kills runs at random moments until one is complete.
kill_at_random() { # TIMES
    local moment signal pid ended=0 began=${EPOCHREALTIME/./} longest i
    RANDOM=$seed
    "$ISCC" sum "${options[@]}" d
    longest=$(((${EPOCHREALTIME/./} - began) * 3 / 4))
    rm list
    for ((i = 0; i < $1; i++)); do
        signal=$((i % 2 == 0 ? 9 : 15))
        env --default-signal=TERM "$ISCC" sum "${options[@]}" -j $((1 + i % 3)) d 2>>messages 3>&- &
        pid=$!
        moment=$((longest * (RANDOM % 1000) / 1000))
        printf -v moment '%07d' "$moment"
        sleep "${moment::-6}.${moment: -6}"
        kill -$signal $pid 2>/dev/null || true
        status=0
        wait $pid || status=$?
        case $status in
        0)
            cmp list one
            rm list
            ;;
        75) # no line was torn
            [[ $(tail -n 1 list.part) == *'}' && -z $(tail -c 1 list.part) && ! -e list ]]
            ended=$((ended + 1))
            ;;
        *)
            [[ $status -eq $((128 + signal)) ]]
            ended=$((ended + 1))
            if [[ -e list ]]; then # the signal came after all was done
                cmp list one
                rm list
            fi
            ;;
        esac
        if [[ -e list.part ]]; then # no file was read twice
            [[ $(grep -c '"stat":{.*}}$' list.part) -eq $(grep '"stat":{.*}}$' list.part | sort -u | wc -l) ]]
            diff <(grep '"stat":{.*}}$' list.part | sort) <(sort one) | grep '^<' >&2 && return 1
        fi
    done
    ((ended > 0))
    completes d
    cmp list one
    grep -vxF 'iscc: list.part: stopped by SIGTERM; the same command goes on from here' messages >&2 && return 1
    return 0
}

@test "L11, L14: a run that is killed at any moment is completed by the next ones, and no file is read twice" {
    make_files
    kill_at_random "$([[ -n ${ISCC_TEST_THOROUGH-} ]] && echo 100 || echo 8)"
}

# Leaves list.part of a run that was stopped after d/a and d/e: a FIFO on standard input keeps it from its end.
leave_part() { # OPTION...
    local pid
    mkfifo fifo
    exec 9<>fifo
    env --default-signal=TERM "$ISCC" sum "${options[@]}" "$@" d/a d/e - 2>messages <fifo 3>&- 9>&- &
    pid=$!
    wait_until grep -qs 'd/e/' list.part
    sleep 0.2
    kill -TERM $pid
    # The read from the pipe goes on until it ends.
    exec 9>&-
    finish $pid
    rm fifo
    [[ $status -eq 75 && ! -e list ]]
}

@test "L12: a last line that was cut off at any byte is dropped, and its file is read again" {
    make_files
    leave_part
    cp list.part whole
    size=$(wc -c <whole)
    last=$(tail -n 1 whole | wc -c)
    "$ISCC" sum --json --stat --trust-times d/a d/e - </dev/null >one
    for cut in 0 1 $((last / 2)) $((last - 1)) "$last" $((size - 20)) "$size"; do
        head -c $((size - cut)) whole >list.part
        completes d/a d/e - </dev/null
        cmp list one
        rm list
    done
}

@test "L12, L13: a part of another command, and one that is in use, are refused" {
    make_files
    leave_part
    cp list.part before
    other=' made by another command, as its first line says; remove it to start anew'
    for words in '--units d/a d/e -' '--narrow d/a d/e -' 'd/a d/e' 'd - ' '--exclude=x d/a d/e -' '-z d/a d/e -' \
        '--shard=1/2 d/a d/e -'; do
        # shellcheck disable=SC2086 # words
        try sum "${options[@]}" $words </dev/null
        stderr_is "iscc: list.part:$other"
        status_is 2
        cmp list.part before
    done
    # Options that do not change what is printed are no matter.
    "$ISCC" sum -j 1 --progress=never "${options[@]}" d/a d/e - </dev/null
    [[ -s list && ! -e list.part ]]
    for text in 'not a list' '{"type":"file"}' '{"type":"resume"}' '[]' '{"type":"resume"}\nno' '\nno'; do
        for end in '' '\n'; do
            [[ $text == '{'* || -n $end ]] || continue
            printf '%b' "$text$end" >list.part
            cp list.part before
            try sum "${options[@]}" d
            [[ $text$end != '{"type":"resume"}' ]] || continue # may be a first line that was cut off
            stderr_is "iscc: list.part:$other"
            status_is 2
            cmp list.part before
        done
    done
    rm list.part
    mkdir list.part
    try sum "${options[@]}" d
    status_is 2
    rmdir list.part
    ln -s one list.part
    try sum "${options[@]}" d
    status_is 2
    rm list.part
    try sum --resume --json --stat -o /dev/null d
    stderr_is 'iscc: /dev/null: not a regular file'
    for words in '-o list' '--json -o list'; do
        # shellcheck disable=SC2086 # words
        try sum --resume $words d
        is_usage_error 'the --resume option is meaningful only with --stat'
    done
    try sum --resume --json --stat d
    is_usage_error 'the --resume option is meaningful only with --output'
    try sum "${options[@]}" --tree d
    is_usage_error 'the --resume option is meaningless with --tree'
    needs flock
    : >list.part
    flock list.part sleep 30 3>&- &
    pid=$!
    wait_until bash -c '! flock -n list.part true'
    try sum "${options[@]}" d
    kill $pid
    stderr_is 'iscc: list.part: in use by another run'
    status_is 2
}

@test "L11, L15: the list in its own tree, files that change between the runs, and an earlier list" {
    make_files
    options[5]=d/list
    "$ISCC" sum "${options[@]}" d
    cmp d/list one
    # An existing list is reused, with a part and without.
    try sum "${options[@]}" --stats d
    [[ $(<"$err") == *'"bytes":0,'* ]]
    cmp d/list one
    echo changed >d/a
    echo new >d/new
    rm d/e/aab
    sleep 0.05
    "$ISCC" sum --json --stat --trust-times d | grep -v '"d/list' >now
    "$ISCC" sum "${options[@]}" d
    cmp d/list now
    # The journal has lines in another order than the walk now.
    command=$(printf '{"type":"resume","command":"--json --stat --trust-times -- d"}')
    { echo "$command" && head -n 1 one && tail -n 20 now && grep '"d/a"' now; } >d/list.part
    try sum "${options[@]}" --stats d
    [[ $(<"$err") == *'"bytes":0,'* ]]
    cmp d/list now
    [[ ! -e d/list.part ]]
}

@test "L14: a full disk is an error, and the next run goes on" {
    not_with tsan # its runtime writes a file of its own
    make_files
    try sum --json --stat --trust-times d
    (
        ulimit -f 100
        try sum "${options[@]}" d
        status_is 2
        [[ $(<"$err") == 'iscc: list'*': File too large'* ]]
    )
    [[ ! -e list && $(wc -l <list.part) -gt 100 ]]
    completes d
    cmp list one
}

@test "L14: SIGTERM that is ignored stays ignored, and shards and -z go on as well" {
    make_files
    for words in '-z' '--shard=1/2' '--shard=1/2 --units -z'; do
        # shellcheck disable=SC2086 # words
        "$ISCC" sum --json --stat --trust-times $words d >one
        # shellcheck disable=SC2086 # words
        (
            trap '' TERM
            "$ISCC" sum "${options[@]}" $words d &
            pid=$!
            kill -TERM $pid
            wait $pid
        )
        cmp list one
        rm list
        # shellcheck disable=SC2086 # words
        leave_part $words
        # shellcheck disable=SC2086 # words
        "$ISCC" sum --json --stat --trust-times $words d/a d/e - </dev/null >one
        # shellcheck disable=SC2086 # words
        try sum "${options[@]}" $words --stats d/a d/e - </dev/null
        [[ $(<"$err") == *'"bytes":0,'* ]]
        cmp list one
        rm list
    done
}

@test "L10: what is added to a list while it is in use does not matter" {
    make_files
    cp one old
    mkfifo fifo
    exec 9<>fifo
    "$ISCC" sum --json --stat --trust-times --stats --reuse=old - d >"$out" 2>"$err" <fifo 3>&- 9>&- &
    pid=$!
    # shellcheck disable=SC2046 # words
    cat $(printf 'one %.0s' {1..300}) >>old
    printf torn >>old
    exec 9>&-
    finish $pid
    [[ $status -eq 0 && $(<"$err") == *'"bytes":0,'* ]]
    cmp <(sed 1d "$out") one
}
