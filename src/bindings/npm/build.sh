#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# build.sh FOLDER: makes the npm package in FOLDER: the library as WebAssembly, once portable and once with SIMD, and
# the modules of lib/. Needs Debian's clang, lld, wasi-libc, libclang-rt-14-dev-wasm32, binaryen, xz-utils, nodejs,
# libxxhash-dev, and BLAKE3's C sources: librust-blake3-dev, or BLAKE3_SOURCE_DIR.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
core=$here/../../core
mkdir -p "$1/lib"
package=$(cd "$1" && pwd)
work=$package.objects
blake3=${BLAKE3_SOURCE_DIR-}
[[ -n $blake3 ]] || blake3=$(find /usr/share/cargo/registry -path '*/blake3-*/c' -prune 2>/dev/null | sort -V | tail -n 1)
xxhash=$(dirname "$(printf '#include <xxhash.h>\n' | cc -E - | grep -o '"[^"]*/xxhash\.h"' | head -n 1 | tr -d '"')")

# Without the index, what is for several threads, what only the program uses, and what src/ replaces.
left_out='/index/|/measure\.c|/data_block\.c|/sum_batch\.c|/kernels/(blake3_)?batch\.c|/kernels/(avx|simd128)|/unicode/tables\.c|/json_number\.c'

# The functions that bytes flow through are made fast, all others small, among them portable_search.c.
is_hot='/kernels/[a-z0-9]*\.c|/data_stream\.c|/blake3_sse41\.c|/blake3_portable\.c'

exports() {
    tr '\n' ' ' <"$core/include/iscc/iscc.h" | grep -oE 'ISCC_API [a-z0-9_ *]*\(' | grep -oE 'iscc_[a-z0-9_]+\(' |
        tr -d '(' | grep -vE '_index_|_zeros|data_block|_join|gen_sum_codes|sum_hasher_(data|instance)$|_hamming_|_backend|abi_version'
}

# compile VARIANT SOURCE [FLAG...]
compile() {
    local variant=$1 source=$2 level=-Oz
    shift 2
    [[ ! $source =~ $is_hot ]] || level=-O2
    clang --target=wasm32-wasi -std=c11 $level -fno-vectorize -fno-slp-vectorize -mbulk-memory -DNDEBUG -ffunction-sections -D_POSIX_C_SOURCE=200809L -Wall -Wextra \
        -Wno-unused-function -isystem "$here/src/simd" -I"$core/include" -I"$core" -I"$here/src" \
        -I"$blake3" -I"$work" -idirafter "$work/include" "$@" -c "$source" -o "$work/$variant/$(basename "$source").o"
}

# build VARIANT BLAKE3-SOURCES FLAG...: one variant of the library
build() {
    local variant=$1 sources=$2 feature=--enable-bulk-memory source name
    shift 2
    mkdir -p "$work/$variant"
    rm -f "$work/$variant"/*
    for source in $sources "$here"/src/{allocator,format,host,lzma,tables}.c $(find "$core" -name '*.c' | grep -vE "$left_out"); do
        compile "$variant" "$source" "$@"
    done
    local options=()
    for name in malloc free $(exports); do
        options+=("-Wl,--export=$name")
    done
    clang --target=wasm32-wasi -mexec-model=reactor -Wl,--gc-sections -Wl,--strip-all -Wl,-z,stack-size=65536 \
        "${options[@]}" "$work/$variant"/*.o -o "$work/$variant.wasm"
    [[ $variant != simd128 ]] || feature=--enable-simd
    wasm-opt -Oz --enable-bulk-memory "$feature" --strip-producers --strip-target-features "$work/$variant.wasm" \
        -o "$package/lib/libiscc-$variant.wasm"
}

mkdir -p "$work/include"
cp "$xxhash"/xxhash.h "$work/include" # the folder has headers of this machine, too
node "$here/pack_tables.js" "$core/unicode/tables.inc" "$work/packed_tables.inc"
build portable "$blake3/blake3.c $blake3/blake3_portable.c $blake3/blake3_dispatch.c" -DBLAKE3_USE_NEON=0
build simd128 "$core/kernels/simd128.c $blake3/blake3.c $blake3/blake3_sse41.c $here/src/blake3_simd.c" \
    -msimd128 -DISCC_HAVE_SIMD128 -DIS_X86 -DIS_X86_64

version=$(sed -n 's/^#define ISCC_VERSION_[A-Z]* \([0-9]*\)$/\1/p' "$core/include/iscc/iscc.h" | paste -sd .)
sed "s/\"version\": \"[^\"]*\"/\"version\": \"$version\"/" "$here/package.json" >"$package/package.json"
cp "$here"/lib/* "$package/lib"
cp -r "$here/README.md" "$here/demo" "$here/../../../LICENSE" "$package"
