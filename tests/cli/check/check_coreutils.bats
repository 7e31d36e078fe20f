#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Checks with coreutils as the reference: equivalent lists give the same verdicts, counts and status, except as
# docs/check-rules.md states.

load ../support/common

# What both interpret alike: sha256sum -c, which reads plain and tagged lines, is cksum -c for one algorithm.
@test "random lists get the same verdicts as from coreutils" {
    needs sha256sum
    seed=${ISCC_TEST_SEED:-$(date +%s)}
    echo "ISCC_TEST_SEED=$seed"
    for ((i = 0; i < ${ISCC_TEST_THOROUGH:+8} + 2; i++)); do
        mkdir "$i"
        (cd "$i" && "$BATS_TEST_DIRNAME/../support/both_checks.sh" "$ISCC_TOOLS/make_list" "$((seed + i))")
    done
    # Lists that are all good or all bad would prove little.
    for verdict in ': OK$' ': FAILED$' ': FAILED open or read$' 'improperly formatted'; do
        [[ $(cat ./*/judged | grep -ac "$verdict") -gt 20 ]]
    done
}

# ---- One template for both, with each program's tag and codes ----

# A list for each program from one template: @T is the tag, @C the code.
for_both() { # TEMPLATE
    sed "s/@T/SHA256/g; s/@C/$(sha256sum <a | cut -d ' ' -f 1)/g" "$1" >"$1.judge"
    sed "s/@T/ISCC-SUM/g; s/@C/${wide[256]}/g" "$1" >"$1.mine"
}

# Translates sha256sum's messages into those of this program.
translate() { sed "s/^sha256sum/iscc/; s/SHA256/ISCC/; s/\.judge:/.mine:/"; }

@test "K2: verdicts, messages and counts match sha256sum, whatever the options" {
    zeros 256 a
    zeros 257 b
    printf '@C *a\n@T (b) = @C\n@C *c\n# comment\ngarbage\n\\@C  d\\ne\n\n' >list
    printf 'garbage\n' >garbage
    printf '@C *c\n' >missing
    : >empty
    for list in list garbage missing empty; do
        for_both $list
        for options in '' '--quiet --ignore-missing' '-w --status' '--strict --quiet -w' '--strict --ignore-missing'; do
            judged=0
            sha256sum -c $options $list.judge >judge.out 2>judge.err || judged=$?
            try check $options $list.mine
            cmp "$out" judge.out
            # The two programs display a newline in a name differently.
            diff <(translate <judge.err | grep -v "n''*e") <(grep -v '012e' "$err")
            [[ $((judged == 0)) -eq $((status == 0)) ]]
        done
    done
}

pick() { # WORD...
    local index=$((RANDOM % $# + 1))
    picked=${!index}
}

# A line that is valid or nearly so. Names begin with a letter, which makes escaped verdicts recognisable.
random_line() {
    local leads=('' '' '' ' ' $'\t' '#') blanks=(' ' ' ' ' ' $'\t' '' x) flags=('*' ' ' ' ' '') escapes=('' '' '\')
    local parts=(a '\' '\n' '\\' '(' ')' ' ' ') = ' '*' '=' '#' SHA256) gaps=(' ' ' ' ' ' '' '  ' $'\t') ends=('' '' '' '' ' ' x ')')
    local line name=a count
    for ((count = RANDOM % 5; count > 0; count--)); do
        pick "${parts[@]}"
        name+=$picked
    done
    pick "${leads[@]}"
    line=$picked
    pick "${escapes[@]}"
    line+=$picked
    if ((RANDOM % 2)); then
        pick "${blanks[@]}"
        line+=@C$picked
        pick "${flags[@]}"
        line+=$picked$name
    else
        pick "${gaps[@]}"
        line+="@T$picked($name)"
        pick "${gaps[@]}"
        line+="$picked="
        pick "${gaps[@]}"
        line+=${picked}@C
        pick "${ends[@]}"
        line+=$picked
    fi
    printf '%s\n' "$line"
}

# Only sha256sum leaves a backslash unescaped if the name has no newline.
unescape_verdicts() { sed -e '/^\\/{' -e 's/^.//' -e 's/\\\\/\\/g' -e '}'; }

@test "K1: the list grammar shared with sha256sum is parsed the same way" {
    : "${ISCC_TEST_SEED:=$$}"
    echo "ISCC_TEST_SEED=$ISCC_TEST_SEED"
    zeros 256 a
    echo '@C *a' >list # establishes that names have a flag
    (
        trap - DEBUG # bats traces every command, which takes longer than the command itself
        RANDOM=$ISCC_TEST_SEED
        for _ in {1..400}; do random_line; done
    ) | grep -v $'@C[^ \t]' >>list # a damaged code fails here, and is bad there
    for_both list
    sha256sum -c -w list.judge >judge.out 2>judge.err || true
    try check -w list.mine
    diff -a <(unescape_verdicts <judge.out) <(unescape_verdicts <"$out")
    diff -a <(translate <judge.err | grep -a ': improperly\|WARNING') <(grep -a ': improperly\|WARNING' "$err")
    [[ $(grep -c ': improperly' "$err") -gt 20 && $(grep -ac ': OK$' "$out") -gt 2 ]]
}
