// SPDX-License-Identifier: Apache-2.0
// The promises: every kind of input, errors, several at once, and an event loop that goes on.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createReadStream, writeFileSync } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";

import * as libiscc from "libiscc";
import * as promises from "libiscc/promises";

const bytes = Buffer.alloc(5_000_000, "some bytes that take several pieces");
const expected = libiscc.gen_sum_code_v0(bytes, true);
let folder;

before(async () => {
    folder = await mkdtemp(join(tmpdir(), "libiscc-"));
    writeFileSync(join(folder, "file"), bytes);
});

after(async () => {
    await promises.close();
    await rm(folder, { recursive: true });
});

test("every kind of input", async () => {
    const file = join(folder, "file");
    const handle = await open(file);
    const inputs = [
        bytes, new Uint8Array(bytes), new Uint8Array(bytes).buffer, new DataView(new Uint8Array(bytes).buffer),
        new Blob([bytes]), new Blob([bytes]).stream(), createReadStream(file), Readable.toWeb(createReadStream(file)),
        Readable.from([bytes.subarray(0, 7), bytes.subarray(7)]), handle.createReadStream(),
    ];
    for (const input of inputs) {
        assert.deepEqual(await promises.gen_sum_code_v0(input, true), expected, input.constructor.name);
    }
    assert.equal(bytes.length, 5_000_000); // no input is taken away
    const text = "Ein Text: ΟΔΟΣ 🙂";
    assert.deepEqual(await promises.gen_text_code_v0(text), libiscc.gen_text_code_v0(text));
    assert.deepEqual(await promises.gen_text_code_v0(new Blob([text])), libiscc.gen_text_code_v0(text));
    assert.deepEqual(await promises.gen_data_code_v0(new Uint8Array(0)), libiscc.gen_data_code_v0(new Uint8Array(0)));
});

test("errors", async () => {
    await assert.rejects(promises.gen_data_code_v0(bytes, 33), { name: "IsccError", status: 3 });
    await assert.rejects(promises.gen_meta_code_v0(""), { name: "IsccError", status: 16 });
    await assert.rejects(promises.gen_text_code_v0(Buffer.of(0xff)), { name: "IsccError", status: 14 });
    await assert.rejects(promises.gen_text_code_v0("\ud800"), TypeError);
    await assert.rejects(promises.gen_sum_code_v0(1), TypeError);
    await assert.rejects(promises.gen_sum_code_v0(null), TypeError);
    await assert.rejects(promises.gen_sum_code_v0(createReadStream(join(folder, "missing"))), { code: "ENOENT" });
    async function* fails() {
        yield bytes;
        throw new RangeError("in the middle");
    }
    await assert.rejects(promises.gen_sum_code_v0(fails()), /in the middle/);
    assert.deepEqual(await promises.gen_sum_code_v0(bytes, true), expected);
});

test("several at once", async () => {
    const sizes = [0, 1, 1000, 2_000_000, 5_000_000];
    const results = await Promise.all(sizes.map((size) => promises.gen_sum_code_v0(bytes.subarray(0, size))));
    assert.deepEqual(results, sizes.map((size) => libiscc.gen_sum_code_v0(bytes.subarray(0, size))));
    const pending = assert.rejects(promises.gen_sum_code_v0(bytes), /closed/);
    await promises.gen_meta_code_v0("Name");
    await promises.close();
    await pending;
    assert.deepEqual(await promises.gen_sum_code_v0(bytes, true), expected);
});

test("the event loop goes on", async () => {
    let turns = 0;
    let isDone = false;
    const count = () => {
        turns++;
        if (!isDone) {
            setImmediate(count);
        }
    };
    setImmediate(count);
    await promises.gen_sum_code_v0(new Blob(Array(10).fill(bytes)));
    isDone = true;
    assert.ok(turns > 100, `${turns} turns`);
});

test("an idle worker lets the process end", () => {
    const program = `import { gen_sum_code_v0 } from "libiscc/promises";
        console.log((await gen_sum_code_v0(new Uint8Array(0))).iscc);`;
    const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
        cwd: import.meta.dirname ?? process.cwd(), encoding: "utf8", timeout: 60_000,
    });
    assert.equal(output, "ISCC:KUACL4F2WZY7KBXBV4JUTOPV7GQ2M\n");
});
