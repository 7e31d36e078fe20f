#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Names and trees designed to do harm, by content or by size: rules S1 and S4 of the contract.

load support/faults

# ---- Names on a terminal ----

# Bytes that a terminal would act on: colours, titles, queries it answers, its status line, 8-bit controls, bells and
# right-to-left text. In names they are ordinary bytes.
# shellcheck disable=SC1003
hostile_names=($'\e[31mred' $'\e]0;title\a' $'\e[6n' $'\eP$q"p\e\\' $'\x9b31m' $'\xc2\x9b31m' $'a\rb' $'a\bb' $'\x7f'
    $'\e[2J\e[H' $'\x0e\x0f' $'a\tb' $'\xc2\x85')

# Runs shell commands on a terminal, which shows stdout and stderr.
show() {
    needs script
    script -qec "$1" "$out" </dev/null >/dev/null || true
    sed -i '1d;$d' "$out" # the lines that script adds
}

no_controls() {
    if LC_ALL=C tr -d '\n\r\000' <"$out" | grep -aqP '[\x00-\x08\x0b-\x1f\x7f]|\x1b|\xc2[\x80-\x9f]|(?<![\xc2-\xf4\x80-\xbf])[\x80-\xbf]'; then
        echo "$1:" >&2
        cat -v "$out" >&2
        return 1
    fi
}

@test "S1: no name reaches a terminal raw, whatever the command" {
    mkdir d
    for name in "${hostile_names[@]}"; do zeros 256 "d/$name"; done
    "$ISCC" d >list
    "$ISCC" -z d >list0
    "$ISCC" --json d >list.json
    zeros 257 "d/${hostile_names[0]}"
    rm "d/${hostile_names[1]}"
    words=('sum d' 'sum --tag d' 'sum -z d' 'sum --json d' 'sum --units d' 'walk d' 'walk -z d' 'check list' 'check -z list0'
        'check --json list.json' 'check --warn d' 'update -n list d' 'diff list d' 'diff --json list d' 'similar d')
    printf -v all "echo @; '$ISCC' %s; " "${words[@]}"
    show "$all"
    no_controls "the output"
    # Each printed something.
    tr -d '\0\r' <"$out" | awk '/^@$/ && last == "@" { exit 1 } { last = $0 } END { exit last == "@" }'
    [[ $(grep -ac '@.$' "$out") -ge ${#words[@]}-1 ]]
    all=
    for command in sum walk check decode 'sum --tree'; do
        printf -v line %q\  "${hostile_names[@]}"
        all+="'$ISCC' $command $line; "
    done
    for name in "${hostile_names[@]}"; do
        for command in update diff compose compare "--$name" "$name"; do
            printf -v line '%q %q %q %q; ' "$ISCC" "$command" "$name" "$name"
            all+=$line
        done
    done
    printf '%s' "$all" >all
    show 'sh all'
    no_controls "the messages"
    [[ $(grep -ac 'q"p' "$out") -ge 8 ]]
}

# ---- Trees of great depth and width ----

@test "S4: 2500 nested directories" {
    "$ISCC_TOOLS/make_deep_tree" . 2500 1
    path=.$(printf '/d%.0s' {1..2500})/a
    for options in '-j 1' '-j 2'; do
        # shellcheck disable=SC2086 # words
        try sum $options .
        stdout_is "${wide[256]} *$path"
        stderr_is
        status_is 0
    done
    try --tree .
    stdout_is "${wide[256]} *./"
    try walk .
    stdout_is "$path"
    "$ISCC" . >"$out.list"
    try check "$out.list"
    stdout_is "$path: OK"
    status_is 0
}

# ISCC_TEST_ENTRIES sets the number of entries; a thorough run has a million.
@test "S4: very many entries in one directory" {
    entries=${ISCC_TEST_ENTRIES:-${ISCC_TEST_THOROUGH:+1000000}}
    entries=${entries:-5000}
    mkdir d
    (cd d && seq -f 'entry-%07.0f' "$entries" | xargs touch)
    seq -f 'd/entry-%07.0f' "$entries" >names
    try walk d
    cmp names "$out"
    try -j 2 d
    sed "s|^|${wide[0]} *|" names | cmp - "$out"
    stderr_is
    status_is 0
    (has_address_sanitizer || ulimit -v 600000; "$ISCC" walk d) | cmp - names
}

# ---- Loops and other file systems ----

@test "S4: links to each other, to themselves and upwards, in a tree and as operands" {
    mkdir -p d/e
    zeros 256 d/a
    ln -s .. d/e/up
    ln -s . d/self
    ln -s b d/c
    ln -s c d/b
    ln -s "$PWD/d" d/e/again
    for ((i = 0; i < 50; i++)); do ln -s "l$((i + 1))" d/l$i; done
    try d d/e/up/a
    stdout_is "${wide[256]} *d/a" "${wide[256]} *d/e/up/a"
    status_is 0
    try sum d/c d/l0
    stdout_is
    stderr_is "iscc: d/c: Too many levels of symbolic links" "iscc: d/l0: Too many levels of symbolic links"
    status_is 2
}

@test "S4: the walk ends if a directory is mounted inside itself" {
    mkdir -p d/e/f
    zeros 256 d/a
    mount --bind d d/e/f 2>/dev/null || skip "mounting needs rights"
    try d
    umount d/e/f
    stdout_is "${wide[256]} *d/a" "${wide[256]} *d/e/f/a"
    stderr_is
    status_is 0
}

@test "S4: /proc and /sys as operands" {
    [[ -d /proc/self && -d /sys ]] || skip "no /proc or no /sys"
    for operand in /proc/self /proc/sys /sys/kernel; do
        [[ -d $operand ]] || continue
        try walk $operand
        [[ $status -eq 0 || $status -eq 2 ]]
        grep -q "^$operand/" "$out"
    done
    # Files with made-up sizes, that change while read, that may not be read, or that are always empty.
    try -j 2 /proc/sys /proc/self/status /proc/self/maps
    [[ $status -eq 0 || $status -eq 2 ]]
    grep -q ' \*/proc/sys/kernel/ostype$' "$out"
    [[ $(grep -cv '^iscc: /proc/' "$err") -eq 0 ]]
}
