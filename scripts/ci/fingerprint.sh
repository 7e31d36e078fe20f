#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# fingerprint.sh: what action.yml runs. Writes a list of codes, compares it with an earlier one, adds tables of what has
# changed to the job's summary, and fails if that is asked for. The inputs come from the environment as INPUT_*;
# GITHUB_OUTPUT and GITHUB_STEP_SUMMARY are files that GitHub provides. Trouble is always a failure.
set -euo pipefail

fail() {
    printf '::error::%s\n' "$*"
    exit 2
}

# Fetches the earlier list of the artifact. There is none before the first run has succeeded.
fetch_artifact() {
    local run folder=$RUNNER_TEMP/iscc-baseline
    run=$(gh run list --repo "$GITHUB_REPOSITORY" --workflow "$GITHUB_WORKFLOW" --branch "$BRANCH" --status success \
        --limit 1 --json databaseId --jq '.[0].databaseId // empty') || fail 'the earlier runs cannot be listed'
    [[ -n $run ]] || return 0
    rm -rf "$folder"
    gh run download "$run" --repo "$GITHUB_REPOSITORY" --name "$INPUT_BASELINE_ARTIFACT" --dir "$folder" ||
        fail "run $run has no artifact $INPUT_BASELINE_ARTIFACT"
    baseline=$folder/${INPUT_LIST##*/}
}

# Leaves the two lists out of what is fingerprinted, and what git keeps for itself.
leave_out() {
    local path list
    options+=(--exclude=.git/)
    for path in "${paths[@]}"; do
        for list in "$INPUT_LIST" ${INPUT_BASELINE:+"$INPUT_BASELINE"}; do
            list=$(realpath -m --relative-to "$path" "$list")
            [[ ! -d $path || $list == ../* || $list == . ]] || options+=("--exclude=/$list")
        done
    done
}

[[ $INPUT_FAIL_ON == never || $INPUT_FAIL_ON == change ]] || fail "fail-on is neither never nor change: $INPUT_FAIL_ON"
[[ $INPUT_LIST != *$'\n'* ]] || fail 'the name of the list has several lines'
[[ -z $INPUT_BASELINE || -e $INPUT_BASELINE ]] || fail "no such baseline: $INPUT_BASELINE"
readarray -t paths < <(grep . <<<"$INPUT_PATH")
readarray -t options < <(grep . <<<"$INPUT_OPTIONS")
baseline=$INPUT_BASELINE
[[ -n $baseline || -z $INPUT_BASELINE_ARTIFACT ]] || fetch_artifact
leave_out
iscc sum "${options[@]}" -o "$INPUT_LIST" -- "${paths[@]}" || fail 'not all files could be read'
printf 'list=%s\n' "$INPUT_LIST" >>"$GITHUB_OUTPUT"
if [[ -z $baseline ]]; then
    printf 'There is no earlier list to compare with.\n' | tee -a "$GITHUB_STEP_SUMMARY"
    exit 0
fi

status=0
iscc diff "${options[@]}" --markdown -- "$baseline" "$INPUT_LIST" >>"$GITHUB_STEP_SUMMARY" || status=$?
case $status in
0) printf 'changed=false\n' >>"$GITHUB_OUTPUT" ;;
1) printf 'changed=true\n' >>"$GITHUB_OUTPUT" ;;
*) fail 'the lists cannot be compared' ;;
esac
[[ $status -eq 0 || $INPUT_FAIL_ON == never ]] || fail 'files have changed: see the summary'
