#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Every command selects the same files: rules H8, H12 and H13 of docs/choosing.md.

load ../support/common
load ../support/choosing

# ---- Tree codes and checks ----

@test "H13: --tree hashes the selected files, and a check needs the same options" {
    make_tree
    cat tree/a.c tree/build/z.c tree/src/x.c tree/src/sub/y.c >together
    try sum together
    sed 's/ .*//' "$out" >expected
    try sum --tree --include '*.c' tree
    cp "$out" list
    sed 's/ .*//' list | cmp - expected
    try check --include '*.c' list
    stdout_is 'tree/: OK'
    status_is 0
    try sum -c --include='*.c' list
    stdout_is 'tree/: OK'
    status_is 0
    try check list
    stdout_is 'tree/: FAILED'
    status_is 1
}

@test "H13: a check does not filter the files that a list names" {
    make_tree
    "$ISCC" tree/a.c >list
    try check --exclude '*' --max-size 0 list
    stdout_is 'tree/a.c: OK'
    status_is 0
}

@test "H13: a directory without selected files has the code of no bytes" {
    make_tree
    try sum --tree --max-depth 0 tree
    stdout_is "${wide[0]} *tree/"
    status_is 0
}

# ---- Other commands ----

@test "H8: --strict-tree looks only at selected files, and its directory cannot be excluded" {
    make_tree
    "$ISCC" sum --include '*.c' tree >list
    try check -q --strict-tree tree --include '*.c' list
    stdout_is
    status_is 0
    try check -q --strict-tree tree --exclude tree --exclude '*.log' list
    stdout_is 'tree/b.h: UNLISTED' 'tree/src/x.o: UNLISTED'
    status_is 1
}

@test "H8: update lists the selected files" {
    make_tree
    "$ISCC" sum --include '*.c' tree >list
    cp list before
    try update --include '*.c' list tree
    status_is 0
    cmp list before
    try update --exclude '*.log' --min-size 5 list tree
    status_is 0
    cut -d '*' -f 2 list >names
    same_lines names tree/build/z.c tree/src/x.c tree/src/x.o tree/src/sub/y.c
}

@test "H8: similar compares the selected files" {
    make_tree
    cp tree/a.c tree/src/same.h
    cp tree/a.c tree/src/same.c
    try similar --exclude '*.h' tree
    status_is 0
    grep -q same.c "$out"
    ! grep -q same.h "$out"
}

@test "trust 18: an ignore file that is a link, a directory or a FIFO gets a message from every walk" {
    mkdir -p d/link d/directory/.isccignore d/fifo d/socket
    echo '*' >patterns
    for directory in link directory fifo socket; do zeros 256 "d/$directory/a"; done
    ln -s ../../patterns d/link/.isccignore
    zeros 256 d/directory/.isccignore/a
    mkfifo d/fifo/.isccignore
    "$ISCC_TOOLS/make_socket" d/socket/.isccignore
    "$ISCC" --json d/*/a d/directory/.isccignore/a >list 2>/dev/null
    local messages
    mapfile -t messages < <(printf 'iscc: d/%s/.isccignore: not a regular file, so it leaves nothing out\n' \
        directory fifo link socket)
    for words in 'sum d' 'walk d' 'sum --tree d' 'similar d' 'similar --exact d' 'similar --near d d/link/a' 'compare d d/link/a' \
        'diff d list' 'update list d' 'check --quiet --strict-tree d list'; do
        # shellcheck disable=SC2086 # words
        try $words
        grep -v ' in copies$' "$err" | sort | diff <(printf '%s\n' "${messages[@]}") - >&2
        ((status < 2))
    done
    try walk d/link d/fifo
    stdout_is d/link/a d/fifo/a
    stderr_is "${messages[2]}" "${messages[1]}"
    try walk --no-ignore d
    stderr_is
    try walk --exclude=fifo/ --exclude=socket/ --exclude=link/ --exclude=.isccignore d
    stderr_is "${messages[0]}"
    (cd d/fifo && try walk . && stderr_is "iscc: ./.isccignore: not a regular file, so it leaves nothing out")
}

@test "H12: the output file is no input of any command that walks" {
    make_tree
    cp -r tree other
    "$ISCC" sum tree >list
    for command in 'sum tree' 'sum --tree tree' 'walk tree' 'diff other tree' 'similar tree' 'check --strict-tree tree list'; do
        for round in first second; do
            # shellcheck disable=SC2086
            try $command -o tree/written
            [[ $status -ne 2 ]]
            cp tree/written "$round"
        done
        echo "$command"
        cmp first second
        ! grep -q written second
        rm tree/written
    done
    "$ISCC" sum tree -o tree/list
    cp tree/list first
    echo more >tree/more
    try update tree/list tree
    status_is 0
    [[ $(grep -c 'tree/list' tree/list) -eq 0 ]]
    rm tree/more
    try update tree/list tree
    cmp first tree/list
}
