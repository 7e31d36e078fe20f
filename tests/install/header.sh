#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# header.sh HEADER LANGUAGE STANDARD COMPILER: the public header compiles alone, and included twice, without warnings.
set -eu
header=$1 language=$2 standard=$3 compiler=$4

[ -n "$compiler" ] || {
    echo "header.sh: skipped, there is no compiler for $language" >&2
    exit 77
}
printf '#include "%s"\n#include "%s"\n' "$header" "$header" |
    "$compiler" -x "$language" "-std=$standard" -Wall -Wextra -Wpedantic -Werror -fsyntax-only -
