#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# ISCC_BACKEND: the choice of kernels changes no byte, and a wish that cannot be met is an error.

load ../support/common

# The names that a message lists for those who ask for one that is not there.
available() { ISCC_BACKEND=nonsense "$ISCC" sum /dev/null 2>&1 | sed -n 's/^.*which has: //p' | tr -d ','; }

@test "backend: an unknown name is an error before any work, which tells the names there are" {
    zeros 256 a
    names=$(available)
    [[ $names == 'auto portable'* ]]
    for name in nonsense '' Portable 'portable ' avx portable,avx2 $'\e'; do
        ISCC_BACKEND=$name try a
        stdout_is
        stderr_is "iscc: ISCC_BACKEND: no backend '${name/$'\e'/\\033}' on this machine, which has: ${names// /, }"
        status_is 2
    done
}

@test "backend: an unknown name leaves the old output file" {
    zeros 256 a
    echo old >list
    ISCC_BACKEND=nonsense try -o list a
    status_is 2
    same_lines list old
}

@test "backend: what needs no kernels works with any name" {
    mkdir d
    : >d/a
    ISCC_BACKEND=nonsense try walk d
    stdout_is d/a
    status_is 0
    ISCC_BACKEND=nonsense try sum --help
    status_is 0
}

@test "backend: each one that this machine has gives the same, and so does none" {
    mkdir d
    "$ISCC_TOOLS/make_hostile_tree" d 7 300
    for options in '' '--units --json' '--tree'; do
        # shellcheck disable=SC2086 # words
        env -u ISCC_BACKEND "$ISCC" $options d >"$out.none"
        for name in $(available); do
            # shellcheck disable=SC2086
            ISCC_BACKEND=$name try $options d
            cmp "$out" "$out.none"
            status_is 0
        done
    done
}
