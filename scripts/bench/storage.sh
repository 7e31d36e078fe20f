# SPDX-License-Identifier: Apache-2.0
#
# storage.sh: the works of bench.sh, which sources this file, where threads wait: `cold`, --tree in an ext4 image on a
# disk of this machine; `disk`, an image on a simulated disk; `network`, a simulated file system (latfs.c). A run begins
# with a file system that has just been mounted, so nothing is cached. Needs root, loop devices and FUSE.
# shellcheck shell=bash disable=SC2034,SC2154 # bench.sh sets folder, root and tree, and uses prepare

make_image() { # TREE IMAGE: a quarter larger than the tree
    local size inodes
    say "making an ext4 image of $1"
    size=$(du -sk "$1" | cut -f 1) inodes=$(du -s --inodes "$1" | cut -f 1)
    truncate -s "$((size * 5 / 4 + 65536))K" "$2" && mkfs.ext4 -q -F -N "$((inodes + 1000))" -d "$1" "$2" && sync "$2"
}

build_latfs() {
    local flags
    read -ra flags <<<"$(pkg-config --cflags --libs fuse3)"
    cc -O2 -o "$folder/latfs" "$root/scripts/bench/latfs.c" "${flags[@]}"
}

unmount() { # MOUNT
    ! mountpoint -q "$1" || umount "$1"
}

# Lazily, as an interrupted run still uses the mount, and a loop device that goes is still a user of its image.
unmount_storage() {
    local mount
    for mount in "$folder/mount" "$folder/slow"; do
        ! mountpoint -q "$mount" || umount --lazy "$mount"
    done
}

# Mounts $image from a loop device that reads it past the cache, and goes with the file system.
mount_image() {
    local device status=0
    unmount "$folder/mount" && device=$(losetup --find --show --read-only --direct-io=on "$image") || return
    [ "$(losetup --noheadings --output DIO "$device")" -eq 1 ] &&
        mount -o ro,noload "$device" "$folder/mount" || status=1
    losetup --detach "$device"
    return "$status"
}

mount_network() {
    unmount "$folder/mount" && "$folder/latfs" "$folder/remote" 2000 "$folder/mount"
}

# Makes what a work reads; sets the title of its rows, and what mounts it.
prepare_storage() { # WORK
    case $1 in
    cold)
        title='cold ext4' image=$folder/cold.image prepare=mount_image
        make_image "$tree" "$image"
        ;;
    disk)
        title='disk of 0.5 ms' image=$folder/slow/image prepare=mount_image
        mkdir -p "$folder/disk" "$folder/slow" && make_files "$folder/small" 60 50 500 3000 9000 40000 &&
            make_image "$folder/small" "$folder/disk/image" && build_latfs &&
            "$folder/latfs" "$folder/disk" 500 "$folder/slow"
        ;;
    network)
        title='network of 2 ms' prepare=mount_network
        make_files "$folder/remote" 10 50 500 3000 9000 40000 && build_latfs
        ;;
    esac
}

measure_storage() { # WORK; prints table rows. Other programs wait for one file after the other, as b3sum does.
    local title image prepare count
    [ "$(id -u)" -eq 0 ] || { leave_out "$1" 'only root can mount' && return; }
    mkdir -p "$folder/mount"
    { prepare_storage "$1" && "$prepare"; } >&2 || { leave_out "$1" 'it cannot be mounted here' && return; }
    tree=$folder/mount
    count=$(list_tree)
    tree_programs 2 | grep -Ev '^(xxhsum|sha256sum|b3sum 1)' | run_rounds | report "$title, $count files" 'iscc -j2'
    unmount_storage
    rm -f "$folder/cold.image"
}
