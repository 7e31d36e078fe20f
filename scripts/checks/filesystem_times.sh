#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# filesystem_times.sh [NAME...]: tests with the release build that times which do not show a change are neither recorded
# nor believed, on file systems of this kernel: ext4, xfs, btrfs, tmpfs, overlay and squashfs; default: all of them.
# Needs root and loop devices. Everything is mounted in a mount namespace of its own. What the kernel or this machine
# lacks is named and skipped. cachestat(2) needs Linux 6.5.
set -euo pipefail
# shellcheck source=scripts/checks/mounts.sh
. "${BASH_SOURCE[0]%/*}/mounts.sh"
mapped=$PWD/build/release/tests/tools/mapped

mount_one() {
    case $1 in
        ext4 | xfs | btrfs) mount_image "$1" 320M ;;
        tmpfs) mount -t tmpfs tmpfs "$disk" ;;
        overlay)
            mkdir -p "$work/layers/"{lower,upper,work}
            head -c 8192 /dev/zero >"$work/layers/lower/a"
            head -c 8192 /dev/zero >"$work/layers/lower/b"
            mount -t overlay overlay -o \
                "lowerdir=$work/layers/lower,upperdir=$work/layers/upper,workdir=$work/layers/work" "$disk"
            ;;
    esac
}

# Stores to a mapped page of `a`, runs a command, and stores to the page again.
between_stores() {
    mkfifo "$work/go" "$work/stored"
    "$mapped" a <"$work/go" >"$work/stored" &
    exec 5>"$work/go" 6<"$work/stored"
    read -r _ <&6
    "$@"
    echo >&5
    exec 5>&- 6<&-
    wait $! || fail 'mapped'
    rm "$work/go" "$work/stored"
}

# update reports what happened to `a` since the list was made.
update_says() {
    "$iscc" update "$work/list" >"$work/report" 2>"$work/messages" || fail "update: $(<"$work/messages")"
    grep -qx "$1" "$work/report" || fail "$2: no line '$1' but: $(<"$work/report")"
}

# In a directory of the file system: no store to a mapped page is missed, neither to a young file nor to an old one
# whose pages are clean. `$1`: whether the times of a file whose pages are written out are recorded.
test_times() {
    local count
    head -c 8192 /dev/zero >a
    sync -f .
    sleep 0.1
    between_stores "$iscc" --json --stat -o "$work/list" a 2>/dev/null
    update_says 'changed a' 'a store to a dirty page'
    sync -f .
    sleep 0.1
    "$iscc" --json --stat -o "$work/list" a 2>"$work/messages" || fail 'sum --stat'
    count=$(grep -c '"stat"' "$work/list" || true)
    [[ $count -eq $1 ]] || fail "sum --stat recorded the times of $count files instead of $1: $(<"$work/messages")"
    grep -q 'times on this file system' "$work/messages" && count=$((count + 1))
    [[ $count -eq 1 ]] || fail 'times are recorded with a warning, or left out without one'
    update_says '1 unchanged' 'nothing changed'
    between_stores true
    update_says 'changed a' 'a store to a clean page'
}

# A copy-up, by a program that sets mtime back, is a change.
test_copy_up() {
    "$iscc" --json --stat --trust-times -o "$work/list" b
    touch -r b "$work/time"
    printf x | dd of=b conv=notrunc status=none
    touch -r "$work/time" b
    "$iscc" update --trust-times "$work/list" >"$work/report" && fail 'a copy-up: status 0'
    grep -qx 'suspect b' "$work/report" || fail "a copy-up: $(<"$work/report")"
}

# Two images that differ in nothing but content, one after the other at the same place.
test_images() {
    local content
    mkdir "$work/tree"
    for content in old new; do
        printf '%s' "$content" >"$work/tree/a"
        mksquashfs "$work/tree" "$work/$content" -all-time 1000000000 -mkfs-time 1000000000 -quiet -no-progress >/dev/null
    done
    mount -t squashfs -o loop "$work/old" "$disk" || return
    (cd "$disk" && "$iscc" --json --stat -o "$work/list" a 2>"$work/messages")
    grep -q '"stat"' "$work/list" && fail 'the times of an image are recorded'
    (cd "$disk" && "$iscc" --json --stat --trust-times -o "$work/trusted" a)
    umount "$disk"
    mount -t squashfs -o loop "$work/new" "$disk" || return
    cd "$disk"
    "$iscc" check "$work/trusted" >"$work/report" 2>/dev/null && fail 'check: status 0'
    grep -qx 'a: FAILED' "$work/report" || fail "check: $(<"$work/report")"
    update_says 'changed a' 'another image'
    cp "$work/trusted" "$work/list"
    update_says 'changed a' 'another image, times in the list'
}

run_one() {
    local can_tell=1
    [[ $name == tmpfs || $name == overlay ]] && can_tell=0
    if [[ $name == squashfs ]]; then
        test_images
        return
    fi
    mount_one "$name" || return
    cd "$disk"
    test_times "$can_tell"
    if [[ $name == overlay ]]; then test_copy_up; fi
}

(($#)) || set -- ext4 xfs btrfs tmpfs overlay squashfs
for name; do
    if run_one; then
        say "$name: done"
    else
        say "$name: skipped"
    fi
    cd "$work"
    umount "$disk" 2>/dev/null || true
    rm -f "$work/image"
done
[[ $failures -eq 0 ]]
