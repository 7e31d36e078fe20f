// SPDX-License-Identifier: Apache-2.0
// pack_tables.js TABLES.INC OUT.INC: packs the tables of characters for src/tables.c.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const [source, target] = process.argv.slice(2);
const text = readFileSync(source, "utf8");

function numbers(name) {
    const list = new RegExp(`iscc_unicode_${name}\\[\\w*\\] = \\{([^}]*)\\}`).exec(text)[1];
    return list.split(",").map((word) => word.trim()).filter((word) => word !== "").map(Number);
}

function differences(table) {
    return table.map((value, i) => (i === 0 ? value : (value - table[i - 1]) & 0xffff));
}

const tables = Object.fromEntries(
    ["top", "middle", "leaves", "classes", "mappings", "pairs"].map((name) => [name, numbers(name)]));
const classes = [...tables.classes, ...Array(256 - tables.classes.length).fill(0)];
const words = [
    ...tables.top, ...differences(tables.middle), ...differences(tables.leaves), ...classes, ...tables.mappings,
    ...tables.pairs.flatMap((value) => [value & 0xffff, value >>> 16]),
];
const plain = Buffer.from(Uint16Array.from(words).buffer);
const packed = execFileSync("xz", ["--format=raw", "--lzma1=preset=9e,lc=0,lp=1,pb=1", "--stdout"], { input: plain });
const version = /UNICODE_VERSION "([^"]*)"/.exec(text)[1];
const counts = Object.keys(tables).map((name) => `#define ${name.toUpperCase()}_COUNT ${tables[name].length}\n`);
writeFileSync(target, `#define UNICODE_VERSION "${version}"\n${counts.join("")}
static const uint8_t packed[] = {${[...packed].join(",")}};\n`);
