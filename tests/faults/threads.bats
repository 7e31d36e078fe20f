#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Threads that cannot be had: rule S2 of the contract.

load support/faults

# A program without OpenMP starts none.
has_threads() {
    "$ISCC" --version --verbose | grep -q 'by OpenMP' || skip "this program has no threads"
}

@test "S2: where no thread can be had one does all the work" {
    has_threads
    make_tree
    sweep_all -b -t 1 thread:EAGAIN@%+ "${all_commands[@]}"
    sweep_all -b -t 1 thread:EAGAIN@%+ "${all_commands[@]/-j 2/-j 8}"
    tell_faults
}

# The OpenMP runtime ends the program where a thread is missing that there was a moment ago.
@test "S2: a thread that cannot be had, at each that is started" {
    has_threads
    make_tree
    sweep_all thread:EAGAIN@% "${all_commands[@]/-j 2/-j 4}"
    sweep_all -t 9 thread:EAGAIN@%+ "${all_commands[@]/-j 2/-j 4}"
    tell_faults
}
