#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Output that cannot be written, closed or renamed, at each call: rules S3 and S5 of the contract.

load support/faults

@test "S3: failing writes" {
    make_tree
    sweep_all -m write:ENOSPC@% "${all_commands[@]}"
    sweep_all -m write:EIO@%+ "${all_commands[@]}"
    sweep_all -m write:EDQUOT@% "${all_commands[@]}"
    sweep_all -m write:EPIPE@% "${all_commands[@]}"
    print_faults
}

@test "S3: short or interrupted writes have no effect" {
    make_tree
    sweep_all -b write:short@% "${all_commands[@]}"
    sweep_all -b write:EINTR@% "${all_commands[@]}"
    sweep_all -b -t 4 "write:short@%/3 write:EINTR@%/2" "${all_commands[@]}"
    print_faults
}

@test "S3: files that cannot be closed" {
    make_tree
    sweep_all close:EIO@% "${all_commands[@]}"
    print_faults
}

@test "S5: the old file stays if the new one cannot be synced or renamed" {
    make_tree
    for fault in sync:EIO@% sync:ENOSPC@% link:EPERM@% link:ENOSPC@% rename:EXDEV@% rename:EACCES@% chmod:EPERM@%; do
        sweep_all -m "$fault" '-e extra -f out|sum -j 2 -o out t' '-f out|walk -o out t' '-n list -f out|check -o out list'
    done
    print_faults
}

@test "S5: where no file can be without a name, the new one has a temporary name" {
    make_tree
    commands=('-e extra -f out|sum -j 2 -o out t' '-f out|walk -o out t' '-e old.list -f new.list -o old.list|update new.list t')
    sweep_all -b unnamed:EOPNOTSUPP@% "${commands[@]}"
    sweep_all -k "unnamed:EOPNOTSUPP@* any:SIGKILL@%" "${commands[@]}"
    sweep_all -k "unnamed:EOPNOTSUPP@* any:SIGINT@%" "${commands[@]}"
    sweep_all -m "unnamed:EOPNOTSUPP@* rename:EACCES@%" "${commands[@]}"
    print_faults
}

@test "S5: a mode that cannot be set does not matter if all files have it" {
    zeros 256 file
    # shellcheck disable=SC2034 # for try
    prefix=(env "LD_PRELOAD=$ISCC_FAULT_LIBRARY" ISCC_FAULTS=chmod:EPERM@1 "ISCC_FAULT_REPORT=$out.report")
    echo old >out
    chmod 640 out
    try -o out file
    status_is 2
    [[ $(<out) == old ]]
    chmod 600 out
    try -o out file
    status_is 0
    [[ $(<out) == "${wide[256]} *file" ]]
}
