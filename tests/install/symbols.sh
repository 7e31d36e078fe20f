#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# symbols.sh NM HEADER LIBRARY: the shared library exports the functions of the public header, and nothing else.
set -eu
nm=$1 header=$2 library=$3

exported=$("$nm" --dynamic --defined-only "$library" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | sort)
declared=$(tr '\n' ' ' <"$header" | grep -oE 'ISCC_API [a-z0-9_ *]*\(' | grep -oE 'iscc_[a-z0-9_]+\(' | tr -d '(' | sort)
[ -n "$declared" ]
if [ "$exported" != "$declared" ]; then
    printf 'symbols.sh: exported:\n%s\ndeclared:\n%s\n' "$exported" "$declared" >&2
    exit 1
fi
