# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Random patterns, many of which match files of random_trees.sh.

# The parts of patterns, mostly plain text, so that enough patterns match something.
plain_parts=(a a b b c / / '*' '*' '**' '?' '**/' '/**' '/**/' '*/' ab a.c)
odd_parts=('[ab]' '[!a]' '[^b]' '[a-c]' '[]a]' '[!]a]' '[a-' '[' ']' '[/]' '[!/]' '[a-\c]' '[\]]' '[--0]' '[[:alpha:]]'
    '[[:space:]]' '[![:punct:]]' '[[:digit:]-a]' '[[:none:]]' '[[:' ':]' '\' '\a' '\*' '\/' '\!' '\#' '\ ' ' ' '!' '#' '***' -
    . $'\t' $'\r' $'\xc3\xa9' $'\xff' $'[\x80-\xff]')

# Sets `pattern`. git up to 2.51 lets two asterisks directly after plain text match a whole component, and later
# versions do not, so none are generated.
random_pattern() {
    local plain_then_asterisks='^!?/?[^][*?\]*[^][*?\/][*][*]' parts
    while
        pattern=
        for ((parts = RANDOM % 5 + 1; parts > 0; parts--)); do
            if ((RANDOM % 3)); then
                pattern+=${plain_parts[RANDOM % ${#plain_parts[@]}]}
            else
                pattern+=${odd_parts[RANDOM % ${#odd_parts[@]}]}
            fi
        done
        [[ $pattern =~ $plain_then_asterisks ]]
    do :; done
    if ((RANDOM % 4 == 0)); then pattern='!'$pattern; fi
    if ((RANDOM % 5 == 0)); then pattern+=/; fi
    if ((RANDOM % 9 == 0)); then pattern+=' '; fi
}
