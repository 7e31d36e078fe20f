#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# filesystems.sh [NAME...]: tests the release build on file systems of this kernel. NAME:
#   ext4 xfs btrfs tmpfs overlay    the same codes, lists that are replaced as a whole, a full disk, a read-only one
#   vfat                            likewise, with names without case and times of two seconds
#   squashfs                        a read-only image
#   damaged                         disks that return errors: unreadable files and directories, failed writes
# Default: all of them. Needs root and loop devices. Everything is mounted in a mount namespace of its own, so nothing
# is left behind. What the kernel lacks is named and skipped; fusefat stands in for vfat.
set -euo pipefail

# shellcheck source=scripts/checks/mounts.sh
. "${BASH_SOURCE[0]%/*}/mounts.sh"
has_stand_in=
skipped=()

# expect STATUS TEXT ARGUMENT...: runs the program, which must end with this status and print a message that contains
# TEXT, or none if TEXT is empty.
expect() {
    local wanted=$1 text=$2 status=0
    shift 2
    "$iscc" "$@" >"$work/out" 2>"$work/err" || status=$?
    [[ $status -eq $wanted ]] || fail "iscc $*: status $status instead of $wanted: $(head -n 3 "$work/err")"
    if [[ -z $text ]]; then
        [[ ! -s $work/err ]] || fail "iscc $*: unexpected message: $(head -n 3 "$work/err")"
    else
        grep -qF -e "$text" "$work/err" || fail "iscc $*: no message '$text': $(head -n 3 "$work/err")"
    fi
}

prints() {
    grep -qxF -e "$1" "$work/out" || fail "no line '$1', but: $(head -n 3 "$work/out")"
}

same() {
    cmp -s "$1" "$2" || fail "$3: $1 and $2 differ"
}

# ---- File systems ----

kernel_has() {
    grep -qw "$1" /proc/filesystems || modprobe -q "$1" 2>/dev/null
}

mount_vfat() {
    kernel_has vfat && mount_image vfat 64M && return
    has_stand_in=1
    say 'vfat: the kernel lacks vfat, so fusefat stands in, for what it does without errors of its own'
    rm -r "$work/tree/with blank" "$work/tree/many"
    list_tree
    truncate -s 64M "$work/image"
    mkfs.vfat "$work/image" >/dev/null && fusefat -o rw+ "$work/image" "$disk" >/dev/null 2>&1
}

mount_overlay() {
    mount -t tmpfs tmpfs -o size=64m "$work/store" && mkdir "$work/store/"{lower,upper,work} &&
        cp -r "$work/tree" "$work/store/lower" &&
        mount -t overlay overlay -o "lowerdir=$work/store/lower,upperdir=$work/store/upper,workdir=$work/store/work" "$disk"
}

mount_squashfs() {
    mksquashfs "$work/tree" "$work/image" -quiet -no-progress -keep-as-directory >/dev/null &&
        mount -t squashfs -o loop "$work/image" "$disk"
}

mount_one() {
    case $1 in
    ext4) mount_image ext4 64M -m 0 && rmdir "$disk/lost+found" ;;
    xfs) mount_image xfs 300M ;;
    btrfs) mount_image btrfs 256M ;;
    tmpfs) mount -t tmpfs tmpfs -o size=32m "$disk" ;;
    *) "mount_$1" ;;
    esac
}

unmount_all() {
    cd "$work"
    umount "$disk" || umount --lazy "$disk"
    umount "$work/store" 2>/dev/null || true
    # fusefat writes its last blocks after it is unmounted.
    while fuser -s "$work/image" 2>/dev/null; do sleep 0.1; done
    rm -f "$work/image"
}

# ---- What is tested on each ----

# Names that vfat accepts, in no order; contents short, empty, long, sparse and nearly the same.
make_tree() {
    local i
    mkdir -p "$1/sub/deep/er" "$1/many" "$1/with blank"
    for i in {1..100}; do echo "$i" >"$1/many/file number $i of the directory"; done
    : >"$1/empty"
    seq 400000 >"$1/sub/long"
    seq 20000 >"$1/sub/deep/near 1"
    { seq 19999 && echo end; } >"$1/sub/deep/er/near 2"
    printf '\303\251' >"$1/with blank/caf"$'\303\251'
    truncate -s 6M "$1/sparse"
    echo data | dd of="$1/sparse" bs=1M seek=3 conv=notrunc status=none
}

