#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Ignore patterns with git as the reference: both must list the same files of random trees.

load ../support/common

git_lists() {
    GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 git init -q --bare repository
    (cd trees && GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 git --git-dir=../repository --work-tree=. \
        ls-files -o -z --exclude-per-directory=.isccignore)
}

@test "exactly the files that git lists are listed" {
    needs git
    seed=${ISCC_TEST_SEED:-$(date +%s)}
    echo "ISCC_TEST_SEED=$seed"
    "$BATS_TEST_DIRNAME/../support/random_trees.sh" trees 25 "$seed"
    git_lists | sort -z >expected
    try walk -z trees
    stderr_is
    status_is 0
    sed -z 's,^trees/,,' "$out" | sort -z >found

    # If nearly everything or nothing were listed, it would prove little. How much is, depends much on the seed.
    files=$(find trees -type f -printf x | wc -c)
    listed=$(tr -cd '\0' <expected | wc -c)
    ((listed > files / 20 && listed < files * 19 / 20))

    cmp expected found || {
        echo "what only git lists, and in the second column what only iscc does:"
        comm -z -3 expected found | tr '\0' '\n' | head -20
        return 1
    } >&2
}
