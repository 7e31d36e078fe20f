#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a zip file whose only member is that zip file, to the path that is given.

Deflate is used as a language of two instructions: literal(n) prints the n bytes that follow, repeat(n) prints the last n
bytes of the output once more. Each line of `body` below prints what the output lacks of what has been written, and adds
to it; the literals of 20 bytes come out even, as they and repeat(20) have five bytes each. The idea is Russ Cox's "Zip
Files All The Way Down" (2010).
"""

import struct
import sys
import zlib


def literal(size):
    return struct.pack("<BHH", 0, size, size ^ 0xffff)  # a stored block


def match(length):
    """The bits of a match of so many bytes at the distance `distance`, in the fixed codes: (value, width) pairs."""
    bases, extras = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163,
                     195, 227], [0] * 8 + [i // 4 for i in range(4, 24)]
    return coded(length, bases, extras, 1, 7)  # codes 257 to 279 are 0000001 to 0010111


def coded(value, bases, extras, first, width):
    index = max(i for i, base in enumerate(bases) if base <= value)
    code = int(f"{first + index:0{width}b}"[::-1], 2)  # Huffman codes begin with their highest bit
    return [(code, width), (value - bases[index], extras[index])]


def distance(value):
    bases = [1, 2, 3, 4] + [(2 + i % 2 << i // 2 - 1) + 1 for i in range(4, 30)]
    return coded(value, bases, [0] * 4 + [i // 2 - 1 for i in range(4, 30)], 0, 5)


def repeat(size, parts, padded):
    """A fixed block with `parts` matches, ended by an empty stored block, if so wanted, to begin the next at a byte."""
    bits, width = 0, 0
    lengths = [size // parts + (i < size % parts) for i in range(parts)]
    fields = [(0b010, 3)] + [field for n in lengths for field in match(n) + distance(size)] + [(0, 7)]
    for value, length in fields + [(0, 3)] * padded:
        bits |= value << width
        width += length
    assert max(lengths) < 115 and (padded or width % 8 == 0)
    return bits.to_bytes((width + 7) // 8, "little") + b"\0\0\xff\xff" * padded


def of_length(size, length):
    """repeat(size), stretched to that many bytes."""
    empty = literal(0)
    for parts in range(1, size // 3):
        code = repeat(size, parts, True)
        rest = length - len(code)
        if rest >= 0 and rest % len(empty) == 0:
            return code + empty * (rest // len(empty))
    raise ValueError(f"repeat({size}) in {length} bytes")


def quine(name, crc):
    def headers(packed, total):
        common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0x21, crc, packed, total, len(name), 0)
        central = b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
        return b"PK\3\4" + common + name, central

    def whole(packed, total):
        before, central = headers(packed, total)
        end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1, 1, len(central), len(before) + packed, 0)
        after = b"\1\0\0\xff\xff" + central + end
        size = len(before) + 5
        again = repeat(size, 1, True)
        stretch = of_length(len(again) + 15, 15)
        four, twenty = literal(20), repeat(20, 2, False)
        rest = len(repeat(len(after), 1, True)) + len(after)
        last, tail = repeat(rest, 1, True), literal(rest)
        body = [literal(size), before, literal(size),
                again,
                literal(len(again)), again,
                literal(5), literal(len(again)),
                literal(len(again) + 15), again, literal(5), literal(len(again)), literal(len(again) + 15),
                stretch,
                four, stretch, four,
                twenty,
                four, twenty, four, twenty, four,
                twenty,
                four, twenty, literal(0), literal(0), tail,
                twenty,
                literal(0), literal(0), tail, last, after,
                last]
        return before, b"".join(body), after

    packed = total = 0
    for _ in range(3):  # the sizes are in the file, but do not change its length
        before, body, after = whole(packed, total)
        packed, total = len(body) + 5, len(before) + len(body) + len(after)
    return before + body + after


def fixed_point(make):
    """The number c with crc32(make(c)) == c. A CRC is linear in the bits of its input, so this is 32 equations."""
    start = zlib.crc32(make(0))
    rows = []  # bit i of the difference that each bit of c makes, and of what is wanted
    columns = [zlib.crc32(make(1 << bit)) ^ start ^ 1 << bit for bit in range(32)]
    for i in range(32):
        rows.append(sum((columns[bit] >> i & 1) << bit for bit in range(32)) | (start >> i & 1) << 32)
    for bit in range(32):
        pivot = next((r for r in range(bit, 32) if rows[r] >> bit & 1), None)
        if pivot is None:
            return None
        rows[bit], rows[pivot] = rows[pivot], rows[bit]
        rows = [row ^ rows[bit] if r != bit and row >> bit & 1 else row for r, row in enumerate(rows)]
    return sum((rows[bit] >> 32) << bit for bit in range(32))


def main():
    for letter in "abcdefghijklmnopqrstuvwxyz":  # for one name in four the equations have no solution
        name = f"{letter}.zip".encode()
        crc = fixed_point(lambda value: quine(name, value))
        if crc is not None:
            break
    data = quine(name, crc)
    with open(sys.argv[1], "wb") as file:
        file.write(data)


if __name__ == "__main__":
    main()