# The codes of a copy of the tree in the current directory, by any number of threads.
test_codes() {
    local threads
    for threads in 1 4; do
        expect 0 '' -j "$threads" tree
        same "$work/out" "$work/list" "-j $threads"
    done
    expect 0 '' --tree tree
    same "$work/out" "$work/tree.list" --tree
    expect 0 '' check --strict-tree=tree "$work/list"
    expect 0 '' check --base=. --strip=/elsewhere --json <(sed 's| \*| */elsewhere/|' "$work/list")
    expect 0 '' diff "$work/list" tree
    expect 0 '' similar tree/sub
    grep -qF 'near 2' "$work/out" || fail 'similar finds no near files'
}

# Links and special files, where the file system has them.
test_links() {
    if ln -s "$work/tree" tree/link 2>/dev/null; then
        ln -s sub/long tree/sub/link
        mkfifo tree/fifo
        expect 0 '' tree
        same "$work/out" "$work/list" 'links and a FIFO'
        rm tree/link tree/sub/link tree/fifo
    else
        say "$name: has no links"
    fi
    if ln tree/empty tree/linked 2>/dev/null; then
        expect 1 'not listed' check --strict-tree=tree "$work/list"
        prints 'tree/linked: UNLISTED'
        rm tree/linked
    fi
}

# A list on the disk is the old one or the new one, whenever the program is killed.
test_replacement() {
    local i
    for i in 1 2 3 4 5 6 7 8 9; do
        echo old >list
        "$iscc" -o list tree &
        sleep "0.0$i"
        kill -KILL $! 2>/dev/null || true
        wait $! 2>/dev/null || true
        [[ $(<list) == old ]] || same list "$work/list" 'a list after SIGKILL'
    done
    rm -f .iscc-*
    expect 0 '' -o list tree
    same list "$work/list" -o
    [[ $(ls -A) == $'list\ntree' ]] || fail "-o leaves files: $(ls -A)"
}

