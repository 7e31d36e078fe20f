#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Selecting by pattern: rules H1 to H7 and H12 of docs/choosing.md, with git and grep as references.

load ../support/common
load ../support/choosing
load ../support/random_patterns

# ---- Patterns ----

@test "H6: the table of rules holds" {
    make_tree
    try walk --exclude '*.o' tree
    takes a.c b.h build/z.c doc/keep.log doc/other.log src/x.c src/sub/y.c
    try walk --include '*.c' tree
    takes a.c build/z.c src/x.c src/sub/y.c
    try walk --include src/ tree
    takes src/x.c src/x.o src/sub/y.c
    try walk --include src/ --exclude '*.o' tree
    takes src/x.c src/sub/y.c
    try walk --exclude '*.log' --include keep.log tree
    takes a.c b.h build/z.c doc/keep.log src/x.c src/x.o src/sub/y.c
    try walk --include '*.c' --exclude z.c tree
    takes a.c src/x.c src/sub/y.c
    (cd tree && try walk --exclude '*' --include '*.c' . && stdout_is ./a.c)
}

@test "sum hashes exactly what walk lists" {
    make_tree
    for options in '--include=*.c' '--exclude=src' '--max-depth=1' '--min-size=9'; do
        try walk -z "$options" tree
        cp "$out" expected
        [[ -s expected ]]
        try sum -z "$options" tree
        status_is 0
        sed -z 's/^[^ ]* [*]//' "$out" | cmp - expected
    done
}

@test "H2: a GLOB is used as given" {
    mkdir tree
    touch 'tree/!a' 'tree/#b' 'tree/c ' tree/c
    try walk --exclude '!a' tree
    takes '#b' c 'c '
    try walk --exclude '#b' tree
    takes '!a' c 'c '
    try walk --exclude 'c ' tree
    takes '!a' '#b' c
}

@test "H2: a GLOB that can match nothing is a usage error" {
    for glob in '' / // /// . .. ./a a/./b ../a a/.. a//b //a a//; do
        try walk --exclude "$glob" .
        is_usage_error "the pattern '$glob' of --exclude matches nothing" walk
        try --include="$glob" .
        is_usage_error "the pattern '$glob' of --include matches nothing"
    done
    mkdir -p tree/d
    touch tree/.a tree/..b tree/... tree/d/.c
    for glob in .a ..b ... d/.c /..b d/ '[.]a' 'd[/../]'; do
        try walk --exclude "$glob" .
        status_is 0
    done
    try walk --exclude '...' --exclude '/.a' --exclude 'd/.c' tree
    takes ..b
}

@test "H2: --exclude-from inserts an ignore file's lines at its position" {
    make_tree
    printf '# no logs\r\n*.log \n!keep.log\n\n' >patterns
    try walk --exclude-from patterns tree
    takes a.c b.h build/z.c doc/keep.log src/x.c src/x.o src/sub/y.c
    try walk --exclude '*.c' --exclude-from patterns --include x.c tree
    takes b.h doc/keep.log src/x.c src/x.o
    try walk --exclude-from patterns --exclude keep.log tree
    takes a.c b.h build/z.c src/x.c src/x.o src/sub/y.c
    try walk --exclude-from <(echo '*.?') tree
    takes doc/keep.log doc/other.log
    try walk --exclude-from /dev/null --include '*.c' tree
    [[ $(wc -l <"$out") -eq 8 ]]
}

@test "H2: an unreadable pattern file is an error, and nothing is done" {
    make_tree
    try walk --exclude-from missing tree
    stdout_is
    stderr_is "iscc: missing: No such file or directory"
    status_is 2
    try sum --exclude-from tree tree
    stdout_is
    stderr_is "iscc: tree: Is a directory"
    status_is 2
    zeros 4194305 large
    try sum --exclude-from large tree
    stderr_is "iscc: large: File too large"
    status_is 2
}

@test "H3: a leading slash anchors a pattern to the operand, and a trailing one matches only directories" {
    make_tree
    mkdir tree/doc/src
    echo >tree/doc/src/x.c
    echo >tree/doc/build
    try walk --exclude /src --exclude build/ tree
    takes a.c b.h doc/build doc/keep.log doc/other.log doc/src/x.c
    try walk --include 'src/*.c' tree
    takes src/x.c
    try walk --include '**/src/*.c' tree
    takes doc/src/x.c src/x.c
    (cd tree && try walk --include '/src/*.c' . && stdout_is ./src/x.c)
}

