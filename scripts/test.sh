#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# test.sh [NAME...]: installs what the tests need, then configures, builds and tests each configuration named. A NAME is
# a preset of CMakePresets.json (release, no-openmp, dev, clang, asan, ubsan, tsan), or PRESET:LABEL,LABEL for the tests
# of some labels alone (unit, cli, fuzz, faults, install) without the slow ones, or one of these, or `all` for
# everything:
#   style                              the style check (style.sh)
#   tidy cppcheck analyzer memcheck    mistakes that tools find without tests, and valgrind (analyze.sh)
#   fuzz                               half a minute of each fuzz target (fuzz.sh)
#   i386 powerpc s390x arm64           the tests on other processors, by qemu where need be (portability.sh)
#   coverage                           lines and branches that the tests run, with a floor (coverage.sh)
#   endure                             ten minutes of mixed work under tight limits, of what release built (tests/endure)
# Default: release no-openmp.
# ISCC_WERROR=ON in the environment makes warnings errors. The status is 0 if every configuration passed.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() {
    printf 'test.sh: %s\n' "$*" >&2
}

dependencies() {
    local groups=(build test) name
    for name in "$@"; do
        case $name in
        clang* | asan* | ubsan* | tsan* | fuzz) groups+=(clang) ;;
        style) groups+=(style) ;;
        tidy | cppcheck | analyzer | memcheck) groups+=(analysis) ;;
        esac
    done
    scripts/install-deps.sh "${groups[@]}"
}

# Configures, builds and tests. `set -e` does not hold in a function whose status is asked for.
test_preset() {
    local preset=${1%%:*} label='' cores
    cores=$(getconf _NPROCESSORS_ONLN)
    [[ $1 == *:* ]] && label=${1#*:}
    local arguments=()
    [[ -n ${ISCC_WERROR-} ]] && arguments+=("-DISCC_WERROR=$ISCC_WERROR")
    cmake --preset "$preset" "${arguments[@]}" || return 1
    cmake --build --preset "$preset" --parallel "$cores" || return 1
    ctest --preset "$preset" --parallel "$cores" --no-tests=error ${label:+--label-regex "^(${label//,/|})\$" --label-exclude slow}
}

test_one() {
    case $1 in
    style) scripts/style.sh ;;
    tidy | cppcheck | analyzer | memcheck) scripts/checks/analyze.sh "$1" ;;
    fuzz) scripts/checks/fuzz.sh 30 ;;
    i386 | powerpc | s390x | arm64) scripts/checks/portability.sh "$1" ;;
    coverage) scripts/checks/coverage.sh ;;
    endure) tests/endure/endure.sh 600 ;;
    *) test_preset "$1" ;;
    esac
}

names=("$@")
[[ $# -gt 0 ]] || names=(release no-openmp)
[[ $* != all ]] || names=(style cppcheck tidy analyzer release no-openmp dev clang asan ubsan tsan memcheck fuzz i386 powerpc s390x arm64 coverage endure)
dependencies "${names[@]}"

summary=()
failed=0
for name in "${names[@]}"; do
    say "$name"
    start=$SECONDS
    verdict=passed
    test_one "$name" || {
        verdict=FAILED
        failed=1
    }
    summary+=("$name: $verdict ($((SECONDS - start)) s)")
done
for line in "${summary[@]}"; do
    say "$line"
done
exit "$failed"
