# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The vocabulary of the JSON output.

# Prints each type, member and code of a failure that the sources name.
json_words() { # ROOT
    sed -nE 's/.*(json_begin\(|(json|write)_[a-z_]+\(&?json, )"([a-z0-9_-]+)".*/\3/p' "$1"/src/cli/*/*.c
    grep -oE --exclude=selftest_cases.c '\\"[a-z_]+\\":' "$1"/src/cli/*/*.c | cut -d '"' -f 2 | tr -d '\\'
    sed -nE 's/.*\{[A-Z_]+, "([A-Z_0-9]+)", .*/\1/p' "$1/src/cli/util/failure.c"
    grep -oE '\{ISCC_ERROR_[A-Z_]+, "[A-Z_]+"' "$1/src/cli/code_input/code_reader.c" | cut -d '"' -f 2
    sed -nE 's/.*"(NO_[A-Z]+)"\)?;$/\1/p' "$1"/src/cli/*/*.c
}
