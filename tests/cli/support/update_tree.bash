# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034 # the tests use the variables
# A list to update, and the expected result.

# The files are too young for their times to be recorded, and may be on a file system whose times are not trusted.
try() {
    status=0
    if [[ ${1-} == update ]]; then set -- update --trust-times "${@:2}"; fi
    "${prefix[@]}" "$ISCC" "$@" >"$out" 2>"$err" || status=$?
}

# A small tree, older than the clock's resolution, and its list with times.
make_tree() {
    mkdir -p d/e d/f
    for name in a b c e/1 e/2 f/1; do echo "$name" >"d/$name"; done
    sleep 0.05
    "$ISCC" sum --json --stat --trust-times d >list
}

# The list equals what sum prints with these arguments.
list_is_sum() { diff -a list <("$ISCC" sum --trust-times "$@") >&2; }
