# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# A tree to compare.

# A tree `d` and its list.
make_tree() {
    mkdir -p d/s
    seq 20000 >d/a
    seq 500 >d/b
    : >d/e
    seq 700 >d/s/x
    "$ISCC" sum d >list
}