# Whether the program reports that the pattern matches nothing; git must find nothing either.
is_refused() {
    "$ISCC" walk --exclude "$pattern" /dev/null 2>&1 | grep -aq 'matches nothing$' || return
    git_lists
    cp expected everything
    git_lists -x "$pattern"
    same_bytes everything expected
}

# Sets an array of options for iscc and an equivalent one for git; the first option excludes.
random_options() {
    local pattern takes count
    ours=() git=()
    for ((count = RANDOM % 4 + 1; count > 0; count--)); do
        while random_pattern; [[ $pattern == '!'* ]] || is_refused; do :; done
        takes=$((RANDOM % 2 && ${#ours[@]} > 0))
        if ((takes)); then ours+=(--include="$pattern") git+=(-x "!$pattern"); else
            ours+=(--exclude="$pattern") git+=(-x "$pattern")
        fi
    done
}

git_lists() {
    (cd trees && GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 git --git-dir=../repository --work-tree=. \
        ls-files -o -z "$@") | sort -z >expected
    files=$((files + $(tr -cd '\0' <expected | wc -c)))
}

@test "H3, H4, H5: patterns from the command line and from ignore files exclude the same files as in git" {
    needs git
    seed=${ISCC_TEST_SEED:-$(date +%s)}
    echo "ISCC_TEST_SEED=$seed"
    "$BATS_TEST_DIRNAME/../support/random_trees.sh" trees 10 "$seed"
    GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 git init -q --bare repository
    RANDOM=$seed
    files=0
    for round in {1..4}; do
        random_options
        printf 'round %s:' "$round"
        printf ' %q' "${ours[@]}"
        echo
        git_lists "${git[@]}" --exclude-per-directory=.isccignore
        # The operand has no name that a pattern could exclude (H8).
        try walk -z "${ours[@]}" trees/.
        stderr_is_of_list
        sed -z 's,^trees/\./,,' "$out" | sort -z >found
        same_bytes expected found

        # The same patterns from a file, without the ignore files.
        printf '%s\n' "${git[@]}" | grep -avx -e -x >patterns
        git_lists -X ../patterns
        try walk -z --no-ignore --exclude-from patterns trees/.
        stderr_is_of_list
        sed -z 's,^trees/\./,,' "$out" | sort -z >found
        same_bytes expected found
    done
    ((files > 20))
}

@test "H4, H6: --include and --exclude select the same files as in grep" {
    needs grep
    seed=${ISCC_TEST_SEED:-$(date +%s)}
    echo "ISCC_TEST_SEED=$seed"
    RANDOM=$seed
    for name in DD DD/DD DD/DD/DD; do # in grep these patterns do not apply to directories
        mkdir -p "tree/$name"
        for file in a b ab abc a.c b.c ab.c c.a .a; do echo "$file" >"tree/$name/$file"; done
    done
    globs=(a 'a*' '*.c' '[ab]' '?' '*b*' abc '.*' '*.?' 'ab.c')
    for round in {1..8}; do
        options=()
        for ((count = RANDOM % 4 + 1; count > 0; count--)); do
            word=--exclude
            if ((RANDOM % 2)); then word=--include; fi
            options+=("$word=${globs[RANDOM % ${#globs[@]}]}")
        done
        echo "round $round: ${options[*]}"
        grep -rlZ "${options[@]}" '' tree | sort -z >expected || true
        try walk -z "${options[@]}" tree
        status_is 0
        sort -z "$out" >found
        same_bytes expected found
    done
}

@test "H5: --no-ignore disables ignore files, and they are not read" {
    make_tree
    printf '*.c\n' >tree/.isccignore
    try walk tree
    takes .isccignore b.h doc/keep.log doc/other.log src/x.o
    try walk --no-ignore tree
    takes .isccignore a.c b.h build/z.c doc/keep.log doc/other.log src/x.c src/x.o src/sub/y.c
    obey_file_modes
    chmod 0 tree/.isccignore
    try walk --no-ignore tree
    takes .isccignore a.c b.h build/z.c doc/keep.log doc/other.log src/x.c src/x.o src/sub/y.c
}

@test "H5: the command line can include again what ignore files exclude" {
    make_tree
    printf '*.c\ndoc/\n' >tree/.isccignore
    try walk --exclude .isccignore --include x.c tree
    takes b.h src/x.c src/x.o
    try walk --include doc tree
    takes doc/keep.log doc/other.log
    try walk --include '*.log' tree
    takes
}

@test "H6: what an ignore file includes again must still match --include" {
    make_tree
    printf '*.c\n!a.c\n*.h\n' >tree/.isccignore
    try walk --include '*.log' tree
    takes doc/keep.log doc/other.log
    try walk --include '*.?' --exclude '*.o' tree
    takes a.c b.h build/z.c src/x.c src/sub/y.c
}

@test "H7: nothing below an excluded directory can be included again" {
    make_tree
    try walk --exclude src --include x.c tree
    takes a.c b.h build/z.c doc/keep.log doc/other.log
}

@test "H8: patterns match operands by their last component" {
    make_tree
    cd tree
    try walk --exclude '*.c' --exclude build a.c ./b.h src/x.c build ./build// doc
    stdout_is ./b.h doc/keep.log doc/other.log
    try walk --include '*.c' a.c b.h src/x.c build - </dev/null
    stdout_is a.c src/x.c build/z.c -
    try walk --include doc doc/ ./src
    stdout_is doc/keep.log doc/other.log
    try walk --exclude '/x.c' --exclude src/x.o src/x.c src/x.o
    stdout_is src/x.o
    printf 'a.c\0b.h\0' | try walk --exclude '*.c' --files0-from -
    stdout_is b.h
    try walk --exclude '.*' --max-depth 1 . ../tree/. ../tree/src/..
    stdout_is ./a.c ./b.h ../tree/./a.c ../tree/./b.h ../tree/src/../a.c ../tree/src/../b.h
    try sum --exclude '*' -
    status_is 0
    [[ $(cat "$out") == ISCC:*' *-' ]]
}

@test "H1: a missing operand is an error whatever the patterns" {
    try sum --exclude missing missing
    stderr_is "iscc: missing: No such file or directory"
    status_is 2
}

@test "H1: excluded files and directories are not opened" {
    obey_file_modes
    make_tree
    chmod 0 tree/a.c tree/doc
    zeros 100 tree/b.h
    try sum --exclude '*.c' --exclude doc tree
    stderr_is
    status_is 0
    try sum --min-size 99 --exclude doc tree
    stdout_is "$(cd tree && "$ISCC" b.h | sed 's/b.h/tree\/&/')"
    stderr_is
    status_is 0
    try sum --max-depth 0 tree/doc
    status_is 2
    try sum tree
    [[ $(wc -l <"$err") -eq 2 ]]
    status_is 2
    mkfifo fifo
    try sum --exclude fifo fifo tree/b.h
    stderr_is
    status_is 0
}

# ---- Together with other options ----

@test "H12: what the walk skips cannot be included" {
    mkdir tree
    touch tree/a tree/a.iscc.json
    ln -s a tree/link
    mkfifo tree/fifo
    try walk --include '*' tree
    takes a
}

@test "H12: the -o file is never hashed, whatever the patterns" {
    make_tree
    for command in sum walk; do
        try "$command" --include '*.c' --include 'list*' -o tree/list.txt tree
        status_is 0
        cp tree/list.txt first
        try "$command" --include '*.c' --include 'list*' -o tree/list.txt tree
        status_is 0
        cmp first tree/list.txt
        [[ $(wc -l <tree/list.txt) -eq 4 ]]
        rm tree/list.txt
    done
    try sum --tree --include '*.c' --include 'list*' -o tree/list.txt tree
    sed 's/ .*//' tree/list.txt >code
    try sum --tree --include '*.c' tree
    sed 's/ .*//' "$out" | cmp - code
}

@test "H12: an excluded ignore file still applies" {
    make_tree
    printf '*.c\n' >tree/.isccignore
    try walk --exclude '.*' --exclude '*.log' tree
    takes b.h src/x.o
    try walk --min-size 6 --max-size 8 tree
    takes src/x.o
}
