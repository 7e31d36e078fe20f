# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Sourced by scripts that build libraries of this Debian or Ubuntu from the sources of its own packages.

# Fetches the sources of packages from where this system gets its packages, with Debian's patches applied, and unpacks
# them in FOLDER/NAME: fetch_sources FOLDER NAME... apt-get works in a folder of its own, with its own list of source
# repositories: the system need not have one, and does not change.
fetch_sources() {
    local folder=$1 apt=$1/apt file name
    shift
    mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$apt/places" "$apt/fetched"
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
        if [[ -e $file ]]; then
            sed -E 's/^Types:.*/Types: deb-src/; s/^deb /deb-src /' "$file" >"$apt/places/${file##*/}"
        fi
    done
    printf '%s "%s";\n' Dir::State "$apt" Dir::State::lists "$apt/lists" Dir::Cache "$apt" \
        Dir::Etc::sourcelist /dev/null Dir::Etc::sourceparts "$apt/places" >"$apt/apt.conf"
    APT_CONFIG=$apt/apt.conf apt-get update -q >&2
    (cd "$apt/fetched" && APT_CONFIG=$apt/apt.conf apt-get source -q --download-only "$@" >&2)
    for name in "$@"; do
        rm -rf "${folder:?}/$name"
        (cd "$folder" && dpkg-source --no-check -x "$(find "$apt/fetched" -name "${name}_*.dsc")" "$name" >&2)
    done
}

# Builds a static library that only programs link, and installs it: build_library SOURCE BUILD PREFIX [CMAKE OPTION]...
build_library() {
    local source=$1 build=$2 prefix=$3
    shift 3
    cmake -S "$source" -B "$build" "$@" -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$prefix" \
        -DCMAKE_INSTALL_LIBDIR=lib -DCMAKE_POSITION_INDEPENDENT_CODE=ON -DBUILD_SHARED_LIBS=OFF \
        -DENABLE_CJSON_TEST=OFF -DWITH_STATIC_LIB=ON -DWITH_EXAMPLES=OFF -Wno-dev &&
        cmake --build "$build" --parallel "$(getconf _NPROCESSORS_ONLN)" &&
        cmake --install "$build"
}
