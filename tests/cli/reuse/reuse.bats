#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# --reuse: rules L7 to L10 of docs/resume.md.

load ../support/common

# Files that are older than the clock's resolution, and their list.
make_files() {
    mkdir -p d/e d/$'\xc3\xa9' other
    for name in a b .gitignore e/1 e/2 $'\xc3\xa9/x' $'new\nline'; do echo "$name" >"d/$name"; done
    echo f >f
    echo 1 >other/1
    sleep 0.05
    "$ISCC" sum --json --stat --units --trust-times d f other >list
}

# The program has read this many bytes, and has said nothing else.
read_bytes() {
    [[ $(wc -l <"$err") -eq 1 && $(<"$err") =~ (files?,\ |\"bytes\":)([0-9]+) && ${BASH_REMATCH[2]} -eq $1 ]] || {
        echo "not $1 bytes:" >&2
        cat "$err" >&2
        return 1
    }
}

# sum with these arguments prints the same with the LIST, and reads so many bytes.
reuses() { # BYTES LIST ARGUMENT...
    "$ISCC" sum --trust-times "${@:3}" >plain
    try sum --trust-times --reuse="$2" --stats "${@:3}"
    cmp plain "$out"
    read_bytes "$1"
    status_is 0
}

@test "L7, L8: what is printed is the same in every form, and no file is read" {
    make_files
    "$ISCC" sum --json --stat -z --units --trust-times d f other >list.z
    for options in '' '--tag --narrow' '-z --units' '--json --stat' '--json -z --units --narrow'; do
        for list in list list.z; do
            # shellcheck disable=SC2086 # words
            reuses 0 $list $options d f other
        done
    done
    # Without a datahash a line stands for a text line alone; without units, not for units.
    sed 's/"datahash":"[^"]*",//; s/,"units":[^]]*]//' list >less
    reuses 0 less f
    reuses 0 less --narrow f
    reuses 2 less --json f
    reuses 2 less --units f
    sed 's/,"stat":{[^}]*}//' list >less
    reuses 2 less f
    sed 's/,"filesize":[0-9]*//' list >less
    reuses 2 less f
    # A narrow code does not stand for a wide one.
    "$ISCC" sum --json --stat --narrow --trust-times f | sed 's/"datahash":"[^"]*",//' >less
    reuses 2 less f
    reuses 0 less --narrow f
}

@test "L7: what is new or has changed is read, what is gone is left out, and names must be as they were" {
    make_files
    cp -p d/a old
    echo A >d/a
    touch -r old d/a # size and mtime are as before, ctime is not
    echo new >d/e/0
    rm d/b
    mv d/e/1 d/e/3 # whose ctime is new
    sleep 0.05
    reuses 10 list --json --stat d f other
    reuses 4 list ./f ./other/1 d/e/2
    try sum --reuse=list --stats f --tree d - <f
    read_bytes $(($(cat d/.gitignore d/*/* d/a d/new* | wc -c) + 4))
}

@test "L7: the times on a file system that is not trusted show nothing, which one message says" {
    [[ -w /dev/shm && $(stat -f -c %T /dev/shm) == tmpfs ]] || skip "no tmpfs at /dev/shm"
    shm=$(mktemp -d /dev/shm/iscc-reuse-XXXXXX)
    echo a >"$shm/a"
    echo b >"$shm/b"
    sleep 0.05
    "$ISCC" sum --json --stat --trust-times "$shm" >list
    reuses 0 list "$shm"
    for command in sum 'similar --all' "diff $PWD"; do
        # shellcheck disable=SC2086 # words
        try $command --reuse=list "$shm"
        [[ $(<"$err") == "iscc: $shm/a: times on this file system do not show every change, and are not used without "* ]]
        [[ $(wc -l <"$err") -eq 1 ]]
    done
    rm -r "$shm"
}

@test "L9: a list in any order is used, and the last of several lines for a name" {
    make_files
    tac list >reversed
    sort -R list >shuffled
    for list in reversed shuffled; do
        reuses 0 $list --json --stat d f other
        reuses 0 $list --json --stat other f d
    done
    reuses 0 list --json --stat other d f
    reuses 0 list --json d d d/e f
    find d -type f -print0 | sort -zR >names
    reuses 0 list --files0-from=names
    echo changed >d/a
    sleep 0.05
    { cat list && "$ISCC" sum --json --stat --units --trust-times d/a; } >twice
    reuses 0 twice --json --stat d f other
    # Shards use a list too.
    for k in 1 2 3; do "$ISCC" sum --trust-times --json --stat --reuse=twice --shard=$k/3 d f >part.$k; done
    cmp <("$ISCC" merge part.*) <("$ISCC" sum --trust-times --json --stat d f)
}

@test "L9: a million lines in the order of the walk take less than 64 MiB, and others more" {
    not_with asan
    not_with tsan
    mkdir d
    for i in 0000010 0500000 0999999; do echo $i >d/$i; done
    sleep 0.05
    "$ISCC" sum --json --stat --trust-times d >few
    awk -v few=few 'BEGIN {
        while ((getline line <few) > 0) { split(line, word, "\""); known[word[8]] = line; other = line }
        split(other, half, "d/0999999")
        for (i = 0; i < 1000000; i++) {
            name = sprintf("d/%07d", i)
            print name in known ? known[name] : half[1] name half[2]
        }
    }' >list
    try sum --trust-times --json --stat --reuse=list --stats d
    cmp few "$out"
    read_bytes 0
    [[ $(<"$err") =~ \"peak_memory\":([0-9]+) && ${BASH_REMATCH[1]} -lt $((64 << 20)) ]]
}

@test "L10: bad lines, comments and errors in a list are passed over, and a list that cannot be read is an error" {
    make_files
    {
        echo '# comment'
        echo '{"type":"error","path":"d/a","error":"gone","code":"EIO"}'
        head -n 2 list
        echo garbage
        echo '{"type":"file","path":"d/e","iscc":"ISCC:K4A"}'
        sed '1,2d' list
    } >bad
    "$ISCC" sum d f other >plain
    try sum --trust-times --reuse=bad d f other
    cmp plain "$out"
    stderr_is 'iscc: bad: 5: not used, like any other bad line: improperly formatted ISCC checksum line'
    status_is 0
    mkfifo fifo
    for pair in 'missing|No such file or directory' 'd|Is a directory' '/dev/null|not a regular file'; do
        for words in 'sum d' 'similar d' 'diff d other'; do
            # shellcheck disable=SC2086 # words
            try $words --reuse="${pair%|*}" -o result
            stdout_is
            stderr_is "iscc: ${pair%|*}: ${pair#*|}"
            status_is 2
            [[ ! -e result ]]
        done
    done
    try similar --exact --reuse=list d
    is_usage_error 'the --reuse option is meaningless with --exact' similar
    try diff --trust-times d other
    is_usage_error 'the --trust-times option is meaningful only with --reuse' diff
}

@test "L10: the list can be the file that is replaced, which is no input" {
    make_files
    mv list d/list
    before=$("$ISCC" sum --trust-times --json --stat d/.gitignore d/a d/b)
    try sum --trust-times --json --stat --reuse=d/list -o d/list d
    status_is 0
    [[ $(head -n 3 d/list) == "$before"* && $(grep -c . d/list) -eq 7 ]]
    # Another list in the tree is one of its files.
    cp d/list d/z
    [[ $("$ISCC" sum --reuse=d/z d | tail -n 4 | head -n 1) == *d/z ]]
    # An operand that is the output stays an error, although it has not changed.
    sleep 0.05
    ln d/list link
    "$ISCC" sum --json --stat --trust-times link >own
    try sum --trust-times --reuse=own --files0-from=<(printf link) -o d/list
    stderr_is 'iscc: link: the input is the file of -o'
    status_is 2
}

@test "L7: similar and diff hash no file that the list shows unchanged" {
    make_files
    seq 3000 >d/long
    seq 3001 >d/e/near
    cp d/long other/copy
    sleep 0.05
    "$ISCC" sum --json --stat --trust-times d other >list
    for words in 'similar --all --json' 'similar --narrow --json' 'diff --json'; do
        # shellcheck disable=SC2086 # words
        "$ISCC" $words d other >plain || true
        # shellcheck disable=SC2086 # words
        try $words --trust-times --reuse=list --stats d other
        cmp plain "$out"
        read_bytes 0
    done
}
