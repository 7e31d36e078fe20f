#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# What the sandbox denies once the options are known, and what still works.

load ../support/common

# Prints the Landlock version the program finds, or 0.
landlock() { "$ISCC" --version --verbose | sed -n 's/^sandbox: Landlock, ABI //p' | grep . || echo 0; }

needs_landlock() {
    [[ $(landlock) -ge $1 ]] || skip "Landlock has no ABI $1 here"
}

# Runs the program with the library that tries to escape; writes its lines, each with the thread's number, to `escapes`.
try_escape() {
    [[ -n ${ISCC_ESCAPE_LIBRARY-} ]] || skip "no library to try it with in this build"
    mkdir -p "$out.outside"
    echo old >"$out.outside/old"
    : >"$out.outside/readable"
    status=0
    timeout 60 env ESCAPE="$out.outside" LD_PRELOAD="$ISCC_ESCAPE_LIBRARY" \
        "$ISCC" "$@" >"$out" 2>"$err" 9>escapes || status=$?
}

escapes_are() { same_lines <(sed 's/^[0-9]* //' escapes) "$@"; }

@test "after a command's work nothing can be changed, executed, connected or signalled" {
    needs_landlock 6
    zeros 256 a
    zeros 257 b
    "$ISCC" a >list
    for words in 'sum a' 'check list' 'walk .' 'compare a a' 'decode ISCC:GAADCQSTMQ' 'sum -o codes a' 'update list' \
        'diff list list' 'similar list b'; do
        # shellcheck disable=SC2086 # words
        try_escape $words
        stderr_is
        status_is 0
        escapes_are 'create: denied' 'write: denied' 'truncate: denied' 'rename: denied' 'link: denied' \
            'directory: denied' 'remove: denied' 'execute: denied' 'bind: denied' 'connect: denied' 'signal: denied' \
            'read: done'
        [[ $(<"$out.outside/old") == old ]]
    done
}

@test "with --no-sandbox all of these are allowed" {
    zeros 256 a
    try_escape sum --no-sandbox a
    escapes_are 'create: done' 'write: done' 'truncate: done' 'rename: done' 'link: done' 'directory: done' \
        'remove: denied' 'execute: done' 'bind: done' 'connect: done' 'signal: done' 'read: done' # renamed, so not removed
    stdout_is "${wide[256]} *a"
}

@test "every thread is in the sandbox" {
    needs_landlock 1
    mkdir d
    head -c $((301 * 256)) /dev/zero | split -b 256 -a 3 - d/
    ESCAPE_THREADS=1 try_escape -j 8 d
    stderr_is
    status_is 0
    [[ $(wc -l <"$out") -eq 301 ]]
    if grep -q 'done$' escapes; then return 1; fi
    grep -q 'threads: [0-9]*, by OpenMP' <("$ISCC" --version --verbose) || skip "one thread"
    [[ $(cut -d ' ' -f 1 escapes | sort -u | wc -l) -gt 1 ]]
}

@test "only the output file can be written" {
    needs_landlock 3
    zeros 256 a
    mkdir -p results other
    ln -s results/by-link.txt link
    for target in here.txt results/there.txt link ./results/../here.txt "$PWD/results/full.txt" /dev/null /dev/stdout; do
        try -o "$target" a
        stderr_is
        status_is 0
        [[ $target == /dev/* ]] || [[ $(<"$target") == "${wide[256]} *a" ]]
    done
    [[ -L link && $(<results/by-link.txt) == "${wide[256]} *a" ]]
    status=0
    "$ISCC" -o /dev/stdout a | cmp - here.txt
    mkfifo fifo
    cat fifo >from_fifo 3>&- &
    try -o fifo a
    wait $!
    cmp from_fifo here.txt
}

@test "write errors are reported as they are without a sandbox" {
    zeros 256 a
    mkdir d
    for target in missing/file d a/b ''; do
        try --no-sandbox -o "$target" a
        cp "$err" expected
        status_is 2
        try -o "$target" a
        diff expected "$err" >&2
        status_is 2
    done
}

@test "descriptors and virtual files can still be read" {
    zeros 256 a
    try /dev/stdin <a
    stdout_is "${wide[256]} */dev/stdin"
    try - /proc/self/fd/5 /dev/fd/6 <a 5<a 6<a
    stdout_is "${wide[256]} *-" "${wide[256]} */proc/self/fd/5" "${wide[256]} */dev/fd/6"
    try --files0-from=<(printf 'a\0')
    stdout_is "${wide[256]} *a"
    try sum -c <("$ISCC" a)
    stdout_is 'a: OK'
    stderr_is
}

@test "a kernel without Landlock makes no visible difference" {
    needs strace
    not_with tsan
    zeros 256 a
    strace -qq -o trace -e trace=all -e inject=444:error=ENOSYS "$ISCC" a >"$out" 2>"$err" || skip "strace cannot inject"
    stdout_is "${wide[256]} *a"
    stderr_is
    grep -q 'ENOSYS.*INJECTED' trace
    strace -qq -o trace -e trace=all -e inject=444:error=ENOSYS "$ISCC" --version --verbose >"$out"
    grep -qx 'sandbox: none: the kernel does not support Landlock' "$out"
    # A kernel whose administrator has disabled Landlock.
    strace -qq -o trace -e trace=all -e inject=444:error=EOPNOTSUPP "$ISCC" a >"$out" 2>"$err"
    stdout_is "${wide[256]} *a"
    stderr_is
}

@test "an older kernel denies less" {
    needs strace
    needs_landlock 6
    [[ -n ${ISCC_ESCAPE_LIBRARY-} ]] || skip "no library to try it with in this build"
    zeros 256 a
    mkdir "$out.outside"
    : >"$out.outside/old"
    for abi in 1 2 3 4 5 6; do
        strace -qq -o trace -e trace=all -e "inject=444:retval=$abi:when=1" -E ESCAPE="$out.outside" \
            -E LD_PRELOAD="$ISCC_ESCAPE_LIBRARY" "$ISCC" -o codes a 2>"$err" 9>escapes || skip "strace cannot inject"
        stderr_is
        [[ $(<codes) == "${wide[256]} *a" ]]
        for what in create:1 write:1 truncate:3 rename:1 execute:1 bind:4 connect:4 signal:6; do
            verdict="done"
            if ((abi >= ${what#*:})); then verdict=denied; fi
            grep -q " ${what%:*}: $verdict\$" escapes
        done
    done
}

@test "the program's runtime leaves nothing behind" {
    [[ -d /dev/shm ]] || skip "no /dev/shm"
    zeros 3000000 a
    # Killed processes may have left files there, possibly under the same number.
    touch -d '1 second ago' before
    "$ISCC" -j 2 a >"$out" &
    local pid=$!
    wait "$pid"
    find /dev/shm -maxdepth 1 -name "*_${pid}_*" -newer before >left
    same_lines left
}
