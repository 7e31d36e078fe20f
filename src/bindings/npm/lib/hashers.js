// SPDX-License-Identifier: Apache-2.0
// The streaming hashers.
import { CODE_SIZE, DATAHASH_SIZE, DIGEST_SIZE, SUM } from "./layout.js";
import {
    allocate, bitsOf, bytesOf, check, library, memory, readLong, readNumber, readText, utf8,
} from "./library.js";

// Updates pass through one buffer, as large as what the library hashes at once.
const PIECE = 1 << 20;
const buffer = library.malloc(PIECE);
if (buffer === 0) {
    throw new RangeError("out of memory");
}

const unused = new FinalizationRegistry(({ free, address }) => free(address));

/** What all hashers have; `name` is that of its functions in the library. */
class Hasher {
    #address;
    #functions;
    #name;

    constructor(name, data) {
        this.#name = name;
        this.#functions = (suffix) => library[`iscc_${name}_hasher_${suffix}`];
        if (data instanceof Hasher) {
            this.#create((place) => this.#functions("copy")(data.address, place));
            return;
        }
        this.#create((place) => this.#functions("new")(place));
        if (data !== undefined) {
            this.update(data);
        }
    }

    #create(make) {
        allocate(4, (place) => {
            check(make(place));
            this.#address = readNumber(place);
        });
        unused.register(this, { free: this.#functions("free"), address: this.#address }, this);
    }

    /** The address of the library's hasher; not part of the interface. */
    get address() {
        if (this.#address === 0) {
            throw new TypeError("the hasher is freed");
        }
        return this.#address;
    }

    update(data) {
        const bytes = typeof data === "string" && this.#name === "text" ? utf8(data) : bytesOf(data);
        for (let start = 0; start < bytes.length; start += PIECE) {
            const piece = bytes.subarray(start, start + PIECE);
            memory(buffer, piece.length).set(piece);
            check(this.#functions("update")(this.address, buffer, piece.length));
        }
        return this;
    }

    /** Calls a function of the library that writes to memory of `size` bytes, and reads the result there. */
    result(suffix, size, call, read) {
        return allocate(size, (out) => {
            check(call(this.#functions(suffix), this.address, out));
            return read(out);
        });
    }

    copy() {
        return new this.constructor(this);
    }

    reset() {
        this.#functions("reset")(this.address);
    }

    free() {
        this.#functions("free")(this.address);
        unused.unregister(this);
        this.#address = 0;
    }

    code(...parameters) {
        return this.finalize(...parameters).iscc;
    }
}

export class DataHasher extends Hasher {
    constructor(data) {
        super("data", data);
    }

    digest() {
        return this.result("digest", DIGEST_SIZE, (call, hasher, out) => call(hasher, out),
            (out) => memory(out, DIGEST_SIZE).slice());
    }

    finalize(bits = 64) {
        return this.result("finalize", CODE_SIZE, (call, hasher, out) => call(hasher, bitsOf(bits), out),
            (out) => ({ iscc: readText(out) }));
    }
}

export class InstanceHasher extends Hasher {
    constructor(data) {
        super("instance", data);
    }

    digest() {
        return this.result("digest", DIGEST_SIZE, (call, hasher, out) => call(hasher, out),
            (out) => memory(out, DIGEST_SIZE).slice());
    }

    finalize(bits = 64) {
        const code = 8;
        const datahash = code + CODE_SIZE;
        return this.result("finalize", datahash + DATAHASH_SIZE,
            (call, hasher, out) => call(hasher, bitsOf(bits), out + code, out + datahash, out),
            (out) => ({ iscc: readText(out + code), datahash: readText(out + datahash), filesize: readLong(out) }));
    }
}

export class SumHasher extends Hasher {
    constructor(data) {
        super("sum", data);
    }

    digest() {
        return this.result("digest", 2 * DIGEST_SIZE, (call, hasher, out) => call(hasher, out, out + DIGEST_SIZE),
            (out) => [memory(out, DIGEST_SIZE).slice(), memory(out + DIGEST_SIZE, DIGEST_SIZE).slice()]);
    }

    units(bits = 64) {
        return this.result("units", 2 * CODE_SIZE,
            (call, hasher, out) => call(hasher, bitsOf(bits), out, out + CODE_SIZE),
            (out) => [readText(out), readText(out + CODE_SIZE)]);
    }

    finalize(wide = false) {
        return this.result("finalize", SUM.size, (call, hasher, out) => call(hasher, wide ? 1 : 0, out), (out) => ({
            iscc: readText(out + SUM.iscc),
            datahash: readText(out + SUM.datahash),
            filesize: readLong(out + SUM.filesize),
        }));
    }
}

export class TextHasher extends Hasher {
    constructor(data) {
        super("text", data);
    }

    digest() {
        return this.result("digest", DIGEST_SIZE, (call, hasher, out) => call(hasher, out, 0),
            (out) => memory(out, DIGEST_SIZE).slice());
    }

    finalize(bits = 64) {
        const code = 8;
        return this.result("finalize", code + CODE_SIZE,
            (call, hasher, out) => call(hasher, bitsOf(bits), out + code, out),
            (out) => ({ iscc: readText(out + code), characters: readLong(out) }));
    }
}

