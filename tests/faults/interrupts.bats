#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Signals at every call to the system and at random moments: rules S3 and S5 of the contract, and "safe to kill at any
# instant".

load support/faults

setup_file() {
    seed=${ISCC_TEST_SEED:-$RANDOM$RANDOM}
    echo "# ISCC_TEST_SEED=$seed" >&3
    export seed
}

# What writes to a file, and what writes to a stream.
to_file=('-e extra -f out|sum -j 1 -o out t' '-e extra -f out|sum -j 2 -o out t' '-f out|walk -o out t'
    '-n list -f out|check -o out list' '-e old.list -f new.list -o old.list|update new.list t')
to_stream=('-e extra|sum -j 2 t' '-e extra|walk --json t' '-n list|check list' '-a -i codes|decode')

@test "S5: SIGKILL at each call: the file is the old one or the new one, and the next run is not disturbed" {
    make_tree
    sweep_all -k any:SIGKILL@% "${to_file[@]}"
    tell_faults
}

@test "S5: SIGINT, SIGTERM and SIGHUP at each call, and a second signal: the old file or the new one, and nothing else" {
    make_tree
    sweep_all -k any:SIGINT@% "${to_file[@]}"
    sweep_all -k "any:SIGTERM@% any:SIGTERM@%" "${to_file[@]}"
    sweep_all -k "any:SIGHUP@% any:SIGINT@%" "${to_file[@]}"
    tell_faults
}

@test "S3: signals at each call leave whole lines" {
    make_tree
    sweep_all -k any:SIGINT@% "${to_stream[@]}"
    sweep_all -k "any:SIGTERM@% any:SIGHUP@%" "${to_stream[@]}"
    sweep_all -k any:SIGPIPE@% "${to_stream[@]}"
    tell_faults
}

# Sends signals to the program after a random time, once or twice, and waits for its end by the first of them that is
# not held back. Prints how long that took in milliseconds.
interrupt() {
    local again=$1 signal=$2 began
    shift 2
    env --default-signal="$signal" "$ISCC" "$@" >"$out" 2>"$err" 3>&- &
    pid=$!
    sleep "0.$(printf %03d $((RANDOM % 300)))"
    began=${EPOCHREALTIME/./}
    kill -"$signal" $pid 2>/dev/null || true
    [[ $again == once ]] || kill -"$signal" $pid 2>/dev/null || true
    status=0
    wait $pid || status=$?
    took=$(((${EPOCHREALTIME/./} - began) / 1000))
}

# Data and not holes, which are not read: the one file over and over, as much as 10 GiB.
@test "S3: signals at random moments end the program by that signal, soon, with whole lines" {
    RANDOM=$seed
    worst=0
    zeros 256 a
    yes data | head -c 10485760 >part
    for ((i = 0; i < 1000; i++)); do printf 'part\0'; done >parts
    truncate -s 10G big
    for pair in INT:130 TERM:143 HUP:129; do
        for again in once twice; do
            for words in '-j 2 --files0-from=parts' '--tree -j 2 .' '-j 2 -o list a big a'; do
                # shellcheck disable=SC2086 # words
                interrupt $again "${pair%:*}" $words
                [[ $status -eq ${pair#*:} || ($words == *big* && $status -eq 0) ]]
                [[ $took -gt $worst ]] && worst=$took
                [[ ! -s $out || $(tail -c 1 "$out" | od -An -c) == *'\n'* ]]
                [[ $(grep -cvE '^ISCC:[A-Z2-7]{55} \*(a|part|big)$' "$out") -eq 0 ]]
                stderr_is
                [[ -z $(compgen -G '.iscc-*') ]]
            done
        done
    done
    echo "# the slowest end took $worst ms" >&3
    # What is promised on a machine of its own is 200 ms.
    [[ $worst -lt ${ISCC_TEST_THOROUGH:+200} ]] || [[ -z ${ISCC_TEST_THOROUGH-} && $worst -lt 5000 ]]
}
