#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# -o FILE: the file is either the old one or the complete new one; rule S5 of the contract.

load ../support/common

@test "S5: -o writes the results to a new file and nothing to stdout" {
    zeros 256 a
    try -o list a
    stdout_is
    stderr_is
    status_is 0
    same_lines list "${wide[256]} *a"
    folder_is a list
    try walk --output=names .
    same_lines names ./a ./list
    status_is 0
}

@test "S5: a new file's mode follows the umask, and an old file keeps its mode" {
    zeros 256 a
    : >old
    chmod 640 old
    umask 027
    try -o new a
    try -o old a
    [[ $(stat -c %a new) == 640 && $(stat -c %a old) == 640 ]]
    chmod 604 old
    try -o old a
    [[ $(stat -c %a old) == 604 ]]
    same_lines old "${wide[256]} *a"
}

@test "S5: an old file keeps its owner and group, but setuid and setgid are dropped" {
    zeros 256 a
    : >old
    chmod 6755 old
    try -o old a
    [[ $(stat -c %a old) == 755 ]]
    [[ $(id -u) -eq 0 ]] || skip "only root gives files away"
    : >theirs
    chown 12345:23456 theirs
    chmod 4664 theirs
    try -o theirs a
    status_is 0
    [[ $(stat -c %u:%g:%a theirs) == 12345:23456:664 ]]
    printf 'old\n' >list
    chown 12345:23456 list
    "$ISCC" a >list
    : >new
    try update list a new
    [[ $(stat -c %u:%g list) == 12345:23456 ]]
    status_is 0
}

@test "S5: permissions of the old file's group do not pass to another group" {
    needs setpriv
    [[ $(id -u) -eq 0 ]] || skip "only root becomes another"
    zeros 256 a
    chmod 777 .
    : >old
    chown 0:23456 old
    chmod 666 old
    prefix=(setpriv --reuid=12345 --regid=12345 --groups=23456)
    "${prefix[@]}" cat a >"$out.null" || skip "what is above is not for others"
    try -o old a
    [[ $(stat -c %u:%g:%a old) == 12345:23456:666 ]]
    : >old
    chown 0:23456 old
    chmod 662 old
    prefix=(setpriv --reuid=12345 --regid=12345 --clear-groups)
    try -o old a
    [[ $(stat -c %u:%g:%a old) == 12345:12345:622 ]]
}

@test "S5: a mount point cannot be replaced, which is reported before anything is read" {
    needs unshare
    touch a inner list
    cat >mounted <<'END'
mount --bind inner list
exec 3<>fifo # endless
timeout 10 "$ISCC" -o list - <fifo
END
    mkfifo fifo
    unshare -rm mount --bind inner list 2>/dev/null || skip "mounts are not allowed here"
    status=0
    unshare -rm sh mounted >"$out" 2>"$err" || status=$?
    status_is 2
    stderr_is "iscc: list: Device or resource busy"
    [[ ! -s inner && ! -s list ]]
    folder_is a inner list mounted fifo
}

@test "S5: a link stays, and its target is replaced" {
    zeros 256 a
    mkdir d
    echo old >d/target
    ln -s d/target link
    try -o link a
    status_is 0
    [[ -L link ]]
    same_lines d/target "${wide[256]} *a"
    folder_is a d link
    [[ $(ls d) == target ]]
}

@test "S5: a link to a missing file stays, and the file is created" {
    zeros 256 a
    mkdir d
    ln -s d/inner link
    ln -s ../new d/inner
    try -o link a
    status_is 0
    [[ -L link && -L d/inner ]]
    same_lines new "${wide[256]} *a"
    folder_is a d link new
    [[ $(ls -A d) == inner ]]
    ln -s missing/new astray
    try -o astray a
    stderr_is "iscc: astray: No such file or directory"
    status_is 2
    [[ -L astray ]]
}

