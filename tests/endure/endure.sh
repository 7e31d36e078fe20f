#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# endure.sh [SECONDS]: runs the program repeatedly for SECONDS (600 by default) with random tasks, threads and backends,
# few descriptors and little memory. Every output, message and status must match a run without limits on one thread, and
# no run may use more than 64 MiB. Prints how often each task ran; the status is 1 if anything was wrong.
#
# ISCC in the environment is the program (default: build/release/iscc), ISCC_TEST_SEED repeats the choices of an earlier
# run, and ISCC_ENDURE_SIZE is roughly the size of all files in MiB (default: 300).
set -euo pipefail

seconds=${1-600}
program=$(realpath "${ISCC-$(dirname "${BASH_SOURCE[0]}")/../../build/release/iscc}")
size=${ISCC_ENDURE_SIZE-300}
seed=${ISCC_TEST_SEED-$RANDOM$RANDOM}
export LC_ALL=C
unset ISCC_BACKEND
rss_max=65536 # KiB
work_time=120 # seconds; every run is shorter

die() {
    printf 'endure.sh: %s\n' "$*" >&2
    exit 2
}

[[ $seconds =~ ^[0-9]+$ ]] || die "not a number of seconds: '$seconds'"
[[ -x $program ]] || die "no program: $program; set ISCC, or run 'cmake --build --preset release'"
if [[ ! -x /usr/bin/time ]]; then
    printf 'endure.sh: /usr/bin/time is missing; scripts/install-deps.sh test installs it\n' >&2
    exit 77 # CTest: skipped
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
mkdir "$folder/files" "$folder/made" "$folder/expected"
cd "$folder/files"

# ---- Input ----

# Prints the same bytes in every run with the same seed.
bytes() { # MIB NUMBER
    awk -v seed="$seed$2" -v lines="$(($1 * 16384))" 'BEGIN {
        srand(seed)
        for (i = 0; i < lines; i++) printf "%08x%08x%08x%08x%08x%08x%08x%07x\n", rand() * 2^32, rand() * 2^32, rand() * 2^32,
            rand() * 2^32, rand() * 2^32, rand() * 2^32, rand() * 2^32, rand() * 2^28
    }'
}

make_files() {
    local i
    bytes $((size / 20 + 1)) 1 >big
    for i in {1..5}; do cat big; done >repeated
    gzip -1 <big >packed
    head -c $((size / 6))M /dev/zero >zeros
    truncate -s $((size * 2))M holes
    head -c 200000 big | dd of=holes seek=5000001 conv=notrunc oflag=seek_bytes status=none
    dd if=big of=holes bs=1M seek=$((size / 2)) conv=notrunc status=none
    : >empty
    for i in {1..30}; do
        mkdir -p "tree/$((i % 7))/$i"
        { tail -c +$((i * 9973)) big || true; } | head -c $((50 * i * 1301)) | split -b $((i * 1301)) - "tree/$((i % 7))/$i/file "
    done
    for i in {1..12}; do tail -c +$((i * 997)) big | head -c $((1040000 + 3000 * i)) >"tree/middle $i"; done || true
    printf 'x\n' >$'tree/a\nb\\c'
    printf '*7\n' >tree/.isccignore
    mkfifo tree/fifo
    ln -s .. tree/link
}

make_lists() {
    "$program" -j 1 tree big repeated >list
    "$program" -j 1 --json --units tree big packed >list.json
    sed '3,9s/. \*/A \*/; 20s/^/junk/' list >list.bad
    printf 'tree/gone\0big\0tree/3\0missing\0' >names
    cut -d ' ' -f 1 list >codes
}

# ---- The runs ----

# Each task is a shell command in which `run` is the program.
works=(
    'run tree'
    'run --json --units tree big missing holes'
    'run -z --tag --narrow tree packed'
    'run --tree tree tree/1 .'
    'run big repeated packed zeros holes empty'
    'run holes'
    'run - tree/5 <repeated'
    'run <holes'
    'cat packed big | run -'
    'run --files0-from=names'
    'run -o ../made/codes tree big && cat ../made/codes'
    'run check list'
    'run check --json list.json'
    'run check list.bad'
    'run sum -c --quiet - <list'
    'cp list.bad ../made/list && run update ../made/list tree big && cat ../made/list'
    'run diff list list.bad'
    'run similar list'
    'run walk -z .'
    'run decode <codes'
    'run decode --json <codes'
    'run compare repeated big'
    'run sum nothing ""'
)

