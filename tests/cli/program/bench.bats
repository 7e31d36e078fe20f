#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# iscc bench: what it measures, on inputs small enough to be quick. No test depends on how fast anything is.

load ../support/common

usage() { # MESSAGE ARGUMENT...
    try bench "${@:2}"
    is_usage_error "$1" bench
}

@test "bench: speed is the default measurement" {
    try bench --size=1 --rounds=1 --json
    status_is 0
    stderr_is
    grep -q '"type":"speed","measure":"cuts"' "$out"
}

@test "bench similar: the index and a full comparison give the same groups" {
    for full in '' --full; do
        for threshold in 0 12 40; do
            try bench similar --codes=3000 --rounds=2 --threshold=$threshold $full
            status_is 0
            stderr_is
            grep -q "^codes *3000 of 128 bits, threshold $threshold, " "$out"
            grep -q '^result *the same$' "$out"
        done
    done
}

@test "bench similar: one code" {
    try bench similar --codes=1 --rounds=1 -j 3
    status_is 0
    grep -q '^references *1, and 0 members$' "$out"
}

@test "bench similar: the object has the same members as the text lines" {
    needs jq
    try bench similar --codes=2000 --rounds=1 --json --threads=2
    status_is 0
    [[ $(jq -c '[.type, .codes, .bits, .threshold, .threads, .compared_references, .same]' "$out") == \
        '["similar_speed",2000,128,12,2,1024,true]' ]]
    [[ $(jq '.memory >= 2000 * 16 and .references > 1024' "$out") == true ]]
}

@test "bench: bad operands and options" {
    usage "unknown operand 'fast' (speed or similar)" fast
    usage "extra operand 'speed'" similar speed
    usage "the --size option is meaningful only with speed" similar --size=1
    usage "extra operand 'similar'" speed similar
    usage "the --codes option is meaningful only with similar" --codes=5
    usage "the --full option is meaningful only with similar" --full speed
    usage "the --threads option is meaningful only with similar" -j2
    usage "invalid argument '0' for '--codes' (1 to 100000000)" similar --codes=0
    usage "invalid argument '1001' for '--rounds' (1 to 1000)" --rounds=1001
}
