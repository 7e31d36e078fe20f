# SPDX-License-Identifier: Apache-2.0
"""The functions of the standard with the arguments and the results that iscc-core gives them."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO, NamedTuple, TypeVar, Union, cast

from . import _libiscc

# What a stream may be: an open binary file, or the bytes themselves.
Stream = Union[BinaryIO, bytes, bytearray, memoryview]

READ_SIZE = 1 << 20

Hasher = TypeVar("Hasher", _libiscc.DataHasher, _libiscc.InstanceHasher, _libiscc.SumHasher)


class Decoded(NamedTuple):
    """A decoded code: iscc.h says what the numbers mean. `digest` is the body."""

    main_type: int
    sub_type: int
    version: int
    length: int
    bits: int
    digest: bytes


def decode(code: str) -> Decoded:
    """Decode a code; IsccError says why a text is not one."""
    return Decoded(*_libiscc._decode(code))


def encode(decoded: Decoded) -> str:
    """Encode a code: the inverse of decode."""
    return _libiscc._encode(*decoded)


def _feed(hasher: Hasher, stream: Stream) -> Hasher:
    read = getattr(stream, "read", None)
    if read is None:
        hasher.update(cast(bytes, stream))
        return hasher
    while data := read(READ_SIZE):
        hasher.update(data)
    return hasher


def gen_meta_code_v0(
    name: str, description: str | None = None, meta: str | dict[str, Any] | None = None, bits: int = 64
) -> dict[str, Any]:
    """Compute the Meta-Code of a name, a description, and metadata: a dict or a Data-URL."""
    text: str | None
    if isinstance(meta, dict):
        text = json.dumps(meta, ensure_ascii=False, allow_nan=False)
    elif not meta or meta.startswith("data:"):
        text = meta
    else:
        raise ValueError("the metadata is neither a dict nor a Data-URL")
    code, metahash, clean_name, clean_description = _libiscc._gen_meta_code(name, description, text, _bits(bits))
    result = {"iscc": code, "name": clean_name}
    if clean_description is not None:
        result["description"] = clean_description
    if meta:
        result["meta"] = meta if isinstance(meta, str) else _libiscc.json_to_data_url(text or "")
    result["metahash"] = metahash
    return result


def gen_text_code_v0(text: str, bits: int = 64) -> dict[str, Any]:
    """Compute the Text-Code of a text."""
    return _libiscc.TextHasher(text).finalize(bits)


def gen_image_code_v0(pixels: Sequence[int], bits: int = 64) -> dict[str, Any]:
    """Compute the Image-Code of 1,024 gray values, 32 rows of 32."""
    return {"iscc": _libiscc._gen_image_code(bytes(pixels), _bits(bits))}


def gen_audio_code_v0(cv: Iterable[int], bits: int = 64) -> dict[str, Any]:
    """Compute the Audio-Code of a Chromaprint fingerprint of signed numbers."""
    return {"iscc": _libiscc._gen_audio_code(array("i", cv), _bits(bits))}


def gen_video_code_v0(frame_sigs: Sequence[Sequence[int]], bits: int = 64) -> dict[str, Any]:
    """Compute the Video-Code of MPEG-7 frame signatures of 380 values each."""
    values = array("i")
    for signature in frame_sigs:
        if len(signature) != 380:
            raise ValueError("a frame signature has 380 values")
        values.extend(signature)
    return {"iscc": _libiscc._gen_video_code(values, _bits(bits))}


def gen_mixed_code_v0(codes: Sequence[str], bits: int = 64) -> dict[str, Any]:
    """Compute the Mixed-Code of two or more Content-Codes."""
    return {"iscc": _libiscc._gen_mixed_code(tuple(codes), _bits(bits)), "parts": list(codes)}


def gen_data_code_v0(stream: Stream, bits: int = 64) -> dict[str, Any]:
    """Compute the Data-Code of a stream."""
    return _feed(_libiscc.DataHasher(), stream).finalize(bits)


def gen_instance_code_v0(stream: Stream, bits: int = 64) -> dict[str, Any]:
    """Compute the Instance-Code of a stream."""
    return _feed(_libiscc.InstanceHasher(), stream).finalize(bits)


def gen_sum_code_v0(stream: Stream, wide: bool = False) -> dict[str, Any]:
    """Compute the ISCC-CODE of a stream from its Data-Code and its Instance-Code, in one pass."""
    return _feed(_libiscc.SumHasher(), stream).finalize(wide)


def gen_iscc_code_v0(codes: Sequence[str], wide: bool = False) -> dict[str, Any]:
    """Compose an ISCC-CODE from two to five units."""
    return {"iscc": _libiscc._gen_iscc_code(tuple(codes), int(wide))}


def _bits(bits: int) -> int:
    """A number for the library: what C could not hold becomes 0, which it refuses."""
    return bits if 0 <= bits <= 256 else 0