@test "S5: a link to an open but deleted file stays, and is an error" {
    [[ -L /proc/self/fd/0 ]] || skip "no /proc"
    zeros 256 a
    ln -s /proc/self/fd/8 link
    status=0
    (exec 8>gone; rm gone; "$ISCC" -o link a >"$out" 2>"$err") || status=$?
    stderr_is "iscc: link: No such file or directory"
    status_is 2
    [[ -L link ]]
    folder_is a link
}

@test "S5: the name may be as long as the system allows" {
    zeros 256 a
    name=$(printf 'n%.0s' {1..255})
    for _ in new old; do
        try -o "$name" a
        stderr_is
        status_is 0
        same_lines "$name" "${wide[256]} *a"
    done
    folder_is a "$name"
}

@test "S5: standard output is not hashed if it is a file in the walked tree" {
    mkdir d
    zeros 256 d/a
    zeros 257 d/z
    for options in '' '-j 1 --json' '--tree'; do
        # shellcheck disable=SC2086 # words
        try sum $options d
        for _ in first again; do
            # shellcheck disable=SC2086 # words
            "$ISCC" sum $options d >d/SUMS
            diff "$out" d/SUMS
        done
        "$ISCC" check d/SUMS
        # A file that is appended to is not read either.
        # shellcheck disable=SC2086 # words
        "$ISCC" sum $options d >>d/SUMS
        diff <(cat "$out" "$out") d/SUMS
        rm d/SUMS
    done
    (cd d && "$ISCC" walk . >NAMES)
    same_lines d/NAMES ./a ./z
}

@test "S5: the file is written even if some inputs fail" {
    zeros 256 a
    try -o list a missing
    same_lines list "${wide[256]} *a"
    stderr_is "iscc: missing: No such file or directory"
    status_is 2
    rm list
    try sum --json -o list missing
    same_lines list '{"type":"error","path":"missing","error":"No such file or directory","code":"ENOENT"}'
    status_is 2
}

@test "trust 1: -o of sum and walk does not replace a list by one without files" {
    zeros 256 a
    mkdir disk
    : >empty
    "$ISCC" -o list a
    cp list old
    for words in 'sum disk' 'sum --exclude * disk' 'sum --json missing' 'sum missing' 'walk disk' 'walk --json missing' \
        'sum --files0-from=empty'; do
        cp old list
        set -f
        # shellcheck disable=SC2086 # words
        try $words -o list
        # shellcheck disable=SC2086 # words
        "$ISCC" $words >expected 2>errors || true
        set +f
        status_is 2
        cmp list old
        mapfile -t messages <errors
        [[ ${messages[-1]-} != 'iscc: nothing to list'* ]] || unset 'messages[-1]'
        stderr_is "${messages[@]}" 'iscc: list: not replaced, as there is no file to list'
        # Nothing is lost where there was nothing.
        for old in 'rm -f list' 'cp empty list'; do
            $old
            set -f
            # shellcheck disable=SC2086 # words
            try $words -o list
            set +f
            cmp list expected
            cmp "$err" errors
        done
    done
    try sum --tree -o list a disk
    status_is 0
    # A result without lines is a result in other commands.
    "$ISCC" -o list a
    for words in 'check -q' 'diff list' similar; do
        echo old >new
        # shellcheck disable=SC2086 # words
        try $words -o new list
        status_is 0
        [[ ! -s new ]]
    done
}

@test "S5: a usage error leaves the old file" {
    echo old >list
    try -o list --nonsense
    status_is 2
    same_lines list old
    folder_is list
}

@test "S5: neither the old nor the new output file is hashed if it is in the walked tree" {
    mkdir d
    zeros 256 d/a
    zeros 257 d/z
    try -o d/list d
    same_lines d/list "${wide[256]} *d/a" "${wide[257]} *d/z"
    try -o d/list d
    same_lines d/list "${wide[256]} *d/a" "${wide[257]} *d/z"
    try -o d/list --tree d
    cat d/a d/z | try -
    code=$(cut -d ' ' -f 1 "$out")
    same_lines d/list "$code *d/"
    status_is 0
    [[ $(ls d) == $'a\nlist\nz' ]]
}

