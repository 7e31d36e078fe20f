#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Files and directories that change at the worst moment: rule S4 of the contract.

load support/faults

# Runs the program while COMMAND runs at the call that RULES select: meet RULES COMMAND ARGUMENT...
meet() {
    local rules=$1 command=$2 report=$out.report
    shift 2
    : >"$report"
    prefix=(env "LD_PRELOAD=$ISCC_FAULT_LIBRARY" "ISCC_FAULTS=$rules" "ISCC_FAULT_COMMAND=$command"
        "ISCC_FAULT_REPORT=$report")
    try "$@"
    # shellcheck disable=SC2034 # for the next try
    prefix=()
    [[ $'\n'$(<"$report") == *$'\n'run* ]] || {
        echo "$rules: nothing happened" >&2
        return 1
    }
}

# Every line of the tree except those that match.
lines_without() {
    local lines=() line
    while IFS= read -r line; do [[ $line =~ $1 ]] || lines+=("$line"); done <list
    stdout_is "${lines[@]}"
}

# ---- Files ----

# Undoes any of the changes below, which takes far fewer processes than a new tree.
restore_long() {
    rm -f t/gone t/big/long
    cp long t/big/long
}

@test "S4: a file in a tree that changes during any read is an error, and the others are hashed" {
    make_tree
    cp t/big/long long
    for change in 'truncate -s 100 t/big/long' 'truncate -s +1 t/big/long' 'printf x | dd of=t/big/long conv=notrunc' \
        'touch -d 2001-01-01 t/big/long' 'mv t/big/long t/gone; echo new >t/big/long' 'chmod 600 t/big/long' \
        'rm t/big/long'; do
        for threads in 1 2; do
            for read in 1 2 3; do
                # Any number of threads reads a file in the same way: one moment is enough for the second.
                ((threads == 1 || read == 2)) || continue
                restore_long
                meet "read=long:run@$read" "{ $change; } 2>/dev/null" sum -j $threads t
                [[ $read == 3 && $status -eq 0 ]] && continue # had one read fewer
                lines_without big/long
                stderr_is "iscc: t/big/long: file changed while reading"
                status_is 2
            done
        done
    done
}

@test "S4: an operand, standard input or a hole that changes while it is read is an error" {
    mkdir -p t/big
    yes long | head -c 2500000 >long
    for change in 'truncate -s 100 t/big/long' 'truncate -s +1 t/big/long' 'touch -d 2001-01-01 t/big/long'; do
        for threads in 1 4; do
            [[ $threads == 4 || $change == truncate*100* ]] || continue
            for name in t/big/long -; do
                restore_long
                meet read=long:run@2 "$change" -j $threads --json $name <t/big/long
                stdout_is '{"type":"error","path":"'$name'","error":"file changed while reading","code":"CHANGED"}'
                stderr_is "iscc: $name: file changed while reading"
                status_is 2
            done
            for name in t/big/hole - '--tree t/big'; do
                rm -f t/big/*
                truncate -s 70000000 t/big/hole
                meet seek=hole:run@1 "${change//long/hole}" -j $threads $name <t/big/hole
                stdout_is
                stderr_is "iscc: ${name/--tree t*/t/big/hole}: file changed while reading"
                status_is 2
            done
        done
    done
}

@test "S4: an endlessly growing file is an error at once, even if it was empty or is standard input" {
    make_tree
    for threads in 1 2; do
        : >t/big/long
        meet read=long:run@1+ 'printf x >>t/big/long' sum -j $threads t
        lines_without big/long
        stderr_is "iscc: t/big/long: file changed while reading"
        status_is 2
        meet read=long:run@1+ 'printf x >>t/big/long' sum -j $threads - <t/big/long
        stdout_is
        stderr_is "iscc: -: file changed while reading"
        status_is 2
    done
}

@test "S4: a file that changes fails its tree's code" {
    make_tree
    meet read=long:run@2 'truncate -s +1 t/big/long' --tree t t/sub
    stdout_is "$("$ISCC" --tree t/sub)"
    stderr_is "iscc: t/big/long: file changed while reading"
    status_is 2
}

@test "S4: a file that becomes something else between listing and opening" {
    make_tree
    for change in 'ln -s f1 t/f2:Too many levels of symbolic links' 'mkfifo t/f2:file changed while reading' \
        'mkdir t/f2:file changed while reading' ':No such file or directory'; do
        rm -rf t/f2
        cp list t/f2
        meet open=f2:run@1 "rm t/f2; ${change%%:*}" sum t
        lines_without f2
        stderr_is "iscc: t/f2: ${change#*:}"
        status_is 2
    done
}

@test "S4: a file replaced before it is opened gets the new file's code, never a mixture" {
    make_tree
    meet open=f2:run@1 'zeros=$(mktemp -p .); head -c 256 /dev/zero >$zeros; mv $zeros t/f2' sum t
    sed "s|^.* \*t/f2|${wide[256]} *t/f2|" list | diff - "$out" >&2
    status_is 0
}

@test "S4: an ignore file that changes while it is read is an error, as the files it would exclude are unknown" {
    make_tree
    meet read=.isccignore:run@1 'echo nothing >t/sub/.isccignore' walk t
    grep -q '^iscc: t/sub/.isccignore: file changed while reading$' "$err"
    status_is 2
}

@test "S4: a list that changes while it is checked is an error, as lines may be missing" {
    make_tree
    for change in ': >list' 'echo >>list' 'touch list'; do
        "$ISCC" t >list
        meet read=list:run@1 "$change" check list
        tail -n 1 "$err" | grep -qx 'iscc: list: file changed while reading'
        status_is 2
    done
}

# ---- Directories ----

@test "S4: a directory that vanishes during the walk is reported in order" {
    make_tree
    meet open=sub:run@1 'mv t/sub gone' sum t
    lines_without t/sub/
    stderr_is "iscc: t/sub: No such file or directory"
    status_is 2
}

@test "S4: a directory that vanishes after it is listed: each of its files is reported" {
    make_tree
    meet open=g1:run@1 'rm -rf t/sub' sum -j 1 t
    lines_without 'sub/[gd]'
    stderr_is "iscc: t/sub/g1: No such file or directory" "iscc: t/sub/g2: No such file or directory" \
        "iscc: t/sub/g3: No such file or directory" "iscc: t/sub/deep/h: No such file or directory"
    status_is 2
}

@test "S4: a directory swapped for a link between listing and opening is not followed" {
    make_tree
    mkdir secret
    zeros 256 secret/g1
    meet open=sub:run@1 'mv t/sub gone; ln -s ../secret t/sub' sum t
    lines_without t/sub/
    stderr_is "iscc: t/sub: Not a directory"
    status_is 2
    grep -q secret "$out" && return 1
    rm -rf t
    make_tree
    meet open=sub:run@1 'mv t/sub gone2; ln -s ../secret t/sub' --tree t
    stdout_is
    status_is 2
}

@test "S4: a directory swapped for a link while its files are read still yields its own files" {
    make_tree
    mkdir secret
    for name in g1 g2 g3; do zeros 256 secret/$name; done
    meet open=g1:run@1 'mv t/sub gone; ln -s ../secret t/sub' sum -j 1 t
    diff list "$out" >&2
    stderr_is
    status_is 0
}
