#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Input calls that fail or do less than asked, each in turn: rules S2 and S4 of the contract.

load support/faults

@test "S4: failing reads" {
    make_tree
    sweep_all read:EIO@% "${all_commands[@]}"
    sweep_all read:EIO@%+ "${all_commands[@]}"
    print_faults
}

@test "S4: short or interrupted reads have no effect" {
    make_tree
    sweep_all -b read:short@% "${all_commands[@]}"
    # stdio does not retry an interrupted read, but none of the program's signal handlers returns to one.
    files=()
    for command in "${all_commands[@]}"; do [[ $command == *decode* ]] || files+=("$command"); done
    sweep_all -b read:EINTR@% "${files[@]}"
    print_faults
}

@test "S4: files and directories that cannot be opened, for lack of descriptors or otherwise" {
    make_tree
    sweep_all open:EMFILE@% "${all_commands[@]}"
    sweep_all open:ENFILE@%+ "${all_commands[@]}"
    sweep_all open:EACCES@% "${all_commands[@]}"
    print_faults
}

@test "S4: directories that cannot be listed" {
    make_tree
    sweep_all list:EIO@% "${all_commands[@]}"
    # A directory that is gone is no error where a list says only that it could not be read.
    listing=()
    for command in "${all_commands[@]}"; do [[ $command == *max-removed* ]] || listing+=("$command"); done
    sweep_all list:ENOENT@%+ "${listing[@]}"
    print_faults
}

@test "S4: files whose status cannot be read" {
    make_tree
    sweep_all stat:EIO@% "${all_commands[@]}"
    sweep_all stat:ESTALE@%+ "${all_commands[@]}"
    sweep_all access:EROFS@% "${all_commands[@]}"
    sweep_all readlink:EIO@% "${all_commands[@]}"
    print_faults
}

@test "S4: a file shorter than its reported size is an error" {
    make_tree
    for name in f1 long g3 deep/h; do
        sweep_all "read=$name:end@%" '|sum -j 1 t' '|sum -j 2 t' '|sum -j 2 --tree t' '|check list'
    done
    print_faults
}

@test "S4: a sparse file whose data cannot be located" {
    make_tree
    truncate -s 8M t/big/long
    printf x | dd of=t/big/long bs=1 seek=5000000 conv=notrunc 2>/dev/null
    sweep_all seek:EIO@% '|sum -j 1 t' '|sum -j 2 t' '|sum --tree t'
    print_faults
}
