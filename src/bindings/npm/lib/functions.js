// SPDX-License-Identifier: Apache-2.0
// The functions of the standard, of texts and of codes, each of which returns its result at once.
import { DataHasher, InstanceHasher, SumHasher, TextHasher } from "./hashers.js";
import { CODE_SIZE, DECODED, META, TYPE_NAME_SIZE, UNITS_MAX, VIDEO_FRAME } from "./layout.js";
import {
    allocate, bitsOf, bytesOf, check, IsccError, library, memory, readNumber, readText, utf8, withBytes, withTexts,
} from "./library.js";

/** Calls `use` with a hasher, which is freed afterwards. */
function withHasher(hasher, use) {
    try {
        return use(hasher);
    } finally {
        hasher.free();
    }
}

/** Calls a function that writes a code. */
function writeCode(call) {
    return allocate(CODE_SIZE, (out) => {
        check(call(out));
        return readText(out);
    });
}

// ---- Streams and texts ----

export function gen_data_code_v0(data, bits = 64) {
    return withHasher(new DataHasher(data), (hasher) => hasher.finalize(bits));
}

export function gen_instance_code_v0(data, bits = 64) {
    return withHasher(new InstanceHasher(data), (hasher) => hasher.finalize(bits));
}

export function gen_sum_code_v0(data, wide = false) {
    return withHasher(new SumHasher(data), (hasher) => hasher.finalize(wide));
}

export function gen_text_code_v0(text, bits = 64) {
    return withHasher(new TextHasher(text), (hasher) => hasher.finalize(bits));
}

/** Calls a function that writes a text of at most `most` bytes. */
function convert(bytes, most, call) {
    return withBytes(bytes, (text, size) => allocate(most + 5, (place) => {
        const out = place + 4;
        check(call(text, size, out, most, place));
        return new TextDecoder("utf-8", { ignoreBOM: true }).decode(memory(out, readNumber(place)).slice());
    }));
}

// No text grows more in normalization than eleven times, by U+FDFA; a JSON object grows as a Data-URL.
export function text_clean(text) {
    const bytes = utf8(text);
    return convert(bytes, 11 * bytes.length, library.iscc_text_clean);
}

export function text_collapse(text) {
    const bytes = utf8(text);
    return convert(bytes, 11 * bytes.length, library.iscc_text_collapse);
}

export function text_remove_newlines(text) {
    const bytes = utf8(text);
    return convert(bytes, bytes.length, library.iscc_text_remove_newlines);
}

export function text_trim(text, nbytes) {
    const bytes = utf8(text);
    const most = Math.max(0, Math.min(nbytes, bytes.length));
    return convert(bytes, bytes.length,
        (from, size, out, capacity, length) => library.iscc_text_trim(from, size, most, out, capacity, length));
}

export function json_to_data_url(json) {
    const bytes = utf8(json);
    return convert(bytes, 64 + 8 * bytes.length, library.iscc_json_to_data_url);
}

// ---- Meta-Code ----

/** The text of metadata: of an object its JSON, and a Data-URL as it is. */
function metadataText(meta) {
    if (meta === null || meta === undefined || meta === "") {
        return "";
    }
    if (typeof meta === "string" && meta.startsWith("data:")) {
        return meta;
    }
    if (typeof meta !== "object" || Array.isArray(meta)) {
        throw new IsccError(17);
    }
    return JSON.stringify(meta);
}

export function gen_meta_code_v0(name, description, meta, bits = 64) {
    const text = metadataText(meta);
    const parts = [name, description ?? "", text].map(utf8);
    const addresses = [];
    const read = (out) => {
        const result = { iscc: readText(out + META.iscc), name: readText(out + META.name) };
        const cleanDescription = readText(out + META.description);
        if (cleanDescription !== "") {
            result.description = cleanDescription;
        }
        if (text !== "" && text !== "{}") {
            result.meta = typeof meta === "string" ? meta : json_to_data_url(text);
        }
        result.metahash = readText(out + META.metahash);
        return result;
    };
    const collect = (i) => i < 3
        ? withBytes(parts[i], (address, size) => {
            addresses.push(address, size);
            return collect(i + 1);
        })
        : allocate(META.size, (out) => {
            check(library.iscc_gen_meta_code_v0(...addresses, bitsOf(bits), out));
            return read(out);
        });
    return collect(0);
}

