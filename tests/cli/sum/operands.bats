#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Operands other than file names: standard input and lists of names; rule C4 of the contract.

load ../support/common

# ---- C4: standard input ----

@test "C4: without an operand, standard input is read and shown as -" {
    try < <(head -c 257 /dev/zero)
    stdout_is "${wide[257]} *-"
    stderr_is
    status_is 0
    try sum < <(head -c 257 /dev/zero)
    stdout_is "${wide[257]} *-"
    status_is 0
}

@test "C4: - is standard input, also among other operands" {
    zeros 256 a
    zeros 640 b
    try a - b < <(head -c 257 /dev/zero)
    stdout_is "${wide[256]} *a" "${wide[257]} *-" "${wide[640]} *b"
    stderr_is
    status_is 0
}

@test "C4: ./- is a file, and - after -- is still standard input" {
    zeros 256 -
    try ./- < <(head -c 257 /dev/zero)
    stdout_is "${wide[256]} *./-"
    try -- - < <(head -c 257 /dev/zero)
    stdout_is "${wide[257]} *-"
}

@test "C4: standard input may be empty, a file, or a file at an offset or at its end" {
    try </dev/null
    stdout_is "${wide[0]} *-"
    zeros 8192 a
    try <a
    stdout_is "${wide[8192]} *-"
    {
        head -c 7168 >/dev/null
        try -
    } <a
    stdout_is "${wide[1024]} *-"
    {
        cat >/dev/null
        try -
    } <a
    stdout_is "${wide[0]} *-"
    status_is 0
}

@test "C4: standard input that arrives in small pieces" {
    try < <(for _ in {1..16}; do zeros 64 /dev/stdout; sleep 0.002; done)
    stdout_is "${wide[1024]} *-"
    status_is 0
}

@test "C4: several megabytes of standard input through a pipe" {
    try < <(head -c 10485761 /dev/zero)
    stdout_is "${wide[10485761]} *-"
    status_is 0
}

@test "C4: a second - reads nothing, as the first one read it all" {
    try - - < <(head -c 257 /dev/zero)
    stdout_is "${wide[257]} *-" "${wide[0]} *-"
    status_is 0
    try -j 4 - - < <(head -c 10485761 /dev/zero)
    stdout_is "${wide[10485761]} *-" "${wide[0]} *-"
    status_is 0
}

@test "C4: a closed or unreadable standard input is an error" {
    try <&-
    stdout_is
    stderr_is "iscc: -: Bad file descriptor"
    status_is 2
    mkdir dir
    try - <dir
    stdout_is
    stderr_is "iscc: -: Is a directory"
    status_is 2
}

@test "trust 13: an operand that names an open stream is read, and other FIFOs are errors" {
    mkdir d
    zeros 256 d/a
    zeros 257 b
    local a b
    a=${wide[256]} b=${wide[257]}
    for directory in /dev/fd /proc/self/fd; do
        exec 7< <(cat d/a) 8< <(cat b)
        try $directory/7 b $directory/8
        stdout_is "$a *$directory/7" "$b *b" "$b *$directory/8"
        stderr_is
        status_is 0
        exec 7<&- 8<&-
    done
    try --tree -j 4 /dev/stdin --include='*.c' < <(cat b)
    stdout_is "$b */dev/stdin"
    printf '/dev/fd/7\0' >names
    try --files0-from=names 7< <(cat b)
    stdout_is "$b */dev/fd/7"
    try --json /dev/fd/7 7< <(cat b)
    [[ $(<"$out") == '{"type":"file","path":"/dev/fd/7",'*',"filesize":257}' ]]
    try compare <(cat d/a) <(cat d/a)
    stdout_is 'identical: the Instance-Codes agree in all 256 bits'
    try compare <(cat d/a) <(cat b)
    status_is 1
    try walk /dev/fd/7 7< <(cat b)
    stdout_is /dev/fd/7
    # similar reads a list, as from standard input, but a query is a file.
    cp d/a d/c
    "$ISCC" similar --exact d >expected 2>/dev/null
    try similar --exact <("$ISCC" --json d)
    stdout_is "$(<expected)"
    try similar --limit=1 --near <(cat d/a) d
    stdout_is "  =00 $a *d/a"
    # The same stream by two names, and what is no stream.
    try - /dev/stdin < <(cat b)
    stdout_is "$b *-" "${wide[0]} */dev/stdin"
    {
        head -c 100 >/dev/null
        try /dev/fd/0
    } <b
    stdout_is "$b */dev/fd/0"
    mkfifo fifo
    try sum fifo /dev/zero /dev/fd/7x /dev/fd/999 d/../fifo
    stdout_is
    stderr_is "iscc: fifo: not a regular file or directory" "iscc: /dev/zero: not a regular file or directory" \
        "iscc: /dev/fd/7x: No such file or directory" "iscc: /dev/fd/999: No such file or directory" \
        "iscc: d/../fifo: not a regular file or directory"
    status_is 2
}

