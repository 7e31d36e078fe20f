#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Allocations that fail, each in turn: rules S2 and S3 of the contract.

load support/faults

@test "S2: every allocation of every command fails once" {
    make_tree
    sweep_all alloc:ENOMEM@% "${all_commands[@]}"
    print_faults
}
