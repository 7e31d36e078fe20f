#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# iscc sum --text: rule T7 of the contract, and the lists that it makes.

load ../support/common

# Of the text "Hello World". The digest of its Text-Code is in ISO 24138's reference implementation.
SUM=ISCC:K4AG53FRSZTRHOFEADMAWMM7XQIYIQPYHFARD23RHIRBMXCGZEFLR4A
DATA=ISCC:GADW53FRSZTRHOFEADMAWMM7XQIYJSET2IJTJ4MG3QA4HTS46SCMA3I
INSTANCE=ISCC:IADUD6BZIEI6W4J2EILFYRWJBK4PB7MTTHESAKH5NUUISRFSH72365Q
TEXT=ISCC:EADSKDNZNYGUUF5AMFEJLZ5P66CP5YKCOA3X7F36RWE4CIRCBTUWXYY
ISO=ISCC:KAASKDNZNYGUUF5AN3WLDFTHCO4KIQPYHFARD23RHI
EMPTY=ISCC:EADSL4F2WZY7KBXBYUZPREWZ26IXUJJOPJJAQMXVSY5IZVHJU7RRFNI

# Prints the Text-Code in 256 bits of each file, or "none".
text_codes() { "$ISCC" --json --text "$@" | sed -n 's/.*"text_code":"\([^"]*\)".*/\1/;t print;s/.*/none/;:print;p'; }

@test "T7: a text file has a Text-Code and the ISCC-CODE of the standard" {
    printf 'Hello World' >a
    try --units --text a
    stdout_is "$SUM *a" "  $DATA" "  $INSTANCE" "  $TEXT"
    stderr_is
    status_is 0
    object="{\"type\":\"file\",\"path\":\"a\",\"iscc\":\"$SUM\",\"datahash\":\"1e2041f8394111eb713a22165c46c90ab8f0fd9399c92028fd6d288944b23ff5bf76\",\"filesize\":11"
    try --json --text a
    stdout_is "$object,\"text_code\":\"$TEXT\",\"iso\":\"$ISO\"}"
    try --json --text --units a
    stdout_is "$object,\"units\":[\"$DATA\",\"$INSTANCE\"],\"text_code\":\"$TEXT\",\"iso\":\"$ISO\"}"
    [[ $("$ISCC" compose $TEXT $DATA $INSTANCE) == "$ISO" ]]
    try --json --text --narrow - <a
    [[ $(<"$out") == *"\"iscc\":\"ISCC:KUA"*"\"text_code\":\"$TEXT\",\"iso\":\"$ISO\"}" ]]
    # Lines without units have no room for it.
    try --text a
    stdout_is "$SUM *a"
    stderr_is "iscc: --text has no effect without --json or --units"
    status_is 0
    try --text -c a
    is_usage_error "the --text option is meaningless with --check"
    # The files of a tree have no text in common.
    try --json --text --tree .
    [[ $(<"$out") != *text_code* ]]
    try decode $TEXT $ISO
    [[ $(grep -E 'type id|unit' "$out" | tr -s ' ' | tr '\n' ',') == " type id CONTENT-TEXT-V0-256, type id ISCC-TEXT-V0-CDI, unit ISCC:EAASKDNZNYGUUF5A, unit ${DATA:0:5}GAAW53FRSZTRHOFE, unit ISCC:IAAUD6BZIEI6W4J2," ]]
}

@test "T7: text is UTF-8 without NUL" {
    local -A bytes=(
        [plain]='hello, world' [lines]=' HELLO\r\n\tworld! ' [bom]='\xef\xbb\xbfhello world' [accents]='h\xc3\xa9llo w\xc3\xb6rld'
        [empty]='' [marks]=' --- \n' [four]='\xf0\x9f\x98\x80'
        [nul]='hello\0world' [latin]='h\xe9llo world' [cut]='hello w\xc3' [overlong]='hello \xc0\xaf' [surrogate]='hello\xed\xa0\x80'
        [beyond]='\xf4\x90\x80\x80' [utf16]='h\0i\0'
    )
    local name hello
    for name in "${!bytes[@]}"; do printf "${bytes[$name]}" >"$name"; done
    hello=$(text_codes plain)
    [[ $(text_codes lines bom accents | sort -u) == "$hello" && $hello == ISCC:EAD* ]]
    [[ $(text_codes empty marks | sort -u) == "$EMPTY" ]]
    [[ $(text_codes four) == ISCC:EAD* && $(text_codes four) != "$EMPTY" ]]
    [[ $(text_codes nul latin cut overlong surrogate beyond utf16 | sort | uniq -c) == *" 7 none" ]]
    # A file that is not text has the line that it has without the option.
    [[ $("$ISCC" --json --text --units latin) == "$("$ISCC" --json --units latin)" ]]
    [[ $("$ISCC" --text --units latin) == "$("$ISCC" --units latin)" ]]
}

