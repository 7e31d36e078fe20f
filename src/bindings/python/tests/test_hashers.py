# SPDX-License-Identifier: Apache-2.0
"""The hashers as objects: arguments, copies, buffers, threads, memory."""

import array
import gc
import mmap
import random
import resource
import threading

import libiscc
import pytest

HASHERS = [libiscc.DataHasher, libiscc.InstanceHasher, libiscc.SumHasher, libiscc.TextHasher]
BITS = range(32, 257, 32)


@pytest.mark.parametrize("hasher", HASHERS)
def test_update_push_and_copy(hasher: type) -> None:
    whole = hasher(b"abcdef")
    parts = hasher()
    parts.update(b"ab")
    parts.push(bytearray(b"cd"))
    copy = parts.copy()
    parts.update(memoryview(b"ef"))
    assert parts.finalize() == whole.finalize() != copy.finalize()
    assert parts.digest() == whole.digest()
    copy.update(b"ef")
    assert copy.finalize() == whole.finalize()
    assert whole.finalize() == {**whole.finalize(), "iscc": whole.code()}


@pytest.mark.parametrize("hasher", HASHERS)
def test_arguments(hasher: type) -> None:
    for bad in (1, [1, 2], 1.5, object()):
        with pytest.raises(TypeError):
            hasher(bad)
        with pytest.raises(TypeError):
            hasher().update(bad)
    with pytest.raises((TypeError, BufferError)):
        hasher().update(memoryview(bytes(10))[::2])
    with pytest.raises(TypeError):
        hasher().update()
    with pytest.raises(TypeError):
        hasher(b"", 1)
    with pytest.raises(TypeError):
        hasher.nothing = 1
    if hasher is not libiscc.TextHasher:
        with pytest.raises(TypeError):
            hasher("text")
    if hasher is not libiscc.SumHasher:
        for bits in (-1, 0, 33, 288, 2**31 - 1):
            with pytest.raises(libiscc.IsccError) as caught:
                hasher().code(bits)
            assert caught.value.args[1] == 3


def test_digests_are_the_bodies_of_codes() -> None:
    data = random.Random(1).randbytes(300_000)
    hasher = libiscc.SumHasher(data)
    for bits in BITS:
        units = libiscc.DataHasher(data).code(bits), libiscc.InstanceHasher(data).code(bits)
        assert hasher.units(bits) == units
        assert [libiscc.decode(unit).digest for unit in units] == [d[: bits // 8] for d in hasher.digest()]
    instance = libiscc.InstanceHasher(data)
    assert instance.multihash() == "1e20" + instance.digest().hex()
    assert instance.filesize == len(data)
    text = libiscc.TextHasher("Straße")
    assert libiscc.decode(text.code(256)).digest == text.digest()


def test_texts() -> None:
    text = "Ein Text, der länger als ein Fenster ist: ΟΔΟΣ 한국어 🙂. "
    hasher = libiscc.TextHasher()
    for byte in text.encode():
        hasher.update(bytes([byte]))
    assert hasher.finalize(256) == libiscc.TextHasher(text).finalize(256) == libiscc.gen_text_code_v0(text, 256)
    with pytest.raises(ValueError):
        libiscc.TextHasher("\ud800")


def test_buffers_are_pinned_and_released() -> None:
    data = bytearray(5_000_000)
    hasher = libiscc.SumHasher()
    thread = threading.Thread(target=hasher.update, args=(data,))
    thread.start()
    while thread.is_alive():
        try:
            data.append(0)  # moves the bytes, unless they are in use
            data.pop()
        except BufferError:
            pass
    thread.join()
    data.append(0)
    assert hasher.finalize() == libiscc.gen_sum_code_v0(bytes(5_000_000))
    with mmap.mmap(-1, 4096) as memory:
        hasher.update(memory)
        with pytest.raises(TypeError):
            libiscc.SumHasher(memory).update(None)
    numbers = array.array("i", range(1000))
    assert libiscc.DataHasher(numbers).digest() == libiscc.DataHasher(numbers.tobytes()).digest()


def test_threads() -> None:
    """Threads share one hasher and use their own at once: nothing is lost, and no two updates mix."""
    pieces = [bytes([i]) * size for i in range(4) for size in (1, 500, 3000, 70_000)]
    shared = libiscc.SumHasher()
    results = [None] * 4

    def work(number: int) -> None:
        own = libiscc.SumHasher()
        for piece in pieces * 10:
            own.update(piece)
            shared.update(piece)
            shared.copy()
            shared.digest()
        results[number] = own.finalize()

    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [libiscc.gen_sum_code_v0(b"".join(pieces * 10))] * 4
    assert shared.finalize()["filesize"] == 40 * sum(map(len, pieces))


def test_memory_is_flat() -> None:
    def work(count: int) -> None:
        for i in range(count):
            hasher = HASHERS[i % 4](b"first")
            hasher.update(b"second")
            hasher.copy().finalize()
            hasher.digest()
            try:
                HASHERS[i % 4](b"", 1)
            except TypeError:
                pass

    work(20_000)
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    work(200_000)
    gc.collect()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 2000  # KiB
