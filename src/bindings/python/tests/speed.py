# SPDX-License-Identifier: Apache-2.0
"""Measures the sum hasher: through the package, called natively, and on two threads.

usage: speed.py LIBRARY, which is the shared libiscc, for the native figure.
"""

import ctypes
import random
import sys
import threading
import time
from collections.abc import Callable

import libiscc

TOTAL = 1 << 24
SIZES = (1 << 16, 1 << 20)


def best(run: Callable[[], None], rounds: int = 60) -> float:
    """Return seconds of the fastest of several rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def native(library: ctypes.CDLL, data: bytes, size: int) -> Callable[[], None]:
    hasher = ctypes.c_void_p()
    library.iscc_sum_hasher_new(ctypes.byref(hasher))
    update, address = library.iscc_sum_hasher_update, ctypes.cast(data, ctypes.c_void_p).value
    update.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t]
    return lambda: [update(hasher, address, size) for _ in range(TOTAL // size)] and None


def package(data: bytes, size: int) -> None:
    hasher = libiscc.SumHasher()
    piece = memoryview(data)[:size]
    for _ in range(TOTAL // size):
        hasher.update(piece)


def two_threads(data: bytes, size: int) -> None:
    threads = [threading.Thread(target=package, args=(data, size)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main() -> None:
    library = ctypes.CDLL(sys.argv[1])
    data = random.Random(1).randbytes(max(SIZES))
    for size in SIZES:
        speeds = [
            TOTAL / best(native(library, data, size)) / 1e9,
            TOTAL / best(lambda: package(data, size)) / 1e9,
            2 * TOTAL / best(lambda: two_threads(data, size)) / 1e9,
        ]
        print(f"{size >> 10:5} KiB: native {speeds[0]:.2f} GB/s, Python {speeds[1]:.2f}, two threads {speeds[2]:.2f}")


if __name__ == "__main__":
    main()
