#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# docs/iscc.schema.json describes every object: J6 of the contract. support/schema.py judges the objects that are
# collected here, so whatever is new in the schema must be printed here too.

load ../support/common
load ../support/json_words

root=$(cd "$BATS_TEST_DIRNAME/../../.." && pwd)
bad=$'caf\xe9' # not UTF-8

# Prints a Python that has jsonschema, if any has.
find_python() {
    local python
    for python in /usr/bin/python3 python3; do
        if "$python" -c 'from jsonschema import Draft202012Validator' 2>/dev/null; then
            printf '%s' "$python"
            return
        fi
    done
}

# Runs the program and keeps the objects that it prints.
collect() { "$ISCC" "$@" >>objects 2>>messages || true; }

# Prints a code without content: MAINTYPE SUBTYPE LENGTH as in its header, and the bytes of its body.
empty_code() {
    local digits=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567 first=$(($1 << 4 | $2)) code
    code=${digits:first >> 3:1}${digits:(first & 7) << 2:1}${digits:$3 >> 1:1}${digits:($3 & 1) << 4:1}
    while ((${#code} < (8 * ($4 + 2) + 4) / 5)); do code+=A; done
    printf 'ISCC:%s\n' "$code"
}

# Files, of which some are near or equal to others, and a list of them with everything that a list can have.
make_files() {
    mkdir d "d/$bad"
    seq 3000 >d/a
    seq 3001 >d/near
    cp d/a "d/$bad/$bad"
    : >d/empty
    mkfifo fifo "fifo$bad"
    sleep 0.05
    "$ISCC" sum --json --stat --units --trust-times d >list
}

collect_sums() {
    local options
    for options in '' --units --stat '--units --stat' --text '--units --stat --text' --narrow --tree '--tree --units'; do
        # shellcheck disable=SC2086 # words
        collect sum --json --trust-times $options d "d/$bad"
    done
    mkdir -p shards/locked
    chmod 0 shards/locked
    (obey_file_modes && "${prefix[@]}" "$ISCC" sum --json --shard=1/2 shards d) >>objects 2>>messages || true
    # The output of a run that fails leaves the list that it has begun.
    (ulimit -f 1 && "$ISCC" sum --resume --json --stat -o resumed d d d 2>>messages) || true
    head -n 1 resumed.part >>objects
    collect sum --json - missing "missing$bad" fifo <d/a
    collect walk --json d missing
}

collect_codes() {
    local main sub code
    {
        while read -r main sub code; do empty_code "$main" "$sub" $code; done <<'END'
0 0 0 4
1 0 0 4
2 0 7 32
2 1 0 4
2 2 0 4
2 3 0 4
2 4 0 4
3 0 0 4
4 0 0 4
5 0 7 40
5 5 0 16
5 6 4 24
5 7 0 32
6 0 0 8
6 1 0 8
6 2 0 8
6 3 4 12
7 0 0 4
END
        printf '%s\n' '!' "$bad" KU KUABTIGSQPBAX75Y KUABTIGSQPBAX75YFCFINJ47ECR5MA QAAAAAAAAA AEAAAAAAAA AAIAAAAAAA \
            KUAQAAAAAAAAAAAAAAAAAAAAAAAAA
    } >codes
    collect decode --json <codes
    collect compare --json d/a d/near
    collect compare --json "d/$bad/$bad" "d/$bad/$bad"
    collect compare --json d/a "$(empty_code 3 0 7 32)"
    collect compare --json d/a "$(empty_code 4 0 7 32)"
    collect compare --json d/a "missing$bad"
    collect compare --by=text --json d/a d/near
    collect compare --by=text --json d/a "$(empty_code 2 0 7 32)"
    collect compare --by=text --json d/a "$(empty_code 3 0 7 32)"
    collect compare --by=text --json d/a "$("$ISCC" sum --tree d | cut -d " " -f 1)"
    printf "\xff" >"binary$bad"
    collect compare --by=text --json d/a "binary$bad"
}

# Every field that a function of the standard returns.
collect_generated() {
    local kind meta
    for meta in '{"name":"n"}' '{"name":"n","description":"d"}' '{"name":"n","meta":{"a":1}}' \
        '{"name":"n","description":"d","meta":"data:text/plain;base64,YQ=="}'; do
        collect gen meta --json <<<"$meta"
    done
    for kind in text data instance; do collect gen "$kind" --json d/a; done
    head -c 1024 d/a | collect gen image --json
    collect gen audio --json <<<'[1]'
    printf '<FrameSignature>%0380d</FrameSignature></Mpeg7>' 0 | sed 's/0/0 /g' | collect gen video --json
    collect gen mixed --json EUA6GIKXN42IQV3S EIAUKMOUIOYZCKA5
    collect gen iscc --json ISCC:GAARTIGSQPBAX75Y ISCC:IAASRCUGU6PSBI6W
    collect gen iscc --json "$bad"
    collect gen text --json "d/$bad/$bad" <<<"$bad"
    printf '%s' "$bad" >"text$bad"
    collect gen text --json "text$bad"
    collect gen audio --json "missing$bad"
}

# Lines that lack each choice of the members that a line may lack, with files' names and trees' names.
partial_lines() {
    mkdir partial
    seq 4800 | split -l 150 -d - partial/
    sleep 0.05
    "$ISCC" sum --json --stat --units --text --trust-times partial | awk '{
        if (NR % 2) sub(/,"filesize":[0-9]+/, "")
        if (int(NR / 2) % 2) sub(/,"units":[^]]*\]/, "")
        if (int(NR / 4) % 2) sub(/,"stat":[^}]*\}/, "")
        if (int(NR / 8) % 2) { sub(/,"datahash":"[^"]*"/, ""); sub(/,"units":[^]]*\]/, "") }
        if (int(NR / 16) % 2) sub(/,"text_code":"[^"]*","iso":"[^"]*"/, "")
        print
        sub(/,"text_code":"[^"]*","iso":"[^"]*"/, "") # a tree has none
        sub(/"file","path":"[^"]*/, "\"tree\",\"path\":\"partial/tree" NR "/")
        print
    }'
}

