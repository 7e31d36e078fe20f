#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Allocations that fail, each one in turn: rules S2 and S3 of the contract.

load support/faults

@test "S2: memory that is short, at each allocation of every command" {
    make_tree
    sweep_all alloc:ENOMEM@% "${all_commands[@]}"
    tell_faults
}
