# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The minimum a check needs.

# Two files and a list of both.
two_files() {
    zeros 256 a
    zeros 257 b
    "$ISCC" a b >list
}
