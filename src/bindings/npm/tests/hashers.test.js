// SPDX-License-Identifier: Apache-2.0
// The hashers as objects, and the functions of codes.
import assert from "node:assert/strict";
import { test } from "node:test";

import * as libiscc from "libiscc";

const { DataHasher, InstanceHasher, SumHasher, TextHasher } = libiscc;
const UNITS = ["ISCC:GAASL4F2WZY7KBXB", "ISCC:IAA26E2JXH27TING"];
const SUM = "ISCC:KUACL4F2WZY7KBXBV4JUTOPV7GQ2M";

test("updates and copies", () => {
    for (const Hasher of [DataHasher, InstanceHasher, SumHasher, TextHasher]) {
        const whole = new Hasher(Buffer.from("abcdef"));
        const parts = new Hasher().update(Buffer.from("ab")).update(new Uint8Array([99, 100]).buffer);
        const copy = parts.copy();
        assert.ok(copy instanceof Hasher);
        parts.update(new DataView(new Uint8Array([0, 101, 102]).buffer, 1));
        assert.deepEqual(parts.finalize(), whole.finalize());
        assert.deepEqual(parts.digest(), whole.digest());
        assert.notDeepEqual(copy.finalize(), whole.finalize());
        parts.free();
        copy.update(Buffer.from("ef"));
        assert.deepEqual(copy.finalize(), whole.finalize());
        copy.reset();
        assert.deepEqual(copy.finalize(), new Hasher().finalize());
        assert.equal(whole.code(), whole.finalize().iscc);
    }
});

test("digests are the bodies of codes", () => {
    const bytes = Buffer.alloc(3_000_000, "some bytes that are longer than the buffer of updates");
    const hasher = new SumHasher(bytes);
    const digests = hasher.digest();
    for (let bits = 32; bits <= 256; bits += 32) {
        const units = hasher.units(bits);
        assert.deepEqual(units, [new DataHasher(bytes).code(bits), new InstanceHasher(bytes).code(bits)]);
        units.forEach((unit, i) => assert.deepEqual(libiscc.decode(unit).digest, digests[i].slice(0, bits / 8)));
    }
    const text = new TextHasher("Straße");
    assert.deepEqual(libiscc.decode(text.code(256)).digest, text.digest());
});

test("wrong arguments", () => {
    for (const bad of ["text", 1, null, [1], {}]) {
        assert.throws(() => new DataHasher().update(bad), TypeError);
    }
    assert.throws(() => new TextHasher("\ud800"), { name: "IsccError", status: 14 });
    assert.throws(() => new TextHasher(Buffer.of(0xff)), { name: "IsccError", status: 14 });
    for (const bits of [-1, 0, 33, 64.5, 288, 2 ** 32 + 64, "64"]) {
        assert.throws(() => new DataHasher().finalize(bits), { name: "IsccError", status: 3 });
    }
    const freed = new DataHasher();
    freed.free();
    assert.throws(() => freed.update(Buffer.of(1)), TypeError);
    assert.throws(() => freed.free(), TypeError);
    assert.throws(() => libiscc.gen_audio_code_v0([2 ** 31]), { name: "IsccError" });
    assert.throws(() => libiscc.gen_audio_code_v0([0.5]), { name: "IsccError" });
    assert.throws(() => libiscc.gen_image_code_v0(Array(1024).fill(256)), { name: "IsccError" });
    for (const meta of ["{}", "text", [1], 1]) {
        assert.throws(() => libiscc.gen_meta_code_v0("Name", null, meta), { name: "IsccError", status: 17 });
    }
});

test("codes", () => {
    assert.deepEqual(libiscc.decompose(SUM), UNITS);
    assert.deepEqual(libiscc.gen_iscc_code_v0(UNITS), { iscc: SUM });
    assert.equal(libiscc.normalize(" iscc:gaas-l4f2wzy7kbxb "), UNITS[0]);
    assert.equal(libiscc.type_name(SUM), "ISCC-SUM-V0-DI");
    assert.equal(libiscc.type_name(UNITS[0]), "DATA-NONE-V0-64");
    const { mainType, subType, version, bits } = libiscc.decode(SUM);
    assert.deepEqual([mainType, subType, version, bits], [5, 5, 0, 128]);
    for (const [text, status] of [["", 6], ["ISCC:1", 5], ["GAASL4F2", 6], [UNITS[0] + "A", 7]]) {
        assert.throws(() => libiscc.decode(text), { name: "IsccError", status });
    }
    assert.throws(() => libiscc.distance(...UNITS), { name: "IsccError", status: 13 });
    assert.throws(() => libiscc.decode("ISCC:\0"), TypeError);
    const [a, b] = ["a", "b"].map((text) => new DataHasher(Buffer.from(text)));
    const differing = a.digest().reduce((sum, byte, i) => {
        let bits = byte ^ b.digest()[i];
        for (; bits !== 0; bits &= bits - 1) {
            sum++;
        }
        return sum;
    }, 0);
    assert.equal(libiscc.distance(a.code(256), b.code(256)), differing);
});

test("texts that grow", () => {
    assert.equal(libiscc.text_clean("\ufdfa".repeat(100)), "صلى الله عليه وسلم".repeat(100));
    assert.equal(libiscc.text_collapse(""), "");
    assert.equal(libiscc.text_clean("a" + "\u0301".repeat(5000)).normalize("NFD").length, 5001);
    const json = JSON.stringify({ numbers: Array(1000).fill(1e20), text: "\u2028\u0001".repeat(1000) });
    const url = libiscc.json_to_data_url(`{"numbers":[${Array(1000).fill("1E20").join()}],${json.slice(json.indexOf(',"text"') + 1)}`);
    assert.equal(Buffer.from(url.split(",")[1], "base64").toString(), json);
});

test("memory is flat", () => {
    for (let i = 0; i < 200_000; i++) {
        const hasher = new InstanceHasher(Buffer.of(i));
        hasher.finalize();
        hasher.free();
    }
    for (let i = 0; i < 3000; i++) {
        const hasher = new SumHasher(Buffer.alloc(300_000)).update(Buffer.of(1));
        hasher.copy().free();
        hasher.free();
    }
    // 3,000 hashers of 768 KiB would have needed 2.3 GB; the module has four gigabytes of addresses.
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 3000; i++) {
        const hasher = new SumHasher(Buffer.alloc(1)).update(Buffer.of(1));
        hasher.free();
    }
    assert.ok(process.memoryUsage().rss - before < 100e6);
});
