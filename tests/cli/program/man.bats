#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Every option in --help stands in the command's manual page and the other way round, in the same order (rule C3).

load ../support/common

page() { echo "$BATS_TEST_DIRNAME/../../../man/iscc-$1.1"; }

# Options with their letters and values as --help writes them: "-o, --output=FILE", one a line.
options_of_help() { "$ISCC" "$1" --help | grep -oE '^ +(-., )?--[a-z0-9-]+(=[A-Z]+)?' | sed 's/^ *//'; }

# The same from the page: the tags of its lists, as mdoc(7) writes them: ".It Fl o , -output Ns = Ns Ar FILE".
options_of_page() {
    sed -nE 's/^\.It Fl //p' "$(page "$1")" |
        sed -E 's/ Ns = Ns Ar /=/; s/^-/--/; s/^([a-z]) , -/-\1, --/'
}

@test "C3: each command has a manual page" {
    [[ $(command_words | wc -l) -ge 2 ]]
    for command in $(command_words); do
        [[ -e $(page "$command") ]]
        grep -q "iscc.*$command" "$(page "$command")"
    done
    [[ -e $BATS_TEST_DIRNAME/../../../man/iscc.1 ]]
}

@test "C3: the page of the program names each command" {
    text=$(sed 's/\\-/-/g; s/\\f.//g' "$BATS_TEST_DIRNAME/../../../man/iscc.1")
    for command in $(command_words); do
        grep -qE "(^|[^a-z])$command([^a-z]|\$)" <<<"$text"
    done
}

@test "C3: every option in --help stands in the manual page and the other way round, in the same order" {
    for command in $(command_words); do
        options_of_help "$command" >"$BATS_TEST_TMPDIR/help"
        options_of_page "$command" >"$BATS_TEST_TMPDIR/page"
        [[ -s $BATS_TEST_TMPDIR/help ]]
        diff "$BATS_TEST_TMPDIR/help" "$BATS_TEST_TMPDIR/page" >&2
    done
}

@test "C3: manual pages are free of warnings" {
    needs mandoc
    mandoc -T lint -W warning "$BATS_TEST_DIRNAME"/../../../man/*.[1-9]
}
