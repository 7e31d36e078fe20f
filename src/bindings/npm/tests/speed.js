// SPDX-License-Identifier: Apache-2.0
// Measures the variant that ISCC_BACKEND names, portable or the fastest. Run where the package is installed.
import { backend, gen_text_code_v0, SumHasher } from "libiscc";

/** Returns the seconds of the fastest of several rounds. */
function best(rounds, run) {
    let least = Infinity;
    for (let i = 0; i < rounds; i++) {
        const start = process.hrtime.bigint();
        run();
        least = Math.min(least, Number(process.hrtime.bigint() - start) / 1e9);
    }
    return least;
}

const bytes = new Uint8Array(1 << 21).map(() => Math.random() * 256);
const hasher = new SumHasher();
const sum = best(150, () => {
    hasher.reset();
    hasher.update(bytes).finalize();
});
const text = new TextEncoder().encode("The quick brown fox jumps. ".repeat(4000));
const texts = best(60, () => gen_text_code_v0(text));
console.log(`${backend}: sums ${(bytes.length / sum / 1e9).toFixed(2)} GB/s, `
    + `texts ${(text.length / texts / 1e6).toFixed(0)} MB/s`);