# A private device node: a bug here would cost root the one in /dev.
make_device() {
    mknod "$1" c 1 "$2" 2>/dev/null || skip "making a device needs root"
    { : >"$1"; } 2>/dev/null || skip "devices are not open to use here"
}

@test "S5: a FIFO is written to directly" {
    zeros 256 a
    mkfifo fifo
    cat fifo >received &
    try -o fifo a
    wait $!
    status_is 0
    same_lines received "${wide[256]} *a"
    [[ -p fifo ]]
    folder_is a fifo received
}

@test "S5: a link to one of the process's streams leads to its file, and stays" {
    zeros 256 a
    ln -s /proc/self/fd/1 link
    try -o link a
    stdout_is "${wide[256]} *a"
    status_is 0
    [[ -L link ]]
}

@test "S5: /dev/stdout is standard output even if that is a file that others write to" {
    [[ -L /proc/self/fd/0 && -L /dev/stdout ]] || skip "no /proc"
    zeros 256 a
    {
        echo before
        "$ISCC" -o /dev/stdout a
        "$ISCC" -o /proc/self/fd/1 a
        "$ISCC" -o /dev/fd/7 a 7>&1
        echo after
    } >log 2>"$err"
    stderr_is
    cat log >&2
    printf '%s\n' before "${wide[256]} *a" "${wide[256]} *a" "${wide[256]} *a" after | cmp - log
    # A descriptor open for reading cannot be written to.
    "$ISCC" -o /dev/fd/7 a 7<log
    [[ $(<log) == "${wide[256]} *a" ]]
    folder_is a log
}

@test "S5: a device is written to directly" {
    make_device null 3
    zeros 256 a
    try -o null a
    stdout_is
    stderr_is
    status_is 0
    [[ -c null ]]
    folder_is a null
}

@test "S5: -o with a full device fails" {
    make_device full 7
    zeros 256 a
    for command in sum walk; do
        try $command -o full a
        stdout_is
        stderr_is "iscc: full: No space left on device"
        status_is 2
    done
    [[ -c full ]]
    folder_is a full
}

@test "S5: a file that cannot be created is an error before any work" {
    zeros 256 a
    mkdir d
    for pair in "missing/list|No such file or directory" "a/list|Not a directory" "d|Is a directory" "|No such file or directory"; do
        try -o "${pair%|*}" a
        stdout_is
        [[ -n ${pair%|*} ]] && stderr_is "iscc: ${pair%|*}: ${pair#*|}"
        status_is 2
    done
    folder_is a d
}

@test "S5: an old file without write permission stays" {
    obey_file_modes
    zeros 256 a
    echo old >list
    chmod 444 list
    try -o list a
    stderr_is "iscc: list: Permission denied"
    status_is 2
    same_lines list old
    folder_is a list
}

@test "S5: a full disk leaves the old file and nothing else" {
    not_with tsan
    zeros 0 a
    yes a | head -n 5000 | tr '\n' '\0' >names
    echo old >list
    # A file size limit of 100 blocks of 1 KiB stands in for a full disk.
    status=0
    (ulimit -f 100; exec env --default-signal=XFSZ "$ISCC" --files0-from=names -o list >"$out" 2>"$err") || status=$?
    stdout_is
    stderr_is "iscc: list: File too large"
    status_is 2
    same_lines list old
    folder_is a list names
}

@test "S5: with closed standard streams, nothing else ends up in the file" {
    zeros 256 a
    for closed in '2>&-' '>&- 2>&-' '<&- >&- 2>&-'; do
        rm -f list
        status=0
        eval "timeout 60 '$ISCC' -o list missing a missing $closed" || status=$?
        [[ $status -eq 2 ]]
        same_lines list "${wide[256]} *a"
    done
}

# ---- Signals ----

