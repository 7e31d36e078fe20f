#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Inputs of every kind: rule S4 of the contract, and names and paths at their limits.

load ../support/common

# ---- Not regular files ----

@test "S4: a FIFO operand is an error and does not block" {
    mkfifo fifo
    zeros 256 a
    try a fifo a
    stdout_is "${wide[256]} *a" "${wide[256]} *a"
    stderr_is "iscc: fifo: not a regular file or directory"
    status_is 2
    try walk fifo
    stderr_is "iscc: fifo: not a regular file or directory"
    status_is 2
}

@test "S4: a link to a FIFO is also an error" {
    mkfifo fifo
    ln -s fifo link
    try link
    stdout_is
    stderr_is "iscc: link: not a regular file or directory"
    status_is 2
}

@test "S4: a FIFO as standard input is read" {
    mkfifo fifo
    head -c 257 /dev/zero >fifo &
    try - <fifo
    stdout_is "${wide[257]} *-"
    status_is 0
}

@test "S4: device operands are errors" {
    try /dev/null /dev/zero
    stdout_is
    stderr_is "iscc: /dev/null: not a regular file or directory" "iscc: /dev/zero: not a regular file or directory"
    status_is 2
}

@test "S4: a socket operand is an error" {
    "$ISCC_TOOLS/make_socket" socket
    try socket
    stdout_is
    stderr_is "iscc: socket: not a regular file or directory"
    status_is 2
}

@test "S4: FIFOs, sockets and links in a tree are skipped silently" {
    mkdir -p d/sub
    zeros 256 d/a
    zeros 257 d/sub/z
    mkfifo d/fifo d/sub/.fifoignore
    (cd d && "$ISCC_TOOLS/make_socket" socket)
    ln -s a d/link
    ln -s sub d/link-to-directory
    ln -s nowhere d/dangling
    ln -s . d/loop
    ln -s "$PWD" d/up
    try d
    stdout_is "${wide[256]} *d/a" "${wide[257]} *d/sub/z"
    stderr_is
    status_is 0
    try walk d
    stdout_is d/a d/sub/z
    stderr_is
}

@test "S4: a device in a tree is skipped" {
    mkdir d
    zeros 256 d/a
    mknod d/zero c 1 5 2>/dev/null || skip "making a device needs root"
    try d
    stdout_is "${wide[256]} *d/a"
    stderr_is
    status_is 0
}

# ---- Links ----

@test "S4: links given as operands are followed" {
    mkdir d
    zeros 256 d/a
    ln -s d/a file
    ln -s d directory
    try file directory directory/ directory/a
    stdout_is "${wide[256]} *file" "${wide[256]} *directory/a" "${wide[256]} *directory/a" "${wide[256]} *directory/a"
    stderr_is
    status_is 0
}

@test "S4: link loops and dangling links are errors" {
    ln -s b a
    ln -s a b
    ln -s nowhere dangling
    try sum a dangling a/x
    stdout_is
    stderr_is "iscc: a: Too many levels of symbolic links" "iscc: dangling: No such file or directory" \
        "iscc: a/x: Too many levels of symbolic links"
    status_is 2
}

# ---- Missing and unreadable ----

@test "S4: a missing operand is reported, and the others are hashed" {
    zeros 256 a
    zeros 257 b
    try a missing b missing/too a/b
    stdout_is "${wide[256]} *a" "${wide[257]} *b"
    stderr_is "iscc: missing: No such file or directory" "iscc: missing/too: No such file or directory" \
        "iscc: a/b: Not a directory"
    status_is 2
}

@test "S4: a file name with a trailing slash is an error" {
    zeros 256 a
    try sum a/
    stdout_is
    stderr_is "iscc: a/: Not a directory"
    status_is 2
}

@test "S4: an unreadable file is reported, and the others are hashed" {
    obey_file_modes
    mkdir d
    for name in a b c; do zeros 256 d/$name; done
    chmod 000 d/b
    try d d/b d/c
    stdout_is "${wide[256]} *d/a" "${wide[256]} *d/c" "${wide[256]} *d/c"
    stderr_is "iscc: d/b: Permission denied" "iscc: d/b: Permission denied"
    status_is 2
    try walk d
    stdout_is d/a d/b d/c
    stderr_is
    status_is 0
}

@test "S4: an unreadable directory is reported in order, and its siblings are hashed" {
    obey_file_modes
    mkdir -p d/1 d/2 d/3
    for name in 1 2 3; do zeros 256 d/$name/a; done
    chmod 000 d/2
    try d
    stdout_is "${wide[256]} *d/1/a" "${wide[256]} *d/3/a"
    stderr_is "iscc: d/2: Permission denied"
    status_is 2
    try walk --json d
    stdout_is '{"type":"file","path":"d/1/a"}' \
        '{"type":"error","path":"d/2","error":"Permission denied","code":"EACCES"}' \
        '{"type":"file","path":"d/3/a"}'
    stderr_is "iscc: d/2: Permission denied"
    status_is 2
    try d/2
    stdout_is
    stderr_is "iscc: d/2: Permission denied"
    chmod 755 d/2
}

@test "S4: a directory that can be listed but not searched" {
    obey_file_modes
    mkdir d
    zeros 256 d/a
    chmod 444 d
    try d
    stdout_is
    stderr_is "iscc: d/a: Permission denied"
    status_is 2
    chmod 755 d
}

