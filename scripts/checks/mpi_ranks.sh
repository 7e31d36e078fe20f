# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034,SC2154 # the scripts use the variables, and set `mpi` and `ranks`
# Sourced by the scripts that run iscc-mpi, at the root of the sources: builds it, and starts it on ranks of this machine
# from a folder `work`.

export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1
export OMPI_MCA_hwloc_base_binding_policy=none
export OMPI_MCA_btl_vader_single_copy_mechanism=none # containers refuse process_vm_readv
# shared memory segments of a killed rank would stay in /dev/shm
export OMPI_MCA_btl_vader_backing_directory=/tmp
root=$PWD
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
iscc=$work/bin/iscc
iscc_mpi=$work/bin/iscc-mpi
as=() # a command that runs others as another user
export ISCC_RANKS=$work/ranks # each rank writes its messages and its process number there
export ISCC_PRELOAD=          # a library for all ranks

say() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
}

# Builds iscc-mpi beside an iscc of the same settings.
build() {
    cmake --preset release -B "build/$mpi" -DISCC_MPI=ON -DISCC_BUILD_TESTS=OFF -DMPI_C_COMPILER="mpicc.$mpi" \
        -DMPI_EXECUTABLE_SUFFIX=".$mpi" >/dev/null
    cmake --build "build/$mpi" --parallel "$(getconf _NPROCESSORS_ONLN)" --target iscc iscc-mpi iscc_completions >/dev/null
}

# Installs the programs in `work`, which is emptied: other users may not see the folder of the build.
install_programs() {
    rm -rf "${work:?}"/*
    mkdir "$ISCC_RANKS"
    chmod 777 "$ISCC_RANKS"
    cmake --install "build/$mpi" --prefix "$work" --component runtime >/dev/null
    # Standard error comes from the process itself, as launchers add messages of their own, and close descriptor 9.
    cat >"$work/bin/start" <<'START'
#!/bin/bash
rank=${OMPI_COMM_WORLD_RANK:-${PMI_RANK:-$SLURM_PROCID}}
echo $$ >"$ISCC_RANKS/$rank.pid"
[ "$PMI_FD" != 9 ] || { export PMI_FD=19 && exec 19<&9; } # MPICH's launcher listens there
[ -z "$ISCC_PRELOAD" ] || export LD_PRELOAD="$ISCC_PRELOAD"
[ "$rank" != "$ISCC_SLOW_RANK" ] || export SLOW_FILE="${SLOW_FILE}0" SLOW_DIRECTORY="${SLOW_DIRECTORY}0"
[ "$rank" != "$ISCC_TRACED_RANK" ] ||
    set -- strace -ff -qq --seccomp-bpf -e trace=execve,sendto,recvfrom -o "$ISCC_RANKS/trace" "$@"
exec "$@" 2>>"$ISCC_RANKS/err" 9>>"$ISCC_RANKS/$rank.9"
START
    chmod 755 "$work/bin/start"
}

# on_ranks ARGUMENT...: iscc-mpi on so many `ranks`.
on_ranks() {
    rm -f "$ISCC_RANKS"/*
    : >"$ISCC_RANKS/err"
    chmod 666 "$ISCC_RANKS/err"
    timeout 300 "${as[@]}" "mpirun.$mpi" -n "$ranks" "$work/bin/start" "$iscc_mpi" "$@"
}
