#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# The golden trees of tests/data/trees.tsv: each tree's walk order and code (rule T5).

load ../support/common

# Makes the trees, each in a folder beside its expected order and codes. Done once for all cases.
setup_file() {
    cd "$BATS_FILE_TMPDIR"
    local kind path times text tree='' content
    while IFS=$'\t' read -r kind path times text; do
        case $kind in
        tree)
            tree=$path
            mkdir "$tree"
            printf '%s\n' "$times" >"$tree.narrow"
            printf '%s\n' "$text" >"$tree.wide"
            : >"$tree.order"
            ;;
        file | omitted)
            printf -v path '%b' "$path"
            printf -v text '%b' "$text"
            path=$tree/$path
            [[ -d ${path%/*} ]] || mkdir -p "${path%/*}"
            printf -v content '%*s' "$times" ''
            printf '%s' "${content// /"$text"}" >"$path"
            [[ $kind == omitted ]] || printf '%s\0' "$path" >>"$tree.order"
            ;;
        esac
    done < <(grep -v '^#' "$BATS_TEST_DIRNAME/../../data/trees.tsv")
}

# Enters the folder of trees; sets `trees` to their names and `all` to the expected lines, joined from a file beside
# each tree.
enter() {
    cd "$BATS_FILE_TMPDIR"
    set -- */
    trees=("${@%/}")
    [[ ${#trees[@]} -eq 40 ]]
}

all() { cat "${trees[@]/%/.$1}"; }

# The expected output of --tree.
tree_lines() {
    local tree
    for tree in "${trees[@]}"; do echo "$(<"$tree.$1") *$tree/"; done
}

@test "T5: walk lists the golden trees in order" {
    enter
    try walk -z "${trees[@]}"
    status_is 0
    stderr_is
    all order | tr '\0\n' '\n?' | diff - <(tr '\0\n' '\n?' <"$out") >&2
    all order | cmp - "$out"
}

@test "T5: sum hashes the golden trees in the same order" {
    enter
    try -z "${trees[@]}"
    status_is 0
    sed -z 's/^[^ ]* \*//' "$out" | cmp - <(all order)
}

@test "T5: --tree prints the codes of the golden trees, wide and narrow" {
    enter
    try --tree "${trees[@]}"
    tree_lines wide | diff - "$out" >&2
    status_is 0
    try --tree --narrow "${trees[@]}"
    tree_lines narrow | diff - "$out" >&2
    status_is 0
}

@test "T5: --tree is the code of all files' bytes, concatenated in order" {
    enter
    for tree in "${trees[@]}"; do
        mapfile -d '' -t files <"$tree.order"
        try - < <(cat -- /dev/null "${files[@]}")
        stdout_is "$(<"$tree.wide") *-"
    done
}

@test "T5: a golden tree from inside, and through a link" {
    enter
    try --tree pub-000/. pub-000/a/..
    stdout_is "$(<pub-000.wide) *pub-000/./" "$(<pub-000.wide) *pub-000/a/../"
    ln -sfn "$PWD/pub-000" "$out.link"
    try --tree "$out.link"
    stdout_is "$(<pub-000.wide) *$out.link/"
    cd pub-000
    try --tree .
    stdout_is "$(<../pub-000.wide) *./"
    status_is 0
}
