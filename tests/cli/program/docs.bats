#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
#
# Runs every command shown in the README, the documents and the manual pages, and compares the output with what they
# show. In Markdown these are ```console blocks, in manual pages the literal blocks with "$ " in them. The commands
# of a document run in one shell, in an empty directory of their own. A ```c block that begins with
# /* NAME.c: ... */ is that file.

load ../support/json_words

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../../.." && pwd)
    work=$BATS_TEST_TMPDIR
    program=${ISCC:-$root/build/release/iscc}
    [ -x "$program" ] || { echo "no program: $program"; return 1; }
    build=${ISCC_BUILD_DIR:-$(dirname "$program")}
    mkdir "$work/bin" "$work/here" "$work/steps" "$work/shown" "$work/printed"
    ln -s "$program" "$work/bin/iscc"
    export PATH=$work/bin:$PATH LC_ALL=C HOME=$work/here
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
        "$root/src/core/include" >"$work/bin/iscc.pc"
    export PKG_CONFIG_PATH=$work/bin LD_LIBRARY_PATH=$build/src/core
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
    local step
    for step in "$work"/steps/*; do
        printf '{\n%s\n} >%q 2>&1\n' "$(<"$step")" "$work/printed/${step##*/}"
    done >"$work/script"
    (cd "$work/here" && bash "$work/script" </dev/null) || true # some of them fail on purpose
    # The folder may be on a file system whose times are not trusted.
    sed -i '/: times on this file system do not show every change/d' "$work"/printed/*
}

judge_steps() {
    (cd "$work" && diff -ru shown printed) || {
        head "$work"/steps/*
        return 1
    }
}

check_document() { # FILE
    local unusable='^nothing$' text=$root/$1
    if library_is_usable; then offer_library; else unusable+='|pkg-config'; fi
    looks_into_archives || unusable+='|[.]whl'
    if [[ $1 != *.md ]]; then
        text=$work/manual.md
        manual_to_markdown "$root/$1" >"$text"
    fi
    split_markdown "$unusable" "$text"
    [ -e "$work/steps/001" ]
    run_steps
    judge_steps
}

@test "README.md shows what the program prints" {
    check_document README.md
}

@test "docs/library.md shows what the program prints" {
    check_document docs/library.md
}

@test "docs/terminal.svg shows what the program prints" {
    "$root/scripts/terminal.sh" "$program" >"$work/terminal.svg"
    diff -u "$root/docs/terminal.svg" "$work/terminal.svg"
}

@test "docs/ci.md shows what the program prints" {
    check_document docs/ci.md
}

@test "docs/similarity.md shows what the program prints" {
    check_document docs/similarity.md
}

@test "docs/json.md shows what the program prints" {
    check_document docs/json.md
}

@test "iscc(1) shows what the program prints" {
    check_document man/iscc.1
}

@test "iscc-sum(1) shows what the program prints" {
    check_document man/iscc-sum.1
}

@test "iscc-check(1) shows what the program prints" {
    check_document man/iscc-check.1
}

@test "iscc-update(1) shows what the program prints" {
    check_document man/iscc-update.1
}

@test "iscc-walk(1) shows what the program prints" {
    check_document man/iscc-walk.1
}

@test "iscc-decode(1) shows what the program prints" {
    check_document man/iscc-decode.1
}

@test "iscc-compose(1) shows what the program prints" {
    check_document man/iscc-compose.1
}

@test "iscc-gen(1) and iscc-selftest(1) show what the program prints" {
    check_document man/iscc-gen.1
    check_document man/iscc-selftest.1
}

@test "iscc-compare(1) shows what the program prints" {
    check_document man/iscc-compare.1
}

@test "iscc-similar(1) shows what the program prints" {
    check_document man/iscc-similar.1
}

@test "iscc-diff(1) shows what the program prints" {
    check_document man/iscc-diff.1
}

@test "iscc-bench(1) shows what the program prints" {
    check_document man/iscc-bench.1
}

@test "iscc-completions(1) shows what the program prints" {
    check_document man/iscc-completions.1
}

@test "iscc-ignore(5) shows what the program prints" {
    check_document man/iscc-ignore.5
}

@test "iscc-merge(1) shows what the program prints" {
    check_document man/iscc-merge.1
}

@test "docs/cluster.md shows what the program prints" {
    check_document docs/cluster.md
}

@test "docs/resume.md shows what the program prints" {
    check_document docs/resume.md
}

@test "docs/archives.md shows what the program prints" {
    looks_into_archives || skip 'built without libarchive, or no python3'
    check_document docs/archives.md
}

@test "every document with commands is checked above" {
    local file
    while IFS= read -r file; do
        grep -qF "check_document ${file#"$root/"}" "$BATS_TEST_FILENAME" || {
            echo "not checked: $file"
            return 1
        }
    done < <(grep -lE '^(```console|\$ )' "$root"/*.md "$root"/docs/*.md "$root"/man/*)
}

@test "every link to a file of the project resolves" {
    local file link failed=0
    for file in "$root"/*.md "$root"/docs/*.md; do
        while IFS= read -r link; do
            [ -e "${file%/*}/$link" ] || {
                echo "$file: no such file: $link"
                failed=1
            }
        done < <(sed -E 's/\]\(/\n&/g' "$file" | sed -nE 's/^\]\(([^)#:]+)[)#].*/\1/p')
    done
    return "$failed"
}

@test "README.md leads to every manual page and document" {
    local file failed=0
    for file in "$root"/*.md "$root"/man/* "$root"/docs/*.md; do
        file=${file#"$root/"}
        [[ $file == README.md ]] || grep -qF "]($file)" "$root/README.md" || {
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
            { median[$3] = sprintf("%.2f s", $4) }
            job == "tree, " { count = $2; gsub(/[^0-9]/, "", count); sub(/...$/, ",&", count); label = count " files" }
            END { print label, median[iscc], median[b3sum], median["sha256sum"], median["xxhsum -H3"] }
        ' "$root/docs/benchmarks.md"
    done >"$work/measured" <<'END'
one file of 1 GiB|random, 1024 MiB|iscc|b3sum
the same on one thread|random, 1024 MiB|iscc -j1|b3sum 1 thread
files|tree, |iscc|b3sum
large and small files|mixed tree|iscc|b3sum
END
    sed -n '/^| one file/,/^| large/p' "$root/README.md" | tr -d '|*' | tr -s ' ' | sed 's/^ //; s/ $//' >"$work/quoted"
    diff -u "$work/measured" "$work/quoted"
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
