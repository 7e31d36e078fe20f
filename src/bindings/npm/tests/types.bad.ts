// SPDX-License-Identifier: Apache-2.0
// Each line after a directive is an error of types; the compiler refuses a directive without one.
import { DataHasher, decode, SumHasher } from "libiscc";
import { gen_sum_code_v0 } from "libiscc/promises";

// @ts-expect-error
new DataHasher("text");
// @ts-expect-error
new SumHasher().finalize(64);
// @ts-expect-error
decode(1);
// @ts-expect-error
export const code: string = gen_sum_code_v0(new Uint8Array(1));
