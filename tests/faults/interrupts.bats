#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Signals at every system call and at random moments: rules S3 and S5 of the contract, and "safe to kill at any
# instant".

load support/faults

setup_file() {
    seed=${ISCC_TEST_SEED:-$RANDOM$RANDOM}
    echo "# ISCC_TEST_SEED=$seed" >&3
    export seed
}

# Commands that write to a file, and commands that write to a stream.
to_file=('-e extra -f out|sum -j 1 -o out t' '-e extra -f out|sum -j 2 -o out t' '-f out|walk -o out t'
    '-n list -f out|check -o out list' '-e old.list -f new.list -o old.list|update new.list t')
to_stream=('-e extra|sum -j 2 t' '-e extra|walk --json t' '-n list|check list' '-a -i codes|decode')

@test "S5: SIGKILL at each call leaves the old file or the new one, and the next run succeeds" {
    make_tree
    sweep_all -k any:SIGKILL@% "${to_file[@]}"
    print_faults
}

@test "S5: SIGINT, SIGTERM and SIGHUP at each call, and a second signal, leave only the old file or the new one" {
    make_tree
    sweep_all -k any:SIGINT@% "${to_file[@]}"
    sweep_all -k "any:SIGTERM@% any:SIGTERM@%" "${to_file[@]}"
    sweep_all -k "any:SIGHUP@% any:SIGINT@%" "${to_file[@]}"
    print_faults
}

@test "S3: signals at each call leave complete lines" {
    make_tree
    sweep_all -k any:SIGINT@% "${to_stream[@]}"
    sweep_all -k "any:SIGTERM@% any:SIGHUP@%" "${to_stream[@]}"
    sweep_all -k any:SIGPIPE@% "${to_stream[@]}"
    print_faults
}

# Sends the program a signal after a random time, once or twice, and waits for it to end. Sets `took` to the
# milliseconds that the end took.
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

# Real data, as holes are not read: the same file many times over, 10 GiB in all.
@test "S3: a signal at any moment ends the program soon, by that signal, with complete lines" {
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
    # The promise is 200 ms on an otherwise idle machine.
    [[ $worst -lt ${ISCC_TEST_THOROUGH:+200} ]] || [[ -z ${ISCC_TEST_THOROUGH-} && $worst -lt 5000 ]]
}
