#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# bench.sh: whole-program speed of iscc against other programs, in interleaved rounds of one run, as ratios with their
# spread: cached files, storage that makes threads wait, long lists; and what distances tell (--help).
set -euo pipefail

usage() {
    cat <<'EOF'
Usage: scripts/bench.sh [OPTION]...
Measure iscc against b3sum, xxhsum and sha256sum (what is installed of them).
'scripts/install-deps.sh build bench' installs what this needs.

  --program FILE      the iscc to measure; default: build/release/iscc, built if need be
  --rounds N          rounds for each work; default 7
  --size MIB          size of the large files; default 1024
  --tree DIR          the tree of many small files; default /usr/share
  --files N           how many files the work `million` has; default 1000000
  --work NAME         only this work, may be repeated. The default is all of these:
                        random text zeros tar   one large file
                        tree mixed              --tree; large and small files
                        start                   100 runs
                        updates                 the library's Data-Code in updates of 4 KiB to 1 MiB
                        disk network            simulated storage, 0.5 ms a request or 2 ms an operation
                        memory                  peak resident memory
                      `all` is these and two that take long:
                        million     files of 1 KiB, cached
                        cold        --tree in an ext4 image that is mounted for each run, so not cached
                      or:
                        lists       time and memory of iscc diff, check and update for long lists, best of the rounds
                        similarity  the tables of docs/similarity.md: distances of edited files, and of those of --tree
  --lines N           length of the lists; default 1000000
  --seed N            what the files of similarity are made of; default 1
  --peer 'NAME=CMD {}'  one more program; {} stands for the file or files
  --against REF       instead: build the git revision REF beside this tree, run both, fail beyond 10 % more time
  --write             write the table to docs/benchmarks.md and a plot to docs/benchmarks.svg (gnuplot)
  --help              print this help
Each round runs every program once, one after the other. A ratio is taken within a round; its median and range are printed.
The works cold, disk and network need root; a work that cannot run here is left out.
EOF
}

root=$(cd "$(dirname "$0")/.." && pwd)
program='' rounds=7 size=1024 tree=/usr/share files=1000000 lines=1000000 seed=1 against='' write=no
works=() peers=()
default_works=(random text zeros tar tree mixed start updates disk network memory)
# shellcheck source=scripts/bench/lists.sh
. "$root/scripts/bench/lists.sh"
# shellcheck source=scripts/bench/similarity.sh
. "$root/scripts/bench/similarity.sh"
# shellcheck source=scripts/bench/small.sh
. "$root/scripts/bench/small.sh"
# shellcheck source=scripts/bench/storage.sh
. "$root/scripts/bench/storage.sh"
# shellcheck source=scripts/bench/plot.sh
. "$root/scripts/bench/plot.sh"
say() { printf 'bench: %s\n' "$*" >&2; }
die() { say "$*"; exit 2; }
leave_out() { say "without the work '$1': $2"; } # WORK REASON

while [ $# -gt 0 ]; do
    case $1 in
    --program | --rounds | --size | --tree | --files | --lines | --seed | --work | --peer | --against)
        [ $# -ge 2 ] || die "option '$1' requires an argument"
        case $1 in
        --work) if [ "$2" = all ]; then works+=("${default_works[@]}" million cold); else works+=("$2"); fi ;;
        --peer) peers+=("$2") ;;
        *) declare "${1#--}=$2" ;;
        esac
        shift 2
        ;;
    --write) write=yes && shift ;;
    --help) usage && exit 0 ;;
    *) die "unrecognized argument '$1'" ;;
    esac
