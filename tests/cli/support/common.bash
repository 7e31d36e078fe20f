# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Shared by all cases: a private empty folder, the program, exact comparisons and golden codes. Other files of a test, which
# shall not be in that folder, have names that begin with $out.

: "${ISCC:?names the program under test}"
export LC_ALL=C
umask 022
# LeakSanitizer would double the time of each short run. The thorough tests and the unit tests look for leaks.
[[ -n ${ISCC_TEST_THOROUGH-} ]] || export ASAN_OPTIONS=detect_leaks=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}

# Bats calls a function before every command (a DEBUG trap), to know which one failed. The commands of the test itself are
# enough: in the functions that it calls, that would take much of the time of all tests. Without the attribute, bats could
# not stop the trap when a command fails, and would name the wrong line.
trace_test_alone() {
    set +T
    declare -ft bats_error_trap bats_check_status_from_trap bats_teardown_trap bats_exit_trap || true
}

setup() {
    trace_test_alone
    cd "$BATS_TEST_TMPDIR"
    out=$BATS_TEST_TMPDIR.stdout
    err=$BATS_TEST_TMPDIR.stderr
    prefix=()
}

# Runs the program, after `prefix` if set, and captures stdout, stderr and status. CTest ends a hanging run.
try() {
    status=0
    "${prefix[@]}" "$ISCC" "$@" >"$out" 2>"$err" || status=$?
}

# A stream has exactly these lines, or is empty if there are no arguments. diff shows any difference, and compares text
# that is long or contains NULs; starting a process per comparison would take longer than the program.
same_lines() {
    local file=$1 wanted='' found
    shift
    if (($#)); then printf -v wanted '%s\n' "$@"; fi
    if (($# < 50)) && ! IFS= read -r -d '' found <"$file" && [[ $found == "$wanted" ]]; then return; fi
    printf '%s' "$wanted" | diff -a - "$file" >&2
}

# Whether two files are short, without NULs, and equal. Bash finds out without a process, of which the tests would start
# hundreds.
are_short_and_equal() {
    local one two
    [[ $# == 2 && -f $1 && -f $2 ]] && ! IFS= read -r -d '' -n 50000 one <"$1" && ! IFS= read -r -d '' -n 50000 two <"$2" &&
        [[ $one == "$two" ]]
}
cmp() { are_short_and_equal "$@" || command cmp "$@"; }
diff() { are_short_and_equal "$@" || command diff "$@"; }

stdout_is() { same_lines "$out" "$@"; }
stderr_is() { same_lines "$err" "$@"; }

status_is() {
    [[ $status -eq $1 ]] || {
        printf 'status %s instead of %s; stderr:\n' "$status" "$1" >&2
        cat "$err" >&2
        return 1
    }
}

# A usage error is one sentence and a pointer to --help.
is_usage_error() {
    stdout_is
    stderr_is "iscc: $1" "Try 'iscc ${2-sum} --help' for more information."
    status_is 2
}

# Makes a file of SIZE zero bytes; a small one without a process.
zeros() {
    if (($1 > 10000)); then
        head -c "$1" /dev/zero >"$2"
        return
    fi
    local spaces
    printf -v spaces '%*s' "$1" ''
    printf '%b' "${spaces// /\\0}" >"$2"
}

# The current folder contains exactly these names.
folder_is() {
    local names name found=0
    shopt -s dotglob
    names=(*)
    shopt -u dotglob
    for name; do [[ ! -e $name && ! -L $name ]] || ((++found)); done
    ((found == $# && found == ${#names[@]})) || {
        printf 'the folder contains: %s\n' "${names[*]}" >&2
        return 1
    }
}

# Golden codes of SIZE zero bytes, such as ${wide[256]}: the first rows of sum.tsv, with the sizes 0 1 255 256 257 640 1024
# 8191 8192 8193 8448 65536 1048576 and 10485761. Functions would need a subshell per use. As every test reads them, the
# other rows are left unread.
# shellcheck disable=SC2034 # the tests use them
read_golden_codes() {
    local size data instance short long hash
    while IFS=$'\t' read -r size _ _ _ hash data instance short long; do
        [[ $size != \#* ]] || continue
        [[ $size == zero-* ]] || break
        size=${size#zero-}
        datahash[size]=$hash data_code[size]=$data instance_code[size]=$instance narrow[size]=$short wide[size]=$long
    done <"${BASH_SOURCE[0]%/*}/../../data/sum.tsv"
}
read_golden_codes

# The commands that iscc --help lists.
command_words() { "$ISCC" --help | awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on { print $1 }'; }

# Sets `prefix` so that file modes bind the program, as they do not bind root.
obey_file_modes() {
    [[ $(id -u) -ne 0 ]] && return
    prefix=(setpriv --bounding-set=-dac_override,-dac_read_search)
    "${prefix[@]}" true 2>/dev/null || skip "root, and setpriv cannot drop capabilities"
}

# Waits up to ten seconds for a command to succeed.
wait_until() {
    for _ in {1..200}; do
        if "$@"; then return; fi
        sleep 0.05
    done
    return 1
}

# Waits for a background program and captures its status; kills it after twenty seconds.
finish() {
    local patience=400
    status=0
    while kill -0 "$1" 2>/dev/null && ((patience-- > 0)); do sleep 0.05; done
    kill -KILL "$1" 2>/dev/null || true
    wait "$1" || status=$?
}

# ThreadSanitizer (tsan) opens files of its own and delays signals; AddressSanitizer (asan) keeps freed memory.
not_with() {
    if grep -aq "__$1_init" "$ISCC"; then skip "not with $1"; fi
}

needs() {
    local tool
    for tool in "$@"; do
        command -v "$tool" >/dev/null || skip "$tool is not installed"
    done
}
