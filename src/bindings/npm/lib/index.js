// SPDX-License-Identifier: Apache-2.0
// ISO 24138 content codes: everything here returns its result at once. promises.js has the same in a worker.
import { library, readText } from "./library.js";

export * from "./functions.js";
export * from "./hashers.js";
export { backend, IsccError } from "./library.js";

export const version = readText(library.iscc_version());
export const unicodeVersion = readText(library.iscc_unicode_version());
