#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Files that no list names: R19 to R22 of docs/check-rules.md.

load ../support/common

# Three files in two directories, and a list of them all.
a_collection() {
    mkdir -p d/sub
    zeros 256 d/a
    zeros 257 d/b
    zeros 640 d/sub/c
    "$ISCC" d >list
}

verdicts=('d/a: OK' 'd/b: OK' 'd/sub/c: OK')

# Only the verdicts of the list, and status 0.
all_is_listed() {
    stdout_is "${verdicts[@]}"
    stderr_is
    status_is 0
}

@test "R19: an added file fails the check, after all verdicts" {
    a_collection
    for command in check 'sum -c' -c; do
        try $command --strict-tree d list
        all_is_listed
    done
    zeros 0 d/aa
    zeros 1 d/sub/new
    try check list
    all_is_listed
    for command in check 'sum -c' -c; do
        try $command --strict-tree=d list
        stdout_is "${verdicts[@]}" 'd/aa: UNLISTED' 'd/sub/new: UNLISTED'
        stderr_is 'iscc: WARNING: 2 files are not listed'
        status_is 1
    done
    try check --strict-tree d - <list
    stdout_is "${verdicts[@]}" 'd/aa: UNLISTED' 'd/sub/new: UNLISTED'
}

@test "R19: only files that sum would list are reported" {
    a_collection
    ln -s a d/link
    mkfifo d/fifo
    mkdir d/empty
    printf '*.tmp\n' >d/.isccignore
    zeros 1 d/sub/x.tmp
    "$ISCC" d/.isccignore >>list
    verdicts+=('d/.isccignore: OK')
    try check --strict-tree d list
    all_is_listed
    zeros 1 elsewhere
    try check --strict-tree d list
    all_is_listed
    try check --strict-tree d/sub list # like sum d/sub, this does not apply the patterns of d
    stdout_is "${verdicts[@]}" 'd/sub/x.tmp: UNLISTED'
}

@test "R19: several directories, each reported as often as given" {
    a_collection
    mkdir e
    zeros 1 e/new
    zeros 1 d/sub/new
    try check --strict-tree e --strict-tree d/sub --strict-tree=d/sub/ list
    stdout_is "${verdicts[@]}" 'e/new: UNLISTED' 'd/sub/new: UNLISTED' 'd/sub/new: UNLISTED'
    stderr_is 'iscc: WARNING: 1 file is not listed' 'iscc: WARNING: 1 file is not listed' 'iscc: WARNING: 1 file is not listed'
    status_is 1
}

@test "R19: names with every byte are found" {
    mkdir d
    for byte in {1..255}; do
        printf -v name '\\x%02x' "$byte"
        printf -v name '%b' "$name"
        [[ $name == / ]] || printf '%s' "$byte" >"d/n$name"
    done
    for options in '' --json --tag -z; do
        "$ISCC" $options d >list
        if [[ $options == -z ]]; then zero=-z; else zero=''; fi
        try check -q $zero --strict-tree d list
        stdout_is
        stderr_is
        status_is 0
    done
    printf x >$'d/n\n\\x'
    try check -q --strict-tree d list -z
    stdout_is '\d/n\n\\x: UNLISTED'
    status_is 1
}

@test "R20: a file is the same by whatever path it is reached" {
    a_collection
    ln -s d/sub way
    {
        printf '%s *./d//./a\n' "${wide[256]}"
        printf '%s *d/sub/../b\n' "${wide[257]}"
        printf '%s *way/c\n' "${wide[640]}"
    } >list
    verdicts=('./d//./a: OK' 'd/sub/../b: OK' 'way/c: OK')
    for dir in d ./d// "$PWD/d" d/sub/.. d/../d; do
        try check --strict-tree "$dir" list
        all_is_listed
    done
    (cd d && "$ISCC" "$PWD") >list
    try check -q --strict-tree d list
    stdout_is
    status_is 0
}

@test "R20: --base applies to listed names, not to the directories" {
    a_collection
    (cd d && "$ISCC" a b sub) >names
    verdicts=('a: OK' 'b: OK' 'sub/c: OK')
    try check --base d --strict-tree d names
    all_is_listed
    mv names d
    zeros 1 new
    try check --base=list --strict-tree=. d/names
    stdout_is "${verdicts[@]}" './list: UNLISTED' './new: UNLISTED'
    cd d
    try check --base=list --strict-tree=../d names
    all_is_listed
}

