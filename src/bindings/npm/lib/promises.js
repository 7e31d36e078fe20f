// SPDX-License-Identifier: Apache-2.0
// The functions of index.js as promises: a worker computes, so that neither a page nor Node's event loop waits.
// Streams, Blobs and files are hashed as they come, in bounded memory.

const isNode = typeof process === "object" && process.versions?.node !== undefined;
const PIECE = 1 << 20;

let worker = null;
let lastId = 0;
const waiting = new Map(); // by id: what to do with the next answer

/** What the library refuses, or what failed in the worker. */
export class IsccError extends Error {
    constructor({ message, status }) {
        super(message);
        this.name = "IsccError";
        this.status = status;
    }
}

function receive({ id, result, error }) {
    if (!waiting.has(id)) {
        return; // the answer of a worker that is closed, or of one that failed
    }
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) {
        worker?.unref?.();
    }
    if (error === undefined) {
        resolve(result);
    } else {
        reject(error.status === undefined ? new (globalThis[error.name] ?? Error)(error.message) : new IsccError(error));
    }
}

/** Rejects all that waits for a worker, unless another one has its place. */
function fail(failed, error) {
    if (worker !== failed) {
        return;
    }
    for (const { reject } of waiting.values()) {
        reject(error);
    }
    waiting.clear();
    worker = null;
}

async function start() {
    const { Worker } = isNode ? await import("node:worker_threads") : globalThis;
    const created = new Worker(new URL("./worker.js", import.meta.url), { type: "module", execArgv: [] });
    if (isNode) {
        created.on("message", receive).on("error", (error) => fail(created, error));
    } else {
        created.addEventListener("message", ({ data }) => receive(data));
        created.addEventListener("error", ({ message }) => fail(created, new Error(message ?? "the worker failed")));
    }
    return created;
}

let starting = null;

async function getWorker() {
    if (worker === null) {
        starting ??= start();
        worker = await starting;
        starting = null;
    }
    return worker;
}

/** Sends a message, and resolves with its answer. */
function request(target, message, transfer = []) {
    return new Promise((resolve, reject) => {
        target.postMessage(message, transfer);
        waiting.set(message.id, { resolve, reject });
        target.ref?.();
    });
}

/** Whether an input is an ArrayBuffer, of this window or another. */
function isBuffer(input) {
    return /^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(input));
}

/** Whether an input is a Blob or File; one of another window is none of this one's. */
function isBlob(input) {
    return typeof input?.stream === "function";
}

/** Yields the bytes of an input as pieces, which the worker may have: they are copies. */
async function* pieces(input) {
    if (typeof input === "string") {
        if (/\p{Surrogate}/u.test(input)) {
            throw new TypeError("the string is not Unicode");
        }
        yield new TextEncoder().encode(input);
    } else if (ArrayBuffer.isView(input) || isBuffer(input)) {
        const bytes = ArrayBuffer.isView(input)
            ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
            : new Uint8Array(input);
        for (let start = 0; start < bytes.length; start += PIECE) {
            yield bytes.slice(start, start + PIECE);
        }
    } else if (isBlob(input)) { // Node cannot send one of a file to a worker
        yield* pieces(input.stream());
    } else if (typeof input?.getReader === "function") {
        const reader = input.getReader();
        for (let next = await reader.read(); !next.done; next = await reader.read()) {
            yield* pieces(next.value);
        }
    } else if (typeof input?.[Symbol.asyncIterator] === "function") {
        for await (const part of input) {
            yield* pieces(part);
        }
    } else {
        throw new TypeError("neither bytes nor a Blob nor a stream");
    }
}

/** Hashes an input in the worker. A piece is sent when the one before has been hashed. */
async function hash(hasher, input, parameters) {
    const target = await getWorker();
    const id = ++lastId;
    target.postMessage({ id, action: "start", hasher });
    try {
        if (!isNode && isBlob(input)) {
            await request(target, { id, action: "blob", blob: input });
        } else {
            for await (const piece of pieces(input)) {
                await request(target, { id, action: "update", piece }, [piece.buffer]);
            }
        }
        return await request(target, { id, action: "finish", parameters });
    } finally {
        target.postMessage({ id, action: "drop" });
    }
}

async function call(name, parameters) {
    const target = await getWorker();
    return request(target, { id: ++lastId, action: "call", name, parameters });
}

export const gen_data_code_v0 = (input, bits = 64) => hash("DataHasher", input, [bits]);
export const gen_instance_code_v0 = (input, bits = 64) => hash("InstanceHasher", input, [bits]);
export const gen_sum_code_v0 = (input, wide = false) => hash("SumHasher", input, [wide]);
export const gen_text_code_v0 = (input, bits = 64) => hash("TextHasher", input, [bits]);
export const gen_meta_code_v0 = (...parameters) => call("gen_meta_code_v0", parameters);
export const gen_image_code_v0 = (...parameters) => call("gen_image_code_v0", parameters);
export const gen_audio_code_v0 = (...parameters) => call("gen_audio_code_v0", parameters);
export const gen_video_code_v0 = (...parameters) => call("gen_video_code_v0", parameters);
export const gen_mixed_code_v0 = (...parameters) => call("gen_mixed_code_v0", parameters);

/** Ends the worker. The next call starts another one. */
export async function close() {
    const target = worker;
    fail(target, new Error("the worker is closed"));
    await target?.terminate();
}