// ---- Media ----

/** The bytes of signed numbers of 32 bits, each of which must be one. */
function numberBytes(numbers) {
    const array = Int32Array.from(numbers);
    let i = 0;
    for (const number of numbers) {
        if (array[i++] !== number) {
            throw new IsccError(1);
        }
    }
    return bytesOf(array);
}

export function gen_image_code_v0(pixels, bits = 64) {
    const bytes = Uint8Array.from(pixels);
    if (bytes.length !== 1024 || bytes.some((byte, i) => byte !== pixels[i])) {
        throw new IsccError(1);
    }
    return withBytes(bytes, (address) => ({
        iscc: writeCode((out) => library.iscc_gen_image_code_v0(address, bitsOf(bits), out)),
    }));
}

export function gen_audio_code_v0(cv, bits = 64) {
    return withBytes(numberBytes(cv), (address, size) => ({
        iscc: writeCode((out) => library.iscc_gen_audio_code_v0(address, size / 4, bitsOf(bits), out)),
    }));
}

export function gen_video_code_v0(frame_sigs, bits = 64) {
    if (frame_sigs.some((frame) => frame.length !== VIDEO_FRAME)) {
        throw new IsccError(1);
    }
    return withBytes(numberBytes(frame_sigs.flatMap((frame) => [...frame])), (address) => ({
        iscc: writeCode((out) => library.iscc_gen_video_code_v0(address, frame_sigs.length, bitsOf(bits), out)),
    }));
}

// ---- Codes ----

/** Calls a function of an array of codes. */
function combine(call, codes, parameter) {
    return withTexts(codes, (addresses) => withBytes(bytesOf(Uint32Array.from(addresses)),
        (array) => writeCode((out) => call(array, codes.length, parameter, out))));
}

export function gen_mixed_code_v0(codes, bits = 64) {
    return { iscc: combine(library.iscc_gen_mixed_code_v0, codes, bitsOf(bits)), parts: [...codes] };
}

export function gen_iscc_code_v0(codes, wide = false) {
    return { iscc: combine(library.iscc_gen_iscc_code_v0, codes, wide ? 1 : 0) };
}

function withDecoded(code, use) {
    return withTexts([code], ([text]) => allocate(DECODED.size, (decoded) => {
        check(library.iscc_decode(text, decoded, 0));
        return use(decoded);
    }));
}

export function decode(code) {
    return withDecoded(code, (decoded) => {
        const bits = readNumber(decoded + DECODED.bits);
        return {
            mainType: readNumber(decoded + DECODED.mainType),
            subType: readNumber(decoded + DECODED.subType),
            version: readNumber(decoded + DECODED.version),
            length: readNumber(decoded + DECODED.length),
            bits,
            digest: memory(decoded + DECODED.digest, bits / 8).slice(),
        };
    });
}

export function type_name(code) {
    return withDecoded(code, (decoded) => allocate(TYPE_NAME_SIZE, (name) => {
        check(library.iscc_type_name(decoded, name));
        return readText(name);
    }));
}

export function normalize(code) {
    return withTexts([code], ([text]) => writeCode((out) => library.iscc_normalize(text, out)));
}

export function decompose(code) {
    return withTexts([code], ([text]) => allocate(UNITS_MAX * CODE_SIZE + 6, (units) => {
        const count = units + UNITS_MAX * CODE_SIZE + 2; // a multiple of 4
        check(library.iscc_decompose(text, units, count));
        return Array.from({ length: readNumber(count) }, (_, i) => readText(units + i * CODE_SIZE));
    }));
}

export function distance(a, b) {
    return withTexts([a, b], ([first, second]) => allocate(4, (out) => {
        check(library.iscc_distance(first, second, out, 0));
        return readNumber(out);
    }));
}
