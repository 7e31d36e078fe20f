#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Runs the scripts in docs/cluster.md that need no cluster, with the commands of engines replaced by stubs.

load ../support/common

# Prints the N-th block of code under a heading.
block() { # HEADING N
    awk -v heading="## $1" -v wanted="$2" '
        /^## / { on = $0 == heading; next }
        on && /^```./ { number++; inside = number == wanted; next }
        /^```$/ { inside = 0 }
        inside
    ' "$BATS_TEST_DIRNAME/../../../docs/cluster.md"
}

# A tree, what one run prints for it, and a folder with the program and stubs in PATH.
make_files() {
    mkdir -p data/e bin
    for i in {1..30}; do echo "$i" >data/e/"$i"; done
    sleep 0.05
    ln -s "$ISCC" bin/iscc
    PATH=$PWD/bin:$PATH
    "$ISCC" sum data >one
    "$ISCC" sum --json --stat data >one.json
}

stub() { # NAME COMMANDS
    printf '#!/bin/sh\n%s\n' "$2" >"bin/$1"
    chmod +x "bin/$1"
}

@test "cluster: GNU parallel runs shards, and passes on the names of a walk" {
    needs parallel
    make_files
    for number in 1 2; do
        block 'GNU parallel' $number >script
        [[ -s script ]]
        bash script
        cmp codes one
        rm codes
    done
}

@test "cluster: a job of Slurm goes on after SIGTERM, and so does each shard of an array" {
    make_files
    stub scontrol 'echo "$@" >>requeued'
    # The first step is stopped before it begins to read.
    stub srun 'if [ -e stopped ]; then exec "$@"; fi
        touch stopped
        mkfifo "fifo.$$"
        "$@" <"fifo.$$" &
        exec 9>"fifo.$$"
        sleep 0.2
        kill -TERM $!
        exec 9>&-
        wait $!'
    block Slurm 1 | sed 's/ data$/ data -/' >job
    export SLURM_JOB_ID=77
    status=0
    bash job 2>messages || status=$?
    [[ $status -eq 75 && $(<requeued) == 'requeue 77' && -e codes.json.part ]]
    bash job </dev/null
    [[ $(wc -l <requeued) -eq 1 ]]
    cmp <(head -n -1 codes.json) one.json
    block Slurm 2 >job
    for SLURM_ARRAY_TASK_ID in {1..16}; do
        export SLURM_ARRAY_TASK_ID
        bash job
    done
    "$ISCC" merge -o codes.json part.*
    cmp codes.json one.json
}

@test "cluster: the pods of Kubernetes and the processes of Spark make all shards" {
    make_files
    arguments=$(block Kubernetes 1 | sed -n 's/^ *- \(K=.*\)/\1/p')
    for JOB_COMPLETION_INDEX in {0..15}; do
        export JOB_COMPLETION_INDEX
        /bin/sh -c "$arguments"
    done
    "$ISCC" merge part.* >codes.json
    cmp codes.json one.json
    command=$(block Spark 1 | sed -n 's/^command = f"\(.*\)"$/\1/p')
    command=${command/\{shards\}/16}
    for k in {1..16}; do ${command/\/shared\/data/data} <<<"$k" >part.$k; done
    "$ISCC" merge part.* >codes.json
    cmp codes.json <("$ISCC" sum --json data)
}
