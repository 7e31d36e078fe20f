# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# A tree with everything a walk can meet, every command on it, and fault sweeps through them.

load ../cli/support/common

: "${ISCC_FAULT_LIBRARY:?names the fault library}"
# The library is loaded before AddressSanitizer's runtime, and failing allocations are intended.
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0:allocator_may_return_null=1:exitcode=99

# AddressSanitizer is slow, and reserves more address space than a limit could allow.
has_address_sanitizer() { grep -aq __asan_init "$ISCC"; }

# ISCC_TEST_THOROUGH tries every fault of every command. Otherwise a sweep tries every twentieth command, starting from a
# random one, with the first three faults and some of the others.
few=(-s 1)
nth=1
if [[ -z ${ISCC_TEST_THOROUGH-} ]]; then
    few=(-s 17)
    nth=20
    RANDOM=${ISCC_TEST_SEED:-$RANDOM}
fi

# Makes the tree `t` of short and long files in the working directory, and the commands' inputs: `list` and `list.json`
# with its codes, `u` with copies, `some` of them, an outdated `old.list`, `old.json` with error objects, `names` of its files, `codes`,
# `meta.json`, the parts `part.1` and `part.2`, `times.json` to reuse, and
# `extra`, the lines of files that an ignore file hides. All tests of a file copy one tree, as making it takes fifty
# processes.
make_tree() {
    local made=$BATS_FILE_TMPDIR/tree
    [[ -d $made ]] || (mkdir "$made" && cd "$made" && write_tree)
    cp -a "$made/." .
    sleep 0.05 # until --stat records times
    "$ISCC" --json --units --stat --trust-times t/sub t/big | tac >times.json
}

write_tree() {
    local i
    mkdir -p t/big t/sub/deep u
    for i in 1 2 3; do
        yes "short $i" | head -c $((i * 3000)) >t/f$i
        yes "other $i" | head -c $((i * 300)) >t/sub/g$i
    done
    yes long | head -c 2500000 >t/big/long
    echo '*.tmp' >t/sub/.isccignore
    echo hidden >t/sub/x.tmp
    echo end >t/sub/deep/h
    cp -R t/sub t/big/long u
    "$ISCC" t >list
    "$ISCC" --json --units t >list.json
    for i in 1 2; do "$ISCC" --json --units --shard=$i/2 t >part.$i; done
    "$ISCC" walk -z t >names
    echo '{"name":"n","description":"d","meta":{"b":[1.5,true],"a":null}}' >meta.json
    "$ISCC" --units t | head -n 4 | tr ' ' '\n' | grep ISCC: >codes
    # A comment; files that changed, are now hidden or are gone; f1 is missing.
    { echo '# old' && sed -n 's/f1$/f3/p' list && "$ISCC" t/f2 t/sub t/sub/x.tmp && sed -n 's/f1$/f0/p' list; } >old.list
    # Error objects of a file, of a directory, and of one that is gone, before other lines.
    {
        for i in t/f1 t/sub/deep t/f0; do printf '{"type":"error","path":"%s","code":"EACCES"}\n' "$i"; done
        "$ISCC" --json t/f2 t/big
    } >old.json
    for i in "" "--json --units" "--json --text"; do "$ISCC" $i sum t/sub/x.tmp; done >extra
    for i in "" --json; do "$ISCC" $i walk t/sub/x.tmp; done >>extra
    for i in --all "--all --by=text" "--near t/f1"; do "$ISCC" similar --json $i t/sub/x.tmp; done >>extra
    for i in {1..9}; do sed -n "s/\"errors\":0/\"errors\":$i/p" part.1; done >>extra
    echo '{"type":"shard-operand","operand":1,"directory":true}' >>extra
    grep -v deep list >some
    "$ISCC" t/sub | sed 's|t/sub|/src|' >absolute
    echo 't/sub/x.tmp: UNLISTED' >>extra
    echo "removed t/f0" >>extra
}

