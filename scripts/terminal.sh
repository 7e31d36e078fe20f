#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# terminal.sh [PROGRAM] >docs/terminal.svg: runs the commands below with PROGRAM, by default build/release/iscc, on a
# small made-up tree, and draws them and what they print as a terminal: the picture in the README.
# tests/cli/program/docs.bats compares it with what the program prints now.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=$(realpath "${1:-$root/build/release/iscc}")
[[ -x $program ]] || {
    printf 'terminal.sh: no program: %s\n' "$program" >&2
    exit 2
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin" "$folder/here"
ln -s "$program" "$folder/bin/iscc"
export PATH=$folder/bin:$PATH LC_ALL=C

make_tree() {
    mkdir -p papers/2024
    seq 20000 >papers/thesis.txt
    seq -f '%g,42' 3000 >papers/figures.csv
    printf 'Hello, World!' >papers/2024/letter.txt
}

session() {
    cat <<'END'
# One line for each file: its content code and its name
$ iscc papers | tee codes
# A week later: what has changed, and by how much?
$ cp papers/thesis.txt papers/draft.txt
$ sed -i 's/^10000$/a better line/' papers/thesis.txt
$ mv papers/2024/letter.txt papers/2024/sent.txt
$ iscc diff codes papers
# Which files are the same, or nearly?
$ iscc similar papers
END
}

# Prints the session with what its commands print; a blank line goes before each comment but the first.
record() {
    local line first=yes
    while IFS= read -r line; do
        [[ $line != '#'* || $first == yes ]] || printf '\n'
        first=no
        printf '%s\n' "$line"
        # Status 1 is that of diff where something differs.
        [[ $line != '$ '* ]] || eval "${line#'$ '}" </dev/null 2>&1 || (($? == 1))
    done < <(session)
}

# Each line has the length that its characters need in any font, so that the picture needs none of its own.
draw() {
    awk -v columns=86 -v advance=8.4 -v leading=20 -v margin=20 -v title_bar=34 '
        function escape(text) {
            gsub(/&/, "\\&amp;", text)
            gsub(/</, "\\&lt;", text)
            gsub(/>/, "\\&gt;", text)
            return text
        }
        function print_text(class, column, text, y) {
            if (text != "")
                printf "<text class=\"%s\" x=\"%.1f\" y=\"%d\" textLength=\"%.1f\" xml:space=\"preserve\">%s</text>\n",
                    class, margin + column * advance, y, length(text) * advance, escape(text)
        }
        { line[NR] = $0 }
        END {
            width = 2 * margin + columns * advance
            height = title_bar + NR * leading + margin
            printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%d\" ", width, height
            printf "viewBox=\"0 0 %.0f %d\" role=\"img\">\n", width, height
            print "<title>iscc on a terminal</title>"
            print "<!-- Drawn by scripts/terminal.sh. -->"
            print "<style>"
            print "text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, \"DejaVu Sans Mono\", monospace }"
            print ".window { fill: #f6f8fa; stroke: #d1d9e0 } .button { fill: #d1d9e0 }"
            print ".output { fill: #1f2328 } .command { fill: #0550ae; font-weight: 600 } .comment { fill: #57606a }"
            print "@media (prefers-color-scheme: dark) {"
            print ".window { fill: #0d1117; stroke: #3d444d } .button { fill: #3d444d }"
            print ".output { fill: #e6edf3 } .command { fill: #79c0ff } .comment { fill: #9198a1 }"
            print "}"
            print "</style>"
            printf "<rect class=\"window\" x=\"0.5\" y=\"0.5\" width=\"%.0f\" height=\"%d\" rx=\"8\"/>\n", width - 1,
                height - 1
            for (i = 0; i < 3; i++)
                printf "<circle class=\"button\" cx=\"%d\" cy=\"17\" r=\"6\"/>\n", margin + 6 + 20 * i
            for (i = 1; i <= NR; i++) {
                y = title_bar + i * leading
                if (line[i] ~ /^\$ /) {
                    print_text("comment", 0, "$", y)
                    print_text("command", 2, substr(line[i], 3), y)
                } else {
                    print_text(line[i] ~ /^#/ ? "comment" : "output", 0, line[i], y)
                }
                if (length(line[i]) > columns) {
                    print "terminal.sh: too wide: " line[i] > "/dev/stderr"
                    failed = 1
                }
            }
            print "</svg>"
            exit failed
        }'
}

cd "$folder/here"
make_tree
record >../session
draw <../session
