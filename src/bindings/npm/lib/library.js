// SPDX-License-Identifier: Apache-2.0
// The library's WebAssembly: chosen, instantiated, and with functions that pass values to it. Only index.js uses this.

const isNode = typeof process === "object" && process.versions?.node !== undefined;

// The smallest module with an instruction of SIMD.
const simdModule = Uint8Array.of(
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11);

const isPlain = (isNode && process.env.ISCC_BACKEND === "portable") || !WebAssembly.validate(simdModule);

/** The variant in use: "portable" or "simd128". */
export const backend = isPlain ? "portable" : "simd128";

// Bundlers look for these two expressions as they stand.
const url = isPlain
    ? new URL("./libiscc-portable.wasm", import.meta.url)
    : new URL("./libiscc-simd128.wasm", import.meta.url);

async function load() {
    if (isNode) {
        const { readFile } = await import("node:fs/promises");
        return readFile(url);
    }
    const response = await fetch(url);
    if (!response.ok) {
        throw new Error(`${url}: ${response.status} ${response.statusText}`);
    }
    return response.arrayBuffer();
}

// RFC 8785: the numbers of JSON as ECMAScript writes them. 0 means that the number exceeds the range of a double.
function formatNumber(literal, size, out) {
    const value = Number(String.fromCharCode(...memory(literal, size)));
    if (!Number.isFinite(value)) {
        return 0;
    }
    return new TextEncoder().encodeInto(String(value), memory(out, 32)).written;
}

const { instance } = await WebAssembly.instantiate(await load(), { host: { format_number: formatNumber } });

/** The functions of the library, by their names in iscc.h. */
export const library = instance.exports;
library._initialize();

/** Returns a view of the library's memory, valid until the next call that allocates. */
export function memory(address, size) {
    return new Uint8Array(library.memory.buffer, address, size);
}

/** Reads an unsigned number of 32 bits. */
export function readNumber(address) {
    return new DataView(library.memory.buffer).getUint32(address, true);
}

/** Reads a number of 64 bits. Those that occur count bytes or characters, so a double holds them. */
export function readLong(address) {
    return Number(new DataView(library.memory.buffer).getBigUint64(address, true));
}

/** Reads a text that ends with a NUL. */
export function readText(address) {
    const bytes = memory(address);
    return new TextDecoder().decode(bytes.slice(0, bytes.indexOf(0)));
}

/** What the library refuses. `status` is the iscc_status. */
export class IsccError extends Error {
    constructor(status, message = readText(library.iscc_strerror(status))) {
        super(message);
        this.name = "IsccError";
        this.status = status;
    }
}

/** Throws the error of a status. */
export function check(status) {
    if (status !== 0) {
        throw status === 2 ? new RangeError("out of memory") : new IsccError(status);
    }
}

/** Calls `use` with the address of `size` bytes, which are free again afterwards. */
export function allocate(size, use) {
    const address = library.malloc(size);
    if (address === 0) {
        throw new RangeError("out of memory");
    }
    try {
        return use(address);
    } finally {
        library.free(address);
    }
}

/** Calls `use` with the address and the size of a copy of `bytes`. */
export function withBytes(bytes, use) {
    return allocate(bytes.length + 1, (address) => {
        memory(address, bytes.length).set(bytes);
        return use(address, bytes.length);
    });
}

/** Calls `use` with the addresses of texts that end with a NUL. */
export function withTexts(texts, use, addresses = []) {
    if (addresses.length === texts.length) {
        return use(addresses);
    }
    const bytes = utf8(texts[addresses.length]);
    if (bytes.includes(0)) {
        throw new TypeError("a code has no NUL");
    }
    return withBytes(Uint8Array.of(...bytes, 0), (address) => withTexts(texts, use, [...addresses, address]));
}

/** Returns the UTF-8 of a string. */
export function utf8(text) {
    if (typeof text !== "string") {
        throw new TypeError("not a string");
    }
    if (/\p{Surrogate}/u.test(text)) {
        throw new IsccError(14);
    }
    return new TextEncoder().encode(text);
}

/** Returns the bytes of an ArrayBuffer or of a view, such as Node's Buffer. */
export function bytesOf(data) {
    if (ArrayBuffer.isView(data)) {
        return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    }
    if (/^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(data))) {
        return new Uint8Array(data);
    }
    throw new TypeError("neither an ArrayBuffer nor a view of one");
}

/** Returns a number of bits or bytes for the library, which refuses 0. */
export function bitsOf(bits) {
    return Number.isInteger(bits) && bits > 0 && bits <= 256 ? bits : 0;
}
