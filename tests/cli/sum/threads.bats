#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Any number of threads gives the same bytes, whatever the names, sizes and failures (rule T5).

load ../support/common

setup_file() {
    seed=${ISCC_TEST_SEED:-$RANDOM$RANDOM}
    echo "# ISCC_TEST_SEED=$seed" >&3
    mkdir "$BATS_FILE_TMPDIR/tree"
    "$ISCC_TOOLS/make_hostile_tree" "$BATS_FILE_TMPDIR/tree" "$seed" 1000
}

# Runs the program with one, two and eight threads, and compares output, messages and status.
same_for_all() {
    local threads first
    for threads in 1 2 8; do
        try -j $threads "$@"
        if [[ -z ${first-} ]]; then
            first=$status
            cp "$out" "$out.1"
            cp "$err" "$err.1"
        fi
        cmp "$out" "$out.1"
        cmp "$err" "$err.1"
        [[ $status -eq $first ]]
    done
}

# Makes files unreadable, and directories too, but only the deepest, so that enough is left.
break_some() {
    cp -r "$BATS_FILE_TMPDIR/tree" .
    find tree -type f -print0 | sort -z | awk -v RS='\0' -v ORS='\0' 'NR % 10 == 0' | xargs -0 chmod 000
    find tree -type d -printf '%d %p\0' | sort -z -rn | head -z -n 20 | sed -z 's/^[0-9]* //' | xargs -0 chmod 000
}

teardown() {
    chmod -R u+rwX . 2>/dev/null || true
}

@test "T5: a tree with hostile names" {
    cd "$BATS_FILE_TMPDIR"
    same_for_all tree
    [[ $status -eq 0 && $(wc -l <"$out") -eq $(find tree -type f -printf 'x\n' | wc -l) ]]
}

@test "T5: a tree with hostile names, in all formats" {
    cd "$BATS_FILE_TMPDIR"
    same_for_all --json --units tree
    same_for_all -z --tag --narrow tree
    same_for_all --tree tree/* tree
}

@test "T5: sum prints the names that walk lists and find finds" {
    cd "$BATS_FILE_TMPDIR"
    try walk -z tree
    sed -z 's/^.* \*tree/tree/' <("$ISCC" -z tree) | cmp - "$out"
    sort -z "$out" | cmp - <(find tree -type f -print0 | sort -z)
}

@test "J2: every datahash in a tree with hostile names matches b3sum" {
    needs b3sum jq
    cd "$BATS_FILE_TMPDIR"
    try --json tree
    jq -r '.datahash[4:]' "$out" >"$out.ours"
    "$ISCC" walk -z tree | xargs -0 b3sum --no-names -- | cmp - "$out.ours"
}

@test "T5: every code in a tree equals the file's own" {
    cd "$BATS_FILE_TMPDIR"
    try -z tree
    # A sample of the files, one process each.
    "$ISCC" walk -z tree | awk -v RS='\0' -v ORS='\0' 'NR % 80 == 1' | xargs -0 -n 1 "$ISCC" -z -j 1 -- >"$out.some"
    awk -v RS='\0' -v ORS='\0' 'NR % 80 == 1' "$out" | cmp - "$out.some"
}

@test "T5: a tree with failures gives its messages in the same order" {
    obey_file_modes
    break_some
    same_for_all tree missing tree/a tree
    [[ $status -eq 2 && $(grep -c 'Permission denied$' "$err") -gt 20 ]]
    same_for_all --json tree missing
    [[ $status -eq 2 && $(grep -c '"code":"EACCES"' "$out") -gt 20 ]]
}

@test "T5: more operands than the queue holds" {
    cd "$BATS_FILE_TMPDIR"
    mapfile -d '' -t names < <("$ISCC" walk -z tree)
    printf '%s\0' "${names[@]}" missing tree '' "${names[@]}" >"$out.list"
    same_for_all --files0-from="$out.list"
    [[ $status -eq 2 && $(wc -l <"$out") -eq $((3 * ${#names[@]})) ]]
}

@test "T5: long files among short ones" {
    for size in 10485761 0 1048576 1 10485761 8192 8193 1048576 255; do
        zeros $size "$size-$((++count))"
    done
    same_for_all .
    stdout_is "${wide[0]} *./0-2" "${wide[1]} *./1-4" "${wide[1048576]} *./1048576-3" "${wide[1048576]} *./1048576-8" \
        "${wide[10485761]} *./10485761-1" "${wide[10485761]} *./10485761-5" "${wide[255]} *./255-9" \
        "${wide[8192]} *./8192-6" "${wide[8193]} *./8193-7"
}

@test "T5: many trees at once, interleaved with files" {
    mkdir 1 2 3 4 5 6 7 8
    for i in {1..8}; do
        zeros 100 $i/a
        zeros 156 $i/b
        zeros $((i % 2 ? 257 : 1048576)) file-$i
    done
    operands=()
    expected=()
    for i in {1..8}; do
        operands+=("$i" "file-$i")
        expected+=("${wide[256]} *$i/" "${wide[i % 2 ? 257 : 1048576]} *file-$i")
    done
    for threads in 1 3 16; do
        try --tree -j $threads "${operands[@]}"
        stdout_is "${expected[@]}"
        status_is 0
    done
}

# Half the files are opened at once, the other half after a wait.
@test "T5: where storage makes threads wait there are more of them than processors, unless the user says how many" {
    [[ -n ${ISCC_FAULT_LIBRARY-} ]] || skip 'the fault library is not built'
    "$ISCC" --version --verbose >"$out"
    [[ $(<"$out") =~ threads:\ ([0-9]+),\ by\ OpenMP ]] || skip 'built without OpenMP'
    processors=${BASH_REMATCH[1]}
    ((processors < 16)) || skip "as many processors as it would use threads"
    mkdir d
    for i in {1..1500}; do echo "$i" >"d/$i"; done
    zeros 10485761 d/long
    "$ISCC" d >expected
    for faults in open:wait@1+ open:wait@700+; do
        prefix=(env -u OMP_NUM_THREADS "LD_PRELOAD=$ISCC_FAULT_LIBRARY" "ISCC_FAULTS=$faults")
        try --stats d
        cmp "$out" expected
        [[ $(<"$err") =~ ([0-9]+)\ thread && ${BASH_REMATCH[1]} -gt $processors ]]
    done
    for chosen in OMP_NUM_THREADS=2 A=; do
        prefix+=("$chosen")
        [[ $chosen == OMP* ]] && try --stats d || try -j2 --stats d
        cmp "$out" expected
        [[ $(<"$err") =~ ([0-9]+)\ thread && ${BASH_REMATCH[1]} -le 2 ]]
    done
}
