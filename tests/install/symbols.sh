#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# symbols.sh NM HEADER LIBRARY: the shared library exports exactly the functions of the public header, each with the
# version node of the header's ABI.
set -eu
nm=$1 header=$2 library=$3

abi=$(sed -n 's/^#define ISCC_ABI_VERSION \([0-9]*\)$/\1/p' "$header")
exported=$("$nm" --dynamic --defined-only --with-symbol-versions "$library" | awk '$2 != "A" { print $3 }' | sort)
declared=$(tr '\n' ' ' <"$header" | grep -oE 'ISCC_API [a-z0-9_ *]*\(' | grep -oE 'iscc_[a-z0-9_]+\(' |
    sed "s/($/@@LIBISCC_$abi/" | sort)
[ -n "$abi" ] && [ -n "$declared" ]
if [ "$exported" != "$declared" ]; then
    printf 'symbols.sh: exported:\n%s\ndeclared:\n%s\n' "$exported" "$declared" >&2
    exit 1
fi