done
[ ${#works[@]} -gt 0 ] || works=("${default_works[@]}")
for work in "${works[@]}"; do
    [[ " ${default_works[*]} million cold lists similarity " == *" $work "* ]] || die "unknown work '$work'"
done

folder=$(mktemp -d)
clean_up() {
    unmount_storage
    rm -rf --one-file-system "$folder"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

build() { # SOURCE BUILD [TARGET...]
    cmake -S "$1" -B "$2" -DCMAKE_BUILD_TYPE=Release -DISCC_BUILD_TESTS=ON >"$folder/build.log" 2>&1 &&
        cmake --build "$2" -j "$(nproc)" --target iscc "${@:3}" >>"$folder/build.log" 2>&1 || {
        cat "$folder/build.log" >&2
        die "the build of $1 failed"
    }
}
if [ -z "$program" ]; then
    program=$root/build/release/iscc
    targets=()
    [[ " ${works[*]} " != *' similarity '* ]] || targets=(measure_edits measure_pairs)
    build "$root" "$root/build/release" "${targets[@]}"
fi

# ---- Inputs, made when a work first needs them ----

make_random() { head -c "${size}M" /dev/urandom >"$1"; }
make_zeros() { head -c "${size}M" /dev/zero >"$1"; }
make_text() { # words of this machine's documentation, over and over in different order
    find /usr/share -type f \( -name '*.txt' -o -name '*.html' -o -name 'copyright' -o -name '*.pl' -o -name '*.py' \) \
        -size -200k -print0 | sort -zR --random-source=/dev/zero | xargs -0 cat >"$1.once"
    while [ "$(stat -c %s "$1")" -lt $((size << 20)) ]; do cat "$1.once" >>"$1"; done
    rm "$1.once"
    truncate -s "${size}M" "$1"
}
make_tar() { tar -cf - -C / usr/lib 2>/dev/null | head -c "${size}M" >"$1" || true; }
large_file() { # NAME
    if [ ! -e "$folder/$1" ]; then
        say "making the file '$1' of up to $size MiB"
        : >"$folder/$1"
        "make_$1" "$folder/$1"
    fi
    cat "$folder/$1" >/dev/null # into the cache
}
mixed_tree() {
    [ ! -e "$folder/mixed" ] || return 0
    say "making a mixed tree"
    mkdir "$folder/mixed"
    cp -r "$root/src" "$folder/mixed/"
    local i
    for i in 1 2 3; do head -c "$((size / 8 * i))M" /dev/urandom >"$folder/mixed/large-$i"; done
    for i in $(seq 1 40); do head -c "$((i * 300))K" /dev/urandom >"$folder/mixed/medium-$i"; done
    mkdir "$folder/mixed/small"
    head -c 20M /dev/urandom | split -b 5k -a 4 - "$folder/mixed/small/"
}

# ---- Programs: rows of NAME, TAB, shell command that reads the NUL-ended list $list or the file $file ----
# `--no-mmap` also makes b3sum use one thread. Otherwise it maps files, which is slow where page faults are expensive, as
# on some virtual machines.

file_programs() {
    printf 'iscc -j1\t%q sum -j1 "$file"\n' "$program"
    printf 'iscc\t%q sum "$file"\n' "$program"
    ! command -v b3sum >/dev/null || printf 'b3sum 1 thread\tb3sum --no-mmap "$file"\nb3sum\tb3sum "$file"\n'
    ! command -v xxhsum >/dev/null || printf 'xxhsum -H3\txxhsum -H3 "$file"\n'
    ! command -v sha256sum >/dev/null || printf 'sha256sum\tsha256sum "$file"\n'
    local peer
    for peer in "${peers[@]}"; do printf '%s\t%s\n' "${peer%%=*}" "$(sed 's/{}/"$file"/g' <<<"${peer#*=}")"; done
}
tree_programs() { # THREADS
    printf 'iscc -j%s\t%q sum -j%s "$tree"\n' "$1" "$program" "$1"
    printf 'iscc\t%q sum "$tree"\n' "$program"
    ! command -v b3sum >/dev/null ||
        printf 'b3sum%s <"$list"\n' $' 1 thread\txargs -0 -s 2000000 b3sum --no-mmap' $'\txargs -0 -s 2000000 b3sum'
    ! command -v xxhsum >/dev/null || printf 'xxhsum -H3\txargs -0 -s 2000000 xxhsum -H3 <"$list"\n'
    ! command -v sha256sum >/dev/null || printf 'sha256sum\txargs -0 -s 2000000 sha256sum <"$list"\n'
    local peer
    for peer in "${peers[@]}"; do
        printf '%s\txargs -0 -s 2000000 %s <"$list"\n' "${peer%%=*}" "$(sed 's/ *{}//g' <<<"${peer#*=}")"
    done
}
start_programs() { # 100 starts in a loop: one alone is lost in the clock
    file_programs | grep -v $'^b3sum 1\\|^iscc -j1' | sed $'s/\t\\(.*\\)$/\tfor i in {1..100}; do \\1; done/'
}

seconds() { # COMMAND
    local before=$EPOCHREALTIME
    eval "$1" >/dev/null 2>&1 || say "status $?: $1"
    local after=$EPOCHREALTIME
    awk -v a="$before" -v b="$after" 'BEGIN { printf "%.6f", b - a }'
}

prepare='' # a command to run before each program, without its time

# Reads program rows; prints NAME, TAB, and a time for each round. Round 0 warms up, unless each run is prepared.
run_rounds() {
    local names=() commands=() times=() name command i round=0
    [ -z "$prepare" ] || round=1
    while IFS=$'\t' read -r name command; do
        names+=("$name") commands+=("$command") times+=('')
    done
    for (( ; round <= rounds; round++)); do
        for i in "${!names[@]}"; do
            local took
            [ -z "$prepare" ] || "$prepare" || die "$prepare failed"
            took=$(seconds "${commands[i]}" </dev/null)
            [ "$round" -eq 0 ] || times[i]+=$'\t'$took
        done
    done
    for i in "${!names[@]}"; do printf '%s%s\n' "${names[i]}" "${times[i]}"; done
}

# Reads run_rounds; prints a table row for each program, with its ratio to REFERENCE.
report() { # WORK REFERENCE
    awk -F'\t' -v work="$1" -v reference="$2" '
        function median(v, n,   i, j, t) {
            for (i = 2; i <= n; i++) for (j = i; j > 1 && v[j] < v[j-1]; j--) { t = v[j]; v[j] = v[j-1]; v[j-1] = t }
            return n % 2 ? v[(n+1)/2] : (v[n/2] + v[n/2+1]) / 2
        }
        { name[NR] = $1; for (i = 2; i <= NF; i++) time[NR, i-1] = $i; rounds = NF - 1; if ($1 == reference) base = NR }
        END {
            for (p = 1; p <= NR; p++) {
                for (i = 1; i <= rounds; i++) v[i] = time[p, i]
                m = median(v, rounds); ratio = "-"
                if (base) {
                    for (i = 1; i <= rounds; i++) v[i] = time[p, i] / time[base, i]
                    r = median(v, rounds)
                    ratio = p == base ? "1 (reference)" : sprintf("%.2f (%.2f-%.2f)", r, v[1], v[rounds])
                }
                printf "| %s | %s | %.4f | %s |\n", work, name[p], m, ratio
            }
        }'
}

# Writes the names of all files of $tree to $list, and prints how many there are.
list_tree() {
    "$program" walk -z "$tree" >"$list"
    tr -dc '\0' <"$list" | wc -c
}

measure() { # WORK; prints table rows
    local tree=$tree list=$folder/$1.list count
    case $1 in
    random | text | zeros | tar)
        large_file "$1"
        file=$folder/$1
        file_programs | run_rounds | report "$1, $(($(stat -c %s "$file") >> 20)) MiB" 'b3sum 1 thread'
        ;;
    tree)
        count=$(list_tree)
        tree_programs 1 | run_rounds | report "tree, $count files" 'b3sum 1 thread'
        ;;
    mixed)
        mixed_tree
        tree=$folder/mixed
        list_tree >/dev/null
        tree_programs 1 | run_rounds | report 'mixed tree' 'b3sum 1 thread'
        ;;
    start)
        file=$folder/hello
        printf 'Hello, World!' >"$file"
        start_programs | run_rounds | report '100 starts, 13 bytes' 'b3sum'
        ;;
    million) measure_million ;;
    updates) measure_updates ;;
    cold | disk | network) measure_storage "$1" ;;
    esac
}