@test "R20: a file of the same name in another directory is a different file" {
    a_collection
    zeros 256 d/sub/a
    try check --strict-tree d list
    stdout_is "${verdicts[@]}" 'd/sub/a: UNLISTED'
    status_is 1
}

@test "R20: a hard link to a listed file is a different file" {
    a_collection
    ln d/a d/z
    try check --strict-tree d list
    stdout_is "${verdicts[@]}" 'd/z: UNLISTED'
    status_is 1
}

@test "R20: a listed link does not cover its target" {
    a_collection
    ln -s b d/link
    sed -i 's,d/b,d/link,' list
    try check --strict-tree d list
    stdout_is 'd/a: OK' 'd/link: OK' 'd/sub/c: OK' 'd/b: UNLISTED'
    status_is 1
}

@test "R20: all lists count together, including lines that fail" {
    a_collection
    sed -n 1p list >one
    sed 1d list >two
    zeros 1 d/b
    try check --strict-tree d one two
    stdout_is 'd/a: OK' 'd/b: FAILED' 'd/sub/c: OK'
    stderr_is 'iscc: two: WARNING: 1 computed checksum did NOT match'
    try check --strict-tree d two
    stdout_is 'd/b: FAILED' 'd/sub/c: OK' 'd/a: UNLISTED'
    status_is 1
    rm d/b
    try check --ignore-missing --strict-tree d list
    stdout_is 'd/a: OK' 'd/sub/c: OK'
    status_is 0
}

@test "R20: a bad line covers nothing" {
    a_collection
    sed -i 's/^ISCC:\(.*d.a\)$/\1/' list
    try check --strict-tree d list
    stdout_is 'd/b: OK' 'd/sub/c: OK' 'd/a: UNLISTED'
    stderr_is 'iscc: WARNING: 1 line is improperly formatted' 'iscc: WARNING: 1 file is not listed'
    status_is 1
}

@test "R20: a line for standard input covers no file, even one named -" {
    mkdir d
    zeros 256 ./d/-
    cd d
    printf '%s *-\n' "${wide[256]}" >"$out.list"
    try check --strict-tree . "$out.list" <./-
    stdout_is '-: OK' './-: UNLISTED'
    printf '%s *./-\n' "${wide[256]}" >"$out.list"
    try check --strict-tree . "$out.list"
    stdout_is './-: OK'
    status_is 0
}

@test "R20: a tree line covers every file below its directory" {
    a_collection
    mkdir -p d/sub/deep/er
    zeros 1 d/sub/deep/er/e
    "$ISCC" --tree d/sub >list
    try check --strict-tree d/sub/deep list
    stdout_is 'd/sub/: OK'
    status_is 0
    try check --strict-tree d list
    stdout_is 'd/sub/: OK' 'd/a: UNLISTED' 'd/b: UNLISTED'
    status_is 1
    "$ISCC" --tree d/ >list
    try check --strict-tree d list
    stdout_is 'd/: OK'
    status_is 0
}

@test "R21: the lists and the output are never reported as unlisted" {
    a_collection
    sed 1d list >d/second
    mv list d/first
    verdicts+=('d/b: OK' 'd/sub/c: OK')
    try check --strict-tree d d/first d/second
    all_is_listed
    try check --strict-tree d d/second - <d/first
    stdout_is 'd/b: OK' 'd/sub/c: OK' 'd/a: OK' 'd/b: OK' 'd/sub/c: OK'
    status_is 0
    zeros 1 d/out
    try check --strict-tree d -o d/out d/first d/second
    [[ $(wc -l <d/out) -eq 5 ]]
    stderr_is
    status_is 0
    rm d/out
    status=0
    "$ISCC" check --strict-tree d d/first d/second >d/out || status=$?
    status_is 0
    try check --strict-tree d d/first
    stdout_is 'd/a: OK' 'd/b: OK' 'd/sub/c: OK' 'd/out: UNLISTED' 'd/second: UNLISTED'
}

@test "R22: combined with the other options" {
    a_collection
    zeros 1 d/new
    try check -q --strict-tree d list
    stdout_is 'd/new: UNLISTED'
    stderr_is 'iscc: WARNING: 1 file is not listed'
    status_is 1
    try check --status --strict-tree d list
    stdout_is
    stderr_is
    status_is 1
    for jobs in 1 8; do
        try check -j $jobs --strict-tree d list
        stdout_is "${verdicts[@]}" 'd/new: UNLISTED'
    done
}

