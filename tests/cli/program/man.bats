#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Manual pages and --help list the same options in the same order (rule C3).

load ../support/common

page() { echo "$BATS_TEST_DIRNAME/../../../man/iscc-$1.1"; }

# Options with their letters and values as --help prints them: "-o, --output=FILE", one per line.
options_of_help() { "$ISCC" "$1" --help | grep -oE '^ +(-., )?--[a-z0-9-]+(=[A-Z/]+|\[=[A-Z]+\])?' | sed 's/^ *//'; }

# The same from the page: its list tags, as mdoc(7) writes them: ".It Fl o , -output Ns = Ns Ar FILE".
options_of_page() {
    sed -nE 's/^\.It Fl //p' "$(page "$1")" |
        sed -E 's/ Ns Op = Ns Ar (.*)/[=\1]/; s/ Ns = Ns Ar /=/; s/^-/--/; s/^([a-zA-Z]) , -/-\1, --/'
}

@test "C3: every command has a manual page" {
    [[ $(command_words | wc -l) -ge 2 ]]
    for command in $(command_words); do
        [[ -e $(page "$command") ]]
        grep -q "iscc.*$command" "$(page "$command")"
    done
    [[ -e $BATS_TEST_DIRNAME/../../../man/iscc.1 ]]
}

@test "C3: the program's page names every command" {
    text=$(sed 's/\\-/-/g; s/\\f.//g' "$BATS_TEST_DIRNAME/../../../man/iscc.1")
    for command in $(command_words); do
        grep -qE "(^|[^a-z])$command([^a-z]|\$)" <<<"$text"
    done
}

@test "C3: the index by task leads to every command, and to options that it has" {
    index=$(sed -n '/^\.Sh TASKS/,/^\.Sh COMMANDS/p' "$BATS_TEST_DIRNAME/../../../man/iscc.1")
    for command in $(command_words); do
        [[ $index =~ Xr\ iscc-$command\ 1 ]]
    done
    options=0
    while read -r line; do
        [[ $line =~ Xr\ iscc-([a-z]+)\ 1\ ,\ Fl\ (.+) ]] || continue
        options=$((options + 1))
        [[ $("$ISCC" "${BASH_REMATCH[1]}" --help) =~ ' '-${BASH_REMATCH[2]}[,=[:space:]] ]]
    done <<<"$index"
    ((options > 5))
}

@test "C3: --help and the manual page list the same options in the same order" {
    for command in $(command_words); do
        options_of_help "$command" >"$out.help"
        options_of_page "$command" >"$out.page"
        [[ -s $out.help ]]
        diff "$out.help" "$out.page" >&2
    done
}

@test "C3: manual pages pass mandoc's checks" {
    needs mandoc
    mandoc -T lint -W warning "$BATS_TEST_DIRNAME"/../../../man/*.[1-9]
}
