// SPDX-License-Identifier: Apache-2.0
// The codes of random files are those that the program prints, and the README's example prints what it says.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import * as libiscc from "libiscc";
import * as promises from "libiscc/promises";

/** A Blob of a file, which Node 18 does not have yet. */
async function blobOf(path) {
    return fs.openAsBlob?.(path) ?? new Blob([readFileSync(path)]);
}

test("200 random files", async () => {
    const folder = mkdtempSync(join(tmpdir(), "libiscc-"));
    const files = join(folder, "files");
    mkdirSync(files);
    for (let i = 0; i < 200; i++) {
        const bytes = randomBytes(Math.floor(2 ** (Math.random() * 18)) - 1);
        writeFileSync(join(files, String(i)), i % 2 ? bytes : bytes.map((byte) => 97 + byte % 4));
    }
    const lines = execFileSync(process.env.ISCC, ["sum", "--json", "--units", files], { encoding: "utf8" });
    const expected = lines.trim().split("\n").map((line) => JSON.parse(line));
    assert.equal(expected.length, 200);
    for (const { path, iscc, datahash, filesize, units } of expected) {
        const hasher = new libiscc.SumHasher(readFileSync(path));
        assert.deepEqual(hasher.finalize(true), { iscc, datahash, filesize }, path);
        assert.deepEqual(hasher.units(256), units, path);
        hasher.free();
        assert.equal((await promises.gen_sum_code_v0(await blobOf(path), true)).iscc, iscc, path);
    }
    await promises.close();
    rmSync(folder, { recursive: true });
});

test("the README's example", () => {
    const text = readFileSync("node_modules/libiscc/README.md", "utf8");
    const [, code] = /```js\n(.*?)```/s.exec(text);
    const [, output] = /```text\n(.*?)```/s.exec(text);
    const run = execFileSync(process.execPath, ["--input-type=module", "--eval", code], { encoding: "utf8" });
    assert.equal(run, output);
});
