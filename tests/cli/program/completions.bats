#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Shell completions: the scripts generated from the option tables, run by the shells themselves.

load ../support/common

# `options` has the options of every command as --help prints them: lines of a command and an option, sorted.
setup_file() {
    for command in $(command_words); do
        echo "@$command"
        "$ISCC" "$command" --help
    done | awk '
        /^@/ { command = substr($0, 2) }
        match($0, /^ +(-., )?--[a-z0-9-]+/) {
            count = split(substr($0, 1, RLENGTH), words, /[ ,]+/)
            for (i = 2; i <= count; i++) print command, words[i]
        }' | sort >"$BATS_FILE_TMPDIR/options"
}

same_options() { sort | diff "$BATS_FILE_TMPDIR/options" - >&2; }

# ---- The command ----

@test "completions prints a script for each shell, also with -o" {
    for shell in bash zsh fish; do
        try completions "$shell"
        stderr_is
        status_is 0
        [[ -s $out ]]
        cp "$out" first
        try completions -o script "$shell"
        stdout_is
        status_is 0
        cmp first script
    done
}

@test "completions for an unknown shell is a usage error" {
    try completions
    is_usage_error "missing operand" completions
    try completions tcsh
    is_usage_error "unknown shell 'tcsh' (bash, zsh or fish)" completions
    try completions bash zsh
    is_usage_error "extra operand 'zsh'" completions
}

@test "completions to a full disk are an error" {
    [[ -e /dev/full ]] || skip "no /dev/full"
    for shell in bash zsh fish; do
        status=0
        "$ISCC" completions "$shell" >/dev/full 2>"$err" || status=$?
        stderr_is "iscc: write error: No space left on device"
        status_is 2
    done
}

# ---- bash ----