# Runs the program under the current limits.
run() {
    (
        ulimit -n "$descriptors"
        ulimit -s 256 # of each thread
        [[ $address_space == unlimited ]] || ulimit -v "$address_space"
        ISCC_BACKEND=$backend exec timeout "$work_time" /usr/bin/time -q -a -o "$folder/rss" -f %M "$program" "$@" \
            "${options[@]}"
    )
}

# Runs a task and keeps its output, messages and status in PREFIX.out, .err and .status.
do_work() { # WORK PREFIX
    local status=0
    eval "$1" >"$2.out" 2>"$2.err" || status=$?
    printf '%s\n' "$status" >"$2.status"
}

one_of() { # WORD...: sets `chosen`
    chosen=${!#}
    local position=$((RANDOM % $# + 1))
    chosen=${!position}
}

choose() {
    one_of 1 2 2 3 8 16 16
    threads=$chosen
    one_of 16 24 32 64 256 256 # sixteen threads need 224
    descriptors=$chosen
    one_of unlimited "$space_max"
    address_space=$chosen
    one_of "${backends[@]}"
    backend=$chosen
    options=()
    [[ $1 == *' walk '* || $1 == *' decode '* || $1 == *' compare '* ]] || options=(-j "$threads")
}

complain() { # WORK PART
    printf 'endure.sh: WRONG %s of: %s (-j %s, %s descriptors, address space %s, %s)\n' "$2" "$1" "$threads" "$descriptors" \
        "$address_space" "$backend" >&2
    diff -a "$folder/expected/$number.$2" "$folder/got.$2" | head -n 10 >&2 || true
    wrong=$((wrong + 1))
}

check_run() { # WORK
    local part
    for part in out err status; do
        cmp -s "$folder/expected/$number.$part" "$folder/got.$part" || complain "$1" "$part"
    done
}

# ---- Main ----

make_files
make_lists
wrong=0 runs=0
declare -A done_of
mapfile -t backends < <("$program" --version --verbose | sed -n 's/^backend:.*available: \(.*\))$/\1/p' | tr -d ' ' | tr ',' '\n')
((${#backends[@]})) || die "the program names no backend"
# Sanitizers reserve terabytes of address space.
space_max=$rss_max
if ! (ulimit -v "$rss_max" && "$program" --version) >"$folder/probe" 2>&1; then
    space_max=unlimited
    rss_max=0
fi

descriptors=1024 address_space=unlimited backend=portable options=(--no-sandbox)
for number in "${!works[@]}"; do do_work "${works[number]}" "$folder/expected/$number"; done
rm -f "$folder/rss"
RANDOM=$((seed % 32768))
end=$((SECONDS + seconds))
printf 'endure.sh: %s s, ISCC_TEST_SEED=%s, backends: %s\n' "$seconds" "$seed" "${backends[*]}"
while ((SECONDS < end && wrong < 20)); do
    # Each task once, then random ones.
    number=$((runs < ${#works[@]} ? runs : RANDOM % ${#works[@]}))
    choose "${works[number]}"
    do_work "${works[number]}" "$folder/got"
    check_run "${works[number]}"
    runs=$((runs + 1))
    done_of[$number]=$((${done_of[$number]-0} + 1))
done

most=$(grep -E '^[0-9]+$' "$folder/rss" | sort -n | tail -n 1)
left=$(find "$folder" -name '.iscc-*.tmp' | wc -l)
if ((rss_max > 0 && most > rss_max)); then
    printf 'endure.sh: WRONG: a run held %s KiB\n' "$most" >&2
    wrong=$((wrong + 1))
fi
if ((left > 0)); then
    printf 'endure.sh: WRONG: %s temporary files were left\n' "$left" >&2
    wrong=$((wrong + 1))
fi
for number in "${!works[@]}"; do printf '%6d  %s\n' "${done_of[$number]-0}" "${works[number]}"; done
printf 'endure.sh: %d runs, at most %d MiB resident, %d wrong\n' "$runs" "$(((most + 1023) / 1024))" "$wrong"
((wrong == 0))
