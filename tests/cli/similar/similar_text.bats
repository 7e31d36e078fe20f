#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# similar --by=text, compare --by=text and diff --text: texts that differ in layout, letter case and punctuation.

load ../support/common

# Makes texts of numbers in `d`: `a` and other layouts of it, `b` with few changes, `c` with nothing in common, and a
# file that is no text.
make_texts() {
    mkdir d
    seq 100000 300 400000 >d/a
    tr '\n' ' ' <d/a | fold -w 50 >d/a.reflowed
    sed 's/^/    «/; s/$/»,/' d/a >d/a.quoted
    sed '500s/.*/changed/' d/a >d/b
    seq 500001 301 800000 >d/c
    { cat d/a && printf '\xff'; } >d/binary
}

# The names of each group, on one line for each.
groups() { "$ISCC" similar "$@" | awk -v RS= '{ line = ""; for (i = 1; i <= NF; i++) if ($i ~ /^\*/) line = line " " substr($i, 2); print substr(line, 2) }'; }

@test "similar --by=text: other layouts of a text are in its group, and files that are not text in none" {
    make_texts
    [[ $(groups --by=text d) == 'd/a d/a.quoted d/a.reflowed d/b' ]]
    [[ $(groups --by=data d) == "$(groups d)" && $(groups d) != *a.reflowed* ]]
    try similar --by=text --json d
    [[ $(<"$out") == *'"by":"text","bits":128,"threshold":12}' ]]
    [[ $(grep -o '"distance":0' "$out" | wc -l) -eq 2 ]]
    # Each file with its codes, as sum prints them.
    for name in a a.quoted a.reflowed b; do
        object=$("$ISCC" --json --text d/$name)
        [[ $(<"$out") == *"${object%?}"* && $object == *'"text_code":"ISCC:EAD'*'"iso":"ISCC:KA'* ]]
    done
    try similar --by=data --json d
    [[ $(<"$out") != *'"text_code"'* && $(<"$out") != *'"iso"'* ]]
    try similar --by=text --json --near=d/a d
    [[ $(head -n 1 "$out") == *'"text_code":"'*'","iso":"ISCC:KA'*'"distance":0,'* ]]
    try similar --by=text --narrow --all --json d
    [[ $(tail -n 1 "$out") == *'"path":"d/c"'*'"members":[],"by":"text","bits":64,"threshold":6}' ]]
    [[ $(<"$out") != *binary* ]]
    # The same from lists, in text and JSON, and on any number of threads.
    "$ISCC" --units --text d >list
    "$ISCC" --json --text d >list.json
    for input in list list.json; do
        [[ $(groups --by=text $input) == 'd/a d/a.quoted d/a.reflowed d/b' ]]
        "$ISCC" similar --by=text -j 1 $input | cmp - <("$ISCC" similar --by=text -j 4 d)
    done
    "$ISCC" d >list
    try similar --by=text list
    stdout_is
    stderr_is "iscc: no line has a Text-Code, which sum prints with --text" "iscc: nothing to compare: no file"
    status_is 0
    try similar --by=text --exact d
    is_usage_error "the --by option is meaningless with --exact" similar
    try similar --by=texts d
    status_is 2
}

@test "similar --by=text --near: a text, a Text-Code or an ISCC-CODE of a text is the query" {
    make_texts
    text_code=$("$ISCC" gen text --bits=256 d/a)
    iso=$("$ISCC" --json --text d/a | sed 's/.*"iso":"\([^"]*\)".*/\1/')
    try similar --by=text --near=d/a --threshold=0 d
    [[ $(sed 's/ISCC:[^ ]*//' "$out" | tr '\n' ' ') == '  ~00  *d/a.quoted   ~00  *d/a.reflowed ' ]]
    for query in "$text_code" "$("$ISCC" gen text d/a)" "$iso"; do
        try similar --by=text --near="$query" --limit=3 --threshold=0 d
        [[ $(sed 's/.*\*//' "$out" | tr '\n' ' ') == 'd/a d/a.quoted d/a.reflowed ' ]]
        status_is 0
    done
    try similar --by=text --json --near=d/binary d
    stdout_is '{"type":"error","path":"d/binary","error":"it has no Text-Code to compare","code":"NO_TEXT"}'
    status_is 2
    try similar --by=text --json --near=ISCC:GAARTIGSQPBAX75Y d
    stdout_is '{"type":"error","input":"ISCC:GAARTIGSQPBAX75Y","error":"it has no Text-Code to compare","code":"NO_TEXT"}'
    status_is 2
}

@test "compare --by=text: files and codes" {
    make_texts
    try compare d/a d/a.reflowed
    [[ $(<"$out") == 'not near: the Data-Codes differ in '* ]]
    status_is 1
    try compare --by=text d/a d/a.reflowed
    stdout_is 'near: the Text-Codes differ in 0 of 256 bits (0.0 %, threshold 25 bits)'
    status_is 0
    try compare --by=text d/a d/c
    [[ $(<"$out") == 'not near: the Text-Codes differ in '* ]]
    status_is 1
    try compare --by=text --json d/a "$("$ISCC" gen text d/a.quoted)"
    [[ $(<"$out") == *'"near":true,"by":"text","distance":0,"bits":64,"share":0,"threshold":6}' ]]
    [[ $(<"$out") != *identical* ]]
    status_is 0
    try compare --by=text d/a d/a
    stdout_is 'identical: the Instance-Codes agree in all 256 bits'
    try compare --by=text d/a d/binary
    stderr_is 'iscc: d/binary: it has no Text-Code to compare'
    status_is 2
    try compare --by=text ISCC:GAARTIGSQPBAX75Y d/a
    stderr_is 'iscc: ISCC:GAARTIGSQPBAX75Y: it has no Text-Code to compare'
    status_is 2
}

@test "D8, D10: diff --text finds texts that changed their layout near, also under another name" {
    make_texts
    mkdir new
    cp d/a.reflowed new/a
    cp d/b new/binary
    tr '\n' '\t' <d/c >new/c.moved
    rm d/a.* d/b d/binary
    try diff d new
    [[ $(sed 's|[0-9]*/|N/|' "$out" | tr '\n' ';') == 'changed far N/256 a;added binary;added c.moved;removed c;'* ]]
    try diff --text d new
    stdout_is 'changed near text 0/256 a' 'added binary' 'moved-changed text 0/128 c -> c.moved' \
        '1 added, 0 removed, 1 changed, 0 moved, 1 moved-changed, 0 same'
    status_is 1
    try diff --text --json d new
    [[ $(head -n 1 "$out") == *'"near":true,"by":"text","distance":0,"bits":256}' ]]
    try diff --text --markdown d new
    [[ $(<"$out") == *'| near as text, 0 of 256 bits |'* ]]
    # Lists with Text-Codes say the same; one without is as before.
    "$ISCC" sum --json --text d >old.list
    "$ISCC" sum --json --text new | sed 's|"new/|"d/|' >new.list
    try diff -q --strip=d old.list new.list
    stdout_is '1 added, 0 removed, 1 changed, 0 moved, 1 moved-changed, 0 same'
    try diff --text --strip=d old.list new
    [[ $(head -n 1 "$out") == 'changed near text 0/256 a' ]]
    "$ISCC" sum d >plain.list
    try diff --text --strip=d plain.list new
    [[ $(head -n 1 "$out") == 'changed far '*'/128 a' ]]
}
