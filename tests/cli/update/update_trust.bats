#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# iscc update: no list is emptied by accident, and error objects are lines: rules U3, U6, U7 and U10 of docs/update.md.

load ../support/common
load ../support/update_tree

# update with these arguments leaves `list` as it is, for this reason.
refuses() { # REASON ARGUMENT...
    cp list old
    try update "${@:2}"
    status_is 2
    stderr_is "iscc: list: not updated, as $1"
    cmp list old
}

gone="is there, or all is left out (--allow-empty removes"

@test "trust 1: an update that would remove every line of the list or of a PATH is refused" {
    make_tree
    mkdir other
    echo x >other/x
    for form in '--json --stat' '' --tag '--units --narrow' -z; do
        # shellcheck disable=SC2086 # words
        "$ISCC" sum $form d >list
        zero=() end=$'\n'
        if [[ $form == -z ]]; then zero=(-z) end=''; fi
        mv d away
        refuses "none of its files is there (--allow-empty removes 6 lines)" "${zero[@]}" -q list
        mkdir d
        refuses "nothing of 'd' $gone 6 lines)" "${zero[@]}" -q list d
        : >d/NOT_MOUNTED
        refuses "nothing of 'd' $gone 6 lines)" "${zero[@]}" -n list other d
        rm -r d
        mv away d
    done
    refuses "nothing of 'd' $gone 6 lines)" -qz --exclude '*' list d
    refuses "nothing of 'd/' $gone 6 lines)" -qz --json --max-depth 0 list d/
    # The report says what would have been done.
    "$ISCC" sum d/a d/e >list
    rm d/e/*
    refuses "nothing of 'd/e' $gone 2 lines)" list d/a d/e
    stdout_is "removed d/e/1" "removed d/e/2" "2 removed, 1 unchanged"
    refuses "nothing of 'd/e' $gone 2 lines)" --json list d/e
    grep -qx '{"type":"summary",.*"removed":2,.*}' "$out"
    # A PATH below another one has no effect.
    try update -q list d/e d
    status_is 0
    stdout_is "3 added, 2 removed, 1 unchanged"
    # A line for each of two PATHs that are gone, and none where the list had nothing.
    "$ISCC" sum d/b d/f/1 >list
    rm -r d/b d/f
    mkdir empty d/b d/f
    try update -q list d/b empty d/f
    status_is 2
    stderr_is "iscc: list: not updated, as nothing of 'd/b' $gone 1 line)" \
        "iscc: list: not updated, as nothing of 'd/f' $gone 1 line)"
}

@test "trust 1: the code of a tree is replaced by its files, unless there are none" {
    make_tree
    "$ISCC" sum --tree d/e >list
    rm d/e/*
    refuses "nothing of 'd/e' $gone 1 line)" -q list d/e
    echo 3 >d/e/3
    try update list d/e
    status_is 0
    stdout_is "added d/e/3" "removed d/e/" "1 added, 1 removed, 0 unchanged"
    "$ISCC" sum --tree d/e >list
    rm -r d/e
    refuses "none of its files is there (--allow-empty removes 1 line)" -q list
    # The line of standard input stays anyway.
    { "$ISCC" sum - <d/a && cat old; } >list
    refuses "none of its files is there (--allow-empty removes 1 line)" -q list
}

@test "trust 1: -o does not replace a list by one without files" {
    mkdir d
    zeros 256 d/a
    for words in 'sum d' 'sum --tree d' 'walk d' 'similar --all d'; do
        # shellcheck disable=SC2086 # words
        "$ISCC" $words >list
        cp list old
        mv d/a .
        # shellcheck disable=SC2086 # words
        try $words -o list
        grep -qx 'iscc: list: not replaced, as there is no file to list' "$err"
        status_is 2
        cmp list old
        mv a d
    done
}

@test "trust 1: --allow-empty removes all lines, and a comment keeps the form" {
    make_tree
    for form in '--json --stat' '--json --stat --units --narrow' '' --tag '--tag --units --narrow' -z; do
        # shellcheck disable=SC2086 # words
        "$ISCC" sum $form d >list
        zero=() end=$'\n'
        if [[ $form == -z ]]; then zero=(-z) end=''; fi
        mv d away
        cp list old
        for paths in '' d 'd d/e'; do
            cp old list
            # shellcheck disable=SC2086 # words
            try update -q --allow-empty "${zero[@]}" list $paths
            status_is 0
            stderr_is
            mapfile -t -d "$end" report <"$out"
            mapfile -t -d "$end" lines <list
            [[ ${report[*]} == "6 removed, 0 unchanged" && ${lines[*]} == "# iscc sum${form:+ $form}" ]]
        done
        # Nothing is left to remove, so nothing is refused or written.
        cp list old
        touch -d 2001-01-01 list
        mkdir d
        try update "${zero[@]}" list d
        status_is 0
        try update "${zero[@]}" --allow-empty list missing
        status_is 2
        stderr_is "iscc: missing: No such file or directory"
        [[ $(stat -c %Y list) == "$(date -d 2001-01-01 +%s)" ]]
        rmdir d
        mv away d
        try update -q "${zero[@]}" list d
        status_is 0
        # shellcheck disable=SC2086 # words
        list_is_sum $form d
    done
}

@test "trust 1: an emptied list whose comment ends in the other way is not updated" {
    mkdir d
    for zero in '' -z; do
        echo a >d/a
        "$ISCC" --json $zero d >list
        rm d/a
        try update $zero --allow-empty list d
        cp list old
        echo a >d/a
        if [[ $zero ]]; then
            try update list d
            stderr_is 'iscc: list: its lines end with NUL (-z)' 'iscc: list: not updated, as lines would be lost'
        else
            try update -z list d
            stderr_is 'iscc: list: its lines do not end with NUL (-z)' 'iscc: list: not updated, as lines would be lost'
        fi
        status_is 2
        cmp list old
    done
}

@test "trust 1: other comments stay around the one that keeps the form" {
    make_tree
    printf '# iscc sum --tag d\n\n# iscc sum --json --stat\n# iscc sum --tag\n' >list
    try update -q list d
    same_lines <(grep -n '^#\|^$' list) '1:# iscc sum --tag d' '2:' '3:# iscc sum --tag'
    same_lines <(tail -n +4 list) "$("$ISCC" --json --stat --trust-times d)"
    try update -q --allow-empty --exclude '*' list d
    same_lines list '# iscc sum --tag d' '' '# iscc sum --tag' '# iscc sum --json --stat'
    # In a list with lines such a comment is like any other.
    { echo '# iscc sum --json' && "$ISCC" d/a d/b; } >list
    rm d/b
    try update -q list
    same_lines list '# iscc sum --json' "$("$ISCC" d/a)"
}

@test "trust 1: --max-removed refuses to remove more than N lines, or N% of the lines of the PATHs" {
    make_tree
    mkdir other
    echo x >other/x
    "$ISCC" sum other d >list
    rm d/a d/b
    refuses "2 lines would be removed (--max-removed=1)" -q --max-removed=1 list d
    refuses "2 lines would be removed (--max-removed=1)" -n --max-removed 1 --allow-empty list
    refuses "2 lines would be removed (--max-removed=33%)" -q --max-removed=33% list d
    refuses "2 lines would be removed (--max-removed=28%)" -q --max-removed=28% list
    for most in 2 18446744073709551615 34% 100%; do
        cp old list
        try update -q --max-removed=$most list d
        status_is 0
        stdout_is "2 removed, 5 unchanged"
    done
    rm d/c
    refuses "1 line would be removed (--max-removed=0%)" -q --max-removed=0% list d
    rm -r d
    mkdir d
    refuses "nothing of 'd' $gone 4 lines)" -q --max-removed=100% list d
    refuses "4 lines would be removed (--max-removed=3)" -q --max-removed=3 --allow-empty list d
    # The line of a tree that its files replace is not gone.
    echo 1 >d/1
    "$ISCC" --tree d >list
    try update --max-removed=0 list d
    stdout_is 'added d/1' 'removed d/' '1 added, 1 removed, 0 unchanged'
    status_is 0
    for bad in '' x % 1x 101% 1%% -1 1.5% 18446744073709551616; do
        try update "--max-removed=$bad" list d
        is_usage_error "invalid argument '$bad' for '--max-removed' (a number of lines, or 0% to 100%)" update
    done
}

@test "trust 2: an error object is tried again, with and without PATH" {
    obey_file_modes
    make_tree
    chmod 0 d/b d/e
    "${prefix[@]}" "$ISCC" --json --stat --trust-times d missing >list 2>/dev/null || true
    cp list old
    for paths in '' d; do
        # What still cannot be read keeps its line; what does not exist has none.
        cp old list
        # shellcheck disable=SC2086 # words
        try update list $paths
        status_is 2
        stderr_is "iscc: d/b: Permission denied" "iscc: d/e: Permission denied"
        if [[ -z $paths ]]; then stdout_is "removed missing" "1 removed, 2 unreadable, 3 unchanged"; fi
        if [[ -n $paths ]]; then stdout_is "2 unreadable, 4 unchanged"; fi
        diff list <(if [[ -z $paths ]]; then grep -v missing old; else cat old; fi) >&2
        # The reason may change, and may be that of something below the directory.
        chmod 755 d/e
        chmod 0 d/e/2
        # shellcheck disable=SC2086 # words
        try update list $paths
        status_is 2
        stderr_is "iscc: d/b: Permission denied" "iscc: d/e/2: Permission denied"
        [[ $(grep -c '"path":"d/e"' list) -eq 0 ]]
        grep -qx '{"type":"error","path":"d/e/2","error":"Permission denied","code":"EACCES"}' list
        sed -i 's/EACCES/OF_A_LATER_VERSION/' list
        # shellcheck disable=SC2086 # words
        try update -q list $paths
        [[ $(grep -c EACCES list) -eq 2 ]]
        # What can be read now is added.
        chmod 644 d/b d/e/2
        sleep 0.05 # or the new ctime is too young to be recorded
        # shellcheck disable=SC2086 # words
        try update --trust-times list $paths
        status_is 0
        stderr_is
        stdout_is "added d/b" "added d/e/2" "2 added, $((4 + ${#paths})) unchanged"
        diff <(grep -v missing list) <("$ISCC" --json --stat --trust-times d) >&2
        chmod 0 d/b d/e
    done
    chmod 755 d/e
}

@test "trust 2: error objects are lost neither outside the PATHs nor in lists of text" {
    make_tree
    error='{"type":"error","path":"other","error":"Input/output error","code":"EIO"}'
    for form in '--json --stat' '--tag --narrow' -z; do
        zero=()
        if [[ $form == -z ]]; then zero=(-z); fi
        # shellcheck disable=SC2086 # words
        { "$ISCC" --trust-times $form d/a && printf '%s\n' "$error" | if [[ $form == -z ]]; then tr '\n' '\0'; else cat; fi; } >list
        # shellcheck disable=SC2086 # words
        { tr '\0' '\n' <list && "$ISCC" --trust-times $form d/b; } | tr '\0' '\n' >expected
        try update -q "${zero[@]}" list d/a d/b
        status_is 0
        tr '\0' '\n' <list | cmp - expected
    done
    # The form is that of the first line with a code.
    { echo "$error" && "$ISCC" --json --narrow --units d/a; } >list
    try update -q list d/a d/b
    diff list <(echo "$error" && "$ISCC" --json --stat --trust-times --narrow --units d/a d/b) >&2
}

@test "trust 2: objects that name no file are dropped with a message" {
    make_tree
    printf 'd/a\0\0-\0d/b\0' | "$ISCC" --json --stat --trust-times --files0-from=- >list 2>/dev/null || true
    "$ISCC" similar --json --all list nothing 2>/dev/null | grep error >>list || true
    cp list old
    for options in -n ''; do
        # shellcheck disable=SC2086 # a word or none
        try update $options list
        status_is 0
        stdout_is "removed nothing" "1 removed, 2 unchanged"
        stderr_is "iscc: list: 2: dropped, as it names no file (invalid zero-length file name)" \
            "iscc: list: 3: dropped, as it names no file (no file name of '-' allowed when reading file names from standard input)"
    done
    same_lines list "$("$ISCC" --json --stat --trust-times d/a d/b)"
    grep -v '"file"' old | grep _NAME >list
    try update -q list
    status_is 0
    stdout_is "0 unchanged"
    same_lines list '# iscc sum --json --stat'
}

@test "trust 2: a directory that can be read again is not a loss, even if it is empty" {
    mkdir -p d/lost+found
    echo '{"type":"error","path":"d/lost+found","error":"Permission denied","code":"EACCES"}' >error
    for paths in '' d; do
        cp error list
        # shellcheck disable=SC2086 # a word or none
        try update --max-removed=0 list $paths
        status_is 0
        stdout_is "0 unchanged"
        stderr_is
        same_lines list '# iscc sum --json --stat'
    done
    rmdir d/lost+found
    cp error list
    refuses "none of its files is there (--allow-empty removes 1 line)" list
    # A line with a code counts rather than an error object of the same name, whichever comes first.
    echo x >d/x
    sleep 0.05
    { sed s/lost+found/x/ error && "$ISCC" --json --stat --trust-times d; } >list
    try update list d
    status_is 0
    stdout_is "1 unchanged"
    list_is_sum --json --stat d
    { "$ISCC" --json --stat --trust-times d/x && sed 's/.lost+found//' error; } >list
    try update list
    status_is 0
    stdout_is "1 unchanged"
    list_is_sum --json --stat d
}
