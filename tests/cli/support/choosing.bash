# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# A tree to select from, and a check of the selection.

# tree: a few files in a few directories.
make_tree() {
    mkdir -p tree/src/sub tree/build tree/doc
    local file
    for file in a.c b.h src/x.c src/x.o src/sub/y.c build/z.c doc/keep.log doc/other.log; do
        printf '%s\n' "$file" >"tree/$file"
    done
}

# There is no message, but for a list without files.
stderr_is_of_list() {
    if [[ -s $out ]]; then stderr_is; else stderr_is "iscc: nothing to list: no file"; fi
}

# Exactly these files of the tree are listed; names are given without the tree's own.
takes() {
    stderr_is_of_list
    status_is 0
    sed 's,^tree/,,' "$out" | diff <(if (($#)); then printf '%s\n' "$@"; fi) - >&2
}

same_bytes() {
    cmp "$1" "$2" || {
        echo "what only the judge lists, and in the second column what only iscc does:"
        comm -z -3 "$1" "$2" | tr '\0' '\n' | head -20
        return 1
    } >&2
}
