#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What a distance of Data-Codes tells: the tables of docs/similarity.md, from generated files that are edited and from a
# tree.
set -euo pipefail

usage() {
    cat <<'EOF'
Usage: scripts/similarity.sh [OPTION]...
Print the tables of docs/similarity.md as Markdown: distances of generated files from edited copies, and distances of
the files of a tree from one another. It takes a minute or two.

  --seed N      the generated files; default 1
  --tree DIR    the tree; default /usr/share
  --build DIR   where the program and its tests are built; default build/release, built if need be
  --help        print this help
EOF
}

root=$(cd "$(dirname "$0")/.." && pwd)
seed=1 tree=/usr/share build=''
die() { printf 'similarity: %s\n' "$*" >&2; exit 2; }

while [ $# -gt 0 ]; do
    case $1 in
    --seed | --tree | --build)
        [ $# -ge 2 ] || die "option '$1' requires an argument"
        case $1 in
        --seed) seed=$2 ;;
        --tree) tree=${2%/} ;;
        --build) build=$2 ;;
        esac
        shift 2
        ;;
    --help) usage && exit 0 ;;
    *) die "unrecognized argument '$1'" ;;
    esac
done

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM

if [ -z "$build" ]; then
    build=$root/build/release
    cmake -S "$root" -B "$build" -DCMAKE_BUILD_TYPE=Release -DISCC_BUILD_TESTS=ON >"$folder/log" 2>&1 &&
        cmake --build "$build" --target iscc measure_edits measure_pairs >>"$folder/log" 2>&1 || {
        cat "$folder/log" >&2
        exit 2
    }
fi

block='function block(share) { return share == 0 ? "64 bytes" : share " %" }'

# How many of the edited copies are found by default, in files of each size.
edits_found() {
    awk -F '\t' "$block"'
        $5 == 128 {
            row = $3 " | " block($4)
            if (!(row in seen)) { seen[row] = ++rows; names[rows] = row }
            if (!($2 in column)) { column[$2] = ++columns; sizes[columns] = $2 }
            found[row, $2, $1] = 100 * $10 / $6
            median[row, $2, $1] = $8
        }
        function name(size) { return size >= 1e6 ? size / 1e6 " MB" : size / 1e3 " kB" }
        END {
            printf "| edit | block |"
            for (c = 1; c <= columns; c++) printf " %s |", name(sizes[c])
            printf "\n| --- | --- |"
            for (c = 1; c <= columns; c++) printf " --- |"
            for (r = 1; r <= rows; r++) {
                printf "\n| %s |", names[r]
                for (c = 1; c <= columns; c++)
                    printf " %d, %d (%g, %g) |", found[names[r], sizes[c], "random"], found[names[r], sizes[c], "text"],
                        median[names[r], sizes[c], "random"], median[names[r], sizes[c], "text"]
            }
            print ""
        }' "$folder/edits"
}

# The distances in codes of each width, for random files of 1 MB.
widths_compared() {
    printf '| edit | block | 64 bits | 128 bits | 256 bits |\n| --- | --- | --- | --- | --- |\n'
    awk -F '\t' "$block"'
        $1 == "random" && $2 == 1000000 && $4 >= 5 {
            if ($5 == 64) printf "| %s | %s |", $3, block($4)
            printf " %d–%g–%d, %d %% |", $7, $8, $9, 100 * $10 / $6
            if ($5 == 256) print ""
        }' "$folder/edits"
}

# Pairs of files within some distances, and how many there would be if all bits were independent.
pairs_near() {
    awk -F '\t' '
        $1 == "files" { files = $2; all = $3; apart = $4; next }
        { near[$1, $2] = $3; unrelated[$1, $2] = $4 }
        function chance(bits, distance,   i, ways, sum) {
            ways = sum = 1
            for (i = 1; i <= distance; i++) { ways *= (bits - i + 1) / i; sum += ways }
            return sum / 2 ^ bits
        }
        function row(bits, distance) {
            printf "| %d | %d | %d | %d | %.2g |\n", bits, distance, near[bits, distance], unrelated[bits, distance],
                apart * chance(bits, distance)
        }
        END {
            printf "%d files of different content, %d pairs, %d of them in different folders\n\n", files, all, apart
            print "| bits | distance up to | pairs | of them in different folders | of these by chance |"
            print "| --- | --- | --- | --- | --- |"
            for (i = 1; i <= split("0 6 12 16 20 25 32 36 40", d, " "); i++) row(128, d[i])
            for (i = 1; i <= split("0 3 6 8 10 12 16", d, " "); i++) row(64, d[i])
        }' "$folder/pairs"
}

"$build/tests/tools/measure_edits" "$seed" >"$folder/edits"
"$build/iscc" sum --json --units -o "$folder/list" "$tree" || true # what cannot be read is not compared
"$build/tests/tools/measure_pairs" "$folder/list" "$tree" >"$folder/pairs"
edits_found
echo
widths_compared
echo
pairs_near
