# SPDX-License-Identifier: Apache-2.0
"""Reads the project's golden vectors, whose inputs are recipes, and makes the streams of tests/data/sum.tsv."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[4] / "tests/data"
MULTIPLIER, INCREMENT, MASK = 6364136223846793005, 1442695040888963407, (1 << 64) - 1
WORDS = (
    "the of content code Straße naïve Ελληνικός ΟΔΟΣ данные 世界 データ 한국어 עִבְרִית العَرَبِيَّة हिन्दी ไทย 12,5 (iscc) "
    "similar; “quoted” e\u0301te\u0301 ﬁne №7 🙂"
).split(" ")


def steps(seed: int) -> Iterator[int]:
    x = seed & MASK
    while True:
        x = (x * MULTIPLIER + INCREMENT) & MASK
        yield x


def int32(value: int) -> int:
    value &= 0xFFFFFFFF
    return value - (1 << 32) if value >> 31 else value


def random_characters(seed: int, count: int, ranges: list[list[int]]) -> str:
    characters = [chr(c) for first, last in ranges for c in range(first, last + 1)]
    numbers = steps(seed)
    return "".join(characters[(next(numbers) >> 33) % len(characters)] for _ in range(count))


def text(recipe: Any) -> str | bytes:
    if isinstance(recipe, str):
        return recipe
    if "hex" in recipe:
        return bytes.fromhex(recipe["hex"])
    parts = []
    for part in recipe["parts"]:
        if isinstance(part, str):
            parts.append(part)
        elif "repeat" in part:
            parts.append(part["repeat"][0] * part["repeat"][1])
        elif "words" in part:
            numbers = steps(part["words"][0])
            parts.extend(WORDS[(next(numbers) >> 33) % 24] + " " for _ in range(part["words"][1]))
        else:
            parts.append(random_characters(*part["chars"]))
    return "".join(parts)


def features(recipe: Any) -> list[int]:
    if isinstance(recipe, list):
        return recipe
    if "lcg" in recipe:
        seed, count = recipe["lcg"]
        numbers = steps(seed)
        return [int32(next(numbers) >> 32) for _ in range(count)]
    seed, count = recipe["walk"]
    numbers = steps(seed)
    value, out = next(numbers) >> 32, []
    for _ in range(count):
        value ^= 1 << (next(numbers) >> 59)
        out.append(int32(value))
    return out


def frame(recipe: Any) -> list[list[int]]:
    if isinstance(recipe, str):
        return [[int(digit) for digit in recipe]]
    if isinstance(recipe, list):
        return [recipe]
    if "const" in recipe:
        return [[recipe["const"]] * 380]
    if "range" in recipe:
        first, step = recipe["range"]
        return [[first + step * i for i in range(380)]]
    if "times" in recipe:
        return frame(recipe["times"][1]) * recipe["times"][0]
    ((kind, (seed, count)),) = recipe.items()
    numbers = steps(seed)
    if kind == "ternary":
        return [[(next(numbers) >> 33) % 3 for _ in range(380)] for _ in range(count)]
    return [[int32(next(numbers) >> 32) for _ in range(380)] for _ in range(count)]


def frames(recipes: list[Any]) -> list[list[int]]:
    return [values for recipe in recipes for values in frame(recipe)]


EXPAND = {
    "text": text,
    "name": text,
    "description": text,
    "meta": text,
    "pixels": lambda recipe: list(bytes.fromhex(recipe["hex"])),
    "cv": features,
    "frames": frames,
}


def iso_vectors() -> list[dict[str, Any]]:
    """The vectors with their inputs written out."""
    vectors = [json.loads(line) for line in (DATA / "iso.jsonl").read_text(encoding="ascii").splitlines()]
    for vector in vectors:
        inputs = vector["in"]
        vector["in"] = {k: EXPAND[k](v) if k in EXPAND and v is not None else v for k, v in inputs.items()}
    return vectors


def sum_vectors() -> list[list[str]]:
    """Name, pattern, size, seed, datahash, Data-Code, Instance-Code, narrow and wide ISCC-CODE."""
    lines = (DATA / "sum.tsv").read_text(encoding="ascii").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def stream(pattern: str, size: int, seed: int) -> bytes:
    """The bytes of a pattern; tests/unit/core/pattern.h describes them."""
    numbers = steps(seed)
    if pattern in ("zero", "ones"):
        return (b"\0" if pattern == "zero" else b"\xff") * size
    if pattern == "count32":
        return b"".join(i.to_bytes(4, "little") for i in range(size // 4 + 1))[:size]
    if pattern == "saw":
        return (bytes(range(256)) * (size // 256 + 1))[:size]
    if pattern == "lcg2":
        return bytes(97 + (next(numbers) >> 63) for _ in range(size))
    if pattern == "text":
        words = [b"iscc", b"content", b"code", b"data", b"instance", b"hash", b"standard", b"\n"]
        return b" ".join(words[next(numbers) >> 61] for _ in range(size // 2 + 1))[:size]
    if pattern == "mixed":
        out = bytearray()
        while len(out) < size:
            out += bytes(next(numbers) >> 56 for _ in range(65536)) + bytes(65536)
        return bytes(out[:size])
    plain = bytes(next(numbers) >> 56 for _ in range(size))
    if pattern == "edit":
        return (plain[: size // 2] + b"\x58" + plain[size // 2 :])[:size]
    assert pattern == "lcg"
    return plain


def conformance() -> dict[str, Any] | None:
    """The standard's conformance file, or None: it is not part of the project."""
    shared = os.environ.get("ISCC_SHARED", str(DATA.parents[2] / "shared"))
    path = Path(shared) / "vectors/iscc-core-data.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
