#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# npm.sh: builds and packs the npm package, installs it in a fresh folder, and runs its tests there: sizes, types, both
# variants in Node, and the demo page in headless Chromium. They compare with the program of the release build.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
project=$PWD
bindings=$project/src/bindings/npm
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$bindings/build.sh" build/npm
for variant in portable simd128; do
    size=$(stat -c %s "build/npm/lib/libiscc-$variant.wasm")
    printf 'npm.sh: %s: %d bytes\n' "$variant" "$size" >&2
    ((size <= 90000))
done

npm pack --silent --pack-destination "$folder" ./build/npm >/dev/null
cd "$folder"
printf '{"type":"module","private":true}\n' >package.json
npm install --silent --offline --no-audit --no-fund ./libiscc-*.tgz
cp "$bindings"/tests/* .

tsc --noEmit --strict --target es2022 --module node16 --moduleResolution node16 --lib es2022,dom,dom.iterable \
    types.ts types.bad.ts

export ISCC=$project/build/release/iscc ISCC_TEST_DATA=$project/tests/data
export ISCC_SHARED=${ISCC_SHARED-$project/../shared}
ISCC_BACKEND=auto node --test .
ISCC_BACKEND=portable node --test vectors.test.js hashers.test.js
