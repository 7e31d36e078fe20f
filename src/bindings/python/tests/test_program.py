# SPDX-License-Identifier: Apache-2.0
"""The codes of random files are those that the program prints, and the README's example prints what it says."""

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import libiscc
import pytest

README = Path(__file__).resolve().parents[1] / "README.md"


def test_random_files(tmp_path: Path) -> None:
    program = os.environ.get("ISCC")
    if program is None:
        pytest.skip("ISCC does not name the program")
    numbers = random.Random(3)
    for i in range(200):
        size = int(2 ** numbers.uniform(0, 18)) - 1
        content = numbers.randbytes(size) if i % 2 else b"".join(numbers.choices([b"word ", b"text\n"], k=size // 5))
        (tmp_path / f"{i:03}").write_bytes(content)
    for options, wide in ((["--narrow"], False), ([], True)):
        command = [program, "sum", "--json", "--units", *options, str(tmp_path)]
        lines = subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()
        files = [json.loads(line) for line in lines]
        assert len(files) == 200
        for file in files:
            with open(file["path"], "rb") as stream:
                hasher = libiscc.SumHasher(stream.read())
            for name, value in hasher.finalize(wide).items():
                assert file[name] == value, file["path"]
            assert list(hasher.units(256)) == file["units"]


def test_readme(tmp_path: Path) -> None:
    text = README.read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", text, re.DOTALL)[1]
    output = re.search(r"```text\n(.*?)```", text, re.DOTALL)[1]
    (tmp_path / "example.py").write_text(code, encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "example.py"], cwd=tmp_path, capture_output=True, check=True, text=True
    )
    assert result.stdout == output
