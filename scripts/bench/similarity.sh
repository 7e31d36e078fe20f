# SPDX-License-Identifier: Apache-2.0
#
# similarity.sh: the work `similarity` of bench.sh, which sources this file: the tables of docs/similarity.md, from
# distances of generated files to edited copies, and of the files of a tree to one another.
# shellcheck shell=bash disable=SC2154 # bench.sh sets folder, program, seed and tree

block='function block(share) { return share == 0 ? "64 bytes" : share " %" }'

# The share of edited copies that the default threshold finds, for each file size.
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

# The distances for each width of code, with random files of 1 MB.
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

bench_similarity() {
    local tools=${program%/*}/tests/tools
    [ -x "$tools/measure_edits" ] || die "no $tools/measure_edits: --work similarity needs a build with its tests"
    "$tools/measure_edits" "$seed" >"$folder/edits"
    "$program" sum --json --units -o "$folder/list" "$tree" || true # unreadable files are not compared
    "$tools/measure_pairs" "$folder/list" "$tree" >"$folder/pairs"
    edits_found
    echo
    widths_compared
    echo
    pairs_near
}
