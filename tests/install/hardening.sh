#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# hardening.sh READELF NM CC FORTIFY PREFIX: the installed program and libraries have every protection that compiler and
# linker offer. Prints a note for each one that this system's C runtime prevents.
set -eu
readelf=$1 nm=$2 cc=$3 fortify=$4 prefix=$5
failed=0

bad() {
    printf 'hardening.sh: %s: %s\n' "$1" "$2" >&2
    failed=1
}

# require FILE WHAT PATTERN: readelf's output for the file has a matching line; refuse: it has none.
require() {
    printf '%s\n' "$words" | grep -Eq "$3" || bad "$1" "no $2"
}

refuse() {
    ! printf '%s\n' "$words" | grep -Eq "$3" || bad "$1" "$2"
}

# Checks for every file that is loaded at run time.
check_image() {
    words=$("$readelf" -W -h -l -d "$1")
    require "$1" 'read-only relocations' '^ *GNU_RELRO '
    require "$1" 'immediate binding' 'BIND_NOW|FLAGS_1.*NOW'
    require "$1" 'stack permissions' '^ *GNU_STACK '
    refuse "$1" 'its stack is executable' '^ *GNU_STACK .* RWE '
    refuse "$1" 'memory that is writable and executable' '^ *LOAD .* RWE '
    refuse "$1" 'relocations in its text' 'TEXTREL'
    refuse "$1" 'a search path for libraries' '(RPATH|RUNPATH)'
    words=$("$nm" --dynamic --undefined-only "$1")
    require "$1" 'stack protector' '__stack_chk_fail'
}

feature='x86 feature:.*IBT.*SHSTK'

has_feature() {
    "$readelf" -n "$1" 2>/dev/null | grep -Eq "$feature"
}

# Every object, including those of BLAKE3, must be marked for branch targets and shadow stacks.
check_objects() {
    unmarked=$("$readelf" -n "$1" 2>/dev/null | awk -v feature="$feature" '
        /^File: / { if (file && !marked) print file; file = $2; marked = 0 }
        $0 ~ feature { marked = 1 }
        END { if (file && !marked) print file }')
    [ -z "$unmarked" ] || bad "$1" "not all objects are marked for IBT and SHSTK: $unmarked"
}

# The linker marks its output only if every object is marked, including those of the C runtime.
check_mark() {
    if has_feature "$1"; then
        return
    fi
    for object in Scrt1.o crti.o; do
        file=$("$cc" -print-file-name=$object)
        if ! has_feature "$file"; then
            printf 'hardening.sh: %s has no IBT and SHSTK, as %s of this system has none\n' "$1" "$object" >&2
            return
        fi
    done
    bad "$1" 'no IBT and SHSTK, though all of its objects are marked'
}

program=$prefix/bin/iscc
shared=$(find "$prefix" -name 'libiscc.so.*.*.*')
static=$(find "$prefix" -name libiscc.a)
check_image "$program"
check_image "$shared"

words=$("$readelf" -W -h -d "$program")
require "$program" 'position independence' 'Type: *DYN'
require "$program" 'mark as an executable' 'FLAGS_1.*PIE'
words=$("$nm" --dynamic --undefined-only "$program")
require "$program" 'fortified functions' '__[a-z]+_chk(@|$)'

# Level 3 is used if the compiler supports it.
if printf '#include <stdlib.h>\n#if __USE_FORTIFY_LEVEL < 3\n#error\n#endif\n' |
    "$cc" -x c -O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -Werror -fsyntax-only - 2>/dev/null; then
    [ "$fortify" = 3 ] || bad "$program" "built with _FORTIFY_SOURCE=$fortify"
else
    printf 'hardening.sh: this compiler and C library have no _FORTIFY_SOURCE=3; it is %s\n' "$fortify" >&2
fi

if printf 'int f(void);\n' | "$cc" -x c -fcf-protection -Werror -fsyntax-only - 2>/dev/null; then
    check_objects "$static"
    check_mark "$program"
    check_mark "$shared"
else
    printf 'hardening.sh: this processor has no IBT and SHSTK\n' >&2
fi
exit "$failed"
