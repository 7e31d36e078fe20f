#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# mpi.sh [MPI...]: builds iscc-mpi with Open MPI and MPICH, or with those named (openmpi, mpich), runs commands on 1, 3
# and 5 ranks of this machine, and compares output, messages and status with those of iscc. Then files that cannot be
# read, killed processes, and SIGTERM. The iscc beside it must be the one of a build without MPI. Needs build/release.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
root=$PWD
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1
export OMPI_MCA_btl_vader_single_copy_mechanism=none # containers refuse process_vm_readv
# shared memory segments of a killed rank would stay in /dev/shm
export OMPI_MCA_btl_vader_backing_directory=/tmp
iscc=$root/build/release/iscc
slow=$root/build/release/tests/tools/libiscc_slow_storage.so
work=$(mktemp -d)
export ISCC_ERRORS=$work/err
trap 'rm -rf "$work"' EXIT
failed=0

export OMPI_MCA_hwloc_base_binding_policy=none

say() {
    printf 'mpi.sh: %s\n' "$*" >&2
}

bad() {
    say "FAILED: $*"
    failed=1
}

build() {
    cmake --preset release -B "build/$1" -DISCC_MPI=ON -DISCC_BUILD_TESTS=OFF -DMPI_C_COMPILER="mpicc.$1" \
        -DMPI_EXECUTABLE_SUFFIX=".$1" >/dev/null && cmake --build "build/$1" --parallel --target iscc iscc-mpi >/dev/null
}

make_tree() {
    local i
    mkdir -p "$work/data/many" "$work/data/deep/er/and/er"
    for ((i = 0; i < 900; i++)); do
        echo "$i" >"$work/data/many/$i"
    done
    cp -r "$root/src" "$work/data/deep/er"
    head -c 9000000 /dev/zero | tr '\0' x >"$work/data/long"
    cp "$work/data/long" "$work/data/deep/copy"
    ln "$work/data/long" "$work/data/deep/link"
    truncate -s 5000000 "$work/data/hole"
    : >"$work/data/empty"
    ln -s ../many "$work/data/deep/points"
    printf '*.bats\n' >"$work/data/deep/.isccignore"
    tar -C "$work/data" -cf "$work/data/some.tar" deep
    cp -r "$work/data/many" "$work/data/other"
    echo changed >"$work/data/other/7"
    (cd "$work" && "$iscc" sum data >list && "$iscc" sum --json --stat --trust-times data >list.json)
    sed '5d' "$work/list" >"$work/shorter"
    sed '3s/ISCC:..../ISCC:KACY/' "$work/list" >"$work/wrong"
    echo 'ISCC:K4AF3KPBTZO7R2BTV3QOQ7GHPX4ON2KDJ7FDEMJVMOXNVBAGNHJ3K7A  data/gone' >>"$work/wrong"
}

# Standard error comes from the process itself, as launchers add messages of their own. ISCC_RANKS is `-n NUMBER`.
on_ranks() {
    # shellcheck disable=SC2016 # the inner shell's
    timeout 120 "mpirun.$mpi" -n "$ranks" sh -c 'exec "$0" "$@" 2>>"$ISCC_ERRORS"' "$root/build/$mpi/iscc-mpi" "$@"
}

# Runs one command in both ways, in the folder of the tree.
same() {
    local status=0 status_ranks=0
    "$iscc" "$@" >"$work/expected" 2>"$work/expected.err" </dev/null || status=$?
    : >"$ISCC_ERRORS"
    on_ranks "$@" >"$work/out" 2>"$work/launcher" </dev/null || status_ranks=$?
    [[ $status = "$status_ranks" ]] || bad "$mpi, $ranks ranks: $*: status $status_ranks, not $status"
    cmp "$work/expected" "$work/out" >&2 || bad "$mpi, $ranks ranks: $*: other output"
    diff "$work/expected.err" "$ISCC_ERRORS" >&2 || bad "$mpi, $ranks ranks: $*: other messages"
}

# The same for a command that replaces a file.
same_file() {
    local file=$1 status=0 status_ranks=0
    shift
    cp "$file" "$work/kept"
    "$iscc" "$@" >"$work/expected" 2>"$work/expected.err" || status=$?
    mv "$file" "$work/file.expected"
    cp "$work/kept" "$file"
    : >"$ISCC_ERRORS"
    on_ranks "$@" >"$work/out" 2>"$work/launcher" || status_ranks=$?
    [[ $status = "$status_ranks" ]] || bad "$mpi, $ranks ranks: $*: status $status_ranks, not $status"
    cmp "$work/file.expected" "$file" >&2 || bad "$mpi, $ranks ranks: $*: other file"
    cmp "$work/expected" "$work/out" >&2 || bad "$mpi, $ranks ranks: $*: other output"
    diff "$work/expected.err" "$ISCC_ERRORS" >&2 || bad "$mpi, $ranks ranks: $*: other messages"
    mv "$work/kept" "$file"
}

