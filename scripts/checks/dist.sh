#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# dist.sh: makes the files of a release twice, from two clones of the commit HEAD in different folders and with different
# settings, and compares SHA256SUMS. Then tries them: the static program runs in an empty chroot, the RPM package is
# installed in an empty root and removed, and the list of parts names each file with its digest, and parts with licences.
# Needs root, and what release.sh needs. The packages of Debian are tried by debian.sh.
set -euo pipefail

[[ $(id -u) -eq 0 ]] || {
    printf 'dist.sh: needs root\n' >&2
    exit 2
}
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export LC_ALL=C
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    printf 'dist.sh: FAILED: %s\n' "$*" >&2
    exit 1
}

make_twice() {
    git clone -q . "$work/one"
    git clone -q . "$work/two/of a longer name"
    "$work/one/scripts/release.sh" "$work/first"
    (umask 077 && TZ=Asia/Tokyo CFLAGS=-O0 "$work/two/of a longer name/scripts/release.sh" "$work/second/of them")
    cmp "$work/first/SHA256SUMS" "$work/second/of them/SHA256SUMS" || fail 'not the same bytes'
    (cd "$work/first" && sha256sum --quiet --check SHA256SUMS)
    [[ $(wc -l <"$work/first/SHA256SUMS") -eq $(($(find "$work/first" -type f | wc -l) - 1)) ]] ||
        fail 'SHA256SUMS does not name each file'
    ! "$work/one/scripts/release.sh" "$work/first" || fail 'an old release is overwritten'
}

# What the README shows for this input.
is_known_code() {
    [[ $(printf 'Hello, World!' | chroot "$1" "$2") == 'ISCC:K4ABTIGSQPBAX75YJFUXVEHPUIHGWKEKQ2TZ6IFD23OM3STXCO7K5UI *-' ]]
}

try_static() {
    mkdir "$work/empty"
    tar -xzf "$work/first"/iscc-*-linux-*.tar.gz -C "$work/empty" --strip-components=1
    grep -qx 'glibc .*' "$work/empty/share/doc/iscc/NOTICES" || fail 'no notices'
    is_known_code "$work/empty" /bin/iscc || fail 'the static program prints another code'
    chroot "$work/empty" /bin/iscc selftest >/dev/null || fail 'selftest of the static program'
}

try_rpm() {
    local root=$work/root
    mkdir "$root"
    rpm --root "$root" --dbpath /rpm --initdb
    (cd "$root" && find . -path ./rpm -prune -o -print | sort) >"$work/before"
    rpm --root "$root" --dbpath /rpm --ignorearch -i "$work/first"/*.rpm
    is_known_code "$root" /usr/bin/iscc || fail 'the program of the RPM package prints another code'
    [[ -s $root/usr/share/man/man1/iscc.1 ]] || fail 'no manual in the RPM package'
    rpm --root "$root" --dbpath /rpm -e iscc
    [[ -z $(cd "$root" && find . -path ./rpm -prune -o ! -type d -print) ]] || fail 'rpm -e leaves files'
}

check_parts() {
    local list=$work/parts
    cp "$work/first"/*.spdx.json "$list"
    jq -r '.packages[] | select(.packageFileName) | .checksums[0].checksumValue + "  " + .packageFileName' "$list" |
        sort -k 2 | diff - <(grep -v '\.spdx\.json$' "$work/first/SHA256SUMS" | sort -k 2) || fail 'files in the list of parts'
    jq -e '[.packages[].SPDXID] as $known | ($known | length) == ($known | unique | length) and
        all($known[]; test("^SPDXRef-[A-Za-z0-9.-]+$")) and
        all(.relationships[]; (.relatedSpdxElement as $id | any($known[]; . == $id)) and
            (.spdxElementId as $id | any(($known + ["SPDXRef-DOCUMENT"])[]; . == $id))) and
        all(.packages[]; .versionInfo != "" and .licenseDeclared != "")' "$list" >/dev/null || fail 'the list of parts'
}

make_twice
try_static
try_rpm
check_parts
printf 'dist.sh: passed\n' >&2
