#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# slurm.sh MPI...: starts Slurm on this machine, with a folder and processes of its own, and compares what iscc-mpi
# prints in jobs with what iscc prints: started by srun, by mpirun, and by a job that is stopped and goes on. Needs root,
# build/release, and build/MPI (mpi.sh) for each MPI, openmpi or mpich.
set -euo pipefail

[[ $(id -u) -eq 0 ]] || {
    echo 'slurm.sh: needs root' >&2
    exit 2
}
# Everything that is started here ends with this script.
if [[ -z ${ISCC_OWN_PROCESSES-} ]]; then
    exec env ISCC_OWN_PROCESSES=1 unshare --mount --pid --fork --kill-child --mount-proc "$0" "$@"
fi

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=scripts/checks/mpi_ranks.sh
. scripts/checks/mpi_ranks.sh
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$work" "$folder"' EXIT
export SLURM_CONF=$folder/slurm.conf
failed=0

bad() {
    say "FAILED: $*"
    failed=1
}

# One node is this machine, with more processors than it has, so that each rank gets one.
configure() {
    cat >"$SLURM_CONF" <<END
ClusterName=iscc
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmUser=root
SlurmctldPort=26817
SlurmdPort=26818
AuthInfo=socket=$folder/munge.socket
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SchedulerType=sched/builtin
SlurmdParameters=config_overrides
ReturnToService=2
NodeName=$(hostname -s) NodeAddr=127.0.0.1 CPUs=8 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=10 State=UP
END
}

start() {
    configure
    mkdir "$folder/state" "$folder/spool"
    head -c 1024 /dev/urandom >"$folder/munge.key"
    chmod 400 "$folder/munge.key"
    munged --key-file="$folder/munge.key" --socket="$folder/munge.socket" --pid-file="$folder/munge.pid" \
        --log-file="$folder/munge.log" --seed-file="$folder/munge.seed"
    slurmctld
    slurmd
    for _ in {1..100}; do
        [[ $(sinfo --noheader --format=%T) != idle ]] || return 0
        sleep 0.1
    done
    cat "$folder"/slurm*.log >&2
    say 'no node'
    exit 1
}

make_tree() {
    local i
    mkdir "$work/data"
    for ((i = 0; i < 1500; i++)); do
        echo "$i" >"$work/data/$i"
    done
    (cd "$work" && "$iscc" sum data >expected && "$iscc" sum --json --stat --trust-times data >expected.json)
}

# submit LINE...: a job of three tasks in the folder of the tree. Sets `job`.
submit() {
    printf '%s\n' '#!/bin/sh' "$@" >"$work/script"
    rm -f "$ISCC_RANKS"/* "$work"/out*
    job=$(sbatch --parsable --ntasks=3 --requeue --open-mode=append --chdir="$work" --output=log "$work/script")
}

job_state() {
    scontrol --oneliner show job "$job" | sed -E 's/.* JobState=([A-Z]+) .*/\1/'
}

# Waits until the job has ended.
finish() {
    local state
    for _ in {1..300}; do
        state=$(job_state)
        [[ $state != COMPLETED ]] || return 0
        [[ $state = PENDING || $state = RUNNING || $state = COMPLETING ]] || break
        sleep 0.2
    done
    bad "$mpi: $1: $state: $(cat "$work/log")"
}

compare() {
    submit "$2 $work/bin/start $iscc_mpi sum data >out"
    finish "$1"
    cmp "$work/expected" "$work/out" >&2 || bad "$mpi: $1: other output"
    [[ ! -s $ISCC_RANKS/err ]] || bad "$mpi: $1: $(cat "$ISCC_RANKS/err")"
    [[ -e $ISCC_RANKS/2.pid ]] || bad "$mpi: $1: fewer ranks"
}

# The job of docs/cluster.md. Slurm would start it again after two minutes.
compare_requeued() {
    rm -f "$work"/codes.json* "$work/log"
    # shellcheck disable=SC2016 # the job's shell
    submit "export SLOW_FILE=2000 ISCC_PRELOAD=$root/build/release/tests/tools/libiscc_slow_storage.so" \
        "$1 $work/bin/start $iscc_mpi sum -j 1 --resume --json --stat --trust-times -o codes.json data" \
        'status=$?' 'echo "status $status"' '[ $status -ne 75 ] || scontrol requeue "$SLURM_JOB_ID"' 'exit $status'
    for _ in {1..500}; do
        [[ ! -s $work/codes.json.part ]] || break
        sleep 0.01
    done
    scancel --signal=TERM "$job"
    for _ in {1..100}; do
        [[ $(job_state) != PENDING ]] || break
        sleep 0.1
    done
    scontrol update JobId="$job" StartTime=now+2
    finish 'a job that is stopped and goes on'
    [[ $(<"$work/log") == *'status 75'*'status 0' ]] || bad "$mpi: a job that is stopped: $(cat "$work/log")"
    cmp "$work/expected.json" "$work/codes.json" >&2 || bad "$mpi: a job that goes on: other list"
}

start
for mpi in "$@"; do
    install_programs
    make_tree
    srun="srun --mpi=pmix"
    [[ $mpi = openmpi ]] || srun="srun --mpi=pmi2"
    compare "$srun" "$srun"
    compare mpirun "mpirun.$mpi"
    compare_requeued "$srun"
done
exit "$failed"