compare_few() {
    same sum data
    same sum --json --text data data/none
    same check wrong
}

compare_commands() {
    same sum -z data
    same sum --json --stat --trust-times data
    same sum --units --narrow data ./data/many/../long data/none data/deep/
    same sum --tree data/many data/deep
    same sum --archives data/some.tar data/many
    same sum --reuse=list.json --json --stat --trust-times data
    same sum --exclude '*.h' --max-size 1K data
    cd data
    same sum .
    cd ..
    same check list.json
    same check --strict-tree shorter
    same check --base "$work" list
    same diff list data
    same diff data/many data/other
    same similar data
    same similar --exact data
    same compare data/long data/deep/copy
    same sum --no-such-option
    same_file shorter update shorter data
    same_file list.json update --trust-times list.json data
}

compare_unreadable() {
    mkdir -p data/closed data/files
    echo x >data/files/closed
    chmod 0 data/closed data/files/closed
    if [[ $(id -u) -ne 0 ]]; then
        same sum data/files data/closed data
    fi
    chmod 700 data/closed data/files/closed
    rm -r data/closed data/files
}

# Files that vanish while they are hashed: what is printed is right, and each of the others is there.
compare_vanishing() {
    local status=0
    cp -r data/deep vanishing
    (cd vanishing/er && sleep 0.05 && rm -r src/bindings src/core) &
    : >"$ISCC_ERRORS"
    on_ranks sum --units vanishing >out 2>launcher || status=$?
    wait
    [[ $status = 0 || $status = 2 ]] || bad "$mpi, $ranks ranks: vanishing files: status $status"
    "$iscc" sum --units vanishing >expected
    [[ -z $(comm -13 <(sort out) <(sort expected)) ]] || bad "$mpi, $ranks ranks: vanishing files: lines are missing"
    [[ $(grep -cv '^iscc: .*: No such file or directory$' "$ISCC_ERRORS") = 0 ]] ||
        bad "$mpi, $ranks ranks: vanishing files: other messages"
    rm -rf vanishing
}

# The process that hashes, of one rank: its batch goes to another.
compare_killed() {
    local launcher pid victim=
    head -c 600000000 /dev/zero | tr '\0' y | split -b 20000000 - big/
    "$iscc" sum big data >expected
    : >"$ISCC_ERRORS"
    on_ranks sum -j 1 big data >out 2>launcher &
    launcher=$!
    for _ in {1..200}; do
        for pid in $(pgrep -f "^$root/build/$mpi/iscc-mpi sum -j 1 big"); do
            [[ $(readlink "/proc/$pid/fd/1") != /dev/null ]] || victim=$pid
        done
        [[ -z $victim ]] || break
        sleep 0.02
    done
    sleep 0.1
    kill -KILL "$victim" || bad "$mpi: no process to kill"
    wait "$launcher" || bad "$mpi: a killed process: status $?"
    cmp expected out >&2 || bad "$mpi: a killed process: other output"
    [[ ! -s $ISCC_ERRORS ]] || bad "$mpi: a killed process: $(cat "$ISCC_ERRORS")"
}

# SIGTERM to rank 0, as Slurm sends it; the same command goes on.
compare_stopped() {
    local status=0 pid
    rm -f codes.json codes.json.part
    SLOW_FILE=2000 LD_PRELOAD=$slow on_ranks sum -j 1 --resume --json --stat --trust-times -o codes.json big data \
        2>launcher 9>/dev/null &
    for _ in {1..500}; do
        [[ -s codes.json.part ]] && break
        sleep 0.01
    done
    for pid in $(pgrep -f "^$root/build/$mpi/iscc-mpi sum -j 1 --resume"); do
        kill -TERM "$pid"
    done
    wait $! || status=$?
    [[ $status = 75 ]] || bad "$mpi: SIGTERM: status $status"
    [[ ! -e codes.json && -s codes.json.part ]] || bad "$mpi: SIGTERM: no part"
    on_ranks sum -j 1 --resume --json --stat --trust-times -o codes.json big data || bad "$mpi: --resume: status $?"
    "$iscc" sum --json --stat --trust-times big data >expected
    cmp expected codes.json >&2 || bad "$mpi: --resume: other list"
    rm -f codes.json
}

[[ $# -gt 0 ]] || set -- openmpi mpich
for mpi in "$@"; do
    say "$mpi"
    build "$mpi"
    cmp "$iscc" "build/$mpi/iscc" || bad "$mpi: iscc is not the one of a build without MPI"
    rm -rf "${work:?}"/*
    make_tree
    cd "$work"
    mkdir big
    for ranks in 1 3 5; do
        compare_few
    done
    ranks=3
    compare_commands
    compare_unreadable
    compare_vanishing
    compare_killed
    compare_stopped
    cd "$root"
done
exit "$failed"
