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

# ---- Texts ----

# Writes a text of about SIZE bytes in English-like words, with paragraphs, quotations and lines of up to 72 columns.
write_text() { # SEED SIZE
    awk -v seed="$1" -v size="$2" 'BEGIN {
        srand(seed)
        for (i = 0; i < 3000; i++) {
            word = ""
            for (n = 1 + int(rand() * 3); n > 0; n--)
                word = word substr("bcdfghklmnprstvw", 1 + int(rand() * 16), 1) substr("aeiou", 1 + int(rand() * 5), 1)
            words[i] = word
        }
        while (written < size) {
            paragraph = ""
            for (s = 3 + int(rand() * 4); s > 0; s--) {
                sentence = ""
                for (n = 6 + int(rand() * 12); n > 0; n--) {
                    word = words[int(3000 * rand() * rand())] # frequent words and rare ones
                    if (rand() < 0.05) word = "\"" word "\""
                    sentence = sentence (sentence == "" ? "" : rand() < 0.1 ? ", " : " ") word
                }
                paragraph = paragraph (paragraph == "" ? "" : " ") toupper(substr(sentence, 1, 1)) substr(sentence, 2) "."
            }
            written += length(paragraph) + 2
            print paragraph "\n"
        }
    }' | fold -s -w 72 | sed 's/ *$//'
}

# Writes the edited copies of a text to a folder; the names of the files are those of the edits.
edit_text() { # TEXT FOLDER
    awk -v RS= '{ gsub(/\n/, " "); print $0 "\n" }' "$1" | fold -s -w 50 | sed 's/ *$//' >"$2/lines of 50 columns"
    sed 's/^./    &/' "$1" >"$2/indented by four"
    sed 's/$/\r/' "$1" >"$2/line ends of DOS"
    tr a-z A-Z <"$1" >"$2/in capitals"
    sed 's/"\([a-z, ]*\)"/“\1”/g' "$1" >"$2/other quotation marks"
    awk -v RS= 'NR == 2 { moved = $0; next } { print $0 "\n" } END { print moved "\n" }' "$1" >"$2/a paragraph moved to the end"
    { write_text 99 1000 && cat "$1"; } >"$2/a licence of 1 kB in front"
    awk -v RS='[ ]' -v ORS=' ' 'NR % 100 == 0 { $0 = "changed" } 1' "$1" >"$2/one word in 100 replaced"
    awk -v RS='[ ]' -v ORS=' ' 'NR % 20 == 0 { $0 = "changed" } 1' "$1" >"$2/one word in 20 replaced"
}

# The distances of edited texts, by each unit: what the default threshold finds, and the median.
texts_compared() {
    local size by number
    for size in 10000 100000; do
        for ((number = 1; number <= 20; number++)); do
            mkdir -p "$folder/edited"
            write_text "$((seed + number))" "$size" >"$folder/original"
            edit_text "$folder/original" "$folder/edited"
            for by in data text; do
                "$program" similar --by=$by --json --near="$folder/original" --limit=100 "$folder/edited" |
                    sed -E "s|.*/edited/([^\"]*)\".*\"distance\":([0-9]+).*|\1\t$size $by\t\2|"
            done
        done
    done | sort -t "$(printf '\t')" -k 1,2 -k 3n | awk -F '\t' '
        { key = $1 FS $2; value[key, ++count[key]] = $3; found[key] += $3 <= 12; if (!($1 in seen)) { seen[$1]; names[++rows] = $1 } }
        function cell(key,   n, median) {
            n = count[key]
            median = n % 2 ? value[key, (n + 1) / 2] : (value[key, n / 2] + value[key, n / 2 + 1]) / 2
            return sprintf(" %d (%g) |", 100 * found[key] / n, median)
        }
        END {
            print "| edit | 10 kB, Data-Code | 10 kB, Text-Code | 100 kB, Data-Code | 100 kB, Text-Code |"
            print "| --- | --- | --- | --- | --- |"
            for (i = 1; i <= rows; i++)
                print "| " names[i] " |" cell(names[i] FS "10000 data") cell(names[i] FS "10000 text") cell(names[i] FS "100000 data") cell(names[i] FS "100000 text")
        }'
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
    texts_compared
    echo
    pairs_near
}
