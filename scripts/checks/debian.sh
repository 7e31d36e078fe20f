#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# debian.sh [SUITE...]: builds and tries the Debian packages of the commit HEAD in fresh chroots of Debian releases, by
# default bookworm (12) and trixie (13), and runs all tests but the slow ones there. The steps, each in a fresh chroot:
#   packages     dpkg-buildpackage from the source package, lintian without errors and warnings, autopkgtest
#   suite        the release build with warnings as errors, and its tests
#   install      in what debootstrap's minimal variant has, and man-db: `apt install ./iscc_*.deb`; the program, its
#                manual and completions work; `dpkg -r` leaves nothing
# ISCC_DEBIAN_STEPS names those to run. The base systems are kept in build/debian; packages come from this system's
# mirror of Debian, or debootstrap's. Needs root.
set -euo pipefail

[[ $(id -u) -eq 0 ]] || {
    printf 'debian.sh: needs root\n' >&2
    exit 2
}
# In a mount and process namespace of its own, so that nothing is left behind.
if [[ -z ${ISCC_OWN_MOUNTS-} ]]; then
    exec env ISCC_OWN_MOUNTS=1 unshare --mount --pid --fork --kill-child --mount-proc "$0" "$@"
fi
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. scripts/release/version.sh
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
folder=$PWD/build/debian
cores=$(getconf _NPROCESSORS_ONLN)
steps=${ISCC_DEBIAN_STEPS:-packages suite install}
mkdir -p "$folder"
work=$(mktemp -d "$folder/work.XXXXXX")

say() {
    printf 'debian.sh: %s\n' "$*" >&2
}

fail() {
    say "$suite: FAILED: $*"
    exit 1
}

drop_chroot() {
    local folder
    for folder in proc dev var/cache/apt/archives; do
        umount --recursive --lazy "$work/root/$folder" 2>/dev/null || true
    done
    rm -rf --one-file-system "$work/root"
}

clean_up() {
    drop_chroot
    rm -rf --one-file-system "$work"
}
trap clean_up EXIT

# The mirror of this system's own packages, if it is Debian's.
find_mirror() {
    apt-get indextargets --format '$(REPO_URI) $(ORIGIN)' 'Created-By: Packages' |
        sed -n '/ Debian$/{s/ .*//p;q}'
}

# Makes the base system of a suite, once.
make_base() {
    [[ ! -e $folder/$suite.tar ]] || return 0
    mkdir "$work/base"
    # shellcheck disable=SC2046 # no argument where no mirror is found
    debootstrap --variant=minbase "$suite" "$work/base" $(find_mirror) >"$folder/$suite.log" 2>&1 ||
        fail "debootstrap: see $folder/$suite.log"
    rm -f "$work/base/var/cache/apt/archives"/*.deb
    tar -C "$work/base" -cf "$folder/$suite.tar.new" .
    mv "$folder/$suite.tar.new" "$folder/$suite.tar"
    rm -rf --one-file-system "$work/base"
}

# Unpacks a fresh system, with what programs expect to be mounted.
make_chroot() {
    root=$work/root
    mkdir "$root"
    tar -C "$root" -xf "$folder/$suite.tar"
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mkdir -p "$folder/archives.$suite/partial"
    mount --bind "$folder/archives.$suite" "$root/var/cache/apt/archives" # downloads each package once
    printf 'Acquire::Languages "none";\n' >"$root/etc/apt/apt.conf.d/languages"
    printf "force-unsafe-io\n" >"$root/etc/dpkg/dpkg.cfg.d/unsafe-io" # the chroot is thrown away
    inside apt-get update -q
}

inside() { # COMMAND...
    chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL="$LC_ALL" TERM=dumb \
        DEBIAN_FRONTEND="$DEBIAN_FRONTEND" "$@"
}

run_packages() {
    inside apt-get install -q -y --no-install-recommends build-essential lintian autopkgtest &&
        inside sh -c "cd '/build/$tree' && apt-get build-dep -q -y --no-install-recommends . &&
            DEB_BUILD_OPTIONS=nocheck DEB_BUILD_PROFILES=nocheck dpkg-buildpackage -us -uc" &&
        inside sh -c 'cd /build && lintian --allow-root --fail-on error,warning --info ./*.changes' &&
        inside sh -c 'cd /build && autopkgtest ./*.changes -- null'
}

run_suite() {
    inside sh -c "cd '/build/$tree' && scripts/install-deps.sh build test && cmake --preset release -DISCC_WERROR=ON &&
        cmake --build --preset release --parallel $cores &&
        ctest --preset release --parallel $cores --no-tests=error --label-exclude slow"
}

# All files but those that apt, dpkg, man-db and this script keep.
list_files() {
    (cd "$root" && find . -xdev \( -path ./var/lib/dpkg -o -path ./var/lib/apt -o -path ./var/cache -o -path ./var/log \
        -o -path ./tmp -o -path ./root -o -path ./build \) -prune -o -print | sed 's/^\.//' | sort)
}

try_program() {
    [[ $(printf 'Hello, World!' | inside iscc) == 'ISCC:K4ABTIGSQPBAX75YJFUXVEHPUIHGWKEKQ2TZ6IFD23OM3STXCO7K5UI *-' ]] ||
        fail 'the code of the README'
    inside man --pager=cat iscc | grep -q 'iscc . content codes\|ISCC(1)' || fail 'man iscc'
    inside man --pager=cat iscc-check | grep -q 'strict-tree' || fail 'man iscc-check'
    inside bash -c '. /usr/share/bash-completion/completions/iscc && complete -p iscc' || fail 'completions of bash'
    [[ -s $root/usr/share/zsh/vendor-completions/_iscc ]] || fail 'completions of zsh'
    [[ -s $root/usr/share/fish/vendor_completions.d/iscc.fish ]] || fail 'completions of fish'
}

# What appears meanwhile must belong to a package that remains: the libraries that apt has installed too.
run_install() {
    local name path
    inside apt-get install -q -y --no-install-recommends man-db || return 1
    list_files >"$work/before"
    inside sh -c 'apt-get install -q -y --no-install-recommends /build/iscc_*.deb' || return 1
    try_program
    inside sh -c 'apt-get install -q -y --no-install-recommends /build/libiscc1_*.deb /build/libiscc-dev_*.deb' || return 1
    for name in libiscc-dev libiscc1 iscc; do
        inside dpkg -r "$name" || return 1
    done
    while IFS= read -r path; do
        inside dpkg -S "$path" >/dev/null || fail "dpkg -r leaves $path"
    done < <(list_files | comm -13 "$work/before" -)
    ! list_files | comm -23 "$work/before" - | grep . || fail 'dpkg -r removes more'
}

try_suite() {
    local tree packages=$work/built
    mkdir "$packages"
    make_base
    tree=$(debian_source "$(commit_version)" "$packages")
    tree=${tree##*/}
    for step in $steps; do
        say "$suite: $step"
        make_chroot
        mkdir "$root/build"
        cp -R "$packages/." "$root/build"
        ("run_$step") >"$folder/$suite.$step.log" 2>&1 || fail "$step: see $folder/$suite.$step.log"
        [[ $step != packages ]] || cp "$root"/build/*.deb "$packages"
        drop_chroot
        say "$suite: $step: passed ($(tail -n 1 "$folder/$suite.$step.log"))"
    done
}

[[ $# -gt 0 ]] || set -- bookworm trixie
for suite in "$@"; do
    try_suite
    rm -rf --one-file-system "${work:?}"/*
done
