#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# ISCC_BACKEND: the kernels never change the output, and an unavailable backend is an error.

load ../support/common

# The names listed in the message for an unknown backend.
available() { ISCC_BACKEND=nonsense "$ISCC" sum /dev/null 2>&1 | sed -n 's/^.*which has: //p' | tr -d ','; }

@test "backend: an unknown name is an error before any work, and the message lists the names" {
    zeros 256 a
    names=$(available)
    [[ $names == 'auto portable'* ]]
    for name in nonsense ' ' Portable 'portable ' avx portable,avx2 $'\e'; do
        ISCC_BACKEND=$name try a
        stdout_is
        stderr_is "iscc: ISCC_BACKEND: no backend '${name/$'\e'/\\033}' on this machine, which has: ${names// /, }"
        status_is 2
    done
}

@test "trust 24: an empty name is as none" {
    zeros 256 a
    ISCC_BACKEND='' try a
    stdout_is "${wide[256]} *a"
    stderr_is
    status_is 0
    env -u ISCC_BACKEND "$ISCC" version --verbose >expected
    ISCC_BACKEND='' try version --verbose
    stdout_is "$(<expected)"
}

@test "backend: an unknown name leaves the old output file" {
    zeros 256 a
    echo old >list
    ISCC_BACKEND=nonsense try -o list a
    status_is 2
    same_lines list old
}

@test "backend: commands that need no kernels accept any name" {
    mkdir d
    : >d/a
    ISCC_BACKEND=nonsense try walk d
    stdout_is d/a
    status_is 0
    ISCC_BACKEND=nonsense try sum --help
    status_is 0
}

@test "backend: all backends of this machine, and the default, give the same output" {
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
