#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# The directory to which listed names are relative: R18 of docs/check-rules.md.

load ../support/common

# Files in two places, and a list of both as seen from there.
a_collection() {
    mkdir -p there/sub here
    zeros 256 there/a
    zeros 257 there/sub/b
    (cd there && "$ISCC" a sub >list)
}

@test "R18: relative names start from DIR, and verdicts use the list's names" {
    a_collection
    for base in there there/ ./there "$PWD/there" here/../there; do
        for command in check 'sum -c' -c; do
            try $command --base "$base" there/list
            stdout_is 'a: OK' 'sub/b: OK'
            stderr_is
            status_is 0
        done
    done
    cp there/list here/moved
    cd here
    try check --base=../there moved
    stdout_is 'a: OK' 'sub/b: OK'
    try check --base=../there <moved
    stdout_is 'a: OK' 'sub/b: OK'
    try check moved
    stdout_is 'a: FAILED open or read' 'sub/b: FAILED open or read'
}

@test "R18: the last --base wins" {
    a_collection
    try check --base=here --base=there there/list
    stdout_is 'a: OK' 'sub/b: OK'
    try check --base=there --base=here there/list
    status_is 2
}

@test "R18: messages use the list's names too" {
    a_collection
    rm there/a
    zeros 640 there/sub/b
    try check --base=there there/list
    stdout_is 'a: FAILED open or read' 'sub/b: FAILED'
    stderr_is 'iscc: a: No such file or directory' 'iscc: WARNING: 1 listed file could not be read' \
        'iscc: WARNING: 1 computed checksum did NOT match'
    status_is 2
}

@test "R18: --base=list is each list's own directory" {
    a_collection
    mkdir other
    zeros 640 other/c
    (cd other && "$ISCC" c >list.txt)
    try check --base=list there/list other/list.txt "$PWD/there/list"
    stdout_is 'a: OK' 'sub/b: OK' 'c: OK' 'a: OK' 'sub/b: OK'
    stderr_is
    status_is 0
    cd there
    try check --base list list
    stdout_is 'a: OK' 'sub/b: OK'
    status_is 0
}

@test "R18: --base=./list is a directory of that name" {
    a_collection
    mv there list
    try check --base=./list list/list
    stdout_is 'a: OK' 'sub/b: OK'
    status_is 0
    zeros 640 here/c
    (cd here && "$ISCC" c >names)
    try check --base=list here/names
    stdout_is 'c: OK'
    status_is 0
}

@test "R18: a list on standard input has no directory" {
    a_collection
    try check --base=list <there/list
    is_usage_error '--base=list: standard input has no directory' check
    try sum -c --base=list there/list - <there/list
    is_usage_error '--base=list: standard input has no directory'
    try check --base=list -o new - <there/list
    [[ ! -e new ]]
}

@test "trust 5: a name that leads out of DIR is an error although the file is there; R18" {
    a_collection
    mkdir here/sub
    ln -s ../../there/sub/b here/sub/link # links may lead out
    outside=("$PWD/there/a" "/$PWD/there/a" ../there/a sub/../../there/a ./..//there/a sub/.././../there/ "$PWD/there/")
    inside=(sub/link sub/../sub/link ./sub/./..//sub/link)
    printf "${wide[256]} *%s\n" "${outside[@]}" >list
    printf "${wide[257]} *%s\n" "${inside[@]}" >>list
    try check --base=here --strict-tree=there list
    stdout_is "${outside[@]/%/: FAILED open or read}" "${inside[@]/%/: OK}" there/a:\ UNLISTED there/list:\ UNLISTED \
        there/sub/b:\ UNLISTED
    messages=("${outside[@]/#/iscc: }")
    stderr_is "${messages[@]/%/: the name leads out of the directory of --base}" \
        'iscc: WARNING: 7 listed files could not be read' 'iscc: WARNING: 3 files are not listed'
    status_is 2
    mv list here
    try check --json --ignore-missing --base=list here/list
    [[ $(grep -c '"verdict":"unreadable",.*"code":"OUTSIDE"}$' "$out") -eq 7 ]]
    status_is 2
}

@test "R18: trees are relative to DIR too, and a list inside one is not part of it" {
    a_collection
    (cd there && "$ISCC" --tree ./ -o tree)
    try check --base=there there/tree
    stdout_is './: OK'
    status_is 0
    mv there/tree .
    try check --base=there tree
    stdout_is './: OK'
    (cd there && "$ISCC" --tree sub) >tree
    try check --base=there tree
    stdout_is 'sub/: OK'
    status_is 0
}

@test "R18: standard input can still be a listed file" {
    a_collection
    printf '%s *-\n' "${wide[256]}" >list
    try check --base=there list <there/a
    stdout_is '-: OK'
    status_is 0
}

@test "R18: a DIR that cannot be opened is an error, and the old output stays" {
    a_collection
    echo old >out
    for base in missing there/a ''; do
        try check --base="$base" -o out there/list
        stdout_is
        status_is 2
        [[ $(<out) == old ]]
    done
    try check --base=missing there/list
    stderr_is 'iscc: missing: No such file or directory'
    try check --base=there/a there/list
    stderr_is 'iscc: there/a: Not a directory'
}

@test "R18: a list whose directory is missing does not affect the other lists" {
    a_collection
    try check --base=list missing/list there/list
    stdout_is 'a: OK' 'sub/b: OK'
    stderr_is 'iscc: missing/list: No such file or directory'
    status_is 2
}

@test "R18: DIR need not be readable" {
    a_collection
    obey_file_modes
    chmod 311 there
    try check --base=there <there/list
    stdout_is 'a: OK' 'sub/b: OK'
    status_is 0
    try check --base=list there/list
    stdout_is 'a: OK' 'sub/b: OK'
    chmod 755 there
    status_is 0
}

@test "R18: names longer than the system accepts at once" {
    a_collection
    name=$(printf 'd%.0s' {1..250})
    (
        cd there
        for _ in {1..20}; do
            mkdir "$name"
            cd "$name"
        done
        zeros 256 deep
    )
    (cd there && "$ISCC" "$name") >list
    [[ $(wc -c <list) -gt 5000 ]]
    try check --base=there list
    [[ $(<"$out") == *'/deep: OK' ]]
    status_is 0
}
