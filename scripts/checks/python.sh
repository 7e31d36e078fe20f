#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# python.sh: installs the Python package in a fresh environment, which sees Debian's packages only, checks its types,
# and runs its tests there. They compare with the program of the release build.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
project=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

/usr/bin/python3 -m venv --system-site-packages "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-build-isolation --no-index \
    "$project/src/bindings/python"
cd "$folder" # where the folder of the sources does not hide the installed package
export MYPY_CACHE_DIR=$folder/types
"$folder/venv/bin/python" -m mypy.stubtest libiscc._libiscc
"$folder/venv/bin/python" -m mypy --strict --package libiscc
ISCC=$project/build/release/iscc PYTHONDONTWRITEBYTECODE=1 \
    "$folder/venv/bin/python" -m pytest -q -p no:cacheprovider "$project/src/bindings/python/tests"
