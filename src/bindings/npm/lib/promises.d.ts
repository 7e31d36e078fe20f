// SPDX-License-Identifier: Apache-2.0
import type { Bytes, Code, DataCode, InstanceCode, MetaCode, Metadata, MixedCode, SumCode, TextCode } from "./index.js";

export { IsccError } from "./index.js";

/** Bytes in memory, a Blob or File, or a stream of the web or of Node. */
export type Input = Bytes | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array | string>;

export function gen_data_code_v0(input: Input, bits?: number): Promise<DataCode>;
export function gen_instance_code_v0(input: Input, bits?: number): Promise<InstanceCode>;
export function gen_sum_code_v0(input: Input, wide?: boolean): Promise<SumCode>;
export function gen_text_code_v0(text: string | Input, bits?: number): Promise<TextCode>;
export function gen_meta_code_v0(
    name: string, description?: string | null, meta?: Metadata, bits?: number): Promise<MetaCode>;
export function gen_image_code_v0(pixels: ArrayLike<number>, bits?: number): Promise<Code>;
export function gen_audio_code_v0(cv: Iterable<number>, bits?: number): Promise<Code>;
export function gen_video_code_v0(frame_sigs: Iterable<number>[], bits?: number): Promise<Code>;
export function gen_mixed_code_v0(codes: string[], bits?: number): Promise<MixedCode>;

/** Ends the worker; the next call starts another one. In Node it does not keep an idle process alive anyway. */
export function close(): Promise<void>;
