#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Lists that name files by another path: R23 of docs/check-rules.md, U11 of docs/update.md, D3 of docs/diff.md.

load ../support/common

# Files, a list of them by absolute names, and a copy in which `sub/b` differs and `new` was added.
a_copy() {
    mkdir -p src/sub
    zeros 256 src/a
    zeros 257 src/sub/b
    zeros 640 src/sub/-
    src=$PWD/src
    "$ISCC" "$src" >list
    cp -a src copy
    zeros 0 copy/sub/b
    zeros 1 copy/new
}

@test "trust 5: --strip checks a copy that an absolute list does not name; R23" {
    a_copy
    verdicts=("$src/a: OK" "$src/sub/-: OK" "$src/sub/b: FAILED")
    for strip in "$src" "$src/" "/.$src//."; do
        for options in --base=copy '--base=copy --strict-tree=copy'; do
            try check $options --strip="$strip" list
            [[ $options == *strict* ]] && unlisted='copy/new: UNLISTED' || unlisted=
            stdout_is "${verdicts[@]}" ${unlisted:+"$unlisted"}
            status_is 1
        done
    done
    cd copy
    try sum -c --strip="$src" ../list
    stdout_is "${verdicts[@]}"
    status_is 1
}

@test "R23: PREFIX is whole components; a name that it does not begin stays, one that it is leads to the directory" {
    a_copy
    for strip in "${src%?}" "${src}2" "${src#/}" "$src/a" ''; do
        try check --base=copy --strip="$strip" list
        stdout_is "$src/a: FAILED open or read" "$src/sub/-: FAILED open or read" "$src/sub/b: FAILED open or read"
        status_is 2
    done
    try check --base=/ --strip=/ list
    status_is 0
    printf '%s *%s\n' "${wide[256]}" a "${wide[256]}" ./x/../x/a "${wide[256]}" "$src" >names
    "$ISCC" --tree "$src" "$src/sub" >>names
    try check --base=src --strip=x/../x/ names
    stdout_is 'a: OK' './x/../x/a: OK' "$src: FAILED open or read" "$src/: FAILED open or read" "$src/sub/: FAILED open or read"
    try check --base=src --strip="$src" names
    stdout_is 'a: OK' './x/../x/a: FAILED open or read' "$src: FAILED open or read" "$src/: OK" "$src/sub/: OK"
    stderr_is 'iscc: ./x/../x/a: No such file or directory' "iscc: $src: Is a directory" \
        'iscc: WARNING: 2 listed files could not be read'
    status_is 2
}

@test "trust 5: a PREFIX that no name has is an error of check and update" {
    a_copy
    cp list old
    try check --strip="$src"x list
    grep -q "^iscc: list: no name begins with '${src}x', the PREFIX of --strip$" "$err"
    status_is 2
    try update --strip="$src"x list
    stdout_is
    stderr_is "iscc: no name begins with '${src}x', the PREFIX of --strip"
    status_is 2
    cmp list old
}

@test "U11: update looks names and PATHs up without PREFIX, and writes them with it" {
    a_copy
    cp list old
    rm -r src
    mv copy/sub/- copy/sub/c
    cd copy
    for paths in "$src" "$src/new $src/sub $src/a" "$src/sub $src/a/ $src/"; do
        cp ../old ../list
        try update --strip="$src" ../list $paths
        printf '%s *%s\n' "${wide[256]}" "$src/a" "${wide[1]}" "$src/new" "${wide[0]}" "$src/sub/b" "${wide[640]}" "$src/sub/c" |
            sort | cmp - <(sort ../list)
        [[ $(tail -n 1 "$out") == '2 added, 1 removed, 1 changed, 1 unchanged' ]]
        status_is 0
    done
    cp ../old ../list
    try update --strip="$src" ../list
    stdout_is "changed $src/sub/b" "removed $src/sub/-" '1 removed, 1 changed, 1 unchanged'
    status_is 0
    try check --strip="$src" ../list
    stdout_is "$src/a: OK" "$src/sub/b: OK"
    # A line with another code and the file's own times: no file is read.
    sleep 0.05
    sum=$("$ISCC" --json --stat --trust-times a)
    yes | head -c 256 >other
    false=$("$ISCC" --json other)
    echo "${false%\}},${sum#*,\"filesize\":256,}" | sed "s|other|$src/a|" >../list
    for paths in '' "$src/a"; do
        try update --trust-times --strip="$src" ../list $paths
        stdout_is '1 unchanged'
    done
}

@test "D3: diff and similar drop PREFIX from names in lists, and not from directories" {
    a_copy
    "$ISCC" --tree "$src" >>list
    "$ISCC" "$src" | sed "s|$src/||" >relative
    (cd copy && "$ISCC" .) >there
    for sides in 'list copy' 'list there'; do
        try diff --strip="$src" $sides
        [[ $(sed 's/changed far [0-9]*/changed far N/' "$out") == "\
added new
changed far N/128 sub/b
removed ./
1 added, 1 removed, 1 changed, 0 moved, 0 moved-changed, 2 same" ]]
        status_is 1
    done
    head -n 3 list >files
    for sides in 'files relative' "files $src" 'relative files'; do
        try diff --strip="$src/" $sides
        stdout_is
        status_is 0
    done
    try similar --strip="$PWD" files src
    stdout_is
    try similar --strip="$src/sub" files
    stdout_is
    try similar --strip="$src/sub" --all files
    [[ $(sed -n 's/.* \*//p' "$out" | sort | xargs) == "./- $src/a b" ]]
}
