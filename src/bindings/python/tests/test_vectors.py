# SPDX-License-Identifier: Apache-2.0
"""The golden vectors, the vectors of streams, and the standard's conformance file."""

import io
import json

import libiscc
import pytest
import vectors

ISO = vectors.iso_vectors()
INTERNAL = ("alg_", "sliding_window")  # parts of the functions


def is_equal(actual: str, expected: object) -> bool:
    """A long text is given by its length and its BLAKE3."""
    if not isinstance(expected, dict):
        return actual == expected
    data = actual.encode()
    return len(data) == expected["bytes"] and libiscc.InstanceHasher(data).multihash() == "1e20" + expected["blake3"]


def as_text(value: str | bytes | None) -> str | None:
    return value.decode("utf-8") if isinstance(value, bytes) else value


def call(vector: dict) -> dict:
    function = vector["fn"]
    arguments = {name: as_text(value) for name, value in vector["in"].items()}
    if function == "gen_meta_code_v0":
        meta = arguments.get("meta")
        if meta and not meta.startswith("data:"):
            libiscc.json_to_data_url(meta)  # which says what is wrong with JSON that is no object
            arguments["meta"] = json.loads(meta)
    elif function == "gen_video_code_v0":
        arguments = {"frame_sigs": arguments["frames"]}
    if function.startswith("gen_"):
        return getattr(libiscc, function)(**arguments, bits=vector["bits"])
    if function == "json_to_data_url":
        return {"url": libiscc.json_to_data_url(arguments["json"])}
    return {"text": getattr(libiscc, function)(*arguments.values())}


@pytest.mark.parametrize("function", sorted({v["fn"] for v in ISO if not v["fn"].startswith(INTERNAL)}))
def test_iso_vectors(function: str) -> None:
    checked = 0
    for vector in ISO:
        needs = vector.get("needs", "unicode>=0").removeprefix("unicode>=")
        if vector["fn"] != function or float(needs) > float(libiscc.unicode_version[:4]):
            continue
        if "error" in vector:
            with pytest.raises((ValueError, OverflowError)):
                pytest.fail(f"{vector['id']}: {call(vector)}")
        else:
            result = call(vector)
            assert result.keys() == vector["out"].keys(), vector["id"]
            for name, expected in vector["out"].items():
                assert is_equal(result[name], expected), (vector["id"], name)
        checked += 1
    assert checked > 1


def test_utf8() -> None:
    refused = [v for v in ISO if v.get("error") == "utf8" and v["fn"] == "gen_text_code_v0"]
    assert len(refused) > 5
    for vector in refused:
        for split in range(len(vector["in"]["text"]) + 1):
            hasher = libiscc.TextHasher()
            with pytest.raises(libiscc.IsccError, match="UTF-8"):
                hasher.update(vector["in"]["text"][:split])
                hasher.update(vector["in"]["text"][split:])
                hasher.finalize()


def test_streams() -> None:
    rows = [row for row in vectors.sum_vectors() if int(row[2]) <= 100_000]
    assert len(rows) > 100
    for name, pattern, size, seed, datahash, data_code, instance_code, narrow, wide in rows:
        data = vectors.stream(pattern, int(size), int(seed))
        hasher = libiscc.SumHasher()
        for start in range(0, len(data), 4000):
            hasher.update(data[start : start + 4000])
        assert hasher.finalize() == {"iscc": narrow, "datahash": datahash, "filesize": len(data)}, name
        assert hasher.code(wide=True) == wide
        assert hasher.units(256) == (data_code, instance_code)
        stream = io.BytesIO(data)
        assert libiscc.gen_data_code_v0(stream, 256) == {"iscc": data_code}
        assert libiscc.gen_instance_code_v0(data, bits=256)["iscc"] == instance_code


def test_conformance_file() -> None:
    functions = vectors.conformance()
    if functions is None:
        pytest.skip("the standard's conformance file is not here")
    checked = 0
    for function, cases in functions.items():
        if function == "_metadata":
            continue
        for name, case in cases.items():
            inputs = case["inputs"]
            if isinstance(inputs[0], str) and inputs[0].startswith("stream:"):
                inputs[0] = io.BytesIO(bytes.fromhex(inputs[0].removeprefix("stream:")))
            assert getattr(libiscc, function)(*inputs) == case["outputs"], (function, name)
            checked += 1
    assert checked == 50