test_update() {
    expect 0 '' --json --stat --trust-times -o list tree
    echo changed >>tree/sub/long
    rm tree/many/*
    mkdir tree/new
    echo new >tree/new/file
    expect 1 'did NOT match' check --ignore-missing "$work/list"
    expect 0 '' update --trust-times list tree
    prints '1 added, 100 removed, 1 changed, 5 unchanged'
    expect 0 '' check --strict-tree=tree list
    expect 0 '' update --trust-times list tree
    prints '7 unchanged'
    rm tree/new/file tree/sub/long
    cp "$work/tree/many/"* tree/many
    cp "$work/tree/sub/long" tree/sub
    expect 0 '' update --trust-times list tree
    expect 0 '' diff "$work/list" list
    rm list
}

# Leaves no room on the disk.
fill_disk() {
    local size
    for size in 64M 16M 4M 1M 256K 64K 16K 4K 1K; do
        while head -c "$size" /dev/zero >"fill.$size.$RANDOM"; do :; done
    done 2>/dev/null
    sync -f .
}

# On a full disk no list is lost, and no part of one is left.
test_full() {
    echo "# old" >list
    cp list old
    : >fill.out
    sync -f .
    fill_disk
    expect 2 'No space left on device' -o list tree
    same list old '-o on a full disk'
    expect 2 'No space left on device' update list tree
    same list old 'update on a full disk'
    expect 2 'No space left on device' check -o list "$work/list"
    same list old 'check -o on a full disk'
    local status=0
    "$iscc" tree >fill.out 2>"$work/err" || status=$?
    [[ $status -eq 2 ]] || fail "standard output on a full disk: status $status"
    expect 0 '' check "$work/list"
    rm fill.* old list
}

test_read_only() {
    echo old >list
    mount -o remount,ro "$disk" 2>/dev/null || {
        say "$name: cannot be made read-only"
        rm list
        return 0
    }
    expect 2 'Read-only file system' -o list tree
    expect 2 'Read-only file system' -o new tree
    [[ $(<list) == old ]] || fail 'a list on a read-only disk changed'
    expect 0 '' check "$work/list"
}

test_writable() {
    local sparse=always
    [[ $1 != vfat ]] || sparse=never
    [[ $1 == overlay ]] || cp -r --sparse=$sparse "$work/tree" .
    test_codes
    test_links
    test_replacement
    [[ $1 != vfat ]] || test_vfat
    [[ -z $has_stand_in ]] || return 0
    test_update
    test_full
    test_read_only
}

# docs/security.md, "Real file systems".
test_vfat() {
    echo content >tree/Name
    "$iscc" tree/Name | sed 's/Name/NAME/' >"$work/upper"
    expect 0 '' check "$work/upper"
    prints 'tree/NAME: OK'
    cat "$work/list" >>"$work/upper"
    expect 1 'not listed' check --strict-tree=tree "$work/upper"
    prints 'tree/Name: UNLISTED'
    expect 1 '' diff "$work/upper" tree
    prints 'moved tree/NAME -> tree/Name'
    expect 0 '' update "$work/upper"
    prints "$(wc -l <"$work/upper") unchanged"
    expect 0 '' update "$work/upper" tree
    prints "1 added, 1 removed, $(wc -l <"$work/list") unchanged"
    rm tree/Name
}

test_squashfs() {
    test_codes
    expect 2 'Read-only file system' -o list tree
}

# ---- Disks that return errors ----

# test_unreadable PATH ERROR: what is at or below PATH cannot be read, for that reason; everything else has its code.
# $work/whole is the list from before the damage.
test_unreadable() {
    grep -vF "*$1" "$work/whole" >"$work/rest" || true
    expect 2 "${1%/}: $2" tree
    same "$work/out" "$work/rest" 'files that can be read'
    expect 2 "$2" check "$work/whole"
    [[ $(grep -c ': OK$' "$work/out") -eq $(wc -l <"$work/rest") ]] || fail 'check: the wrong files are OK'
    ! grep -q 'FAILED$' "$work/out" || fail 'check: an unreadable file is called changed'
    cp "$work/whole" "$work/new"
    expect 2 "${1%/}: $2" update "$work/new" tree
    same <(sort "$work/new") <(sort "$work/whole") 'update keeps the lines of what it cannot read'
    expect 2 "${1%/}: $2" diff "$work/whole" tree
    ! grep -qE '^(removed|changed)' "$work/out" || fail 'diff: an unreadable file is called removed or changed'
}

# Copies the tree to the new disk, with a file of 3 MB, and lists it. The files are on the disk then.
fill_damaged() {
    cd "$disk"
    cp -r --sparse=always "$work/tree" .
    sync -f .
    yes 'a line of the file that is damaged' | head -c 3000000 >tree/sub/bad
    sync -f .
    "$iscc" tree >"$work/whole"
}

# Reads of a device fail where the file behind it has been cut off.
damage_end() {
    local last
    mount_image ext4 64M -b 4096 -m 0 -O ^has_journal
    fill_damaged
    last=$(filefrag -v tree/sub/bad | sed -n 's/^ *[0-9]*:[^:]*: *\([0-9]*\)\.\..*/\1/p' | sort -n | tail -n 1)
    truncate -s "$((last * 4096))" "$work/image"
    dd if=tree/sub/bad iflag=nocache count=0 status=none # drops it from the cache
    test_unreadable tree/sub/bad 'Input/output error'
    expect 2 'Input/output error' check --json "$work/whole"
    grep -q '"code":"EIO"' "$work/out" || fail 'no EIO in JSON'
}

