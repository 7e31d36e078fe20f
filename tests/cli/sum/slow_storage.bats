#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Storage that makes the program wait: more threads read files and list directories, unless their number is chosen, and
# the output is the same.

load ../support/common

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    # Names with a digit for order; a chain as deep as the walk keeps directories open, and deeper; broad directories.
    mkdir -p tree/{a,b,c}/{0..4}/{0..9} tree/deep/1/2/3/4/5/6/7/8/9/10/11/12 tree/d/{00..70}
    for directory in tree/*/*/* tree/d/* tree/deep/1/2/3/4/5/6/7/8/{x,9/x,9/10/11/{x,y,z}}; do
        mkdir -p "$directory"
        echo "$directory" >"$directory/file"
    done
    printf '%s\n' 3 '/c/' '!/c/4' >tree/.isccignore
    printf '%s\n' '/[5-9]' >tree/b/1/.isccignore
    ln -s nowhere tree/a/.isccignore
    chmod 000 tree/d/{05,33,70} tree/a/2
}

teardown_file() {
    chmod -R u+rwX "$BATS_FILE_TMPDIR"
}

setup() {
    cd "$BATS_FILE_TMPDIR"
    out=$BATS_TEST_TMPDIR.stdout
    err=$BATS_TEST_TMPDIR.stderr
    most=$out.most
    prefix=()
    obey_file_modes
    not_with tsan
    not_with asan
    [[ -f ${ISCC_SLOW_LIBRARY-} ]] || skip "no preloaded libraries"
    (($(ulimit -Hn) >= 2048)) || skip "too few descriptors"
    unset OMP_NUM_THREADS
    prefix+=(env "LD_PRELOAD=$ISCC_SLOW_LIBRARY" SLOW_DIRECTORY=1000 SLOW_FILE=500)
}

# Sets `directories` and `files` to how many were opened at once, and `beside` and `files_beside` to how many were while
# another was.
slowly() {
    try "$@" 9>"$most"
    read -r directories beside files files_beside <"$most"
}

@test "T5: slow storage has files read and directories listed at once, with the same output and messages" {
    for arguments in walk 'sum --json' 'walk --max-depth=3' 'walk --exclude=4 --include=/a/' 'walk --one-file-system' \
        'walk -z --no-ignore' 'walk --min-size=8'; do
        read -ra words <<<"$arguments"
        slowly "${words[@]}" tree
        cp "$out" "$out.1"
        cp "$err" "$err.1"
        first=$status
        echo "$arguments: $directories directories at once, $beside beside another; files: $files, $files_beside"
        case $arguments in
        *--one-file-system) [[ $directories -eq 1 ]] ;;
        *) [[ $directories -gt 1 && $directories -le 9 && $beside -ge 60 ]] ;;
        esac
        [[ $arguments != sum* || $files -gt 8 ]]
        OMP_NUM_THREADS=1 slowly "${words[@]}" tree
        [[ $directories -eq 1 && $files -le 1 && $status -eq $first ]]
        cmp "$out" "$out.1"
        cmp "$err" "$err.1"
    done
    [[ $(sort "$err" | uniq | wc -l) -ge 2 ]]
}

@test "slow storage: threads that the user chooses are all that wait" {
    slowly sum -j2 tree
    [[ $directories -eq 1 && $files -eq 2 ]]
}
