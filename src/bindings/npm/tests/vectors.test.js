// SPDX-License-Identifier: Apache-2.0
// The golden vectors, the vectors of streams, and the standard's conformance file, in the variant that ISCC_BACKEND names.
import assert from "node:assert/strict";
import { test } from "node:test";

import * as libiscc from "libiscc";
import * as promises from "libiscc/promises";

import { conformance, isoVectors, sumVectors } from "./vectors.js";

/** A long text is given by its length and its BLAKE3. */
function assertField(actual, expected, id) {
    if (typeof expected !== "object" || Array.isArray(expected)) {
        assert.deepEqual(actual, expected, id);
        return;
    }
    const bytes = Buffer.from(actual);
    assert.equal(bytes.length, expected.bytes, id);
    assert.equal(libiscc.gen_instance_code_v0(bytes).datahash, "1e20" + expected.blake3, id);
}

const asText = (value) =>
    value instanceof Uint8Array ? new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(value) : value;

function call({ fn, in: input, bits }) {
    const { name, description, meta, text, pixels, cv, frames, codes, nbytes, json } = Object.fromEntries(
        Object.entries(input).map(([key, value]) => [key, fn === "gen_text_code_v0" ? value : asText(value)]));
    switch (fn) {
    case "gen_meta_code_v0":
        if (!meta || meta.startsWith("data:")) {
            return libiscc.gen_meta_code_v0(name, description, meta, bits);
        }
        libiscc.json_to_data_url(meta); // says what is wrong with JSON that is no object
        return libiscc.gen_meta_code_v0(name, description, JSON.parse(meta), bits);
    case "json_to_data_url":
        return { url: libiscc.json_to_data_url(json) };
    case "text_trim":
        return { text: libiscc.text_trim(text, nbytes) };
    case "text_clean":
    case "text_collapse":
    case "text_remove_newlines":
        return { text: libiscc[fn](text) };
    default:
        return libiscc[fn](text ?? pixels ?? cv ?? frames ?? codes, bits);
    }
}

test("the variant is the one asked for", () => {
    assert.equal(libiscc.backend, process.env.ISCC_BACKEND === "portable" ? "portable" : "simd128");
});

test("golden vectors", () => {
    let checked = 0;
    for (const vector of isoVectors()) {
        const needs = Number((vector.needs ?? "unicode>=0").slice("unicode>=".length));
        const isInternal = /^(alg_|sliding_window)/.test(vector.fn); // a part of the functions
        if (isInternal || needs > parseFloat(libiscc.unicodeVersion)) {
            continue;
        }
        if (vector.error !== undefined) {
            assert.throws(() => call(vector), undefined, vector.id);
        } else {
            const result = call(vector);
            assert.deepEqual(Object.keys(result).sort(), Object.keys(vector.out).sort(), vector.id);
            for (const [field, expected] of Object.entries(vector.out)) {
                assertField(result[field], expected, `${vector.id} ${field}`);
            }
        }
        checked++;
    }
    assert.ok(checked > 280, `${checked} vectors`);
});

test("vectors of streams", () => {
    const vectors = sumVectors(100_000);
    assert.ok(vectors.length > 100);
    for (const { row, bytes } of vectors) {
        const [name, , , , datahash, dataCode, instanceCode, narrow, wide] = row;
        const hasher = new libiscc.SumHasher();
        for (let start = 0; start < bytes.length; start += 4000) {
            hasher.update(bytes.subarray(start, start + 4000));
        }
        assert.deepEqual(hasher.finalize(), { iscc: narrow, datahash, filesize: bytes.length }, name);
        assert.equal(hasher.code(true), wide, name);
        assert.deepEqual(hasher.units(256), [dataCode, instanceCode], name);
        hasher.free();
    }
});

test("the standard's conformance file", async (context) => {
    const functions = conformance();
    if (functions === null) {
        context.skip("it is not here");
        return;
    }
    let checked = 0;
    for (const [name, cases] of Object.entries(functions).filter(([key]) => key !== "_metadata")) {
        for (const [id, { inputs, outputs }] of Object.entries(cases)) {
            const [first, ...rest] = inputs;
            const isStream = typeof first === "string" && first.startsWith("stream:");
            const input = isStream ? Buffer.from(first.slice("stream:".length), "hex") : first;
            assert.deepEqual(libiscc[name](input, ...rest), outputs, `${name} ${id}`);
            if (promises[name] !== undefined) {
                assert.deepEqual(await promises[name](input, ...rest), outputs, `${name} ${id} as a promise`);
            }
            checked++;
        }
    }
    assert.equal(checked, 50);
});