# ---- --files0-from ----

@test "C4: --files0-from reads NUL-terminated operands from a file or standard input" {
    zeros 256 $'a\nb'
    mkdir dir
    zeros 257 dir/c
    printf '%s\0' $'a\nb' dir >list
    try --files0-from=list
    stdout_is "\\${wide[256]} *a\\nb" "${wide[257]} *dir/c"
    stderr_is
    status_is 0
    try sum --files0-from - <list
    stdout_is "\\${wide[256]} *a\\nb" "${wide[257]} *dir/c"
    status_is 0
    try walk --files0-from=list
    stdout_is '\a\nb' dir/c
    status_is 0
}

@test "C4: --files0-from accepts a last name without NUL, and names that look like options" {
    zeros 256 -z
    zeros 257 last
    printf '%s\0%s' -z last >list
    try --files0-from=list
    stdout_is "${wide[256]} *-z" "${wide[257]} *last"
    status_is 0
}

@test "C4: an empty --files0-from list gives no results, and standard input is not read" {
    try --files0-from=/dev/null < <(head -c 257 /dev/zero)
    stdout_is
    stderr_is "iscc: nothing to list: no file"
    status_is 0
}

@test "C4: --files0-from and operands are mutually exclusive" {
    try sum --files0-from=list a
    is_usage_error "extra operand 'a'; file operands cannot be combined with --files0-from"
}

@test "C4: bad --files0-from records are reported, and the others are hashed" {
    zeros 256 a
    printf '%s\0' a '' a missing a >list
    try --files0-from=list
    stdout_is "${wide[256]} *a" "${wide[256]} *a" "${wide[256]} *a"
    stderr_is "iscc: list:2: invalid zero-length file name" "iscc: missing: No such file or directory"
    status_is 2
    printf '%s\0' - a >list
    try --files0-from=- <list
    stdout_is "${wide[256]} *a"
    stderr_is "iscc: -:1: no file name of '-' allowed when reading file names from standard input"
    status_is 2
}

@test "trust 19: --files0-from says what a list looks like whose first name does not exist" {
    needs iconv
    zeros 256 a
    zeros 257 $'b\nb'
    printf '%s\n' a c >newlines
    iconv -t UTF-16LE <newlines | cat <(printf '\xff\xfe') - >utf16
    for words in sum 'sum --json' walk similar 'similar --exact'; do
        # shellcheck disable=SC2086 # words
        try $words --files0-from=newlines
        grep -qx 'iscc: newlines: its names seem to end with newlines, not with NUL' "$err"
        grep -qx 'iscc: a\\012c\\012: No such file or directory' "$err"
        status_is 2
        # shellcheck disable=SC2086
        try $words --files0-from=- <utf16
        grep -qx 'iscc: -: its characters seem to be those of UTF-16' "$err"
        status_is 2
    done
    printf '%s\0' $'b\nb' missing $'c\nc' >list
    try --files0-from=list
    stderr_is 'iscc: missing: No such file or directory' 'iscc: c\012c: No such file or directory'
    status_is 2
}

@test "C4: - in a list read from a file is standard input" {
    printf '%s\0' - >list
    try --files0-from=list < <(head -c 257 /dev/zero)
    stdout_is "${wide[257]} *-"
    status_is 0
}

@test "C4: an unreadable --files0-from list is an error" {
    try --files0-from=missing
    stdout_is
    stderr_is "iscc: missing: No such file or directory"
    status_is 2
    try --files0-from=.
    stdout_is
    stderr_is "iscc: .: Is a directory"
    status_is 2
}

has_open() { [[ $(readlink /proc/"$1"/fd/*)$'\n' == */"$2"$'\n'* ]]; }

@test "C4: a --files0-from list that changes while it is read is an error, after the results of its names" {
    [[ -d /proc/self/fd ]] || skip "no /proc"
    zeros 256 a
    { printf -- '-\0'; yes a | head -n 40000 | tr '\n' '\0'; } >list
    mkfifo gate
    "$ISCC" --files0-from=list <gate >"$out" 2>"$err" &
    exec 9>gate
    wait_until has_open $! list
    printf 'a\0a\0' >>list
    exec 9>&-
    finish $!
    stderr_is "iscc: list: file changed while reading"
    [[ $status -eq 2 && $(wc -l <"$out") -eq 40003 ]]
}

@test "C4: a --files0-from record longer than any name is reported, and the others are hashed" {
    zeros 256 a
    { printf 'a\0'; head -c 17000000 /dev/zero | tr '\0' x; printf '\0a'; } >list
    try --files0-from=list
    stdout_is "${wide[256]} *a" "${wide[256]} *a"
    stderr_is "iscc: list:2: File name too long"
    status_is 2
}