# The first block of a directory has the wrong checksum.
damage_directory() {
    local blocks
    mount_image ext4 64M -b 4096 -m 0 -O metadata_csum
    fill_damaged
    cd "$work"
    umount "$disk"
    blocks=$(debugfs -R 'blocks /tree/many' "$work/image" 2>/dev/null)
    head -c 4096 /dev/urandom | dd of="$work/image" bs=4096 seek="${blocks%% *}" conv=notrunc status=none
    mount -t ext4 -o loop "$work/image" "$disk"
    cd "$disk"
    test_unreadable tree/many/ 'Bad message'
}

# A block of data has the wrong checksum.
damage_data() {
    local offset
    kernel_has btrfs && mount_image btrfs 256M || return 1
    fill_damaged
    cd "$work"
    umount "$disk"
    offset=$(grep -abom 1 'a line of the file that is damaged' "$work/image" | head -n 1)
    printf X | dd of="$work/image" bs=1 seek="${offset%%:*}" conv=notrunc status=none
    mount -t btrfs -o loop "$work/image" "$disk"
    cd "$disk"
    test_unreadable tree/sub/bad 'Input/output error'
}

# The compressed data of a file, which come first in the image, do not unpack.
damage_image() {
    kernel_has squashfs || return 1
    mkdir -p "$work/one/tree"
    seq 100000 >"$work/one/tree/bad"
    echo good >"$work/one/tree/good"
    (cd "$work/one" && "$iscc" tree) >"$work/whole"
    mksquashfs "$work/one" "$work/image" -quiet -no-progress >/dev/null
    head -c 64 /dev/urandom | dd of="$work/image" bs=1 seek=200 conv=notrunc status=none
    mount -t squashfs -o loop "$work/image" "$disk"
    cd "$disk"
    test_unreadable tree/bad 'Input/output error'
}

# The device has less room than it says, so writes fail when they reach it, long after write() succeeded.
damage_writes() {
    mount -t tmpfs tmpfs -o size=24m "$work/store"
    truncate -s 64M "$work/store/image"
    mkfs.ext4 -q -b 4096 -O ^has_journal "$work/store/image"
    mount -o loop "$work/store/image" "$disk"
    cp -r --sparse=always "$work/tree" "$disk"
    cd "$disk"
    echo old >list
    sync -f .
    dd if=/dev/zero of="$work/store/fill" bs=64K status=none 2>/dev/null || true
    expect 2 'No space left on device' -o list tree
    rm "$work/store/fill"
    cd "$work"
    umount "$disk"
    mount -o loop "$work/store/image" "$disk"
    cd "$disk"
    [[ $(<list) == old ]] || fail '-o replaced a list by one that was not written'
}

test_damaged() {
    local damage
    for damage in end directory data image writes; do
        name="damaged ($damage)"
        "damage_$damage" || skip 'the file system cannot be mounted'
        unmount_all
        say "$name: done"
    done
}

# ---- All ----

skip() {
    say "$name: SKIPPED: $*"
    skipped+=("$name")
}

# The codes of the tree as the system's own disk gives them.
list_tree() {
    (cd "$work" && "$iscc" tree >list && "$iscc" --tree tree >tree.list)
}

test_one() {
    name=$1
    rm -rf "$work/tree"
    make_tree "$work/tree"
    list_tree
    case $name in
    damaged)
        test_damaged
        return
        ;;
    ext4 | xfs | btrfs | tmpfs | overlay | squashfs)
        if ! kernel_has "$name"; then
            skip "the kernel lacks $name"
            return
        fi
        ;;
    vfat) ;;
    *)
        say "no such file system: $name"
        exit 2
        ;;
    esac
    if ! mount_one "$name"; then
        skip "$name cannot be mounted here"
        return
    fi
    cd "$disk"
    case $name in
    squashfs) test_squashfs ;;
    *) test_writable "$name" ;;
    esac
    unmount_all
    say "$name: done"
}

for one in "${@:-ext4 xfs btrfs tmpfs overlay vfat squashfs damaged}"; do
    for name in $one; do test_one "$name"; done
done
[[ ${#skipped[@]} -eq 0 ]] || say "skipped: ${skipped[*]}"
[[ $failures -eq 0 ]] || say "$failures failed"
[[ $failures -eq 0 ]]