@test "T7: a long text, with characters across every block, on any number of threads" {
    yes 'Ünïcödé – übər “långe” Straßen, ΟΔΟΣ' | head -c 3500000 >odd # ends within a character
    head -n 60000 odd >long
    printf x | cat - long >shifted
    printf 'é' | cat - long >again
    { cat long && printf '\0'; } >nul
    { cat long && printf '\xff'; } >bad
    cp long hole && truncate -s +3M hole
    "$ISCC" --json --text -j 1 long shifted again nul bad hole odd >one
    "$ISCC" --json --text -j 4 long shifted again nul bad hole odd >four
    cmp one four
    "$ISCC" --json --text - <long | sed 's/"path":"-"/"path":"long"/' | cmp - <(head -n 1 one)
    [[ $(grep -c text_code one) -eq 3 ]]
    [[ $(sed 4q one | grep -c text_code) -eq 3 ]]
    # The same words once, in another layout.
    tr ' ' '\n' <long | sed 's/–\|“\|”\|,//g' >reflowed
    [[ $(text_codes reflowed) == "$(text_codes long)" ]]
}

# A tree of texts and of files that are none.
make_texts() {
    mkdir -p d
    printf '\xff\xfe\x01' >d/a.bin
    seq 400 >d/b.txt
    printf 'Hello World' >d/c.txt
    sleep 0.05
}

@test "check compares Text-Codes too, and reads damaged ones as such" {
    make_texts
    for options in '--json' '--units' '--json --units --narrow' '--units --tag'; do
        # shellcheck disable=SC2086 # words
        "$ISCC" $options --text d >list
        try check --strict list
        stdout_is 'd/a.bin: OK' 'd/b.txt: OK' 'd/c.txt: OK'
        status_is 0
        # Another Text-Code, that of the empty text.
        sed "s/$TEXT/$EMPTY/" list >other
        try check -q other
        stdout_is 'd/c.txt: FAILED'
        status_is 1
        # No code at all.
        sed "s/$TEXT/${TEXT%?}/" list >damaged
        try check -q damaged
        stdout_is 'd/c.txt: FAILED'
        [[ $(<"$err") == *'1 line has a damaged code'* ]]
        status_is 1
    done
    "$ISCC" --json --text d >list
    for edit in "s/$ISO/$("$ISCC" compose $EMPTY $DATA $INSTANCE)/" "s/$ISO/$SUM/" "s/$ISO/$("$ISCC" compose $TEXT $DATA "${instance_code[0]}")/" \
        "s/\"text_code\":\"$TEXT\"/\"text_code\":\"$DATA\"/"; do
        sed "$edit" list >other
        ! cmp -s list other
        try check -q other
        stdout_is 'd/c.txt: FAILED'
        status_is 1
    done
    # A file that is not text has no Text-Code.
    sed "1s/}\$/,\"text_code\":\"$TEXT\"}/" list >other
    try check -q other
    stdout_is 'd/a.bin: FAILED'
    # A code that is not a string makes the line bad.
    sed 's/"iso":"[^"]*"/"iso":1/' list >other
    try check -q other
    [[ $(<"$err") == *'2 lines are improperly formatted'* ]]
}

@test "U7: update keeps Text-Codes, whichever line has the first one" {
    make_texts
    for options in '--json --stat' '--units' '--json --units --stat'; do
        # shellcheck disable=SC2086 # words
        "$ISCC" sum $options --text --trust-times -o list d
        cp list old
        try update --trust-times list d
        stdout_is '3 unchanged'
        cmp list old
        seq 300 >d/d.txt
        printf 'Hello \xff' >d/c.txt
        printf 'text' >d/a.bin
        sleep 0.05
        try update --trust-times list d
        stdout_is 'changed d/a.bin' 'changed d/c.txt' 'added d/d.txt' '1 added, 2 changed, 1 unchanged'
        # shellcheck disable=SC2086
        "$ISCC" sum $options --text --trust-times d | cmp - list
        # A list without Text-Codes gets none.
        # shellcheck disable=SC2086
        "$ISCC" sum $options --trust-times d >plain
        cp plain plain.old
        try update --recheck --trust-times plain d
        cmp plain plain.old
        rm d/d.txt
        make_texts
    done
    # A Text-Code of the same content that is another one is changed.
    "$ISCC" sum --json --text -o list d
    sed "s/$TEXT/$EMPTY/; s/$ISO/$("$ISCC" compose $EMPTY $DATA $INSTANCE)/" list >other
    try update other
    stdout_is 'changed d/c.txt' '1 changed, 2 unchanged'
    grep -q "\"text_code\":\"$TEXT\",\"iso\":\"$ISO\"" other
    # A list without lines keeps the form in a comment.
    rm d/*
    try update --allow-empty list d
    [[ $(<list) == '# iscc sum --json --stat --text' ]]
    make_texts
    try update --trust-times list d
    "$ISCC" sum --json --stat --text --trust-times d | cmp - list
}

@test "diff and similar read lists with Text-Codes" {
    make_texts
    "$ISCC" --json --text d >list
    "$ISCC" --units --text d >list.txt
    try diff list list.txt
    stdout_is
    stderr_is
    status_is 0
    cp d/c.txt d/e.txt
    "$ISCC" --json --text d >list
    try similar list
    stdout_is "$SUM *d/c.txt" "  =00 $SUM *d/e.txt"
    status_is 0
}
