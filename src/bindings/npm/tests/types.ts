// SPDX-License-Identifier: Apache-2.0
// What the TypeScript compiler must accept; types.bad.ts has what it must refuse.
import { DataHasher, distance, gen_meta_code_v0, IsccError, SumHasher, TextHasher, type TextCode } from "libiscc";
import { close, gen_sum_code_v0 } from "libiscc/promises";

const hasher: SumHasher = new SumHasher(new Uint8Array(1)).update(new ArrayBuffer(2)).copy();
const size: number = hasher.finalize(true).filesize;
const [dataCode, instanceCode]: [string, string] = hasher.units(128);
const text: TextCode = new TextHasher("text").finalize(64);
const description: string | undefined = gen_meta_code_v0("name", null, { a: 1 }).description;
const bits: number = distance(new DataHasher().code(), dataCode);

export async function run(file: Blob, stream: ReadableStream<Uint8Array>): Promise<string> {
    const codes = await Promise.all([gen_sum_code_v0(file), gen_sum_code_v0(stream, true)]);
    await close();
    return codes.map((code) => code.datahash).join() + size + instanceCode + text.characters + description + bits;
}

export function statusOf(error: unknown): number {
    return error instanceof IsccError ? error.status : 0;
}
