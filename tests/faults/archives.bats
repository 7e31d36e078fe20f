#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Calls that fail in the program, in the template process and in those that read archives: rules S2 to S4 of the
# contract. A process counts its calls on from those of the one that forked it.

load support/faults

# Also sets `commands`.
make_archives() {
    "$ISCC" sum --archives "$BATS_TEST_FILENAME" >/dev/null 2>&1 || skip "archives cannot be read here"
    make_tree
    tar -C u/sub -cf u.tar .
    tar -C u/sub -czf u.tar.gz g1 deep
    "$ISCC" sum --archives u.tar u.tar.gz >members.list
    commands=(
        '-a|sum -j 1 --archives u.tar'
        '-a|sum -j 2 --archives u.tar.gz t/f1 u.tar'
        '-a -n members.list|check -j 2 --archives members.list'
        '-a|diff u.tar u/sub'
    )
}

@test "S2: allocations, processes and pipes for archives fail" {
    make_archives
    # shellcheck disable=SC2034 # sweep_all uses it
    [[ -n ${ISCC_TEST_THOROUGH-} ]] || nth=2 # there are few commands
    for fault in alloc:ENOMEM fork:EAGAIN pipe:EMFILE; do
        sweep_all "$fault@%" "${commands[@]}"
        sweep_all -t 6 "$fault@%+" "${commands[@]}"
    done
    print_faults
}

@test "S4: reads and writes between the processes of archives fail, or do less than asked" {
    make_archives
    # shellcheck disable=SC2034 # sweep_all uses it
    [[ -n ${ISCC_TEST_THOROUGH-} ]] || nth=2 # there are few commands
    for fault in read:EIO stat:EIO open:EMFILE write:EPIPE; do
        sweep_all "$fault@%" "${commands[@]}"
    done
    for fault in read:short read:EINTR write:short write:EINTR; do
        sweep_all -b "$fault@%" "${commands[@]}"
    done
    print_faults
}
