#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# test.sh [NAME...]: installs what the tests need, then builds and tests each configuration named; by default `quick`
# alone. A NAME is one of these:
#   quick                              the release build, the tests of units, and those of the program that cover most
#   release no-openmp dev clang sanitize sanitize-clang tsan    the tests of this preset (CMakePresets.json)
#   PRESET:WORD,WORD                   those whose names begin with one of the words
#   style                              the style check (style.sh)
#   tidy cppcheck analyzer memcheck    mistakes that tools find without tests, and valgrind (checks/analyze.sh)
#   fuzz                               half a minute of each fuzz target (checks/fuzz.sh)
#   coverage                           lines and branches that the tests run, with a floor (checks/coverage.sh)
#   endure                             ten minutes of mixed work under tight limits, by the release build
#   python npm                         the bindings, installed in a fresh folder (checks/python.sh, npm.sh)
#   filesystems                        the program on file systems of this kernel; needs root (checks/filesystems.sh)
#   debian12 debian13                  packages and all tests in fresh chroots; needs root (checks/debian.sh)
#   dist                               the files of a release, made twice; needs root (checks/dist.sh)
#   mpi                                iscc-mpi on several ranks, with Open MPI and MPICH, and in jobs of Slurm if root
#                                      (checks/mpi.sh, slurm.sh)
#   ci                                 what docs/ci.md offers, with validators from npm (checks/ci.sh)
#   i386 powerpc s390x arm64 armhf riscv64
#                                      the tests on other processors; needs root (checks/portability.sh)
#   thorough                           all of the above but what needs root, npm, MPI or a browser; with slow tests and every fault
#   all                                all of the above, likewise
# ISCC_WERROR=ON makes warnings errors. ISCC_CHANGED_SINCE=REVISION limits tidy, cppcheck and analyzer to what changed
# since. ISCC_TEST_THOROUGH=1 adds slow tests and every fault. The status is 0 if everything passed.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
cores=$(getconf _NPROCESSORS_ONLN)
thorough=(style release no-openmp dev clang sanitize sanitize-clang tsan tidy cppcheck analyzer memcheck fuzz coverage endure python)
machines=(npm filesystems debian12 debian13 dist ci mpi i386 powerpc s390x arm64 armhf riscv64)

# The other tests compare with git, coreutils and shells at length, or make system calls fail one by one, which takes
# three times as long. Continuous integration runs them.
quick=release:unit,fuzz,install
for name in text operands trees vectors.auto backends check.auto strict_tree bit_rot update.auto diff.auto decode compare \
    commands man; do
    quick+=,cli.$name
done

say() {
    printf 'test.sh: %s\n' "$*" >&2
}

install_dependencies() {
    local groups=(build test) name
    for name in "$@"; do
        case $name in
        clang* | no-openmp* | sanitize* | tsan* | fuzz) groups+=(clang) ;;
        style) groups+=(style) ;;
        filesystems) groups+=(filesystems) ;;
        python | npm) groups+=("$name") ;;
        debian12 | debian13) groups+=(debian) ;;
        dist) groups+=(release) ;;
        ci) groups+=(ci) ;;
        mpi) groups+=(mpi) ;;
        tidy | cppcheck | analyzer | memcheck) groups+=(analysis) ;;
        esac
    done
    scripts/install-deps.sh "${groups[@]}"
}

configure_preset() {
    # Otherwise make starts a cmake for each line about what it builds, a fifth of the processor time of a build.
    local options=(-DCMAKE_RULE_MESSAGES=OFF)
    [[ -z ${ISCC_WERROR-} ]] || options+=("-DISCC_WERROR=$ISCC_WERROR")
    cmake --preset "$1" "${options[@]}"
}

# Configures the builds of all names at once, as cmake uses one processor. What fails is said when it fails again.
configure_ahead() {
    local preset
    for preset in $(printf '%s\n' "${@%%:*}" | sort -u); do
        case $preset in
        release | no-openmp | dev | clang | sanitize | sanitize-clang | tsan) configure_preset "$preset" >/dev/null 2>&1 & ;;
        esac
    done
    wait
}

# Configures and builds. Called in a condition, where `set -e` has no effect.
build_preset() {
    configure_preset "$1" && cmake --build --preset "$1" --parallel "$cores"
}

test_preset() {
    local preset=${1%%:*} selection=() words=() word
    build_preset "$preset" || return 1
    if [[ $1 == *:* ]]; then
        IFS=, read -ra words <<<"${1#*:}"
        for word in "${words[@]}"; do
            if [[ $(ctest --preset "$preset" --show-only --tests-regex "^$word") == *'Total Tests: 0'* ]]; then
                say "$preset: no test's name begins with $word"
                return 1
            fi
        done
        selection=(--tests-regex "^(${1#*:})")
        selection[1]=${selection[1]//,/|}
    fi
    [[ -n ${ISCC_TEST_THOROUGH-} ]] || selection+=(--label-exclude slow)
    # One more than the cores: tests that wait for something leave them idle.
    ctest --preset "$preset" --parallel "$((cores + 1))" --no-tests=error "${selection[@]}" --output-log "build/$preset/test.log"
}

test_one() {
    case $1 in
    style) scripts/style.sh ;;
    tidy | cppcheck | analyzer | memcheck) scripts/checks/analyze.sh "$1" ;;
    fuzz) scripts/checks/fuzz.sh 30 ;;
    i386 | powerpc | s390x | arm64 | armhf | riscv64) scripts/checks/portability.sh "$1" ;;
    debian12) scripts/checks/debian.sh bookworm ;;
    debian13) scripts/checks/debian.sh trixie ;;
    dist) scripts/checks/dist.sh ;;
    ci) build_preset release && scripts/checks/ci.sh ;;
    mpi) build_preset release && scripts/checks/mpi.sh ;;
    coverage) scripts/checks/coverage.sh ;;
    python | npm) build_preset release && "scripts/checks/$1.sh" ;;
    filesystems) build_preset release && scripts/checks/filesystems.sh && scripts/checks/filesystem_times.sh ;;
    endure) build_preset release && tests/endure/endure.sh 600 ;;
    *) test_preset "$1" ;;
    esac
}

# How ctest counted the tests of a preset.
count_of() {
    sed -n '/tests passed/p' "build/${1%%:*}/test.log" 2>/dev/null || true
}

names=()
for name in "${@:-quick}"; do
    case $name in
    quick) names+=("$quick") ;;
    thorough | all) export ISCC_TEST_THOROUGH=1 ;;&
    thorough) names+=("${thorough[@]}") ;;
    all) names+=("${thorough[@]}" "${machines[@]}") ;;
    *) names+=("$name") ;;
    esac
done
install_dependencies "${names[@]}"
configure_ahead "${names[@]}"

summary=()
failed=0
for name in "${names[@]}"; do
    say "$name"
    start=$SECONDS
    verdict=passed
    rm -f "build/${name%%:*}/test.log"
    test_one "$name" || {
        verdict=FAILED
        failed=1
    }
    summary+=("$name: $verdict ($((SECONDS - start)) s) $(count_of "$name")")
done
for line in "${summary[@]}"; do
    say "$line"
done
exit "$failed"
