#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Members of archives: docs/archives.md. The archives are made by make_archives.py, those of other tools where these are.

load ../support/common

# Copies of standard input: compressed files may be joined.
repeated() {
    local copies
    printf -v copies '%*s' "$1" ''
    cat >piece
    cat ${copies// / piece}
    rm piece
}

setup_file() {
    mkdir "$BATS_FILE_TMPDIR/made"
    cd "$BATS_FILE_TMPDIR/made"
    mkdir -p t/deep/er
    seq 20000 >t/numbers
    : >t/empty
    head -c 5000 /dev/zero >t/deep/zeros
    printf 'x' >t/deep/er/x
    ln -s x t/deep/link
    mkdir r
    cp -a t r/t
    command -v python3 >/dev/null || return 0
    python3 "$BATS_TEST_DIRNAME/../support/make_archives.py"
    python3 "$BATS_TEST_DIRNAME/../support/make_quine.py" quine.zip
    if command -v zstd >/dev/null; then
        head -c 11M /dev/zero | zstd -q -1 | repeated 100 >gibibyte.zst
        zstd -q plain.tar -o a.tar.zst
        zstd -q whole.tar
    fi
    if command -v lz4 >/dev/null; then
        lz4 -q plain.tar a.tar.lz4
        lz4 -q whole.tar whole.tar.lz4
    fi
    if command -v 7z >/dev/null; then
        7z a -bd tree.7z t >/dev/null
        7z a -bd whole.7z ./whole/a ./whole/b >/dev/null
        7z a -bd -psecret secret.7z t/numbers >/dev/null
        7z a -bd -psecret -mhe=on header.7z t/numbers >/dev/null
    fi
    if command -v genisoimage >/dev/null; then
        genisoimage -quiet -R -o tree.iso -graft-points t=t
        genisoimage -quiet -R -no-pad -o whole.iso whole
    fi
    if command -v bsdtar >/dev/null; then
        bsdtar -cf bsd.tar t
        bsdtar -cf bsd.zip --format=zip t
        bsdtar -cf bsd.7z --format=7zip t
        bsdtar -cf bsd.iso --format=iso9660 t
    fi
}

setup() {
    trace_test_alone
    cd "$BATS_TEST_TMPDIR"
    out=$BATS_TEST_TMPDIR.stdout
    err=$BATS_TEST_TMPDIR.stderr
    # shellcheck disable=SC2034 # try() uses it
    prefix=()
    needs python3
    cp -a "$BATS_FILE_TMPDIR/made/." .
    if ! "$ISCC" --archives plain.tar >/dev/null 2>"$err"; then skip "$(cat "$err")"; fi
}

# The lines of all members of an archive, as of files, in the order of their names.
members() { sed -n "s|^\(ISCC:[^ ]*\) !$1!/|\1 *|p" "$out" | sort -k 2; }

# What stands below archives: archive, name, and size or reason of each member, from JSON.
summary() {
    jq -r 'select(.archive) | .archive + " " + (.path | sub("^[^!]*"; "") | gsub("\n"; "?") |
        if . == "" then "-" else . end) + " " + (.code // .filesize | tostring)' "$out"
}

# Nothing matches.
lacks() {
    if grep -a "$@" >&2; then return 1; fi
}

code_of() { printf '%s' "$1" | "$ISCC" | cut -d ' ' -f 1; }

@test "A1, A2, A5: members have the codes of the files, in every format" {
    local archive archives=()
    for archive in deflated.zip stored.zip bz2.zip plain.tar pax.tar gnu.tar a.tar.gz a.tar.bz2 a.tar.xz a.tar.lzma \
        newc.cpio odc.cpio a.cpio.gz a.tar.zst a.tar.lz4 tree.7z tree.iso bsd.tar bsd.zip bsd.7z bsd.iso; do
        [[ ! -e $archive ]] || archives+=("$archive")
    done
    "$ISCC" t >tree
    try --archives "${archives[@]}"
    status_is 0
    stderr_is
    grep -v ' !' "$out" | diff - <("$ISCC" "${archives[@]}")
    awk '/ [*]/ { archive = $2; sub(/^[*]/, "", archive) } / !/ && index($0, " !" archive "!/") == 0 { exit 1 }' "$out"
    grep ' !' "$out" | sort |
        diff - <(for archive in "${archives[@]}"; do sed "s| [*]| !$archive!/|" tree; done | sort)
    try --archives --json "${archives[@]}"
    mv "$out" list
    try check -q --archives list
    status_is 0
    stdout_is
    # The name does not tell, and other commands find the same.
    for archive in deflated.zip a.tar.xz tree.7z bsd.iso; do
        [[ -e $archive ]] || continue
        cp "$archive" any
        try diff --json any r
        grep -q '"same":4' "$out"
    done
}

@test "A2: texts are not taken for archives" {
    try --archives texts
    status_is 0
    [[ $(wc -l <"$out") == 8 ]]
    lacks ' !' "$out"
    if [[ -n ${ISCC_TEST_THOROUGH-} ]]; then
        # Whatever has a member must be what file(1) would call an archive too: a text never is.
        find /usr/share -type f -size -100k \( -name '*.txt' -o -name '*.h' -o -name '*.py' -o -name '*.pl' -o -name copyright \) |
            head -n 8000 | tr '\n' '\0' >names
        try --archives --files0-from=names
        lacks ' !' "$out"
    fi
}

@test "the table of pitfalls: each member has its code or its reason, and nothing else is left out" {
    local archive good=() bad=() wanted_status wanted
    while read -r archive wanted_status wanted; do
        printf '%b' "$archive ${wanted// | /\\n$archive }\n" >>expected
        if [[ $wanted_status == 0 ]]; then good+=("$archive"); else bad+=("$archive"); fi
    done <<'END'
links.tar 2 !/a 7 | !/b 7 | !/c 7 | !/lost ARCHIVE | !/d 1 | !/nul 1 | !/nul2 1
links.cpio 0 !/a 7 | !/other 5 | !/b 7 | !/c 7 | !/none 0 | !/none2 0
sparse.tar 0 !/sparse 196608
gnu-sparse.tar 0 !/sparse 196608
backslash.zip 0 !/dir/file 4
two-names.zip 0 !/local 5 | !/other 5
names.tar 0 !/../up 2 | !//abs 3 | !/a!/b 4 | !/line?break 4 | !/twice 5 | !/twice 6
nul.zip 2 !/good 4 | !/cut NAME
empty-name.zip 2 !/ NAME | !/good 4
notes.txt.gz 0 !/notes.txt 5
nothing.gz 0 !/nothing 0
inner.zip.gz 0 !/inner.zip 103
shared.zip 2 !/a 7 | - MISMATCH
crc.zip 2 !/bad ARCHIVE | !/good 4
encrypted.zip 2 !/secret ENCRYPTED | !/open 4
no-end.tar 2 !/a 4096 | !/b 4096 | !/c 4096 | - TRUNCATED
tail.tar.gz 2 - TRUNCATED
checksum.tar.gz 2 - TRUNCATED
END
    try --archives --json "${good[@]}"
    status_is 0
    summary >found
    try --archives --json "${bad[@]}"
    status_is 2
    summary >>found
    diff <(sort -s -k 1,1 found) <(sort -s -k 1,1 expected)
    if [[ -e secret.7z ]]; then
        for archive in secret.7z header.7z; do
            try --archives --json "$archive"
            status_is 2
            [[ $(jq -r 'select(.type == "error") | .code' "$out" | sort -u) == ENCRYPTED ]]
        done
        for ((at = 1; at < 8; at++)); do
            head -c $(($(stat -c %s tree.7z) * at / 8)) tree.7z >part
            try --archives --json part
            status_is 2
            [[ $(jq -r 'select(.type == "error") | .code' "$out") == TRUNCATED ]]
        done
    fi
    # The same, with the content.
    for archive in sparse.tar gnu-sparse.tar; do
        [[ $("$ISCC" --archives $archive | sed -n 2p) == "$("$ISCC" sparse | cut -d ' ' -f 1) !$archive!/sparse" ]]
    done
    "$ISCC" --archives links.tar 2>&1 | grep -qxF "$(code_of content) !links.tar!/c"
    "$ISCC" --archives links.cpio | grep -qxF "$(code_of content) !links.cpio!/a"
    [[ $("$ISCC" --archives --json links.tar 2>"$err" | jq -c 'select(.link) | [.member, .link]' | tr '\n' ' ') == \
        '["b",1] ["c",1] ["nul2",6] ' ]]
    # Names that are not UTF-8 are kept.
    [[ $("$ISCC" --archives --json cp437.zip | jq -r 'select(.member) | .member_b64' | base64 -d | od -An -tx1) == \
        ' 63 61 66 82' ]]
    "$ISCC" --archives cp437.zip | grep -qaF $'!/caf\x82'
    "$ISCC" --archives latin.tar | grep -qaF $'!/caf\xe9'
}

@test "A11: an archive of any format that ends at any kilobyte says so, and keeps what comes before" {
    local archives=(whole.*)
    python3 "$BATS_TEST_DIRNAME/../support/make_archives.py" "${archives[@]}"
    rm -f cuts/whole.iso.{01..33} # the signature is beyond
    try --archives "${archives[@]}"
    status_is 0
    [[ $(grep -c ' !' "$out") == $((2 * ${#archives[@]})) ]]
    try --archives --json cuts
    status_is 2
    [[ $(jq -r 'select(.type == "error") | .code' "$out" | sort -u) == TRUNCATED ]]
    jq -r 'select(.type == "error") | .archive' "$out" | sort -u | diff <(printf '%s\n' cuts/*) -
    # Those that are not compressed, and are not read by a table at their end, have the first member once it is whole.
    jq -r 'select(.member == "a" and .iscc) | .iscc' "$out" | sort -u | diff - <("$ISCC" whole/a | cut -d ' ' -f 1)
    jq -r 'select(.member == "a" and .iscc) | .archive | split(".")[1]' "$out" | sort | uniq -c | sort -k 2 |
        awk '{ print $2, $1 }' | grep -v iso | diff - <(printf '%s\n' 'ar 10' 'newc 10' 'odc 10' 'tar 11')
    rm -r cuts
}

@test "A4, A12: depth and limits end what would not end" {
    for archive in nested.zip nested.tar.gz; do
        try --archives "$archive"
        lacks 'jar!/' "$out"
        try --archives --archive-depth=2 "$archive"
        status_is 0
        grep -qxF "$(code_of inner) !$archive!/b.jar!/c" "$out"
    done
    grep -qxF "$(code_of e) !nested.tar.gz!/deep.tar.xz!/e" "$out"
    try --archives --archive-depth=8 deep.zip
    status_is 0
    [[ $(wc -l <"$out") == 9 ]]
    python3 -m zipfile -e quine.zip once
    cmp once/*.zip quine.zip
    try --archives --archive-depth=8 quine.zip
    status_is 0
    [[ $(cut -d ' ' -f 1 "$out" | uniq -c) == *" 9 $("$ISCC" quine.zip | cut -d ' ' -f 1)" ]]
    try --archives --archive-depth=2 --json package.deb
    [[ $(jq -r 'select(.archive == "package.deb!/data.tar.xz") | .member + " " + .path' "$out") == \
        "etc/a package.deb!/data.tar.xz!/etc/a"$'\n'"usr/b package.deb!/data.tar.xz!/usr/b" ]]
    mv "$out" list
    try check -q --archives --archive-depth=2 list
    status_is 0
    for archive in bomb.zip bomb.tar.gz hole.tar; do
        try --archives --archive-limit=40M "$archive"
        status_is 0
        try --archives --archive-limit=1M --json "$archive" bomb.zip
        status_is 2
        jq -r 'select(.type == "error") | .path + " " + .code' "$out" | grep -qxF "$archive LIMIT"
        [[ $(jq -r 'select(.type == "file") | .path' "$out") == "$archive"$'\n'bomb.zip ]]
    done
    if [[ -e gibibyte.zst ]]; then
        try --archives --json gibibyte.zst
        status_is 2
        [[ $(jq -r .code "$out" | sort -u) == LIMIT*null ]]
    fi
    for depth in 0 9 x; do
        try --archives --archive-depth=$depth nested.zip
        status_is 2
        stdout_is
    done
}

@test "A4: a package has the files that dpkg-deb unpacks" {
    needs dpkg-deb
    mkdir -p package/DEBIAN
    cp -a t package/
    printf '%s\n' 'Package: p' 'Version: 1' 'Architecture: all' 'Maintainer: n <n@n>' 'Description: d' >package/DEBIAN/control
    dpkg-deb --root-owner-group --build package p.deb >/dev/null
    dpkg-deb -x p.deb unpacked
    try --archives --archive-depth=2 p.deb
    status_is 0
    sed -n 's|^\(ISCC:[^ ]*\) !p.deb!/data[^!]*!/\./|\1 *|p' "$out" | sort -k 2 | diff - <(cd unpacked && "$ISCC" t | sort -k 2)
    [[ $(grep -c '!/data' "$out") == 5 ]]
}

@test "A7: what would be looked up in another archive is not looked into" {
    mkdir 'a.zip!'
    cp nested.zip 'a.zip!/b.zip'
    try --archives 'a.zip!'
    status_is 0
    cp nested.zip a.zip
    try --archives --json 'a.zip!'
    status_is 2
    [[ $(jq -r '.path + " " + (.code // "")' "$out") == 'a.zip!/b.zip '$'\n''a.zip!/b.zip AMBIGUOUS' ]]
}

@test "A8: a check finds members wherever their lines stand, changed, missing and doubled ones too" {
    mkdir d
    cp deflated.zip a.tar.gz names.tar d
    for options in '' --json --units --text '--json --text' -z '--json --units --narrow'; do
        zero=()
        [[ $options != -z ]] || zero=(-z)
        # shellcheck disable=SC2086 # words
        "$ISCC" sum --archives $options d >list 2>"$err"
        try check -q --archives "${zero[@]}" list
        status_is 0
        stdout_is
        stderr_is
        if [[ $options != --units ]]; then # whose lines belong together, as text lines of one name do
            if [[ $options == *json* ]]; then cat list; else grep "${zero[@]}" -av twice list; fi |
                shuf "${zero[@]}" >shuffled
            try check -q --archives "${zero[@]}" shuffled
            status_is 0
            stdout_is
        fi
    done
    "$ISCC" --archives d >list
    try check list
    status_is 2
    stderr_is "iscc: list: 14 lines are about members of archives, which only --archives checks"
    [[ $(wc -l <"$out") == 3 ]]
    python3 - <<'END'
import zipfile
with zipfile.ZipFile("d/deflated.zip", "w") as archive:
    archive.writestr("t/numbers", "changed")
    archive.write("t/empty")
END
    rm d/a.tar.gz
    try check --archives list
    status_is 2
    grep -v OK "$out" | sort >verdicts
    diff verdicts - <<'END'
d/a.tar.gz!/t/deep/er/x: FAILED open or read
d/a.tar.gz!/t/deep/zeros: FAILED open or read
d/a.tar.gz!/t/empty: FAILED open or read
d/a.tar.gz!/t/numbers: FAILED open or read
d/a.tar.gz: FAILED open or read
d/deflated.zip!/t/deep/er/x: FAILED open or read
d/deflated.zip!/t/deep/zeros: FAILED open or read
d/deflated.zip!/t/numbers: FAILED
d/deflated.zip: FAILED
END
    try check --archives --base=d --strip=d list
    grep -q 'names.tar!/twice: OK' "$out"
    # Errors that are listed are looked at again.
    "$ISCC" --archives --json nul.zip no-end.tar >list 2>"$err" || true
    try check --archives --json list
    status_is 2
    [[ $(jq -r 'select(.verdict) | .path + " " + .verdict' "$out" | tr '\n' ' ') == \
        'nul.zip ok nul.zip!/good ok nul.zip!/cut unreadable no-end.tar ok no-end.tar!/a ok no-end.tar!/b ok no-end.tar!/c ok no-end.tar unreadable ' ]]
}

@test "A9: an update makes what sum prints, with as many findings as there are changes" {
    for options in '' --json --units; do
        rm -rf d
        mkdir d
        cp deflated.zip names.tar plain.tar no-end.tar d
        # shellcheck disable=SC2086 # words
        "$ISCC" sum --archives $options --trust-times d >list 2>"$err" || true
        cp list before
        try update --archives --trust-times list d
        status_is 2
        stdout_is '1 unreadable, 21 unchanged'
        [[ $options == --json ]] || cmp list before
        try update list d
        status_is 2
        stderr_is 'iscc: list: has lines about members of archives, which only --archives updates'
        python3 - <<'END'
import zipfile
with zipfile.ZipFile("d/deflated.zip", "w") as archive:
    archive.writestr("t/numbers", "changed")
    archive.writestr("new", "new")
    archive.write("t/empty")
END
        rm d/plain.tar d/no-end.tar
        printf 'x' >d/x
        try update --archives --trust-times list d
        status_is 0
        sort "$out" | diff - <(printf '%s\n' '2 added, 11 removed, 2 changed, 8 unchanged' 'added d/deflated.zip!/new' \
            'added d/x' 'changed d/deflated.zip' 'changed d/deflated.zip!/t/numbers' \
            'removed d/deflated.zip!/t/deep/er/x' 'removed d/deflated.zip!/t/deep/zeros' 'removed d/no-end.tar' \
            'removed d/no-end.tar!/a' 'removed d/no-end.tar!/b' 'removed d/no-end.tar!/c' 'removed d/plain.tar' \
            'removed d/plain.tar!/t/deep/er/x' 'removed d/plain.tar!/t/deep/zeros' 'removed d/plain.tar!/t/empty' \
            'removed d/plain.tar!/t/numbers')
        # shellcheck disable=SC2086 # words
        "$ISCC" sum --archives $options d | jq -R . | sed 's/,..stat.*}}/}/' >wanted
        jq -R . list | sed 's/,..stat.*}}/}/' | diff - wanted
    done
    # Without PATH, an archive that is gone takes its members with it.
    rm d/deflated.zip
    try update --archives -q list
    lacks deflated list
}

@test "A10: what does not go with --archives is a usage error" {
    while read -r word options; do
        # shellcheck disable=SC2086 # words
        try sum --archives $options t
        is_usage_error "the --$word option is meaningless with --archives"
    done <<'END'
tag --tag
tree --tree
reuse --reuse=list
shard --shard=1/2
END
    try sum --archive-depth=2 t
    is_usage_error "the --archive-depth option is meaningful only with --archives"
    try diff --archives --reuse=list t t
    is_usage_error "the --reuse option is meaningless with --archives" diff
}

@test "A1: diff compares archives with archives, directories and lists; similar finds copies in them" {
    rm r/t/empty
    echo more >>r/t/numbers
    mv r/t/deep/zeros r/t/moved
    try diff deflated.zip r
    status_is 1
    stdout_is 'moved t/deep/zeros -> t/moved' "$(grep ^changed "$out")" 'removed t/empty' \
        '0 added, 1 removed, 1 changed, 1 moved, 0 moved-changed, 1 same'
    try diff --exclude='deep/' deflated.zip a.tar.xz
    status_is 0
    try diff --json --exclude='deep/' deflated.zip a.tar.xz
    [[ $(jq .same "$out") == 2 ]]
    "$ISCC" --archives deflated.zip >list
    try diff list deflated.zip
    status_is 1
    grep ' !' list >members
    try diff members deflated.zip
    status_is 0
    mkdir d
    cp deflated.zip d
    "$ISCC" --archives d >list
    try diff --archives list d
    status_is 0
    try diff encrypted.zip encrypted.zip
    status_is 2
    try diff no-end.tar r
    status_is 2
    try similar --exact --archives --json deflated.zip t
    [[ $(jq -c 'select(.type == "summary") | [.groups, .files]' "$out") == '[3,6]' ]]
    jq -r '.reference.path // empty' "$out" | grep -qF 'deflated.zip!/'
    try similar --json deflated.zip plain.tar
    jq -c '.members[]? | [.path, .archive, .member, .format]' "$out" |
        grep -qxF '["plain.tar!/t/numbers","plain.tar","t/numbers","tar"]'
    try similar --json --exact deflated.zip stored.zip
    lacks -F '!/' "$out"
}

@test "the output is the same for any number of threads, and readers of it may stop" {
    mkdir d
    for i in {1..9}; do cp deflated.zip "d/$i.zip"; done
    cp ./*.tar ./*.zip ./*.gz d
    "$ISCC" --archives -j 1 d >one 2>one.err || true
    try --archives -j 8 d
    cmp "$out" one
    diff "$err" one.err
    "$ISCC" --archives d 2>"$err" | head -n 1 >/dev/null
}

@test "A child can make only the calls it needs, and no process is left" {
    needs strace
    not_with asan
    not_with tsan
    strace -f -o trace "$ISCC" --archives deflated.zip a.tar.xz names.tar >"$out" 2>"$err" || skip "strace cannot trace"
    grep -q PR_SET_SECCOMP trace || skip "no seccomp here"
    for child in $(awk '/PR_SET_SECCOMP/ { print $1 }' trace); do
        awk -v child="$child" '$1 == child && /PR_SET_SECCOMP/ { on = 1; next } $1 == child && on && /^[0-9]+ +[a-z]/ { sub(/\(.*/, "", $2); print $2 }' trace
    done | sort -u >calls
    echo "# $(tr '\n' ' ' <calls)" >&2
    grep -q pread64 calls
    lacks -vxE 'pread64|write|brk|mmap|mmap2|munmap|mremap|mprotect|madvise|futex|exit_group' calls
    # Each child, and the template, have ended before the program.
    [[ $(grep -c 'exited with 0' trace) -eq $(awk '{ print $1 }' trace | sort -u | wc -l) ]]
}

@test "A11: an archive that changes while its members are printed is an error, after them" {
    local line reader
    # More is printed than a pipe takes, so the end has not been read when the first line has.
    exec 5< <("$ISCC" --archives --json many.tar 2>"$err")
    reader=$!
    read -r line <&5
    printf 'x' >>many.tar
    cat <&5 >"$out"
    exec 5<&-
    wait $reader || status=$?
    status_is 2
    stderr_is 'iscc: many.tar: file changed while reading'
    [[ $(tail -n 1 "$out") == '{"type":"error","path":"many.tar","archive":"many.tar","error":"file changed while reading","code":"CHANGED"}' ]]
    [[ $line == '{"type":"file","path":"many.tar",'* && $(grep -c '"member"' "$out") == 3000 ]]
}

@test "a child that dies is one error" {
    not_with asan
    not_with tsan
    head -c 10M /dev/zero | gzip -1 | repeated 50 >big.gz
    "$ISCC" --archives --json -j 1 big.gz deflated.zip >"$out" 2>"$err" &
    program=$!
    # The template is the child of the program, and the one that reads the archive is its child.
    find_child() { child=$(cat /proc/$1/task/$1/children 2>/dev/null) && [[ -n $child ]]; }
    wait_until find_child $program || skip "no list of children"
    template=${child%% *}
    wait_until find_child "$template" || skip "the child was faster"
    kill -KILL "${child%% *}" || skip "the child was faster"
    finish $program
    status_is 2
    jq -r 'select(.type == "error") | .path + " " + .code' "$out" | grep -qx 'big.gz ARCHIVE'
    [[ $(jq -r 'select(.archive == "deflated.zip") | .member' "$out" | wc -l) == 4 ]]
}

@test "libarchive is not linked, and nothing of it is loaded without archives" {
    if command -v ldd >/dev/null; then lacks archive <(ldd "$ISCC"); fi
    needs strace
    strace -f -o trace "$ISCC" t >"$out" 2>"$err" || skip "strace cannot trace"
    lacks -E 'libarchive|[^a-z]v?fork\(' trace
    lacks -E 'clone.*SIGCHLD' trace
}
