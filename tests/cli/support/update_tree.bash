# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# A list to update, and the expected result.

# A small tree, older than the clock's resolution, and its list with times.
make_tree() {
    mkdir -p d/e d/f
    for name in a b c e/1 e/2 f/1; do echo "$name" >"d/$name"; done
    sleep 0.05
    "$ISCC" sum --json --stat d >list
}

# The list equals what sum prints with these arguments.
list_is_sum() { diff -a list <("$ISCC" sum "$@") >&2; }
