#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# completions.sh PREFIX BINDIR DATADIR: the installed completions match what the installed program prints.
set -eu

program=$1/$2/iscc
data=$1/$3
"$program" completions bash | cmp - "$data/bash-completion/completions/iscc"
"$program" completions zsh | cmp - "$data/zsh/site-functions/_iscc"
"$program" completions fish | cmp - "$data/fish/vendor_completions.d/iscc.fish"