# shellcheck disable=SC2034 # the tests use it
# Every command, as options of `sweep` and arguments of the program. Add new commands here.
all_commands=(
    '-e extra|sum -j 1 t'
    '-e extra|sum -j 2 t'
    '-e extra|sum -j 2 --json --units t'
    '|sum -j 2 --json --stat --trust-times t/big t/f1 t/f2'
    '-e extra|sum -j 2 --json --text t'
    '|sum -j 1 --tree t t/sub'
    '|sum -j 2 --tree t'
    '-i t/big/long|sum -j 2 - t/f1'
    '-n names|sum -j 2 --files0-from=names'
    '-e extra -f out|sum -j 1 -o out t'
    '-e extra -f out|sum -j 2 -o out t'
    '-a -e extra -f out|sum -j 2 --json --stat --units --trust-times --resume -o out t/big t/f1 t/f2'
    '-n times.json -e extra|sum -j 2 --json --units --trust-times --reuse=times.json t'
    '-n times.json -e extra|similar -j 2 --json --all --trust-times --reuse=times.json t'
    '-a -e extra|sum -j 2 --json --units --shard=1/2 t'
    '-a -f out|merge -o out part.1 part.2'
    '-a|merge part.2 part.1'
    '-e extra|walk t'
    '-e extra|walk --json t'
    '-e extra -f out|walk -o out t'
    '-n list|check -j 1 list'
    '-n list.json|check -j 2 --json list.json'
    '-n list -f out|check -j 2 -o out list'
    '-n list|sum -j 2 -c list'
    '-e extra|similar -j 2 --json --all t'
    '-e extra|similar -j 2 --by=text --json --all t'
    '-n list.json|similar -j 2 --json --all list.json'
    '-e extra -a|similar -j 2 --json --limit 100 --near t/f1 t'
    '-n list -f out|similar -j 2 -o out --json --all list'
    '-n some -e extra|check -j 1 --strict-tree t some'
    '-n some -e extra|check -j 2 --base=list --strict-tree t some'
    '-a|check -j 2 --base=t/sub --strip=/src absolute'
    '-e old.list -f new.list -o old.list|update -j 2 new.list t'
    '-e old.json -f new.list -o old.json|update -j 2 --max-removed=50% new.list'
    '-f new.list -o old.json|update -q --allow-empty --exclude=* new.list t'
    '-n old.json|similar -j 2 --json --all old.json'
    '-n absolute -a|similar -j 2 --exact t absolute'
    '-a|similar -j 2 --exact t u'
    '-a|similar -j 2 --exact --across --json u list.json'
    '-e old.list -f new.list -o old.list|update -j 2 --trust-times --accept=sub/ --accept=f? new.list t'
    '-a -e extra|diff old.list t'
    '-a -e extra|diff --text old.list t'
    '-a -i codes|decode'
    '-a -i codes|decode --json'
    '-a|compose ISCC:GADTCQSTMR2YNF5IXHFNX3H5BYPTAQKSMN2ILFVHXDE5V274BUPC6QA ISCC:IADUCUTDOSCZNJ5YZHNOX7ANDYXUA6BXJKGMZ2VO4BTFGJOOFP6Z5BI'
    '-a|gen text --json t/f1'
    '-a|gen mixed EUA6GIKXN42IQV3S EIAUKMOUIOYZCKA5'
    '-a -i meta.json|gen meta --json'
    '-a|selftest'
    '-a|compare t/f1 t/f2'
    '-a|compare --json t t/big/long'
    '-a|compare --by=text t/f1 t/f2'
)

# Sweeps faults through commands and adds their number to `faults`: sweep_all [OPTION]... RULES COMMAND...
sweep_all() {
    local options=() rules count command arguments more i
    while [[ $1 == -* ]]; do
        options+=("$1")
        [[ $1 == -[st] ]] && options+=("$2") && shift
        shift
    done
    rules=$1
    shift
    for ((i = 1 + RANDOM % ($# < nth ? $# : nth); i <= $#; i += nth)); do
        command=${!i}
        read -ra more <<<"${command%%|*}"
        read -ra arguments <<<"${command#*|}"
        count=$("$ISCC_TOOLS/sweep" "${few[@]}" "${options[@]}" "${more[@]}" "$rules" "$ISCC" "${arguments[@]}") || {
            echo "in: iscc ${arguments[*]}" >&2
            return 1
        }
        faults=$((${faults-0} + count))
    done
}

# Prints the number of faults, which must not be zero.
print_faults() {
    echo "# $faults faults: $BATS_TEST_DESCRIPTION" >&3
    [[ $faults -gt 0 ]]
}
