# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Sourced: what version a commit is, its source archive, and the Debian source tree made of it. All are those of the
# commit HEAD; changes in the working tree do not count.

# Prints the version that iscc.h has.
header_version() {
    git show HEAD:src/core/include/iscc/iscc.h |
        sed -nE 's/^#define ISCC_VERSION_(MAJOR|MINOR|PATCH) +([0-9]+).*/\2/p' | paste -sd .
}

# Prints the version of HEAD: that of iscc.h, if the commit has its tag; without a tag, one that sorts before that
# release, or behind it if it has been made. Fails if the commit has the tag of another version.
commit_version() {
    local header tag tags mark='~'
    header=$(header_version)
    tags=$(git tag --points-at HEAD --list 'v[0-9]*')
    for tag in $tags; do
        if [[ $tag != "v$header" ]]; then
            printf 'the tag %s is not the version in iscc.h, %s\n' "$tag" "$header" >&2
            return 1
        fi
    done
    if [[ -z $tags ]]; then
        ! git rev-parse --quiet --verify "refs/tags/v$header" >/dev/null || mark=+
        header+=${mark}git$(TZ=UTC git log -1 --format=%cd --date=format-local:%Y%m%d%H%M%S).$(git rev-parse --short=8 HEAD)
    fi
    printf '%s\n' "$header"
}

# Writes the source archive of a version: source_archive VERSION FILE
source_archive() {
    git archive --format=tar --prefix="iscc-$1/" HEAD | gzip -n -9 >"$2"
}

# Unpacks the source archive in a folder and makes it a Debian source tree for this system's release:
# debian_source VERSION FOLDER. Prints the tree's name.
debian_source() {
    local version=$1 folder=$2 tree=$2/iscc-$1 release
    release=$(. /etc/os-release && printf '%s%s' "${ID/debian/deb}" "$VERSION_ID")
    source_archive "$version" "$folder/iscc_$version.orig.tar.gz"
    tar -xzf "$folder/iscc_$version.orig.tar.gz" -C "$folder"
    cp -R "$tree/packaging/debian" "$tree/debian"
    cat >"$tree/debian/changelog" <<END
iscc ($version-1+$release) unstable; urgency=medium

  * The project's own package. CHANGELOG.md says what has changed.

 -- $(sed -n 's/^Maintainer: //p' "$tree/debian/control")  $(date -u -R -d "@$(git log -1 --format=%ct)")
END
    printf '%s\n' "$tree"
}