# Objects of `similar`, and lists whose lines `update` keeps: it cannot read the files that are FIFOs now.
collect_partial() {
    partial_lines >partial.list
    sed 's/partial/copy/' partial.list | tac >copies.list
    collect similar --json --all partial.list
    collect similar --json copies.list partial.list d "missing$bad"
    collect similar --across --json copies.list partial.list d
    collect similar --by=text --json --all partial.list
    collect similar --by=text --json copies.list partial.list d
    collect similar --by=text --across --json copies.list partial.list d
    collect similar --by=text --json --near=partial/00 --threshold=256 --limit=1000 partial.list d
    collect similar --json "d/$bad" d/near
    mkdir links
    seq 20000 >links/a
    sed 's/^10000$/changed/' links/a >"links/$bad"
    cp "links/$bad" links/c
    ln links/c links/d
    ln "links/$bad" links/e
    for names in "$bad|c|e" "c|d|e" "c|$bad" "e|$bad"; do
        IFS='|' read -ra names <<<"$names"
        "$ISCC" sum --json links/a "${names[@]/#/links/}" >full.list
        collect similar --json links/a "${names[@]/#/links/}"
        collect similar --across --json links/a "${names[@]/#/links/}"
        for lacking in 's/,"filesize":[0-9]*//' 's/,"datahash":"[^"]*"//' 's/,"filesize":[0-9]*//; s/,"datahash":"[^"]*"//'; do
            sed "$lacking" full.list >lacking.list
            collect similar --json lacking.list
            sed -n '1w reference.list
                2,$w members.list' lacking.list
            collect similar --across --json reference.list members.list
        done
    done
    collect similar --exact --json links
    collect similar --exact --across --json links/c links
    collect similar --json --near=partial/00 --threshold=256 --limit=1000 partial.list d
    collect similar --json --near="$(empty_code 4 0 7 32)" d
    rm -r partial
    mkdir partial
    mkfifo partial/{00..31} partial/tree{1..32}
    { cat partial.list && sed -n '1 s,partial/00,gone,p' partial.list; } >kept.list
    collect update --json --trust-times kept.list
    diff partial.list kept.list >kept.diff && return 1
    [[ $(wc -l <kept.list) -eq 64 ]]
    cat kept.list >>objects
}

# A list with a line for each verdict, whose name is not UTF-8, and a tree with files that it does not name.
collect_checks() {
    local other
    other=${wide[8448]}
    sed -E '/"d.near"|_b64/ s/"iscc":.*("filesize":[0-9]+).*("stat")/"iscc":"'"$other"'",\1,\2/
        /_b64/ s/("ctime_sec":)/\11/
        /"d.empty"/ s/"filesize":0/"filesize":1/' list >"list$bad"
    cat >>"list$bad" <<END
{"type":"file","path":"d/a","iscc":"ISCC:K4A"}
{"type":"file","path":"missing","iscc":"$other"}
{"type":"file","path":"missing","iscc":"ISCC:K4A"}
{"type":"file","path":"fifo","iscc":"$other"}
{"type":"error","path":"fifo","error":"unknown error","code":"EUNKNOWN"}
{"type":"error","path":"d/a","error":"Permission denied","code":"EACCES"}
garbage
END
    collect check --json --trust-times "list$bad"
    cp "list$bad" several.list
    collect check --json --trust-times "list$bad" several.list
    mkdir "tree$bad"
    : >"tree$bad/new"
    collect check --json --strict-tree="tree$bad" list
    collect check --json --strict-tree=missing list
}

# The list above again, without what update refuses.
collect_updates() {
    grep -Ev '^garbage|K4A"|"d.empty"' "list$bad" >"update$bad"
    seq 200 >>d/a
    collect update --json --trust-times --recheck "update$bad" d
    collect update --json --trust-times "update$bad"
    cat "update$bad" >>objects
}

