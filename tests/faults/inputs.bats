#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Calls for input that fail or do less than was asked for, each one in turn: rules S2 and S4 of the contract.

load support/faults

@test "S4: reads that fail" {
    make_tree
    sweep_all read:EIO@% "${all_commands[@]}"
    sweep_all read:EIO@%+ "${all_commands[@]}"
    tell_faults
}

@test "S4: reads that give less than was asked for, or are interrupted, do no harm" {
    make_tree
    sweep_all -b read:short@% "${all_commands[@]}"
    # A stream of the C library is not read again, but no handler of the program ever returns to it.
    files=()
    for command in "${all_commands[@]}"; do [[ $command == *decode* ]] || files+=("$command"); done
    sweep_all -b read:EINTR@% "${files[@]}"
    tell_faults
}

@test "S4: files and directories that cannot be opened, for want of descriptors or otherwise" {
    make_tree
    sweep_all open:EMFILE@% "${all_commands[@]}"
    sweep_all open:ENFILE@%+ "${all_commands[@]}"
    sweep_all open:EACCES@% "${all_commands[@]}"
    tell_faults
}

@test "S4: directories that cannot be listed" {
    make_tree
    sweep_all list:EIO@% "${all_commands[@]}"
    sweep_all list:ENOENT@%+ "${all_commands[@]}"
    tell_faults
}

@test "S4: files that cannot be looked at" {
    make_tree
    sweep_all stat:EIO@% "${all_commands[@]}"
    sweep_all stat:ESTALE@%+ "${all_commands[@]}"
    sweep_all access:EROFS@% "${all_commands[@]}"
    sweep_all readlink:EIO@% "${all_commands[@]}"
    tell_faults
}

@test "S4: a file that ends before its size says is an error" {
    make_tree
    for name in f1 long g3 deep/h; do
        sweep_all "read=$name:end@%" '|sum -j 1 t' '|sum -j 2 t' '|sum -j 2 --tree t' '|check list'
    done
    tell_faults
}

@test "S4: a file with holes whose data cannot be found" {
    make_tree
    truncate -s 8M t/big/long
    printf x | dd of=t/big/long bs=1 seek=5000000 conv=notrunc 2>/dev/null
    sweep_all seek:EIO@% '|sum -j 1 t' '|sum -j 2 t' '|sum --tree t'
    tell_faults
}
