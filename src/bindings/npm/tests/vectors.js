// SPDX-License-Identifier: Apache-2.0
// Reads the project's golden vectors, whose inputs are recipes: tests/vectors.py of the Python package describes them.
import { existsSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

// scripts/checks/npm.sh sets it: these files are copied to where the package is installed.
const data = pathToFileURL(`${process.env.ISCC_TEST_DATA}/`);
const MASK = (1n << 64n) - 1n;
const WORDS = ("the of content code Straße naïve Ελληνικός ΟΔΟΣ данные 世界 データ 한국어 עִבְרִית العَرَبِيَّة हिन्दी ไทย "
    + "12,5 (iscc) similar; “quoted” e\u0301te\u0301 ﬁne №7 🙂").split(" ");

/** Returns a function that takes the next step of a generator. Seeds exceed what a double holds, so they are texts. */
function steps(seed) {
    let x = BigInt(seed) & MASK;
    return () => (x = (x * 6364136223846793005n + 1442695040888963407n) & MASK);
}

const int32 = (value) => Number(BigInt.asIntN(32, value));
const repeat = (count, make) => Array.from({ length: count }, make);

function randomCharacters([seed, count, ranges]) {
    const next = steps(seed);
    const total = ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
    return repeat(count, () => {
        let k = Number((next() >> 33n) % BigInt(total));
        for (const [first, last] of ranges) {
            if (k <= last - first) {
                return String.fromCodePoint(first + k);
            }
            k -= last - first + 1;
        }
    }).join("");
}

function text(recipe) {
    if (typeof recipe === "string" || recipe === null) {
        return recipe;
    }
    if (recipe.hex !== undefined) {
        return Buffer.from(recipe.hex, "hex");
    }
    return recipe.parts.map((part) => {
        if (typeof part === "string") {
            return part;
        }
        if (part.repeat) {
            return part.repeat[0].repeat(part.repeat[1]);
        }
        if (part.words) {
            const next = steps(part.words[0]);
            return repeat(part.words[1], () => WORDS[Number((next() >> 33n) % 24n)] + " ").join("");
        }
        return randomCharacters(part.chars);
    }).join("");
}

function features(recipe) {
    if (Array.isArray(recipe)) {
        return recipe;
    }
    const [seed, count] = recipe.lcg ?? recipe.walk;
    const next = steps(seed);
    if (recipe.lcg) {
        return repeat(count, () => int32(next() >> 32n));
    }
    let value = next() >> 32n;
    return repeat(count, () => int32(value ^= 1n << (next() >> 59n)));
}

function frame(recipe) {
    if (typeof recipe === "string") {
        return [[...recipe].map(Number)];
    }
    if (Array.isArray(recipe)) {
        return [recipe];
    }
    const [[kind, value]] = Object.entries(recipe);
    switch (kind) {
    case "const":
        return [Array(380).fill(value)];
    case "range":
        return [repeat(380, (_, i) => value[0] + value[1] * i)];
    case "times":
        return repeat(value[0], () => frame(value[1])[0]);
    default: {
        const next = steps(value[0]);
        const draw = kind === "ternary" ? () => Number((next() >> 33n) % 3n) : () => int32(next() >> 32n);
        return repeat(value[1], () => repeat(380, draw));
    }
    }
}

const expand = {
    text, name: text, description: text, meta: text, cv: features,
    pixels: (recipe) => [...Buffer.from(recipe.hex, "hex")],
    frames: (recipes) => recipes.flatMap(frame),
};

/** Parses a vector. Seeds become texts. */
function parse(line) {
    return JSON.parse(line.replace(/("(?:lcg|walk|words|chars|ternary|int32)": ?\[)(\d+)/g, '$1"$2"'));
}

export function isoVectors() {
    const lines = readFileSync(new URL("iso.jsonl", data), "utf8").trim().split("\n");
    return lines.map(parse).map((vector) => {
        const inputs = Object.entries(vector.in).map(([key, value]) => [key, expand[key]?.(value) ?? value]);
        return { ...vector, in: Object.fromEntries(inputs) };
    });
}

/** The rows of sum.tsv whose streams are made fast, with their bytes. */
export function sumVectors(most) {
    const lines = readFileSync(new URL("sum.tsv", data), "utf8").trim().split("\n");
    const rows = lines.filter((line) => !line.startsWith("#")).map((line) => line.split("\t"));
    return rows.filter((row) => Number(row[2]) <= most).map((row) => ({ row, bytes: stream(...row.slice(1, 4)) }));
}

function stream(pattern, length, seed) {
    const size = Number(length);
    const next = steps(seed);
    const byte = () => Number(next() >> 56n);
    const bytes = Buffer.alloc(size);
    const words = ["iscc ", "content ", "code ", "data ", "instance ", "hash ", "standard ", "\n "];
    switch (pattern) {
    case "zero":
        return bytes;
    case "ones":
        return bytes.fill(0xff);
    case "saw":
        return bytes.map((_, i) => i);
    case "count32":
        return bytes.map((_, i) => (i >>> 2) >>> (8 * (i & 3)));
    case "lcg2":
        return bytes.map(() => 97 + Number(next() >> 63n));
    case "text": {
        const parts = [];
        for (let total = 0; total < size; total += parts.at(-1).length) {
            parts.push(words[Number(next() >> 61n)]);
        }
        return Buffer.from(parts.join("")).subarray(0, size);
    }
    case "mixed":
        return bytes.map((_, i) => ((i >> 16) % 2 === 0 ? byte() : 0));
    case "edit": {
        const plain = bytes.map(byte);
        const half = size >> 1;
        return Buffer.concat([plain.subarray(0, half), Buffer.of(0x58), plain.subarray(half)]).subarray(0, size);
    }
    default:
        return bytes.map(byte);
    }
}

/** The standard's conformance file, or null: it is not part of the project. */
export function conformance() {
    const path = `${process.env.ISCC_SHARED}/vectors/iscc-core-data.json`;
    return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null;
}
