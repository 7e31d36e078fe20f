#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Checks with coreutils as the judge: the same list in both grammars gives the same verdicts, counts and status, but for what
# docs/check-rules.md states.

load support/common

# What has the same meaning in both: sha256sum -c, which reads plain and tagged lines, is cksum -c of one algorithm.
@test "random lists are judged as coreutils judges them" {
    needs sha256sum
    seed=${ISCC_TEST_SEED:-$(date +%s)}
    echo "ISCC_TEST_SEED=$seed"
    for ((i = 0; i < 12; i++)); do
        mkdir "$i"
        (cd "$i" && "$BATS_TEST_DIRNAME/support/both_checks.sh" "$ISCC_TOOLS/make_list" "$((seed + i))")
    done
    # A judge that finds all good or all bad would prove little.
    for verdict in ': OK$' ': FAILED$' ': FAILED open or read$' 'improperly formatted'; do
        [[ $(cat ./*/judged | grep -ac "$verdict") -gt 100 ]]
    done
}
