# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034,SC2154 # the scripts use the variables, and set `name`
# Sourced by the scripts that mount file systems, with their arguments: a mount namespace of its own, so that nothing is
# left behind, and a folder `work` with `disk`, where file systems are mounted, and `store`, for what they consist of.

say() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
}

[[ $(id -u) -eq 0 ]] || {
    say 'needs root'
    exit 2
}
if [[ -z ${ISCC_OWN_MOUNTS-} ]]; then
    exec env ISCC_OWN_MOUNTS=1 unshare --mount --pid --fork --kill-child --mount-proc "$0" "$@"
fi
cd "$(dirname "$0")/../.." || exit
export LC_ALL=C
iscc=${ISCC:-$PWD/build/release/iscc}
[[ -x $iscc ]] || {
    say "no release build: $iscc"
    exit 2
}
work=$(mktemp -d)
disk=$work/disk
mkdir "$disk" "$work/store"
failures=0

clean_up() {
    cd /
    umount --recursive --lazy "$disk" "$work/store" 2>/dev/null || true
    rm -rf --one-file-system "$work"
}
trap clean_up EXIT

# What is wrong with the file system `name`.
fail() {
    say "$name: FAILED: $*"
    failures=$((failures + 1))
}

# Mounts a new file system of an image at $disk: mount_image TYPE SIZE [OPTION of mkfs]...
mount_image() {
    local type=$1 size=$2
    shift 2
    truncate -s "$size" "$work/image"
    "mkfs.$type" "$@" "$work/image" >/dev/null 2>&1 && mount -t "$type" -o loop "$work/image" "$disk"
}