@test "R22, J1: the JSON objects" {
    a_collection
    zeros 1 $'d/\xff'
    try check --json --strict-tree d/ list
    sed -i 1,3d "$out"
    stdout_is '{"type":"summary","path":"list","ok":3,"failed":0,"rotten":0,"suspect":0,"missing":0,"unreadable":0,"unreadable-then":0,"malformed":0}' \
        $'{"type":"check","path":"d/\xef\xbf\xbd","path_b64":"ZC//","verdict":"unlisted"}' \
        '{"type":"strict-tree","path":"d/","files":4,"unlisted":1}'
    stderr_is 'iscc: WARNING: 1 file is not listed'
    status_is 1
}

@test "R22: if a list cannot be read, no file is reported as unlisted" {
    a_collection
    zeros 1 d/new
    try check --strict-tree d missing list
    stdout_is "${verdicts[@]}"
    stderr_is 'iscc: missing: No such file or directory' 'iscc: not looking for unlisted files, as a list could not be read'
    status_is 2
    try check --strict-tree d d list
    stdout_is "${verdicts[@]}"
    stderr_is 'iscc: d: Is a directory' 'iscc: not looking for unlisted files, as a list could not be read'
    status_is 2
}

@test "R22: an unreadable directory is an error, and the rest is reported" {
    a_collection
    obey_file_modes
    mkdir d/closed
    zeros 1 d/new
    chmod 0 d/closed
    try check --strict-tree d list
    chmod 755 d/closed
    stdout_is "${verdicts[@]}" 'd/new: UNLISTED'
    stderr_is 'iscc: d/closed: Permission denied' 'iscc: WARNING: 1 file is not listed'
    status_is 2
    chmod 0 d/closed
    try check --json --strict-tree d list
    chmod 755 d/closed
    grep -qx '{"type":"error","path":"d/closed","error":"Permission denied","code":"EACCES"}' "$out"
    status_is 2
}

@test "R22: a DIR that is not a directory is an error, and the old output stays" {
    a_collection
    echo old >out
    for dir in missing d/a '' -; do
        try check --strict-tree d --strict-tree="$dir" -o out list
        stdout_is
        status_is 2
        [[ $(<out) == old ]]
    done
    try check --strict-tree missing --strict-tree d/a list
    stderr_is 'iscc: missing: No such file or directory' 'iscc: d/a: Not a directory'
}

@test "R22: an empty list covers nothing" {
    a_collection
    try check --strict-tree d/sub /dev/null
    stdout_is 'd/sub/c: UNLISTED'
    stderr_is 'iscc: /dev/null: no properly formatted checksum lines found' 'iscc: WARNING: 1 file is not listed'
    status_is 1
}

@test "S3: a failed write is an error" {
    a_collection
    zeros 1 d/new
    status=0
    "$ISCC" check -q --strict-tree d list >/dev/full 2>"$err" || status=$?
    stderr_is 'iscc: write error: No space left on device'
    status_is 2
}

@test "R20: paths longer than the system accepts at once" {
    mkdir d
    name=$(printf 'd%.0s' {1..250})
    (
        cd d
        for _ in {1..20}; do
            mkdir "$name"
            cd "$name"
        done
        zeros 256 deep
        zeros 257 new
    )
    "$ISCC" d | grep '/deep$' >list
    [[ $(wc -c <list) -gt 5000 ]]
    try check -q --strict-tree d list
    [[ $(<"$out") == *'/new: UNLISTED' && $(wc -l <"$out") -eq 1 ]]
    status_is 1
}

@test "R19: options filter what is reported just as they filtered what was listed" {
    a_collection
    zeros 8192 d/big
    zeros 1 d/x.tmp
    mkdir -p d/sub/deep
    zeros 1 d/sub/deep/y
    for options in "--exclude=x.tmp --max-depth=2 --max-size=8191" "--include=[abc]"; do
        read -ra words <<<"$options"
        "$ISCC" "${words[@]}" d >list
        for command in check 'sum -c'; do
            try $command "${words[@]}" --strict-tree d list
            all_is_listed
        done
        try check --strict-tree d list
        stdout_is "${verdicts[@]}" 'd/big: UNLISTED' 'd/x.tmp: UNLISTED' 'd/sub/deep/y: UNLISTED'
        status_is 1
    done
}
