// SPDX-License-Identifier: Apache-2.0
// Sizes and offsets of the structures of iscc.h; src/host.c asserts them.

export const CODE_SIZE = 74;
export const DATAHASH_SIZE = 69;
export const DIGEST_SIZE = 32;
export const UNITS_MAX = 5;
export const TYPE_NAME_SIZE = 32;
export const VIDEO_FRAME = 380;
export const SUM = { filesize: 0, iscc: 8, datahash: 82, size: 304 };
export const META = { iscc: 0, metahash: 74, name: 143, description: 272, size: 4369 };
export const DECODED = { mainType: 0, subType: 4, version: 8, length: 12, bits: 16, digest: 20, size: 60 };
