// SPDX-License-Identifier: Apache-2.0
// Runs in a worker, for promises.js: hashes the pieces of streams, and whole Blobs.

const isNode = typeof process === "object" && process.versions?.node !== undefined;
const port = isNode ? (await import("node:worker_threads")).parentPort : self;
const hashers = new Map();

// Messages may come before the library is loaded, and each waits for the one before.
const loading = import("./index.js");
loading.catch(() => {}); // each message is answered with the error
let turn = Promise.resolve();

const actions = {
    start(library, { id, hasher }) {
        hashers.set(id, new library[hasher]());
    },
    update(library, { id, piece }) {
        hashers.get(id).update(piece);
        return { isReady: true };
    },
    async blob(library, { id, blob }) {
        for await (const piece of blob.stream()) {
            hashers.get(id).update(piece);
        }
        return { isReady: true };
    },
    finish(library, { id, parameters }) {
        return { result: hashers.get(id).finalize(...parameters) };
    },
    drop(library, { id }) {
        hashers.get(id)?.free();
        hashers.delete(id);
    },
    call(library, { name, parameters }) {
        return { result: library[name](...parameters) };
    },
};

async function answer(message) {
    try {
        const library = await loading;
        const reply = await actions[message.action](library, message);
        if (reply !== undefined) {
            port.postMessage({ id: message.id, ...reply });
        }
    } catch (error) {
        const { name, message: text, status } = error;
        port.postMessage({ id: message.id, error: { name, message: text, status } });
    }
}

port.addEventListener("message", ({ data }) => {
    turn = turn.then(() => answer(data));
});
port.start?.();
