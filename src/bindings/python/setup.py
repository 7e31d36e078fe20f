# SPDX-License-Identifier: Apache-2.0
"""Builds the extension with the project's CMake, so that it has the kernels of each processor as the library does.

The sources are those of the repository: a wheel is built from a checkout, and there is no source distribution.
"""

import re
import subprocess
import sys
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

PROJECT = Path(__file__).resolve().parents[3]
BUILD = PROJECT / "build/pip"
BUILD.mkdir(parents=True, exist_ok=True)


def version() -> str:
    header = (PROJECT / "src/core/include/iscc/iscc.h").read_text(encoding="utf-8")
    return ".".join(re.findall(r"^#define ISCC_VERSION_\w+ (\d+)$", header, re.MULTILINE))


class BuildWithCMake(build_ext):
    def build_extension(self, ext: Extension) -> None:
        build = Path(self.build_temp).resolve()
        options = {
            "CMAKE_BUILD_TYPE": "Release",
            "ISCC_PYTHON": "ON",
            "ISCC_BUILD_PROGRAM": "OFF",
            "ISCC_BUILD_SHARED": "OFF",
            "Python3_EXECUTABLE": sys.executable,
        }
        definitions = [f"-D{name}={value}" for name, value in options.items()]
        subprocess.run(["cmake", "-S", PROJECT, "-B", build, *definitions], check=True)
        subprocess.run(["cmake", "--build", build, "--target", "iscc_python", "--parallel"], check=True)
        target = Path(self.get_ext_fullpath(ext.name))
        self.mkpath(str(target.parent))
        self.copy_file(str(build / "python/libiscc" / target.name), str(target))


setup(
    version=version(),
    ext_modules=[Extension("libiscc._libiscc", sources=[], py_limited_api=True)],
    cmdclass={"build_ext": BuildWithCMake},
    options={
        "bdist_wheel": {"py_limited_api": "cp311"},
        "build": {"build_base": str(BUILD)},
        "egg_info": {"egg_base": str(BUILD)},
    },
)
