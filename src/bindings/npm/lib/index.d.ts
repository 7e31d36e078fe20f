// SPDX-License-Identifier: Apache-2.0

/** Bytes in memory, such as an ArrayBuffer, a Uint8Array or Node's Buffer. */
export type Bytes = ArrayBuffer | SharedArrayBuffer | ArrayBufferView;
/** Metadata: an object, or a Data-URL. */
export type Metadata = Record<string, unknown> | string | null;

export interface DataCode {
    iscc: string;
}
export interface InstanceCode {
    iscc: string;
    datahash: string;
    filesize: number;
}
export interface SumCode {
    iscc: string;
    datahash: string;
    filesize: number;
}
export interface TextCode {
    iscc: string;
    characters: number;
}
export interface MetaCode {
    iscc: string;
    name: string;
    description?: string;
    meta?: string;
    metahash: string;
}
export interface MixedCode {
    iscc: string;
    parts: string[];
}
export interface Code {
    iscc: string;
}
export interface Decoded {
    mainType: number;
    subType: number;
    version: number;
    length: number;
    bits: number;
    digest: Uint8Array;
}

/** What the library refuses. */
export class IsccError extends Error {
    /** The iscc_status of iscc.h. */
    readonly status: number;
}

export class DataHasher {
    constructor(data?: Bytes);
    update(data: Bytes): this;
    copy(): DataHasher;
    reset(): void;
    /** Frees its memory now, rather than when the object is collected. */
    free(): void;
    digest(): Uint8Array;
    code(bits?: number): string;
    finalize(bits?: number): DataCode;
}
export class InstanceHasher {
    constructor(data?: Bytes);
    update(data: Bytes): this;
    copy(): InstanceHasher;
    reset(): void;
    free(): void;
    digest(): Uint8Array;
    code(bits?: number): string;
    finalize(bits?: number): InstanceCode;
}
export class SumHasher {
    constructor(data?: Bytes);
    update(data: Bytes): this;
    copy(): SumHasher;
    reset(): void;
    free(): void;
    /** The digests of the Data-Code and of the Instance-Code. */
    digest(): [Uint8Array, Uint8Array];
    /** The Data-Code and the Instance-Code. */
    units(bits?: number): [string, string];
    code(wide?: boolean): string;
    finalize(wide?: boolean): SumCode;
}
export class TextHasher {
    constructor(data?: string | Bytes);
    update(data: string | Bytes): this;
    copy(): TextHasher;
    reset(): void;
    free(): void;
    digest(): Uint8Array;
    code(bits?: number): string;
    finalize(bits?: number): TextCode;
}

export function gen_data_code_v0(data: Bytes, bits?: number): DataCode;
export function gen_instance_code_v0(data: Bytes, bits?: number): InstanceCode;
export function gen_sum_code_v0(data: Bytes, wide?: boolean): SumCode;
export function gen_text_code_v0(text: string | Bytes, bits?: number): TextCode;
export function gen_meta_code_v0(name: string, description?: string | null, meta?: Metadata, bits?: number): MetaCode;
/** 1,024 gray values, 32 rows of 32. */
export function gen_image_code_v0(pixels: ArrayLike<number>, bits?: number): Code;
/** A Chromaprint fingerprint of signed numbers. */
export function gen_audio_code_v0(cv: Iterable<number>, bits?: number): Code;
/** MPEG-7 frame signatures of 380 values each. */
export function gen_video_code_v0(frame_sigs: Iterable<number>[], bits?: number): Code;
export function gen_mixed_code_v0(codes: string[], bits?: number): MixedCode;
export function gen_iscc_code_v0(codes: string[], wide?: boolean): Code;

export function text_clean(text: string): string;
export function text_collapse(text: string): string;
export function text_remove_newlines(text: string): string;
export function text_trim(text: string, nbytes: number): string;
export function json_to_data_url(json: string): string;

export function decode(code: string): Decoded;
export function type_name(code: string): string;
export function normalize(code: string): string;
export function decompose(code: string): string[];
/** The number of bits in which two units differ. */
export function distance(a: string, b: string): number;

/** The variant in use. */
export const backend: "portable" | "simd128";
export const version: string;
export const unicodeVersion: string;
