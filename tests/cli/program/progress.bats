#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Progress and statistics: rules S6 and S7 of the contract.

load ../support/common

# Makes the tree `d` and the list `codes`, and sets `slowly`, a prefix that makes one of the last reads take longer than a second.
make_slow_tree() {
    [[ -n ${ISCC_FAULT_LIBRARY-} ]] || skip 'the fault library is not built'
    mkdir d
    for i in {100..199}; do zeros 1000 "d/$i"; done
    "$ISCC" --json d >codes
    slowly=(env "LD_PRELOAD=$ISCC_FAULT_LIBRARY" ISCC_FAULTS=read=190:run@1 'ISCC_FAULT_COMMAND=sleep 1.4')
}

# Runs the program slowly with stderr on a terminal of type TERM, and keeps what it showed in `shown`.
show() {
    needs script
    script -qec "TERM=$1 ${slowly[*]@Q} '$ISCC' ${*:2} >'$out'" /dev/null </dev/null >shown
}

@test "S6: on a terminal progress is shown after a second, with an estimate, and is gone at the end" {
    make_slow_tree
    for command in "check codes" "--stats sum -j1 d missing"; do
        "$ISCC" ${command/--stats/} >expected 2>/dev/null || true
        show xterm "$command" || true
        cmp "$out" expected
        # Each line of progress is erased by the next one, and the last one by nothing.
        grep -qP '\r\e\[K\d+ % \d+/10[01] files, [0-9.]+ [kM]?B/s, 0:0\d left\r\e\[K' shown
        [[ $(tail -c 4 shown | od -An -c) == *'033   [   K'* || $command == *--stats* ]]
    done
    # Messages are lines of their own.
    grep -qP '^(.*\r\e\[K)?iscc: missing: No such file or directory\r$' shown
    grep -qP '^iscc: 10[01] files, 100 kB read, 1 error, [0-9.]+ s, [0-9.]+ kB/s, 1 thread, [0-9.]+ MB of memory\r$' shown
}

@test "S6: nothing is shown that was not asked for, and no control character to what is no terminal" {
    make_slow_tree
    "$ISCC" d >expected
    show dumb d
    [[ ! -s shown ]]
    show xterm --progress=never d
    [[ ! -s shown ]]
    # And -j takes precedence over the environment.
    prefix=(env OMP_NUM_THREADS=1 "${slowly[@]}")
    try --stats -j2 d
    # shellcheck disable=SC2034 # for the next try
    prefix=()
    cmp "$out" expected
    status_is 0
    [[ $(wc -l <"$err") -eq 1 ]]
    if grep -q 'by OpenMP' <("$ISCC" --version --verbose); then grep -q ', 2 threads, ' "$err"; fi
    try --progress=sometimes d
    is_usage_error "invalid argument 'sometimes' for '--progress' (one of: auto always never)"
}

@test "S6: results and progress share a terminal, and what is typed stays" {
    make_slow_tree
    "$ISCC" d >expected
    script -qec "TERM=xterm ${slowly[*]@Q} '$ISCC' -j1 d" /dev/null </dev/null >shown
    # Without what is erased, only results remain.
    sed 's/^.*\r\x1b\[K//; s/\r$//' shown | diff expected - >&2
    grep -qP '\r\e\[K\d+ % ' shown
    { printf typed; sleep 1.4; printf '\n\004'; sleep 0.2; } | script -qec "TERM=xterm '$ISCC'" /dev/null >shown
    grep -q 'typed' shown
    run grep -P '\e' shown
    [[ $status -eq 1 ]]
}

@test "S6: counting ahead takes no line from a pipe" {
    make_slow_tree
    "$ISCC" check codes >expected
    { head -n 60 codes && sleep 1.3 && tail -n +61 codes; } | try check --progress /dev/fd/0
    cmp "$out" expected
}

@test "S7: SIGUSR1 prints one line of progress and changes nothing" {
    make_slow_tree
    "$ISCC" d >expected
    "${slowly[@]}" "$ISCC" d >"$out" 2>"$err" 3>&- &
    sleep 0.5
    kill -USR1 $!
    finish $!
    cmp "$out" expected
    status_is 0
    [[ $(wc -l <"$err") -eq 1 ]]
    grep -qP '^iscc: [0-9]+ files, [0-9]+ kB, [0-9.]+ k?B/s$' "$err"
}

@test "C3: --stats tells what was read, as text or as an object on stderr" {
    mkdir d
    zeros 8192 d/a
    zeros 257 d/b
    for command in 'sum d' 'sum --tree d' 'check list' 'similar d' 'diff d d' 'update codes d' 'compare d/a d/b'; do
        "$ISCC" d >list
        head -n 1 list >codes
        # shellcheck disable=SC2086 # two or three words
        try --stats $command
        grep -qP '^iscc: [124] files?, (0 B|257 B|8\.[24] kB|17 kB) read, 0 errors, ' "$err"
        # shellcheck disable=SC2086 # two or three words
        try --json --stats $command
        grep -qP '^\{"type":"stats","files":[124],"bytes":\d+,"errors":0,"seconds":\d+\.\d{3},"bytes_per_second":\d+,"threads":1,"peak_memory":\d{7,}\}$' "$err"
    done
    try --stats sum d missing --nonsense
    is_usage_error "unrecognized option '--nonsense'"
    try --stats diff d
    is_usage_error "missing operand after 'd'" diff
}