@test "S4: an unreadable ignore file is reported, as the files it would exclude are unknown" {
    obey_file_modes
    mkdir d
    zeros 256 d/a
    : >d/.isccignore
    chmod 000 d/.isccignore
    try d
    grep -q '^iscc: d/.isccignore: Permission denied$' "$err"
    status_is 2
}

# ---- Odd files ----

@test "S4: a /proc file of size 0 is read to its end" {
    [[ -r /proc/version && $(stat -c %s /proc/version) -eq 0 ]] || skip "no /proc/version"
    try - </proc/version
    code=$(cut -d ' ' -f 1 "$out")
    try /proc/version
    stdout_is "$code */proc/version"
    stderr_is
    status_is 0
    try --json /proc/version
    [[ $(cat "$out") == *"\"filesize\":$(wc -c </proc/version)}" ]]
}

@test "S4: a /sys file whose size is one page is read to its actual end" {
    file=/sys/devices/system/cpu/online
    [[ -r $file && $(stat -c %s $file) -ne $(wc -c <$file) ]] || skip "no $file"
    try - < <(cat $file)
    code=$(cut -d ' ' -f 1 "$out")
    try $file
    stdout_is "$code *$file"
    status_is 0
}

@test "S4: a sparse file is read like any other" {
    truncate -s 10485761 a
    try a
    stdout_is "${wide[10485761]} *a"
    status_is 0
}

@test "S4: the same file given several times, and through hard links" {
    mkdir d
    zeros 256 d/a
    ln d/a d/b
    try d d/a
    stdout_is "${wide[256]} *d/a" "${wide[256]} *d/b" "${wide[256]} *d/a"
    status_is 0
}

# ---- Names and paths at their limits ----

@test "S4: a name of 255 bytes" {
    name=$(printf 'n%.0s' {1..255})
    mkdir d
    zeros 256 "d/$name"
    try d "d/$name"
    stdout_is "${wide[256]} *d/$name" "${wide[256]} *d/$name"
    status_is 0
    try sum "d/n$name"
    stdout_is
    stderr_is "iscc: d/n$name: File name too long"
    status_is 2
}

@test "S4: a path longer than 4096 bytes" {
    "$ISCC_TOOLS/make_deep_tree" . 40 255
    name=$(printf '%255s' '' | tr ' ' d)
    path=.
    for _ in {1..40}; do path+=/$name; done
    try .
    stdout_is "${wide[256]} *$path/a"
    stderr_is
    status_is 0
    try --tree .
    stdout_is "${wide[256]} *./"
}

@test "trust 23: names beyond PATH_MAX from walk, a list or the command line are read" {
    "$ISCC_TOOLS/make_deep_tree" . 40 255
    name=$(printf '%255s' '' | tr ' ' d)
    path=.
    for _ in {1..40}; do path+=/$name; done
    zeros 256 copy
    "$ISCC" walk -z "$name" >names
    for names in names -; do
        try --files0-from=$names <names
        stdout_is "${wide[256]} *${path:2}/a"
        stderr_is
        status_is 0
    done
    for options in '' --tree --json --units 'walk --min-size=1'; do
        # shellcheck disable=SC2086 # words
        try $options "$path/a"
        grep -qF "$path/a" "$out"
        # shellcheck disable=SC2086
        try $options "$path//"
        grep -qF "$path" "$out"
        stderr_is
        status_is 0
    done
    try compare copy "$path/a"
    status_is 0
    try compare copy "$path"
    status_is 0
    try diff "$path" "$path/."
    stderr_is
    status_is 0
    for options in '' --exact '--near copy'; do
        # shellcheck disable=SC2086
        try similar $options copy "$path/a"
        grep -qF "$path/a" "$out"
        status_is 0
    done
    "$ISCC" "$path/a" >list
    try check --strict-tree "$path" list
    stdout_is "$path/a: OK"
    status_is 0
    try update list "$path/a"
    stdout_is '1 unchanged'
    try check --base="$path/.." <(sed "s,[*].*/d,*d," list)
    stdout_is "$name/a: OK"
    for missing in "$path/b" "$path/a/b" "$path/$name$name"; do
        try sum "$missing"
        grep -qE 'No such file|Not a directory|too long' "$err"
        status_is 2
    done
}

@test "S4: a thousand nested directories, with few descriptors" {
    "$ISCC_TOOLS/make_deep_tree" . 1000 1
    for threads in 1 8; do
        status=0
        (ulimit -n 64 && exec timeout 60 "$ISCC" -j "$threads" .) >"$out" 2>"$err" || status=$?
        stdout_is "${wide[256]} *.$(printf '/d%.0s' {1..1000})/a"
        stderr_is
        status_is 0
    done
}

@test "S4: many directories with few descriptors" {
    mkdir -p d/{100..399}/e
    for i in {100..399}; do
        : >"d/$i/a"
        : >"d/$i/e/b"
    done
    for i in {100..399}; do printf '%s\n' "d/$i/a" "d/$i/e/b"; done >"$out.expected"
    status=0
    (ulimit -n 64 && exec timeout 60 "$ISCC" -j 8 d) >"$out" 2>"$err" || status=$?
    stderr_is
    status_is 0
    sed "s/^.* \*//" "$out" | cmp - "$out.expected"
}
