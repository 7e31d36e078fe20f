# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# A list to bring up to date, and what it must become.

# A tree of a few files, older than what the clock cannot tell apart, and a list of it with times.
make_tree() {
    mkdir -p d/e d/f
    for name in a b c e/1 e/2 f/1; do echo "$name" >"d/$name"; done
    sleep 0.05
    "$ISCC" sum --json --stat d >list
}

# The list is what sum prints now with these arguments.
list_is_sum() { diff -a list <("$ISCC" sum "$@") >&2; }
