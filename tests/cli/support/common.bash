# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Shared by all cases: a private empty folder, the program, exact comparisons and golden codes.

: "${ISCC:?names the program under test}"
export LC_ALL=C
umask 022

setup() {
    mkdir "$BATS_TEST_TMPDIR/work"
    cd "$BATS_TEST_TMPDIR/work"
    out=$BATS_TEST_TMPDIR/stdout
    err=$BATS_TEST_TMPDIR/stderr
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

# Golden codes of SIZE zero bytes, such as ${wide[256]}; sum.tsv has the sizes 0 1 255 256 257 640 1024 8191 8192 8193
# 8448 65536 1048576 and 10485761. Functions would need a subshell per use.
# shellcheck disable=SC2034 # the tests use them
read_golden_codes() {
    local lines line fields
    mapfile -t lines <"${BASH_SOURCE[0]%/*}/../../data/sum.tsv"
    for line in "${lines[@]}"; do
        [[ $line == zero-* ]] || continue
        IFS=$'\t' read -r -a fields <<<"${line#zero-}"
        datahash[fields[0]]=${fields[4]} data_code[fields[0]]=${fields[5]} instance_code[fields[0]]=${fields[6]}
        narrow[fields[0]]=${fields[7]} wide[fields[0]]=${fields[8]}
    done
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