# Peak resident memory in MiB. GNU time is small itself: a child begins with what its parent had.
peak() { # COMMAND...
    /usr/bin/time -f %M -o "$folder/peak" "$@" >/dev/null || say "status $?: $*"
    awk 'END { printf "%.1f", $1 / 1024 }' "$folder/peak"
}
memory() {
    [ -x /usr/bin/time ] || { say '/usr/bin/time is missing: no memory figures' && return 0; }
    large_file random
    printf '\n| input | threads | peak resident MiB |\n| --- | --- | --- |\n'
    local threads
    for threads in 1 2 8; do
        printf '| %s | %s | %s |\n' "$tree" "$threads" "$(peak "$program" sum -j"$threads" "$tree")"
        printf '| %s MiB file | %s | %s |\n' "$size" "$threads" "$(peak "$program" sum -j"$threads" "$folder/random")"
    done
}

# ---- Regression gate ----

gate() {
    local failed=0 work row
    other=$folder/other # for the trap
    git -C "$root" worktree add --detach "$other" "$against" >/dev/null 2>&1 || die "no such revision: $against"
    trap 'git -C "$root" worktree remove --force "$other"; clean_up' EXIT
    say "building $against"
    build "$other" "$other/build/release"
    large_file random
    for work in "random -j1" random tree; do
        local input=$folder/random option=''
        [ "$work" != tree ] || input=$tree
        [ "$work" != "random -j1" ] || option=-j1
        row=$(printf 'old\t%q sum %s %q\nnew\t%q sum %s %q\n' "$other/build/release/iscc" "$option" "$input" "$program" \
            "$option" "$input" | run_rounds | report "$work" old | grep '| new |')
        printf '%s\n' "$row"
        awk -F'[|(]' '{ exit !($5 + 0 > 1.10) }' <<<"$row" && failed=1
    done
    [ "$failed" -eq 0 ] || die "slower than $against by more than 10 %"
}

