#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# version.sh HEADER: which version a release of a commit has, in a repository that has nothing but iscc.h.
set -euo pipefail
source=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$source/scripts/release/version.sh"
command -v git >/dev/null || exit 77
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=test GIT_AUTHOR_EMAIL=test@localhost
export GIT_COMMITTER_NAME=test GIT_COMMITTER_EMAIL=test@localhost GIT_COMMITTER_DATE='2026-02-03T04:05:06 +0200'

cd "$work"
git init -q .
mkdir -p src/core/include/iscc
cp "$1" src/core/include/iscc/iscc.h
git add .
git commit -q -m first
header=$(header_version)
[[ $header =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]]

expect() {
    found=$(commit_version)
    [[ $found == "$1" ]] || {
        printf 'version.sh: %s instead of %s\n' "$found" "$1" >&2
        exit 1
    }
}

refuse() {
    if commit_version >/dev/null 2>error; then
        printf 'version.sh: a wrong tag is not refused\n' >&2
        exit 1
    fi
}

# Without a tag: before the release of this version. What is not committed does not count.
expect "$header~git20260203020506.$(git rev-parse --short=8 HEAD)"
sed -i 's/^\(#define ISCC_VERSION_MAJOR *\).*/\199/' src/core/include/iscc/iscc.h
expect "$header~git20260203020506.$(git rev-parse --short=8 HEAD)"
git checkout -q .

# The tag of another version is refused, also beside the right one.
git tag v99.0.0
refuse
grep -qx "the tag v99.0.0 is not the version in iscc.h, $header" error
git tag "v$header"
refuse
git tag -d v99.0.0 >/dev/null
expect "$header"

# After the release, until iscc.h has another version.
git commit -q --allow-empty -m second
expect "$header+git20260203020506.$(git rev-parse --short=8 HEAD)"