collect_differences() {
    mkdir "old$bad" "new$bad"
    seq 3000 | tee "old$bad/same" "new$bad/same" "old$bad/changed" >"old$bad/edited"
    seq 3001 | tee "new$bad/changed" >"new$bad/moved and edited"
    seq 500 | tee "old$bad/moved" >"new$bad/moved$bad"
    seq 600 | tee "old$bad/moved too$bad" >"new$bad/moved too"
    # Names that differ only in letter case or in Unicode normalization, with the same content and with another one.
    printf '%s\n' 1 2 | tee "old$bad/case" >"new$bad/Case"
    seq 1000 4000 >"old$bad/edited "$'e\xcc\x81'
    sed 's/^2000$/changed/' "old$bad/edited "$'e\xcc\x81' >"new$bad/edited "$'\xc3\xa9'
    echo >"old$bad/removed"
    echo added >"new$bad/added"
    collect diff --json "old$bad" "new$bad"
    mkdir old.text new.text
    seq 100000 200 200000 | tee old.text/reflowed | tr "\n" " " >new.text/reflowed
    seq 300000 200 400000 | tee old.text/moved | tr "\n" " " >new.text/moved.and.reflowed
    seq 500000 200 600000 | tee old.text/$'e\xcc\x81' | tr "\n" " " >new.text/$'\xc3\xa9'
    collect diff --text --json old.text new.text
    "$ISCC" sum --json --tree d >tree.list
    collect diff --json tree.list /dev/null
    echo '{"type":"error","path":"d/","error":"unknown error","code":"EUNKNOWN"}' >error.list
    mkdir unreadable
    truncate -s 5M unreadable/.isccignore # more than an ignore file may have
    collect diff --json unreadable /dev/null
    collect diff --json error.list tree.list
    collect diff --json tree.list error.list
}

# Members of every format, whose names are not UTF-8 either, and what cannot be read.
collect_archives() {
    local options
    mkdir archives "archives/$bad"
    (cd archives && mkdir t && cp ../d/a t && python3 "$root/tests/cli/support/make_archives.py" &&
        cp links.tar latin.tar whole.tar "$bad")
    head -c 15000 archives/whole.zip >"archives/$bad/cut"
    for options in '' --units --text '--units --text'; do
        # shellcheck disable=SC2086 # words
        collect sum --archives --archive-depth=2 --json $options archives/{deflated.zip,plain.tar,newc.cpio,notes.txt.gz} \
            archives/package.deb "archives/$bad" archives/encrypted.zip archives/tree.7z archives/tree.iso
    done
}

# What `similar` finds in archives: hard links and copies, which are the first of a group as well.
collect_similar_archives() {
    local names=("a$bad" "b$bad" "c$bad" "copy$bad" "d$bad") options
    seq 20000 >"a$bad"
    sed 's/^10000$/changed/' "a$bad" >"c$bad"
    ln "a$bad" "b$bad"
    cp "c$bad" "copy$bad"
    ln "c$bad" "d$bad"
    tar -cf "$bad.tar" "${names[@]}"
    cp "$bad.tar" "$bad"
    "$ISCC" sum --archives --json --text "$bad.tar" | grep '"member"' >inside.list
    "$ISCC" sum --archives --json --text "$bad" | grep '"member"' | tac >reversed.list
    for options in '' --by=text; do
        collect similar $options --json inside.list
        collect similar $options --json --all reversed.list
        collect similar $options --json --across inside.list reversed.list
        collect similar $options --json --across reversed.list "$bad.tar"
        collect similar $options --json --near="a$bad" --threshold=256 "$bad.tar"
    done
}

collect_measures() {
    collect bench --json --rounds=1 --size=1
    collect bench similar --json --rounds=1 --codes=100
    "$ISCC" sum --json --stats d 2>&1 >/dev/null | grep '^{"type":"stats"' >>objects
}

@test "J6: the schema accepts every object of every command, and none in another form" {
    not_with tsan # its runtime writes a file of its own
    local python
    python=$(find_python)
    [[ -n $python ]] || skip "no Python has jsonschema: install python3-jsonschema (Debian, Ubuntu)"
    make_files
    "$ISCC" sum --archives d/a >made || skip "archives cannot be read here"
    collect_sums
    collect_archives
    collect_similar_archives
    collect_codes
    collect_generated
    collect_checks
    collect_updates
    collect_differences
    collect_partial
    collect_measures
    "$python" "$root/tests/cli/support/schema.py" "$root/docs/iscc.schema.json" objects
}

@test "J6: the schema has every type, member and code that the sources name" {
    local word count=0 failed=0 schema
    schema=$(<"$root/docs/iscc.schema.json")
    while IFS= read -r word; do
        count=$((count + 1))
        [[ $schema == *"\"$word\""* ]] || {
            echo "not in docs/iscc.schema.json: $word"
            failed=1
        }
    done < <(json_words "$root")
    [[ $failed -eq 0 && $count -gt 100 ]]
}
