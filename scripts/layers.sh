#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# layers.sh [DIR]: checks the includes of src, in this project or in DIR. A file may include its own folder and the
# folders below it; the program sees of the library only <iscc/iscc.h>; src/mpi may include what is in src/cli, which
# never includes it, and alone may include <mpi.h>; and no circle of includes may exist, where
# NAME.c and NAME.h count as one. Prints each include that breaks a rule, and one circle if there is any; the status is
# then 1.
set -euo pipefail
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/..}"

# The folders of each part, lowest first. Folders on one line may not include each other. What lies directly in src/cli
# or src/core is above all of them.
layers='
src/core: kernels
src/core: codes index unicode
src/core: content
src/bindings: npm/src/simd
src/bindings: npm/src python/src
src/cli: util
src/cli: output streams
src/cli: progress
src/cli: options lists
src/cli: filter code_input
src/cli: files
src/cli: archive
src/cli: hash
src/cli: cluster format generate reuse
src/cli: check load merge
src/cli: update similar sum
src/cli: diff bench
src/cli: commands
'

{
    find src -name '*.[ch]'
    grep -rnE '^#include ("|<iscc/|<mpi)' --include='*.[ch]' src
} | awk -v layers="$layers" '
    BEGIN {
        count = split(layers, lines, "\n")
        for (i = 1; i <= count; i++) {
            words = split(lines[i], word, /:? /)
            for (j = 2; j <= words; j++) level[word[1] "/" word[j]] = i
        }
    }

    # The first line of a path is the path itself; then come the includes, as PATH:LINE:#include "NAME".
    !/:/ { exists[$0]; next }

    function part_of(path) { return substr(path, 1, match(path, "/[^/]*/") ? RSTART + RLENGTH - 2 : 0) }
    function folder_of(path) { sub("/[^/]*$", "", path); return path }
    function module_of(path) { sub(/\.[ch]$/, "", path); return path }
    function complain(text) { print text; failed = 1 }

    # The compiler looks beside the file first, then in its include folders.
    function find_file(from, name,    folder) {
        if ((folder_of(from) "/" name) in exists) return folder_of(from) "/" name
        if ((part_of(from) "/" name) in exists) return part_of(from) "/" name
        if (part_of(from) == "src/mpi" && ("src/cli/" name) in exists) return "src/cli/" name
        if (("src/core/" name) in exists) return "src/core/" name
        if (("src/core/include/" name) in exists) return "src/core/include/" name
        return ""
    }

    # The floor a folder is on; that of the public header is the ground, and whoever has no folder is on the roof.
    function floor_of(folder) {
        if (folder == "src/core/include/iscc") return 0
        if (folder == "src/core" || folder == "src/cli") return count + 1
        if (folder == "src/mpi") return count + 2
        return level[folder]
    }

    {
        split($0, field, ":")
        from = field[1]
        match($0, /["<][^">]*[">]/)
        name = substr($0, RSTART + 1, RLENGTH - 2)
        to = find_file(from, name)
        if (name == "mpi.h" && folder_of(from) != "src/mpi") complain(from ":" field[2] ": only src/mpi may include <mpi.h>")
        if (to == "") next # of another library, or made by the build
        here = from ":" field[2] ": "
        source = folder_of(from)
        target = folder_of(to)
        if (!(source in known) && floor_of(source) == "") complain(source ": layers.sh does not know this folder")
        known[source]
        if (floor_of(target) == "") complain(target ": layers.sh does not know this folder")
        if (source == "src/mpi" && part_of(to) == "src/cli")
            ; # the roof of the program
        else if (part_of(from) != part_of(to)) {
            if (target != "src/core/include/iscc" && !(source == "src/cli/bench" && to == "src/core/measure.h"))
                complain(here part_of(from) " may include only <iscc/iscc.h> of the library, not " name)
        } else if (source != target && floor_of(source) <= floor_of(target))
            complain(here source " may not include " name)
        if (part_of(to) == "src/cli" && part_of(to) "/" name != to)
            complain(here "name the folder too: " substr(to, length(part_of(to)) + 2))
        add_edge(module_of(from), module_of(to))
    }

    function add_edge(from, to) {
        if (from == to || (from, to) in edges) return
        edges[from, to]
        next_of[from, ++degree[from]] = to
    }

    # Follows the includes of a module; true if they lead back to one that is still on the way.
    function visit(module, depth,    i, to) {
        way[depth] = module
        state[module] = "on the way"
        for (i = 1; i <= degree[module]; i++) {
            to = next_of[module, i]
            if (state[to] == "on the way") {
                print_circle(to, depth)
                return 1
            }
            if (state[to] == "" && visit(to, depth + 1)) return 1
        }
        state[module] = "left"
        return 0
    }

    function print_circle(start, depth,    i, text) {
        text = start
        for (i = depth; way[i] != start; i--) text = way[i] " -> " text
        complain("circle of includes: " start " -> " text)
    }

    END {
        for (module in degree)
            if (state[module] == "" && visit(module, 1)) break
        exit failed
    }'
