#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# both_checks.sh MAKE_LIST SEED: makes one random list in the current folder, in the grammars of sha256sum and of iscc,
# and checks both with several options. Fails, with a diff, if verdicts, counts, the numbers of bad lines or the
# status differ in ways that docs/check-rules.md does not state. Leaves all output of coreutils in `judged`. A separate
# program, because bats traces every command.
set -euo pipefail
export LC_ALL=C
make_list=$1 seed=$2

fail() {
    printf 'both_checks.sh: seed %s: %s\n' "$seed" "$*" >&2
    exit 1
}

# Prints the sed script that fills in the template; codes that belong to no file are those of an empty stream.
substitutions() {
    local grammar=$1 number=0 name code none line files=()
    local -A code_of=()
    while IFS= read -r -d '' name; do
        if [[ -f ./$name ]]; then files+=("./$name"); fi
    done <names
    while IFS= read -r -d '' line; do code_of[${line#*[*]}]=${line%% *}; done < <("${sum[$grammar]}" "${files[@]}" - </dev/null)
    none=${code_of[-]}
    while IFS= read -r -d '' name; do
        code=${code_of[./$name]-$none}
        printf 's/@%d@/%s/g\ns/@x%d@/%s/g\ns/@t%d@/%s/g\n' "$number" "$code" "$number" "$none" "$number" "${code:5}"
        printf 's/@c%d@/%s/g\n' "$number" "${code~~}"
        number=$((number + 1))
    done <names
    printf 's/@TAG@/%s/g\n' "${tag[$grammar]}"
}

# Print the code and the name of each file, after a * that no code has, with NUL at the end.
sha256_sum() { sha256sum -bz "$@"; }
iscc_sum() { "$ISCC" sum -z "$@"; }
declare -A sum=([sha256]=sha256_sum [iscc]=iscc_sum) tag=([sha256]=SHA256 [iscc]=ISCC-SUM)

# The counts, the bad lines' numbers, and messages about a whole list.
findings() {
    sed -nE "s/^(iscc|sha256sum): (WARNING: .*)/\\2/p
        s/^(iscc|sha256sum): list\\.[a-z0-9]+: ([0-9]+): .*/line \\2/p
        s/^(iscc|sha256sum): list\\.[a-z0-9]+: (no .*)/\\2/p" "$1"
}

# Runs a check, writes NAME.out and NAME.err, and sets `status`.
run() {
    local name=$1
    shift
    status=0
    "$@" >"$name.out" 2>"$name.err" || status=$?
}

compare() {
    local expected counts=sha256.err
    run sha256 sha256sum -c "$@" list.sha256
    expected=$status
    cat sha256.out sha256.err >>judged
    run iscc "$ISCC" check "$@" list.iscc
    diff -a sha256.out <("${filter[@]}" <iscc.out) >&2 || fail "check $*: verdicts"
    diff -a <(findings sha256.err) <(findings iscc.err) >&2 || fail "check $*: findings"
    # Unreadable files give status 2 (R16), but --status hides their count.
    if [[ " $* " == *' --status '* ]]; then
        sha256sum -c "${@/--status/--warn}" list.sha256 >counts.out 2>counts.err || true
        counts=counts.err
    fi
    if grep -q 'could not be read' "$counts"; then expected=2; fi
    [[ $status -eq $expected ]] || fail "check $*: status $status instead of $expected"
}

"$make_list" "$seed" 40
printf 0 >first
for grammar in sha256 iscc; do
    sed -f <(substitutions "$grammar") template >"list.$grammar"
done

# Older coreutils escape names in verdicts only for a newline, newer ones for the same characters as iscc (R12).
filter=("$make_list" verdicts)
printf 0 >'b\s'
if sha256sum 'b\s' | sha256sum -c | grep -Fqx '\b\\s: OK'; then filter=(cat); fi
for options in '' --quiet --status --warn --strict --ignore-missing '--warn --strict --ignore-missing' '--status --warn' \
    '--warn --quiet'; do
    # shellcheck disable=SC2086 # a list of words
    compare $options
done
