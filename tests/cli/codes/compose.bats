#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# iscc compose: combines units into one ISCC-CODE.

load ../support/common
load ../support/codes

DATA=ISCC:GAAVMZ3YRGNKXPGN
INSTANCE=ISCC:IAA553YACERDGRCV
META=ISCC:AAAQCERDGRCVMZ3Y

# Units that cannot be combined: one line on stderr per reason, nothing on stdout, status 2.
is_refused() {
    stdout_is
    stderr_is "$@"
    status_is 2
}

# Each code in a file, with its type id or without, is decoded as itself, and rebuilt if it has units. Sets `composed` to
# the number of those.
are_rebuilt() { # FILE
    local code type_id found units option
    composed=0
    while read -r code type_id; do
        read -r found units <&8
        [[ $found == "$code" ]]
        [[ -n $units ]] || continue
        option=
        [[ $type_id != ISCC-WIDE-* ]] || option=--wide
        # shellcheck disable=SC2086 # a word for each unit
        try compose $option $units
        stdout_is "$code"
        stderr_is
        status_is 0
        ((++composed))
    done <"$1" 8< <(cut -d ' ' -f 1 "$1" | "$ISCC" decode - |
        awk '/^ISCC:/ { printf "%s%s", end, $1; end = "\n" } $1 == "unit" { printf " %s", $2 } END { print "" }')
}

@test "compose: two units, in either order" {
    try compose $DATA $INSTANCE
    stdout_is ISCC:KUAFMZ3YRGNKXPGN33XQAEJCGNCFK
    stderr_is
    status_is 0
    try compose $INSTANCE $DATA
    stdout_is ISCC:KUAFMZ3YRGNKXPGN33XQAEJCGNCFK
    status_is 0
}

@test "compose: units are parsed leniently" {
    try compose gaavmz3yrgnkxpgn ' iscc:IAA55-3YACE-RDGR-CV '
    stdout_is ISCC:KUAFMZ3YRGNKXPGN33XQAEJCGNCFK
    status_is 0
}

@test "compose: units on standard input, alone and among operands" {
    try compose < <(printf '%s\n\n%s\r\n' $DATA $INSTANCE)
    stdout_is ISCC:KUAFMZ3YRGNKXPGN33XQAEJCGNCFK
    status_is 0
    try compose $INSTANCE - < <(printf %s $DATA)
    stdout_is ISCC:KUAFMZ3YRGNKXPGN33XQAEJCGNCFK
    status_is 0
}

@test "compose: the units that sum prints combine into the code that sum prints" {
    for size in 0 1 640 65536; do
        try compose "${data_code[size]}" "${instance_code[size]}"
        stdout_is "${narrow[size]}"
        try compose --wide "${data_code[size]}" "${instance_code[size]}"
        stdout_is "${wide[size]}"
        status_is 0
    done
}

@test "compose: a code of every kind is rebuilt from its units" {
    every_code >codes
    are_rebuilt codes
    [[ $composed -eq 7 ]]
}

@test "compose: every code in the standard's conformance file is split and rebuilt" {
    needs jq
    [[ -n ${ISCC_SHARED-} ]] || skip 'the conformance file is not here'
    jq -r '.. | .iscc? // empty' "$ISCC_SHARED/vectors/iscc-core-data.json" >all
    [[ $(wc -l <all) -ge 50 ]]
    are_rebuilt all
    [[ $composed -ge 2 ]]
    jq -r '.gen_iscc_code_v0[] | [.outputs.iscc] + .inputs[0] | join(" ")' "$ISCC_SHARED/vectors/iscc-core-data.json" >composed
    [[ -s composed ]]
    while read -r code units; do
        # shellcheck disable=SC2086 # a word for each unit
        try compose $units
        stdout_is "$code"
        status_is 0
    done <composed
}

# ---- Rejected units ----

@test "compose: units that cannot be combined are reported" {
    # Invalid text is reported with the reason
    try compose $DATA 'IAA!'
    is_refused "iscc: IAA!: character 4 is '!', which is not base32"
    try compose $DATA ${INSTANCE%?}
    is_refused "iscc: ${INSTANCE%?}: it ends after 15 base32 characters, but its header, INSTANCE-NONE-V0-64, asks for 16"
    # A missing unit is reported
    try compose $DATA
    is_refused 'iscc: the Instance-Code is missing; every ISCC-CODE needs one'
    try compose $INSTANCE $META
    is_refused 'iscc: the Data-Code is missing; every ISCC-CODE needs one'
    try compose </dev/null
    is_refused 'iscc: the Data-Code is missing; every ISCC-CODE needs one' \
        'iscc: the Instance-Code is missing; every ISCC-CODE needs one'
    # An operand that is not a unit is reported
    try compose $DATA ISCC:KUAFMZ3YRGNKXPGN33XQAEJCGNCFK ISCC:MAAGC4UDSSS3NR6Y
    is_refused 'iscc: ISCC:KUAFMZ3YRGNKXPGN33XQAEJCGNCFK: ISCC-SUM-V0-DI is not a unit of an ISCC-CODE' \
        'iscc: ISCC:MAAGC4UDSSS3NR6Y: ID-PRIVATE-V0-64 is not a unit of an ISCC-CODE'
    # A second unit of the same MainType is reported
    try compose $DATA $INSTANCE GAATCQSTMR2YNF5I
    is_refused "iscc: GAATCQSTMR2YNF5I: a second Data-Code, after $DATA"
    # A unit that is too short is reported
    try compose ISCC:GAADCQSTMQ $INSTANCE
    is_refused 'iscc: ISCC:GAADCQSTMQ: it has 32 bits, and at least 64 are needed'
    try compose --wide $DATA ISCC:IABUCUTDOSCZNJ5YZHNOX7ANDYXUA
    is_refused "iscc: $DATA: it has 64 bits, and at least 128 are needed"
    # Units of different media are reported
    try compose ISCC:CAARCIRTIRKWM54I $DATA $INSTANCE ISCC:EEASEM2EKVTHPCEZ
    is_refused 'iscc: ISCC:EEASEM2EKVTHPCEZ: CONTENT-IMAGE-V0-64 has another SubType than ISCC:CAARCIRTIRKWM54I'
    try compose ISCC:EEASEM2EKVTHPCEZ ISCC:CAARCIRTIRKWM54I $DATA $INSTANCE
    is_refused 'iscc: ISCC:CAARCIRTIRKWM54I: SEMANTIC-TEXT-V0-64 has another SubType than ISCC:EEASEM2EKVTHPCEZ'
    # --wide accepts only Data and Instance
    try compose --wide "${data_code[256]}" "${instance_code[256]}" $META
    is_refused "iscc: $META: a WIDE code has a Data-Code and an Instance-Code only, no Meta-Code"
}

@test "compose: unreadable standard input is an error" {
    try compose <&-
    is_refused 'iscc: -: Bad file descriptor'
}

@test "compose: a full disk is an error" {
    status=0
    "$ISCC" compose $DATA $INSTANCE >/dev/full 2>"$err" || status=$?
    stderr_is 'iscc: write error: No space left on device'
    status_is 2
}

@test "compose: usage errors" {
    try compose --json $DATA $INSTANCE
    is_usage_error "unrecognized option '--json'" compose
}
