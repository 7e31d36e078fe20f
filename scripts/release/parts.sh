# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Sourced: the parts by others that are inside what is released, their notices, and a list of them in SPDX.

# A line for each part: its name, the package of this Debian or Ubuntu that it comes from (- if its source is our own
# tree), the files that hold it (all; binaries; programs; static: what holds the static program), its licence, its home.
parts='
Unicode data|-|all|Unicode-DFS-2016|https://www.unicode.org/Public
BLAKE3|librust-blake3-dev|binaries|CC0-1.0 OR Apache-2.0|https://github.com/BLAKE3-team/BLAKE3
xxHash|libxxhash-dev|binaries|BSD-2-Clause|https://github.com/Cyan4973/xxHash
libgomp and libgcc|libgcc-DEFAULT-dev|programs|GPL-3.0-or-later WITH GCC-exception-3.1|https://gcc.gnu.org
cJSON|libcjson-dev|static|MIT|https://github.com/DaveGamble/cJSON
utf8proc|libutf8proc-dev|static|MIT AND Unicode-DFS-2016|https://github.com/JuliaStrings/utf8proc
glibc|libc6-dev|static|LGPL-2.1-or-later|https://www.gnu.org/software/libc
'

# Calls a function for each part with its fields and its version: each_part FUNCTION [ARGUMENT]...
each_part() {
    local name package where licence home version
    while IFS='|' read -r name package where licence home; do
        [[ -n $name ]] || continue
        package=${package/DEFAULT/$(cc -dumpversion)}
        if [[ $package == - ]]; then
            version=$(git show HEAD:src/core/unicode/tables.inc | sed -n 's/^#define UNICODE_VERSION "\(.*\)"/\1/p')
        else
            version=$(dpkg-query --show --showformat '${source:Version}' "$package")
        fi
        "$@" "$name" "$package" "$where" "$licence" "$home" "$version"
    done <<<"$parts"
}

heading() {
    printf '\n%s\n%s\n%s\n\n' "${1//?/=}" "$1" "${1//?/=}"
}

print_notice() {
    [[ $2 != - ]] || return 0 # in packaging/debian/copyright
    heading "$1 $6: $4, $5"
    cat "/usr/share/doc/$2/copyright"
}

# Writes the licences and notices of all that is inside the static program: write_notices TREE
write_notices() {
    local name
    cat <<'END'
The licences and notices of iscc and of what its static program contains.

The C library, glibc, is under the LGPL: to replace it, build the source archive of the same release with the option
ISCC_STATIC_PROGRAM and another glibc. The sources of all parts are those of Debian's or Ubuntu's packages whose
versions are named here.
END
    heading 'iscc: Apache-2.0, and the tables of Unicode'
    cat "$1/packaging/debian/copyright"
    each_part print_notice
    for name in Apache-2.0 CC0-1.0 LGPL-2.1 GPL-2 GPL-3; do
        heading "/usr/share/common-licenses/$name"
        cat "/usr/share/common-licenses/$name"
    done
}

# An SPDX package of a part, or of a file that is released.
part_package() {
    jq -n --arg name "$1" --arg licence "$4" --arg home "$5" --arg version "$6" '
        {SPDXID: ("SPDXRef-" + ($name | gsub("[^A-Za-z0-9]"; "-"))), name: $name, versionInfo: $version,
         downloadLocation: $home, filesAnalyzed: false, licenseConcluded: $licence, licenseDeclared: $licence,
         copyrightText: "NOASSERTION"}'
}

file_package() { # NAME VERSION DIGEST
    jq -n --arg name "$1" --arg version "$2" --arg digest "$3" '
        {SPDXID: ("SPDXRef-" + ($name | gsub("[^A-Za-z0-9.]"; "-"))), name: $name, versionInfo: $version,
         packageFileName: $name, downloadLocation: "NOASSERTION", filesAnalyzed: false,
         checksums: [{algorithm: "SHA256", checksumValue: $digest}],
         licenseConcluded: "NOASSERTION", licenseDeclared: "Apache-2.0", copyrightText: "NOASSERTION"}'
}

# Whether a released file holds the parts of a kind.
has_parts() { # FILE KIND
    case $1 in
    *.rpm | *-linux-*) true ;;
    iscc_*.deb) [[ $2 != static ]] ;;
    *.deb) [[ $2 == all || $2 == binaries ]] ;;
    *) [[ $2 == all ]] ;;
    esac
}

part_relations() { # FILE NAME PACKAGE WHERE...
    if has_parts "$1" "$4"; then
        jq -n --arg file "$1" --arg part "$2" '
            {spdxElementId: ("SPDXRef-" + ($file | gsub("[^A-Za-z0-9.]"; "-"))), relationshipType: "CONTAINS",
             relatedSpdxElement: ("SPDXRef-" + ($part | gsub("[^A-Za-z0-9]"; "-")))}'
    fi
}

# Prints the list of parts of the released files in a folder: write_spdx FOLDER VERSION TIME COMMIT
write_spdx() {
    local folder=$1 version=$2 time=$3 commit=$4 file
    {
        for file in "$folder"/*; do
            file_package "${file##*/}" "$version" "$(sha256sum <"$file" | cut -d ' ' -f 1)"
        done
        each_part part_package
        for file in "$folder"/*; do
            each_part part_relations "${file##*/}"
        done
    } | jq -s --arg name "iscc-$version" --arg time "$time" --arg commit "$commit" \
        --arg version "$version" '
        map(select(.name)) as $packages | map(select(.relationshipType)) as $relations |
        {spdxVersion: "SPDX-2.3", dataLicense: "CC0-1.0", SPDXID: "SPDXRef-DOCUMENT", name: $name,
         documentNamespace: ("https://spdx.org/spdxdocs/" + $name + "-" + $commit),
         creationInfo: {created: $time, creators: ["Tool: release.sh-" + $version]},
         packages: $packages,
         relationships: ([$packages[] | select(.packageFileName) |
             {spdxElementId: "SPDXRef-DOCUMENT", relationshipType: "DESCRIBES", relatedSpdxElement: .SPDXID}]
             + $relations)}'
}
