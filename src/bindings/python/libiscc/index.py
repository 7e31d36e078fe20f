# SPDX-License-Identifier: Apache-2.0
"""The index of digests, which takes codes as well."""

from __future__ import annotations

from collections.abc import Iterable

from . import _libiscc
from .functions import decode


class Index:
    """Digests of `bits` bits, numbered in the order in which they are added, of which near ones are found exactly.

    A digest is given as bytes, or as a unit of at least as many bits, of which the first ones count.
    """

    def __init__(self, bits: int = 256) -> None:
        self._index = _libiscc.Index(bits)
        self.bits = bits

    def __len__(self) -> int:
        return len(self._index)

    def _digest(self, item: str | bytes) -> bytes:
        if not isinstance(item, str):
            return item
        digest = decode(item).digest[: self.bits // 8]
        if len(digest) * 8 != self.bits:
            raise ValueError(f"the code has fewer than {self.bits} bits")
        return digest

    def add(self, items: str | bytes | Iterable[str | bytes]) -> None:
        """Append a digest, or several: an iterable, or bytes that hold one after the other."""
        if isinstance(items, (str, bytes, bytearray, memoryview)):
            items = (items,)
        self._index.add(b"".join(self._digest(item) for item in items))

    def build(self, radius: int) -> None:
        """Build the tables that make queries with about this radius fast."""
        self._index.build(radius)

    def query(self, item: str | bytes, radius: int, limit: int = -1) -> list[tuple[int, int]]:
        """Return (number, distance) of the digests within a radius, the nearest first, at most `limit`."""
        return self._index.query(self._digest(item), radius, limit)

    def nearest(self, item: str | bytes, count: int = 1) -> list[tuple[int, int]]:
        """Return (number, distance) of the nearest digests."""
        return self._index.nearest(self._digest(item), count)

    def pairs(self, radius: int) -> list[tuple[int, int, int]]:
        """Return (first, second, distance) of all pairs within a radius, sorted."""
        return self._index.pairs(radius)