# Starts the program with -o list on endless standard input, and waits until it is reading.
begin() {
    zeros 256 a
    echo old >list
    mkfifo in
    exec 7<>in
    env --default-signal "$ISCC" -o list a - <in >"$out" 2>"$err" 3>&- 7>&- &
    pid=$!
    wait_until has_temporary
}

# The file that will become the list has a temporary name, or none yet.
has_temporary() {
    compgen -G '.iscc-*.tmp' >/dev/null || [[ $(find "/proc/$pid/fd" -lname '*/#* (deleted)' 2>/dev/null) ]]
}

@test "S5: the file is the old one until the end" {
    begin
    same_lines list old
    exec 7>&-
    finish $pid
    status_is 0
    same_lines list "${wide[256]} *a" "${wide[0]} *-"
    folder_is a in list
}

@test "S5: a terminated program leaves the old file and nothing else" {
    not_with tsan
    ulimit -c 0
    pairs=(INT:130 TERM:143 HUP:129 QUIT:131 PIPE:141 ALRM:142 USR2:140 XCPU:152 VTALRM:154 PROF:155)
    # The table of signals is one; its beginning, an end and one in between suffice each time.
    [[ -n ${ISCC_TEST_THOROUGH-} ]] || pairs=(INT:130 TERM:143 PIPE:141 PROF:155)
    for pair in "${pairs[@]}"; do
        begin
        kill -"${pair%:*}" $pid
        finish $pid
        exec 7>&-
        status_is ${pair#*:}
        same_lines list old
        folder_is a in list
        rm in
    done
}

@test "S5: a terminated program creates no new file, and an ignored signal stays ignored" {
    zeros 256 a
    mkfifo in
    exec 7<>in
    if ! grep -aq __tsan_init "$ISCC"; then
        env --default-signal=TERM "$ISCC" -o list a - <in >"$out" 2>"$err" 3>&- 7>&- &
        pid=$!
        wait_until has_temporary
        kill -TERM $pid
        finish $pid
        status_is 143
        folder_is a in
    fi
    (trap '' HUP; exec "$ISCC" -o list a - <in >"$out" 2>"$err" 3>&- 7>&-) &
    pid=$!
    wait_until has_temporary
    kill -HUP $pid
    exec 7>&-
    finish $pid
    status_is 0
    same_lines list "${wide[256]} *a" "${wide[0]} *-"
}

@test "S5, trust 22: a killed program leaves the old file, and nothing else where a file can have no name" {
    begin
    kill -KILL $pid
    finish $pid
    status_is 137
    same_lines list old
    python3 -c 'import os; os.open(".", os.O_WRONLY | os.O_TMPFILE)' 2>/dev/null || skip "no O_TMPFILE here"
    folder_is a in list
}

@test "trust 22: no walk lists what a killed program left, and every file of another name is listed" {
    mkdir d
    left=.iscc-1f3a-2b-0.tmp
    others=(.iscc-1-2-3.tmp.bak .iscc-1-2-G.tmp .iscc-notes.tmp iscc-1-2-3.tmp)
    for name in "${others[@]}"; do zeros 256 "d/$name"; done
    "$ISCC" --json d >json
    "$ISCC" d >list
    "$ISCC" --tree d >tree
    zeros 1000 d/$left
    zeros 256 $left
    try walk d
    stdout_is "${others[@]/#/d/}"
    for command in 'sum d|list' '--json d|json' '--tree d|tree' '--include=*.tmp --include=* --no-ignore d|list'; do
        # shellcheck disable=SC2086 # words
        try ${command%|*}
        cmp "$out" "${command#*|}"
    done
    try check --strict-tree d -q list tree
    stdout_is
    status_is 0
    cp list new
    try update new d
    cmp new list
    try diff list d
    stdout_is
    status_is 0
    try similar --near "d/$left" --threshold=256 d
    [[ $(grep -c "$left" "$out") -eq 0 && $(wc -l <"$out") -eq 4 ]]
    # An operand is a file like any other.
    try $left
    stdout_is "${wide[256]} *$left"
    try walk $left
    stdout_is $left
}
