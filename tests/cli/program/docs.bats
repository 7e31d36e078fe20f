#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
#
# Runs every command shown in the README, the documents and the manual pages, and compares the output with what they
# show. In Markdown these are ```console blocks, in manual pages the literal blocks with "$ " in them. The commands
# of a document run in one shell, in an empty directory of their own. A ```c block that begins with
# /* NAME.c: ... */ is that file.

load ../support/json_words

setup() {
    root=${BATS_TEST_DIRNAME%/*/*/*}
    program=${ISCC:-$root/build/release/iscc}
    [ -x "$program" ] || { echo "no program: $program"; return 1; }
    build=${ISCC_BUILD_DIR:-${program%/*}}
    export PATH=${program%/*}:$PATH LC_ALL=C
}

# Linking a C program plainly needs a shared library without sanitizers.
library_is_usable() {
    command -v cc >/dev/null && command -v pkg-config >/dev/null && [ -e "$build/src/core/libiscc.so" ] &&
        ! grep -q '^ISCC_SANITIZE:[A-Z]*=.' "$build/CMakeCache.txt"
}

looks_into_archives() { iscc sum --archives "$BATS_TEST_FILENAME" >/dev/null 2>&1 && command -v python3 >/dev/null; }

# What pkg-config would find if the library were installed; tests/install covers real installation.
offer_library() {
    printf 'Name: libiscc\nDescription: as built\nVersion: 0\nLibs: "-L%s" -liscc\nCflags: "-I%s"\n' "$build/src/core" \
        "$root/src/core/include" >"$work/iscc.pc"
    export PKG_CONFIG_PATH=$work LD_LIBRARY_PATH=$build/src/core
}

# Writes a Markdown text's C files to here/, its commands to steps/N and the output that it shows to shown/N.
split_markdown() { # BLOCKS_TO_LEAVE_OUT FILE
    awk -v here="$work/here" -v work="$work" -v unusable="$1" '
        function flush_block(   i, name, step) {
            for (i = 1; i <= lines; i++) {
                if (kind == "c" && i == 1 && line[i] ~ /^\/\* [a-z]+\.c: /) {
                    name = here "/" substr(line[i], 4, index(line[i], ":") - 4)
                }
                if (name != "") print line[i] > name
                if (kind != "console" || left_out) continue
                if (line[i] ~ /^\$ /) {
                    step = sprintf("%03d", ++count)
                    print substr(line[i], 3) > (work "/steps/" step)
                    printf "" > (work "/shown/" step)
                } else {
                    print line[i] > (work "/shown/" step)
                }
            }
        }
        /^```/ && kind != "" {
            flush_block()
            kind = ""
            next
        }
        /^```/ {
            kind = $0 == "```" ? "other" : substr($0, 4)
            lines = left_out = 0
            next
        }
        kind != "" { line[++lines] = $0; if ($0 ~ unusable) left_out = 1 }
    ' "$2"
}

# Prints the literal blocks of a manual page as Markdown.
manual_to_markdown() { # FILE
    sed -n -e '/^\.Bd -literal/,/^\.Ed/ {
        s/^\.Bd .*/```console/
        s/^\.Ed/```/
        s/\\-/-/g
        s/\\(aq/'\''/g
        s/\\&//g
        s/\\e/\\/g
        p
    }' "$1"
}

# Runs the steps in one shell; each writes printed/N.
run_steps() {
    local step command
    for step in "$work"/steps/*; do
        IFS= read -rd '' command <"$step" || true
        printf '{\n%s} >%q 2>&1\n' "$command" "$work/printed/${step##*/}"
    done >"$work/script"
    (cd "$work/here" && exec bash "$work/script" </dev/null) || true # some of them fail on purpose
}

judge_steps() {
    # The folder may be on a file system whose times are not trusted.
    diff -ru -I ': times on this file system do not show every change' "$work/shown" "$work/printed" || {
        head "$work"/steps/*
        return 1
    }
}

# The manual page or document, of which no more is checked than this build and this machine can run.
check_document() { # FILE
    local unusable='^nothing$' text=$root/$1 words work=$BATS_TEST_TMPDIR/${1##*/}
    mkdir "$work" "$work/here" "$work/steps" "$work/shown" "$work/printed"
    export HOME=$work/here
    IFS= read -rd '' words <"$text" || true
    if [[ $words == *pkg-config* ]]; then
        if library_is_usable; then offer_library; else unusable+='|pkg-config'; fi
    fi
    [[ $words != *.whl* ]] || looks_into_archives || unusable+='|[.]whl'
    if [[ $1 != *.md ]]; then
        text=$work/manual.md
        manual_to_markdown "$root/$1" >"$text"
    fi
    split_markdown "$unusable" "$text"
    [ -e "$work/steps/001" ] || {
        echo "$1: no commands"
        return 1
    }
    run_steps
    judge_steps
}

# Checks each document of a folder that shows commands.
check_documents() { # LEAST-NUMBER FILE...
    local files file
    mapfile -t files < <(grep -lE '^(```console|\$ )' "${@:2}")
    [ "${#files[@]}" -ge "$1" ]
    for file in "${files[@]}"; do
        [[ $file != */archives.md ]] || looks_into_archives || continue
        check_document "${file#"$root/"}"
    done
}

@test "README.md and the documents show what the program prints" {
    check_documents 8 "$root"/*.md "$root"/docs/*.md
}

@test "the manual pages show what the program prints" {
    check_documents 16 "$root"/man/*
}

@test "docs/terminal.svg shows what the program prints" {
    diff -u "$root/docs/terminal.svg" <("$root/scripts/terminal.sh" "$program")
}

@test "every link to a file of the project resolves" {
    local file link failed=0
    while IFS= read -r link; do
        file=${link%%:*} link=${link#*:](}
        [ -e "${file%/*}/$link" ] || {
            echo "$file: no such file: $link"
            failed=1
        }
    done < <(grep -HoE '\]\([^)#:]+[)#]' "$root"/*.md "$root"/docs/*.md | sed 's/.$//')
    return "$failed"
}

@test "README.md leads to every manual page and document" {
    local file failed=0 readme
    IFS= read -rd '' readme <"$root/README.md" || true
    for file in "$root"/*.md "$root"/man/* "$root"/docs/*.md; do
        file=${file#"$root/"}
        [[ $file == README.md || $readme == *"]($file)"* ]] || {
            echo "not in README.md: $file"
            failed=1
        }
    done
    return "$failed"
}

@test "the times in README.md are those of docs/benchmarks.md" {
    local label job iscc b3sum
    while IFS='|' read -r label job iscc b3sum; do
        awk -F ' *[|] *' -v label="$label" -v job="$job" -v iscc="$iscc" -v b3sum="$b3sum" '
            index($2, job) != 1 { next }
            { time[$3] = $4 + 0 }
            # The faster of the two, which depends on what page faults take.
            $3 == "b3sum" && "b3sum 1 thread" in time && time["b3sum 1 thread"] < time[$3] { time[$3] = time["b3sum 1 thread"] }
            job == "tree, " { count = $2; gsub(/[^0-9]/, "", count); sub(/...$/, ",&", count); label = count " files" }
            END { printf "%s %.2f s %.2f s %.2f s %.2f s\n", label, time[iscc], time[b3sum], time["sha256sum"], time["xxhsum -H3"] }
        ' "$root/docs/benchmarks.md"
    done >"$BATS_TEST_TMPDIR/measured" <<'END'
one file of 1 GiB|random, 1024 MiB|iscc|b3sum
the same on one thread|random, 1024 MiB|iscc -j1|b3sum 1 thread
files|tree, |iscc|b3sum
large and small files|mixed tree|iscc|b3sum
END
    sed -n '/^| one file/,/^| large/p' "$root/README.md" | tr -d '|*' | tr -s ' ' | sed 's/^ //; s/ $//' | diff -u "$BATS_TEST_TMPDIR/measured" -
}

@test "trust 25: docs/json.md documents every type, member and code of the sources and of the schema" {
    command -v jq >/dev/null || skip "jq is not installed"
    local word count=0 failed=0 document
    document=$(<"$root/docs/json.md")
    while IFS= read -r word; do
        count=$((count + 1))
        [[ $document == *"\`$word\`"* || $document == *"\`\"$word\"\`"* ]] || {
            echo "not in docs/json.md: $word"
            failed=1
        }
    done < <(
        json_words "$root"
        jq -r '.. | objects | (.properties // {} | keys[]), (.const, .enum[]? | strings)' "$root/docs/iscc.schema.json"
    )
    [ "$failed" -eq 0 ] && [ "$count" -gt 300 ]
}
