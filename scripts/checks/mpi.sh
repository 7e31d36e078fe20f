#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# mpi.sh [MPI...]: builds iscc-mpi with Open MPI and MPICH, or with those named (openmpi, mpich), runs commands on 1, 3
# and 5 ranks of this machine, and compares output, messages and status with those of iscc. Then files that cannot be
# read, the sandbox, killed processes, SIGTERM, and jobs of Slurm (slurm.sh), which need root. The iscc beside it must be
# the one of a build without MPI. Needs build/release.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=scripts/checks/mpi_ranks.sh
. scripts/checks/mpi_ranks.sh
slow=$root/build/release/tests/tools/libiscc_slow_storage.so
escape=$root/build/release/tests/tools/libiscc_escape.so
failed=0

bad() {
    say "FAILED: $*"
    failed=1
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

# Runs one command in both ways, in the folder of the tree.
same() {
    local status=0 status_ranks=0
    "${as[@]}" "$iscc" "$@" >"$work/expected" 2>"$work/expected.err" </dev/null || status=$?
    on_ranks "$@" >"$work/out" 2>"$work/launcher" </dev/null || status_ranks=$?
    [[ $status = "$status_ranks" ]] || bad "$mpi, $ranks ranks: $*: status $status_ranks, not $status"
    cmp "$work/expected" "$work/out" >&2 || bad "$mpi, $ranks ranks: $*: other output"
    diff "$work/expected.err" "$ISCC_RANKS/err" >&2 || bad "$mpi, $ranks ranks: $*: other messages"
}

# The same for a command that replaces a file.
same_file() {
    local file=$1 status=0 status_ranks=0
    shift
    cp "$file" "$work/kept"
    "$iscc" "$@" >"$work/expected" 2>"$work/expected.err" || status=$?
    mv "$file" "$work/file.expected"
    cp "$work/kept" "$file"
    on_ranks "$@" >"$work/out" 2>"$work/launcher" || status_ranks=$?
    [[ $status = "$status_ranks" ]] || bad "$mpi, $ranks ranks: $*: status $status_ranks, not $status"
    cmp "$work/file.expected" "$file" >&2 || bad "$mpi, $ranks ranks: $*: other file"
    cmp "$work/expected" "$work/out" >&2 || bad "$mpi, $ranks ranks: $*: other output"
    diff "$work/expected.err" "$ISCC_RANKS/err" >&2 || bad "$mpi, $ranks ranks: $*: other messages"
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

# Root reads everything, so another user runs these.
compare_unreadable() {
    mkdir -p data/closed data/files
    echo x | tee data/files/closed data/files/open >data/closed/file
    chmod 0 data/closed data/files/closed
    if [[ $(id -u) -eq 0 ]]; then
        as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    fi
    same sum data/files data/closed data/closed/file data
    grep -q 'data/files/closed: Permission denied' expected.err || bad 'all files can be read'
    same check --ignore-missing list data/none
    same diff list data
    as=()
    chmod 700 data/closed data/files/closed
    rm -r data/closed data/files
}

# The sandbox denies writing to each thread that opens files, but not to MPI's.
compare_sandbox() {
    local rank
    [[ $("$iscc" --version --verbose) == *'sandbox: Landlock'* ]] || {
        say 'no sandbox: the kernel has no Landlock'
        return
    }
    mkdir outside
    : >outside/old
    "$iscc" data/many data/other data/deep >expected
    ESCAPE=$work/outside ESCAPE_THREADS=1 ISCC_PRELOAD=$escape on_ranks -j 2 data/many data/other data/deep >out 2>launcher
    cmp expected out >&2 || bad "$mpi: in the sandbox: other output"
    for ((rank = 0; rank < ranks; rank++)); do
        grep -q ' write: denied$' "$ISCC_RANKS/$rank.9" || bad "$mpi: rank $rank has opened no file"
        ! grep -v "^$(<"$ISCC_RANKS/$rank.pid") " "$ISCC_RANKS/$rank.9" | grep -v ': denied$' >&2 ||
            bad "$mpi: rank $rank is not in the sandbox"
    done
}

# Files that vanish while they are hashed: what is printed is right, and each of the others is there.
compare_vanishing() {
    local status=0
    cp -r data/deep vanishing
    (cd vanishing/er && sleep 0.05 && rm -r src/bindings src/core) &
    on_ranks sum --units vanishing >out 2>launcher || status=$?
    wait
    [[ $status = 0 || $status = 2 ]] || bad "$mpi, $ranks ranks: vanishing files: status $status"
    "$iscc" sum --units vanishing >expected
    [[ -z $(comm -13 <(sort out) <(sort expected)) ]] || bad "$mpi, $ranks ranks: vanishing files: lines are missing"
    [[ $(grep -cv '^iscc: .*: No such file or directory$' "$ISCC_RANKS/err") = 0 ]] ||
        bad "$mpi, $ranks ranks: vanishing files: other messages"
    rm -rf vanishing
}

# The process that hashes, of one rank, while it reads a file: its batch goes to another.
compare_killed() {
    local launcher victim=
    head -c 600000000 /dev/zero | tr '\0' y | split -b 20000000 - big/
    "$iscc" sum big data >expected
    on_ranks sum -j 1 big data >out 2>launcher &
    launcher=$!
    for _ in {1..500}; do
        victim=$(pgrep -P "$(cat "$ISCC_RANKS/2.pid" 2>/dev/null)" 2>/dev/null) || true
        [[ -z $victim || $(readlink "/proc/$victim/fd"/*) != *"$work/big/"* ]] || break
        sleep 0.01
    done
    kill -KILL "$victim" || bad "$mpi: no process to kill"
    wait "$launcher" || bad "$mpi: a killed process: status $?"
    cmp expected out >&2 || bad "$mpi: a killed process: other output"
    [[ ! -s $ISCC_RANKS/err ]] || bad "$mpi: a killed process: $(cat "$ISCC_RANKS/err")"
}

# SIGTERM to rank 0, as Slurm sends it; the same command goes on.
compare_stopped() {
    local status=0 pid
    rm -f codes.json codes.json.part
    SLOW_FILE=2000 ISCC_PRELOAD=$slow on_ranks sum -j 1 --resume --json --stat --trust-times -o codes.json big data \
        2>launcher &
    for _ in {1..500}; do
        [[ -s codes.json.part ]] && break
        sleep 0.01
    done
    for pid in $(pgrep -f "^$iscc_mpi sum -j 1 --resume"); do
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
    build
    install_programs
    cmp build/release/iscc "build/$mpi/iscc" || bad "$mpi: iscc is not the one of a build without MPI"
    [[ -s $work/share/man/man1/iscc-mpi.1 ]] || bad "$mpi: no manual page is installed"
    make_tree
    cd "$work"
    mkdir big
    for ranks in 1 3 5; do
        compare_few
    done
    ranks=3
    compare_commands
    compare_unreadable
    compare_sandbox
    compare_vanishing
    compare_killed
    compare_stopped
    cd "$root"
    if [[ $(id -u) -eq 0 ]]; then
        scripts/checks/slurm.sh "$mpi" || failed=1
    else
        say 'not root: no jobs of Slurm'
    fi
done
exit "$failed"
