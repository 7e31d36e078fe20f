#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Threads that cannot be started: rule S2 of the contract.

load support/faults

# A program without OpenMP starts none.
has_threads() {
    "$ISCC" --version --verbose | grep -q 'by OpenMP' || skip "this program has no threads"
}

@test "S2: if no thread can be started, the main thread does all the work" {
    has_threads
    make_tree
    sweep_all -b -t 1 thread:EAGAIN@%+ "${all_commands[@]}"
    sweep_all -b -t 1 thread:EAGAIN@%+ "${all_commands[@]/-j 2/-j 8}"
    print_faults
}

# OpenMP's runtime ends the program if it cannot start as many threads as a moment before.
@test "S2: each thread in turn cannot be started" {
    has_threads
    make_tree
    sweep_all thread:EAGAIN@% "${all_commands[@]/-j 2/-j 4}"
    sweep_all -t 9 thread:EAGAIN@%+ "${all_commands[@]/-j 2/-j 4}"
    print_faults
}
