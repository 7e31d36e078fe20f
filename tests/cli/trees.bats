#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# The golden trees of tests/data/trees.tsv: order of the walk and code of each tree (rule T5).

load support/common

# Makes the trees, one folder each, with the order and the codes that they should have beside them. Done once for all cases.
setup_file() {
    cd "$BATS_FILE_TMPDIR"
    local kind path times text tree='' content i
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
            mkdir -p "$tree/$(dirname "$path")"
            printf -v content '%*s' "$times" ''
            printf '%s' "${content// /"$text"}" >"$tree/$path"
            [[ $kind == omitted ]] || printf '%s\0' "$tree/$path" >>"$tree.order"
            ;;
        esac
    done < <(grep -v '^#' "$BATS_TEST_DIRNAME/../data/trees.tsv")
}

trees() {
    cd "$BATS_FILE_TMPDIR"
    set -- */
    [[ $# -eq 40 ]]
    for tree in "${@%/}"; do echo "$tree"; done
}

@test "T5: walk lists each golden tree in order" {
    for tree in $(trees); do
        cd "$BATS_FILE_TMPDIR"
        try walk -z "$tree"
        status_is 0
        stderr_is
        cmp "$out" "$tree.order" || { echo "$tree" >&2; false; }
    done
}

@test "T5: sum goes through each golden tree in the same order" {
    for tree in $(trees); do
        cd "$BATS_FILE_TMPDIR"
        try -z "$tree"
        status_is 0
        sed -z 's/^[^ ]* \*//' "$out" | cmp - "$tree.order" || { echo "$tree" >&2; false; }
    done
}

@test "T5: --tree gives the code of each golden tree, narrow and wide" {
    for tree in $(trees); do
        cd "$BATS_FILE_TMPDIR"
        try --tree "$tree"
        stdout_is "$(cat "$tree.wide") *$tree/"
        status_is 0
        try --tree --narrow "$tree"
        stdout_is "$(cat "$tree.narrow") *$tree/"
        status_is 0
    done
}

@test "T5: --tree is the code of all files' bytes, one after the other in order" {
    for tree in $(trees); do
        cd "$BATS_FILE_TMPDIR"
        try - < <(xargs -0 cat -- /dev/null <"$tree.order")
        stdout_is "$(cat "$tree.wide") *-"
    done
}

@test "T5: all trees at once, as operands" {
    cd "$BATS_FILE_TMPDIR"
    try walk -z $(trees)
    cat $(trees | sed 's/$/.order/') | cmp - "$out"
    try --tree $(trees)
    for tree in $(trees); do echo "$(cat "$tree.wide") *$tree/"; done | cmp - "$out"
    status_is 0
}
