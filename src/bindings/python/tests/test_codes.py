# SPDX-License-Identifier: Apache-2.0
"""Codes, metadata, and the index."""

import random

import libiscc
import pytest

SUM = "ISCC:KUACL4F2WZY7KBXBV4JUTOPV7GQ2M"
UNITS = ["ISCC:GAASL4F2WZY7KBXB", "ISCC:IAA26E2JXH27TING"]


def test_codes() -> None:
    assert libiscc.decompose(SUM) == UNITS
    assert libiscc.gen_iscc_code_v0(UNITS) == {"iscc": SUM}
    assert libiscc.normalize(" iscc:gaas-l4f2wzy7kbxb ") == UNITS[0]
    assert libiscc.type_name(SUM) == "ISCC-SUM-V0-DI"
    decoded = libiscc.decode(SUM)
    assert (decoded.main_type, decoded.sub_type, decoded.version, decoded.bits) == (5, 5, 0, 128)
    assert libiscc.encode(decoded) == SUM
    wide = libiscc.gen_iscc_code_v0(libiscc.SumHasher(b"").units(128), wide=True)
    assert wide["iscc"] == libiscc.gen_sum_code_v0(b"", wide=True)["iscc"]
    for text, status in (("", 6), ("ISCC:1", 5), ("GAASL4F2", 6), (UNITS[0] + "A", 7)):
        with pytest.raises(libiscc.IsccError) as caught:
            libiscc.decode(text)
        assert caught.value.args[1] == status
    with pytest.raises(libiscc.IsccError):
        libiscc.encode(decoded._replace(digest=b"short"))
    with pytest.raises(ValueError):
        libiscc.gen_iscc_code_v0([UNITS[0], UNITS[1] + "\0"])


def test_distance() -> None:
    a, b = libiscc.DataHasher(b"a").digest(), libiscc.DataHasher(b"b").digest()
    expected = (int.from_bytes(a, "big") ^ int.from_bytes(b, "big")).bit_count()
    assert libiscc.distance(libiscc.DataHasher(b"a").code(256), libiscc.DataHasher(b"b").code(256)) == expected
    with pytest.raises(libiscc.IsccError):
        libiscc.distance(*UNITS)


def test_metadata() -> None:
    result = libiscc.gen_meta_code_v0("Name", "Text", {"@context": "x", "b": 1.0, "a": "ü"})
    assert result["meta"].startswith("data:application/ld+json;base64,")
    assert result["description"] == "Text"
    assert libiscc.gen_meta_code_v0("Name", meta=result["meta"])["metahash"] == result["metahash"]
    assert "meta" not in libiscc.gen_meta_code_v0("Name", meta={})
    for bad in ("{}", '{"a":1}', "text", [1], 1):
        with pytest.raises((ValueError, TypeError, AttributeError)):
            libiscc.gen_meta_code_v0("Name", meta=bad)
    with pytest.raises(ValueError):
        libiscc.gen_meta_code_v0("Name", meta={"a": float("nan")})


def test_index() -> None:
    numbers = random.Random(2)
    digests = [numbers.randbytes(16) for _ in range(300)]
    digests += [bytes([d[0] ^ 1, *d[1:]]) for d in digests[:50]]

    def brute_force(digest: bytes, radius: int) -> list[tuple[int, int]]:
        near = []
        for number, other in enumerate(digests):
            distance = (int.from_bytes(digest, "big") ^ int.from_bytes(other, "big")).bit_count()
            if distance <= radius:
                near.append((number, distance))
        return sorted(near, key=lambda hit: (hit[1], hit[0]))

    index = libiscc.Index(128)
    index.add(digests[0])
    index.add(b"".join(digests[1:10]))
    index.add(digests[10:])
    index.build(3)
    assert len(index) == 350
    for digest in digests[::7]:
        assert index.query(digest, 3) == brute_force(digest, 3)
        assert index.query(digest, 128) == brute_force(digest, 128)
        assert index.query(digest, 64, limit=5) == brute_force(digest, 64)[:5]
        assert index.nearest(digest, 4) == brute_force(digest, 128)[:4]
    assert index.pairs(3) == [(i, i + 300, 1) for i in range(50)]
    with pytest.raises(libiscc.IsccError):
        index.add(b"short")
    with pytest.raises(libiscc.IsccError):
        libiscc.Index(100)
    codes = libiscc.Index(64)
    codes.add(UNITS)
    assert codes.nearest(UNITS[1]) == [(1, 0)]
    with pytest.raises(ValueError):
        libiscc.Index(128).add(UNITS[0])
