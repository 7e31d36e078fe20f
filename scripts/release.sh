#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# release.sh OUT: makes the files of a release from the commit HEAD, in the new or empty folder OUT:
#   iscc-VERSION.tar.gz                      the source archive
#   iscc-VERSION-linux-PROCESSOR.tar.gz      the program, linked statically, with its manual and completions
#   iscc_*.deb libiscc1_*.deb libiscc-dev_*.deb    packages for this release of Debian or Ubuntu
#   iscc-VERSION-1.PROCESSOR.rpm             the static program and its manual as an RPM package
#   iscc-VERSION.spdx.json                   the parts inside these files, with versions and licences
#   SHA256SUMS
# If the commit has a tag vVERSION, it must be the version of iscc.h; without a tag, the version names the commit. The
# same commit gives the same bytes in any folder on systems with the same packages. For Debian and Ubuntu; installs what
# is missing, as root or by sudo, and fetches the source of cJSON, of which Debian has no static library.
set -euo pipefail

[[ $# -eq 1 && $1 != -* ]] || {
    printf 'usage: release.sh OUT\n' >&2
    exit 2
}
mkdir -p "$1"
out=$(cd "$1" && pwd)
[[ -z $(ls -A "$out") ]] || {
    printf 'release.sh: not an empty folder: %s\n' "$out" >&2
    exit 2
}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/libraries.sh
. scripts/release/version.sh
. scripts/release/parts.sh

export LC_ALL=C TZ=UTC SOURCE_DATE_EPOCH
unset CFLAGS CPPFLAGS LDFLAGS
umask 022
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
version=$(commit_version)
processor=$(uname -m)
cores=$(getconf _NPROCESSORS_ONLN)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() {
    printf 'release.sh: %s\n' "$*" >&2
}

# Runs a command whose output is of interest only if it fails.
quietly() {
    "$@" >"$work/log" 2>&1 || {
        cat "$work/log" >&2
        say "failed: $*"
        return 1
    }
}

# Packs a folder below $work.
pack() { # FOLDER FILE
    tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -c "$1" |
        gzip -n -9 >"$2"
}

# Builds the static program from the unpacked source archive, and installs it in $work/static/usr.
build_static() {
    fetch_sources "$work" cjson &&
        build_library "$work/cjson" "$work/cjson-build" "$work/prefix" &&
        cmake -S "$tree" -B "$work/build" -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX=/usr \
            -DCMAKE_PREFIX_PATH="$work/prefix" -DISCC_STATIC_PROGRAM=ON -DISCC_OPENMP=ON -DISCC_BUILD_SHARED=OFF \
            -DISCC_BUILD_TESTS=OFF &&
        cmake --build "$work/build" --parallel "$cores" &&
        DESTDIR=$work/static cmake --install "$work/build" --component runtime --strip
}

build_deb() {
    (cd "$tree" && DEB_BUILD_OPTIONS="nocheck noautodbgsym parallel=$cores" DEB_BUILD_PROFILES=nocheck \
        dpkg-buildpackage -b -us -uc)
}

build_rpm() {
    rpmbuild -bb --define "_topdir $work/rpm" --define "iscc_version $version" \
        --define "iscc_tree $work/static" --define "iscc_files $work/files" packaging/rpm/iscc.spec
}

scripts/install-deps.sh build release
[[ -z $(git status --porcelain) ]] || say 'uncommitted changes are left out'
say "version $version"
tree=$(debian_source "$version" "$work")
source_archive "$version" "$out/iscc-$version.tar.gz"
say 'building the static program'
quietly build_static
write_notices "$tree" >"$work/static/usr/share/doc/iscc/NOTICES"
mkdir "$work/iscc-$version-linux-$processor"
cp -R "$work/static/usr/." "$work/iscc-$version-linux-$processor"
pack "iscc-$version-linux-$processor" "$out/iscc-$version-linux-$processor.tar.gz"
say 'building the Debian packages'
quietly build_deb
cp "$work"/*.deb "$out"
say 'building the RPM package'
(cd "$work/static" && find . ! -type d | sed 's,^\.,,; s,^.*$,"&",' | sort) >"$work/files"
quietly build_rpm
cp "$work/rpm/RPMS/$processor"/*.rpm "$out"
write_spdx "$out" "$version" "$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)" "$(git rev-parse HEAD)" \
    >"$work/spdx"
cp "$work/spdx" "$out/iscc-$version.spdx.json"
(cd "$out" && sha256sum -- * >"$work/sums" && cp "$work/sums" SHA256SUMS)
say "done: $out"
