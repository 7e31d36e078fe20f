#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# The script that the GitHub Action runs, as docs/ci.md describes it. A `gh` of our own stands for GitHub's.

load ../support/common

action=$BATS_TEST_DIRNAME/../../../scripts/ci/fingerprint.sh

# Runs the script in a repository with NAME=VALUE... as inputs, like action.yml.
act() {
    : >outputs
    : >summary
    status=0
    env PATH="$PWD/bin:$PATH" RUNNER_TEMP="$PWD/temp" GITHUB_OUTPUT="$PWD/outputs" GITHUB_STEP_SUMMARY="$PWD/summary" \
        GITHUB_REPOSITORY=owner/name GITHUB_WORKFLOW=codes BRANCH=main INPUT_PATH=repository INPUT_OPTIONS='' \
        INPUT_LIST=iscc-codes.txt INPUT_BASELINE='' INPUT_BASELINE_ARTIFACT='' INPUT_FAIL_ON=never "$@" \
        "$action" >"$out" 2>"$err" || status=$?
}

make_repository() {
    mkdir -p bin temp repository/.git
    ln -s "$ISCC" bin/iscc
    zeros 256 repository/a
    zeros 1024 repository/b.log
    date >repository/.git/index
}

@test "the action writes a list, compares it with a baseline, and fails if that is asked for" {
    make_repository
    act INPUT_FAIL_ON=change
    status_is 0
    same_lines outputs list=iscc-codes.txt
    same_lines summary 'There is no earlier list to compare with.'
    same_lines iscc-codes.txt "${wide[256]} *repository/a" "${wide[1024]} *repository/b.log"

    # Neither list counts as a file of the repository.
    mv iscc-codes.txt repository/codes.txt
    act INPUT_BASELINE=repository/codes.txt INPUT_LIST=repository/new.txt INPUT_FAIL_ON=change
    status_is 0
    same_lines outputs list=repository/new.txt changed=false
    act INPUT_BASELINE=repository/codes.txt INPUT_LIST=repository/new.txt INPUT_FAIL_ON=change
    status_is 0

    zeros 8192 repository/c
    act INPUT_BASELINE=repository/codes.txt INPUT_LIST=repository/new.txt
    status_is 0
    same_lines outputs list=repository/new.txt changed=true
    grep -qF '| added | <code>repository/c</code>' summary
    act INPUT_BASELINE=repository/codes.txt INPUT_FAIL_ON=change INPUT_OPTIONS=$'--exclude=new.txt\n--exclude=c'
    status_is 0
    act INPUT_BASELINE=repository/codes.txt INPUT_FAIL_ON=change INPUT_OPTIONS=--exclude=new.txt \
        INPUT_PATH=$'repository/a\nrepository/c'
    status_is 2
    same_lines outputs list=iscc-codes.txt changed=true
    grep -qF '| removed | <code>repository/b&#46;log</code>' summary
}

@test "the action takes the earlier list from an artifact of the last good run" {
    make_repository
    mkdir artifact
    cat >bin/gh <<'END'
#!/bin/sh
case "$*" in
'run list --repo owner/name --workflow codes --branch main --status success'*) cat runs ;;
'run download 7 --repo owner/name --name codes --dir '*) mkdir -p "$9" && cp artifact/* "$9" ;;
*) exit 1 ;;
esac
END
    chmod +x bin/gh
    : >runs
    act INPUT_BASELINE_ARTIFACT=codes
    status_is 0
    same_lines outputs list=iscc-codes.txt
    echo 7 >runs
    mv iscc-codes.txt artifact
    zeros 1024 repository/a
    act INPUT_BASELINE_ARTIFACT=codes INPUT_FAIL_ON=change
    status_is 2
    same_lines outputs list=iscc-codes.txt changed=true
    act INPUT_BASELINE_ARTIFACT=other
    status_is 2
    stdout_is '::error::run 7 has no artifact other'
    rm runs
    act INPUT_BASELINE_ARTIFACT=codes
    status_is 2
    stdout_is '::error::the earlier runs cannot be listed'
}

@test "the action fails if anything goes wrong, and says so where GitHub shows it" {
    make_repository
    while IFS='|' read -r input message; do
        act "$input"
        status_is 2
        stdout_is "::error::$message"
    done <<'END'
INPUT_FAIL_ON=always|fail-on is neither never nor change: always
INPUT_BASELINE=missing|no such baseline: missing
INPUT_BASELINE=repository/a|the lists cannot be compared
INPUT_PATH=missing|not all files could be read
END
}
