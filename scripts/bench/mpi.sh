#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# mpi.sh MPI [FILES]: measures iscc-mpi with MPI, openmpi or mpich, on this machine: how long it takes to start; 5 and 9
# ranks against one process with two threads, for 60,000 files on storage that takes 1 ms for a directory and 0.5 ms for
# a file, start included; the memory of rank 0, and its messages, for FILES, a million. Makes them in TMPDIR. Needs
# build/release.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=scripts/checks/mpi_ranks.sh
. scripts/checks/mpi_ranks.sh
mpi=$1
files=${2:-1000000}
export ISCC_SLOW_RANK='' ISCC_TRACED_RANK=''

# make_tree FOLDER FILES IN_EACH: files that differ, and so many in each directory.
make_tree() {
    python3 - "$@" <<'END'
import os, sys
folder, files, in_each = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
for i in range(files):
    path = f"{folder}/{i // in_each // 100}/{i // in_each}"
    if i % in_each == 0:
        os.makedirs(path)
    descriptor = os.open(f"{path}/file-{i}", os.O_WRONLY | os.O_CREAT, 0o644)
    os.write(descriptor, b"%099d\n" % i)
    os.close(descriptor)
END
}

# seconds COMMAND...: how long it takes. What it prints must be what was expected.
seconds() {
    local start=${EPOCHREALTIME/./}
    "$@" >"$work/out" 2>"$work/launcher" 9>/dev/null
    local end=${EPOCHREALTIME/./}
    cmp "$work/expected" "$work/out" >&2
    awk -v time=$((end - start)) 'BEGIN { printf "%.2f", time / 1000000 }'
}

measure_start() {
    "$iscc" LICENSE >"$work/expected"
    for ranks in 1 3 9; do
        printf 'one small file, %d ranks: %s s\n' "$ranks" "$(seconds on_ranks LICENSE)"
    done
}

measure_waiting() {
    local slow=$root/build/release/tests/tools/libiscc_slow_storage.so one
    export SLOW_DIRECTORY=1000 SLOW_FILE=500
    make_tree "$work/slow" 60000 10
    "$iscc" "$work/slow" >"$work/expected"
    for _ in 1 2; do
        one=$(seconds env LD_PRELOAD="$slow" "$iscc" -j 2 "$work/slow")
        printf '60,000 files that wait, load %s: one process %s s' "$(cut -d ' ' -f 1 /proc/loadavg)" "$one"
        for ranks in 5 9; do
            printf ', %d ranks %s' "$ranks" "$(ISCC_PRELOAD=$slow seconds on_ranks "$work/slow" | ratio "$one")"
        done
        ranks=5
        printf ', 5 ranks with a slow one %s\n' \
            "$(ISCC_SLOW_RANK=3 ISCC_PRELOAD=$slow seconds on_ranks "$work/slow" | ratio "$one")"
    done
    unset SLOW_DIRECTORY SLOW_FILE
}

ratio() {
    awk -v one="$1" '{ printf "%.2f s (%.2f)", $1, $1 / one }'
}

# Prints the most memory that a process has had so far, in KiB.
peak_of() {
    sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$1/status" 2>/dev/null || true
}

# measure_memory OPERAND: of both processes of rank 0. Peaks only grow, so the last look is near enough. Standard input
# takes a second, for a run without files.
measure_memory() {
    local run own child peak own_peak=0 child_peak=0
    ranks=3
    sleep 1 | on_ranks "$1" >"$work/out" 2>"$work/launcher" &
    run=$!
    while kill -0 "$run" 2>/dev/null; do
        sleep 0.05
        own=$(cat "$ISCC_RANKS/0.pid" 2>/dev/null) || continue
        child=$(pgrep -P "$own") || continue
        peak=$(peak_of "$own")
        own_peak=${peak:-$own_peak}
        peak=$(peak_of "$child")
        child_peak=${peak:-$child_peak}
    done
    wait "$run"
    printf '%d lines: rank 0 has %d KiB, its MPI process %d KiB\n' "$(wc -l <"$work/out")" "$child_peak" "$own_peak"
}

# measure_messages FOLDER: those that rank 0 sends and receives. Only its MPI process executes a program.
measure_messages() {
    local messages
    ranks=3
    ISCC_TRACED_RANK=0 on_ranks "$1" >"$work/out" 2>"$work/launcher"
    messages=$(grep -L execve "$ISCC_RANKS"/trace.* | xargs cat | grep -c ' = [1-9]')
    awk -v messages="$messages" -v files="$(wc -l <"$work/out")" \
        'BEGIN { printf "%d messages, %.3f for each file\n", messages, messages / files }'
}

build
install_programs
measure_start
measure_waiting
make_tree "$work/million" "$files" 1000
measure_memory -
measure_memory "$work/million"
measure_messages "$work/million"