table() {
    local work title='| work | program | median s | time / reference (range) |\n| --- | --- | --- | --- |\n'
    for work in "${works[@]}"; do
        case $work in
        memory | lists | similarity) ;; # tables of their own
        *) printf '%b' "$title" && title='' && measure "$work" ;;
        esac
    done
}

if [ -n "$against" ]; then
    gate
    exit
fi
say "$(nproc) processors, $rounds rounds, $("$program" --version)"
table | tee "$folder/table.md"
if [[ " ${works[*]} " == *' memory '* ]]; then memory | tee "$folder/memory.md"; fi
if [[ " ${works[*]} " == *' lists '* ]]; then bench_lists; fi
if [[ " ${works[*]} " == *' similarity '* ]]; then bench_similarity; fi
if [ "$write" = yes ]; then
    {
        printf '# Benchmarks\n\nWritten by `scripts/bench.sh --write`: %s processors (%s), %s rounds. Times in seconds, the median of the rounds. A ratio is taken within a round; median and range. Files are cached, except for `cold`, `disk` and `network`, where each run begins with a file system that has just been mounted: an ext4 image on a disk, one on a simulated disk, and a simulated network file system. `b3sum 1 thread` reads files (`--no-mmap`), `b3sum` maps them. `scripts/bench.sh --help` says more about each work.\n\n' \
            "$(nproc)" "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$rounds"
        cat "$folder/table.md"
        if [ -e "$folder/memory.md" ]; then cat "$folder/memory.md"; fi
        printf '\n![The ratios of each work as bars](benchmarks.svg)\n'
    } >"$root/docs/benchmarks.md"
    plot "$folder/table.md"
fi
