#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# instructions.sh OBJDUMP NM ARCHIVE...: instructions that a processor may lack occur only in the kernels for them,
# which run only on processors that have them. Anywhere else, or in an inline function that the linker keeps from such a
# file, they would kill the program on older machines.
set -eu
objdump=$1 nm=$2
shift 2
failed=0

if ! "$objdump" -f "$1" | grep -q 'elf64-x86-64'; then
    echo 'instructions.sh: skipped, this is not x86-64' >&2
    exit 77
fi

# Wide registers, the encoding of AVX, BMI1, BMI2, POPCNT. TZCNT and LZCNT are not searched for, as older processors run
# their bytes as other instructions.
extended='%[yz]mm|\tv[a-z0-9]+ .*%xmm|\t(mulx|pdep|pext|rorx|sarx|shlx|shrx|bzhi|andn|blsr|blsi|blsmsk|bextr|popcnt) '

for archive in "$@"; do
    # One line per object: its name, and the first such instruction.
    found=$("$objdump" -d --no-show-raw-insn "$archive" | awk -v extended="$extended" '
        / file format / { name = $1; sub(/:$/, "", name); objects++ }
        $0 ~ extended && !(name in seen) { seen[name] = 1; sub(/^ *[0-9a-f]+:\t/, ""); print name ": " $0 }
        END { if (objects == 0) print "no object" }')
    outside=$(printf '%s\n' "$found" | grep -Ev '^(avx2|avx512|blake3_avx2|blake3_avx512)[^:]*: |^$' || true)
    if [ -n "$outside" ]; then
        printf 'instructions.sh: %s: outside the kernels:\n%s\n' "$archive" "$outside" >&2
        failed=1
    fi
    # A kernel file exports only the kernel under its name, and no inline function of a header.
    shared=$("$nm" -A --defined-only --extern-only "$archive" | awk -F: '$2 ~ /^avx/' |
        grep -Ev ' [TDR] iscc_(kernels_)?avx(2|512)' || true)
    if [ -n "$shared" ]; then
        printf 'instructions.sh: %s: not allowed in kernel files:\n%s\n' "$archive" "$shared" >&2
        failed=1
    fi
done
exit "$failed"