# Completes the last word, splitting as bash does, and prints the candidates, sorted.
in_bash() {
    [[ -e script ]] || "$ISCC" completions bash >script
    (
        set +eET -u
        trap - ERR DEBUG
        # shellcheck disable=SC1091,SC2034
        source ./script
        COMP_WORDS=(iscc "$@") COMP_CWORD=$# COMP_LINE="iscc $*" COMPREPLY=()
        COMP_POINT=${#COMP_LINE}
        _iscc
        if ((${#COMPREPLY[@]} > 1)); then
            printf '%s\n' "${COMPREPLY[@]}" | sort
        elif ((${#COMPREPLY[@]})); then
            printf '%s\n' "${COMPREPLY[@]}"
        fi
    ) >"$out"
}

@test "bash: every option of every command is offered" {
    "$ISCC" completions bash >script
    mapfile -t commands < <(command_words)
    # shellcheck disable=SC2016
    bash --norc -c 'set -u; source ./script; COMP_CWORD=2
        for word in - --; do
            for command in "$@"; do
                COMP_WORDS=(iscc "$command" "$word"); COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}; COMPREPLY=(); _iscc
                printf "$command %s\n" "${COMPREPLY[@]%=}" >>"of$word"
            done
        done' bash "${commands[@]}"
    same_options <of-
    sort of-- | diff <(grep ' --' "$BATS_FILE_TMPDIR/options") - >&2
    in_bash -
    sed 's/^/sum /; s/=$//' "$out" | sort | diff <(grep '^sum ' "$BATS_FILE_TMPDIR/options") - >&2
}

@test "bash: the first word completes to commands and files" {
    touch file checked
    in_bash ''
    diff <(command_words | cat - <(printf '%s\n' file checked script) | sort) "$out" >&2
    in_bash ch
    stdout_is check checked
    in_bash --json --progress -j 4 com
    stdout_is compare completions compose
    in_bash fil # bash itself falls back to file names
    stdout_is
}

@test "bash: the command's options are offered, wherever the command word is" {
    in_bash -j 4 walk --ma
    stdout_is --max-depth= --max-size=
    in_bash walk d --max-de
    stdout_is --max-depth=
    in_bash -o walk check --quie
    stdout_is --quiet
    in_bash -zo walk check --quie
    stdout_is --quiet
    in_bash -owalk check --quie
    stdout_is --quiet
    in_bash --output = walk check --quie
    stdout_is --quiet
    in_bash decode --narr
    stdout_is
    in_bash file walk --narr
    stdout_is --narrow
    in_bash walk -- --ma
    stdout_is
    touch chosen
    in_bash -- ch # a file, which bash completes itself
    stdout_is
}

@test "bash: values complete to directories, to files or to nothing" {
    mkdir folder
    touch file
    in_bash check --base f
    stdout_is folder
    in_bash check --base = f
    stdout_is folder
    in_bash check --base =
    stdout_is folder
    in_bash walk -o f
    stdout_is
    in_bash sum -j ''
    stdout_is
    in_bash completions ''
    stdout_is bash fish zsh
    in_bash completions -o file z
    stdout_is zsh
    in_bash decode f
    stdout_is
    in_bash similar --group = c
    stdout_is connected
}

@test "every value offered is accepted by the program" {
    zeros 256 a
    zeros 257 b
    in_bash similar --group ''
    [[ $(wc -l <"$out") -eq 2 ]]
    for word in $(cat "$out"); do
        try similar --group="$word" a b
        stderr_is
        status_is 0
    done
    try similar --group=none a
    for word in reference connected; do grep -q "$word" "$err"; done
}

@test "bash: a value after = completes even if = does not split words" {
    mkdir folder
    touch file
    "$ISCC" completions bash >script
    for case in 'check --base=f:--base=folder' 'walk --output=f:--output=file --output=folder'; do
        # shellcheck disable=SC2016
        bash --norc -c 'source ./script; COMP_WORDBREAKS=" "; COMP_WORDS=(iscc $1); COMP_CWORD=2; _iscc; echo "${COMPREPLY[@]}"' \
            bash "${case%:*}" | tr ' ' '\n' | sort | tr "\n" " " >"$out"
        [[ $(cat "$out") == "${case#*:} " ]]
    done
}

@test "bash: the script passes shellcheck" {
    needs shellcheck
    "$ISCC" completions bash | shellcheck -s bash -
}

# ---- fish ----

# Completes each of the lines and prints its candidates, each after the line and a colon, with descriptions, sorted.
in_fish() {
    "$ISCC" completions fish >script
    # shellcheck disable=SC2016
    HOME=$BATS_FILE_TMPDIR XDG_CONFIG_HOME=$BATS_FILE_TMPDIR fish --no-config -c 'source ./script
        for line in $argv; for found in (complete -C $line); echo "$line:$found"; end; end' "$@" | sort >"$out"
}

@test "fish: every option of every command is offered, with its help text" {
    needs fish
    lines=('iscc --narr')
    for command in $(command_words); do lines+=("iscc $command -" "iscc $command --"); done
    in_fish "${lines[@]}"
    grep -q $'^iscc --narr:--narrow\tprint the 128-bit code' "$out"
    # A single hyphen need not offer the long options.
    sed -nE 's/^iscc ([a-z]+) (--:--[^\t]+|-:-.)(\t.*)?$/\1 \2/p' "$out" | sed -e 's/ -*:/ /' -e 's/=$//' | sort -u | same_options
}

@test "fish: commands, the command's options, and values" {
    needs fish
    mkdir folder
    touch file checked
    in_fish 'iscc ch' 'iscc -j 4 walk --ma' 'iscc -zo walk check --quie' 'iscc --output=walk check --quie' \
        'iscc file walk --narr' 'iscc decode --narr' 'iscc check --base f' 'iscc check --base=f' 'iscc walk -o f' \
        'iscc sum -j f' 'iscc completions ' 'iscc decode f' 'iscc similar --group r' 'iscc -- chec'
    same_lines <(cut -f 1 "$out") 'iscc -- chec:checked' 'iscc --output=walk check --quie:--quiet' 'iscc -j 4 walk --ma:--max-depth' \
        'iscc -j 4 walk --ma:--max-size' 'iscc -zo walk check --quie:--quiet' 'iscc ch:check' 'iscc ch:checked' \
        'iscc check --base f:folder/' 'iscc check --base=f:--base=folder/' 'iscc completions :bash' \
        'iscc completions :fish' 'iscc completions :zsh' 'iscc file walk --narr:--narrow' \
        'iscc similar --group r:reference' 'iscc walk -o f:file' 'iscc walk -o f:folder/'
}

# ---- zsh ----

@test "zsh: every option of every command is offered" {
    needs zsh
    "$ISCC" completions zsh >script
    mapfile -t commands < <(command_words)
    # shellcheck disable=SC2016
    zsh -f -c 'compdef() {}; source ./script
        for command; do _iscc_tables $command; print -rl -- "$command "$^specs; done' zsh "${commands[@]}" |
        sed -E 's/ (\*|\([^)]*\))/ /; s/([+]|=-?)?\[.*//' | same_options
}

# Types each argument followed by a tab, and prints the resulting lines.
in_zsh() {
    mkdir -p functions
    "$ISCC" completions zsh >functions/_iscc
    # shellcheck disable=SC2016
    HOME=$PWD TERM=dumb timeout 60 zsh -f -c '
        zmodload zsh/zpty
        zpty shell zsh -f -i
        send() { zpty -w shell "$1"; }
        send "PS1=; unsetopt beep; fpath=($PWD/functions \$fpath); autoload -Uz compinit; compinit -u -d dump"
        send "keep() { print -r -- \$BUFFER >>kept; BUFFER=; }; zle -N keep; bindkey \"^T\" keep"
        send "setopt no_list_ambiguous no_auto_menu; zstyle \":completion:*\" list-prompt \"\"; touch ready"
        while [[ ! -e ready ]]; do zpty -rt shell text; sleep 0.05; done
        for line; do
            zpty -wn shell "$line"$'"'\t\x14'"'
            for ((i = 0; i < 200; i++)); do
                while zpty -rt shell text; do :; done
                [[ -e kept && $(wc -l <kept) -gt $((done)) ]] && break
                sleep 0.05
            done
            ((done += 1))
        done
        zpty -d shell' zsh "$@"
    sed 's/ *$//' kept >"$out"
}

@test "zsh: commands, the command's options, and values" {
    needs zsh
    mkdir folder
    touch file
    in_zsh 'iscc che' 'iscc --narr' 'iscc -j 4 walk --max-d' 'iscc -zo x check --quie' 'iscc decode --narr' 'iscc check --base fo' \
        'iscc check --base=fo' 'iscc walk -o fil' 'iscc fil' 'iscc sum fil' 'iscc completions fi' 'iscc sum -j fil' 'iscc file walk --narr' 'iscc similar --group=conn' 'iscc -- che'
    stdout_is 'iscc check' 'iscc --narrow' 'iscc -j 4 walk --max-depth=' 'iscc -zo x check --quiet' 'iscc decode --narr' \
        'iscc check --base folder/' 'iscc check --base=folder/' 'iscc walk -o file' 'iscc file' 'iscc sum file' 'iscc completions fish' \
        'iscc sum -j fil' 'iscc file walk --narrow' 'iscc similar --group=connected' 'iscc -- che'
}
