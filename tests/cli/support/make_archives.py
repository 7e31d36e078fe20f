#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes archives of the tree `t`, and archives that are damaged or hostile, in the current directory. With arguments,
makes a directory `cuts` of what is left of these files if they end at each kilobyte."""

import bz2
import gzip
import io
import lzma
import os
import struct
import sys
import tarfile
import zipfile


def files(top):
    """The regular files below a directory, in no particular order."""
    for folder, _, names in os.walk(top):
        for path in (os.path.join(folder, name) for name in names):
            if not os.path.islink(path):
                yield path


def write(name, data):
    with open(name, "wb") as file:
        file.write(data)


def read(name):
    with open(name, "rb") as file:
        return file.read()


def tar_of(members, **settings):
    """A tar file of (name, content) pairs, or of TarInfo objects."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", **settings) as tar:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                tar.addfile(member)
            else:
                info = tarfile.TarInfo(member[0])
                info.size = len(member[1])
                tar.addfile(info, io.BytesIO(member[1]))
    return buffer.getvalue()


def zip_of(members, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def link(name, target):
    info = tarfile.TarInfo(name)
    info.type = tarfile.LNKTYPE
    info.linkname = target
    return info


def newc(members):
    """A cpio file of (name, content, inode, links)."""
    out = b""
    for name, content, inode, links in [*members, ("TRAILER!!!", b"", 0, 1)]:
        fields = [inode, 0o100644, 0, 0, links, 0, len(content), 0, 0, 0, 0, len(name) + 1, 0]
        header = b"070701" + b"".join(b"%08x" % field for field in fields) + name.encode() + b"\0"
        out += header + b"\0" * (-len(header) % 4) + content + b"\0" * (-len(content) % 4)
    return out


def odc(members):
    out = b""
    for name, content in [*members, ("TRAILER!!!", b"")]:
        out += b"070707%06o%06o%06o%06o%06o%06o%06o%011o%06o%011o" % (
            0, len(out) % 0o777777, 0o100644, 0, 0, 1, 0, 0, len(name) + 1, len(content))
        out += name.encode() + b"\0" + content
    return out


def ar(members):
    out = b"!<arch>\n"
    for name, content in members:
        out += b"%-16s%-12d%-6d%-6d%-8s%-10d`\n" % (name.encode() + b"/", 0, 0, 0, b"100644", len(content))
        out += content + b"\n" * (len(content) % 2)
    return out


def make_good():
    names = sorted(files("t"))
    pairs = [(name, read(name)) for name in names]
    write("deflated.zip", zip_of(pairs))
    write("stored.zip", zip_of(pairs, zipfile.ZIP_STORED))
    write("bz2.zip", zip_of(pairs, zipfile.ZIP_BZIP2))
    tar = tar_of(pairs)
    write("plain.tar", tar)
    write("pax.tar", tar_of(pairs, format=tarfile.PAX_FORMAT, pax_headers={"comment": "x"}))
    write("gnu.tar", tar_of(pairs, format=tarfile.GNU_FORMAT))
    write("a.tar.gz", gzip.compress(tar))
    write("a.tar.bz2", bz2.compress(tar))
    write("a.tar.xz", lzma.compress(tar))
    write("a.tar.lzma", lzma.compress(tar, lzma.FORMAT_ALONE))
    write("newc.cpio", newc([(name, data, i + 1, 1) for i, (name, data) in enumerate(pairs)]))
    write("odc.cpio", odc(pairs))
    write("a.cpio.gz", gzip.compress(odc(pairs)))


def make_links():
    write("links.tar", tar_of([("a", b"content"), link("b", "a"), link("c", "b"), link("lost", "nothing"), ("d", b"d"),
                               ("nul", b"\0"), link("nul2", "nul")]))
    write("links.cpio", newc([("a", b"", 7, 3), ("other", b"other", 8, 1), ("b", b"", 7, 3), ("c", b"content", 7, 3),
                              ("none", b"", 9, 2), ("none2", b"", 9, 2)]))


def make_sparse():
    """A GNU sparse tar file (1.0, in pax headers): `data` between two holes."""
    data = b"data" * 1024
    size = 3 * 65536
    sparse_map = b"2\n65536\n4096\n%d\n0\n" % size
    body = sparse_map + b"\0" * (-len(sparse_map) % 512) + data
    info = tarfile.TarInfo("GNUSparseFile.0/sparse")
    info.size = len(body)
    info.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "sparse",
                        "GNU.sparse.realsize": str(size)}
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as tar:
        tar.addfile(info, io.BytesIO(body))
    write("sparse.tar", buffer.getvalue())
    write("sparse", b"\0" * 65536 + data + b"\0" * (size - 65536 - len(data)))


    write("gnu-sparse.tar", old_gnu_sparse(data, size) + data + b"\0" * 1024)


def old_gnu_sparse(data, size):
    """The header of an old GNU sparse member, whose map of offsets and lengths is in the header."""
    header = bytearray(512)
    for at, field in ((0, b"sparse"), (100, b"0000644\0" + b"0000000\0" * 2), (124, b"%011o\0" % len(data)),
                      (136, b"%011o\0" % 0), (148, b" " * 8), (156, b"S"), (257, b"ustar  \0"),
                      (386, b"%011o\0%011o\0%011o\0%011o\0" % (65536, len(data), size, 0)), (483, b"%011o\0" % size)):
        header[at:at + len(field)] = field
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header)


def make_names():
    write("latin.tar", tar_of([("caf\udce9", b"latin"), link("caf\udce8", "caf\udce9"),
                              link("caf\udce7", "nothing")], encoding="utf-8", errors="surrogateescape",
                              format=tarfile.GNU_FORMAT))
    data = zip_of([("cafe", b"437")])
    write("cp437.zip", data.replace(b"cafe", b"caf\x82"))
    write("nul.zip", zip_of([("good", b"good"), ("cutXrest", b"bad")]).replace(b"cutX", b"cut\0"))
    write("empty-name.zip", zip_of([("x", b"bad"), ("good", b"good")]).replace(b"x", b"\0"))
    write("backslash.zip", zip_of([("dirXfile", b"file")]).replace(b"dirX", b"dir\\"))
    data = zip_of([("local", b"local"), ("other", b"other")])
    table = data.index(b"PK\1\2")
    write("two-names.zip", data[:table] + data[table:].replace(b"local", b"table"))
    write("names.tar", tar_of([("../up", b"up"), ("/abs", b"abs"), ("a!/b", b"mark"), ("line\nbreak", b"line"),
                               ("twice", b"first"), ("twice", b"second")]))


def make_compressed():
    write("notes.txt.gz", gzip.compress(b"notes"))
    write("nothing.gz", gzip.compress(b""))
    write("inner.zip.gz", gzip.compress(zip_of([("a", b"a")])))


def make_nested():
    inner = zip_of([("c", b"inner")])
    write("nested.zip", zip_of([("b.jar", inner), ("d", b"d")]))
    write("nested.tar.gz", gzip.compress(tar_of([("b.jar", inner), ("deep.tar.xz", lzma.compress(tar_of([("e", b"e")])))])))
    data = tar_of([("etc/a", b"a"), ("usr/b", b"b" * 5000)])
    write("package.deb", ar([("debian-binary", b"2.0\n"), ("control.tar.gz", gzip.compress(tar_of([("control", b"c")]))),
                             ("data.tar.xz", lzma.compress(data))]))
    quine = b"x"
    for _ in range(12):
        quine = zip_of([("z.zip", quine)])
    write("deep.zip", quine)


def make_damaged():
    body = bytes(range(256)) * 16
    # Two entries of the directory lead to one member.
    data = zip_of([("a", b"content"), ("b", b"content")])
    first = data.index(b"PK\1\2")
    second = data.index(b"PK\1\2", first + 1)
    write("shared.zip", data[:second + 42] + struct.pack("<I", 0) + data[second + 46:])
    data = bytearray(zip_of([("bad", b"content" * 99), ("good", b"good")], zipfile.ZIP_STORED))
    data[40] ^= 1
    write("crc.zip", bytes(data))
    data = bytearray(zip_of([("secret", b"secret"), ("open", b"open")], zipfile.ZIP_STORED))
    for at in (6, bytes(data).index(b"PK\1\2") + 8):
        data[at] |= 1
    write("encrypted.zip", bytes(data))
    tar = tar_of([("a", body), ("b", body), ("c", body)])
    write("tail.tar.gz", gzip.compress(tar)[:-20])
    write("checksum.tar.gz", gzip.compress(tar)[:-4])
    write("no-end.tar", tar[:3 * (512 + len(body))])
    write("many.tar", tar_of([(f"{i}", b"") for i in range(3000)]))
    write("hole.tar", old_gnu_sparse(b"", 32 << 20) + b"\0" * 1024)
    write("bomb.zip", zip_of([("zeros", b"\0" * (32 << 20))]))
    write("bomb.tar.gz", gzip.compress(tar_of([("zeros", b"\0" * (32 << 20)), ("after", b"after")])))


def make_whole():
    """The archives to cut: no kilobyte ends where a cpio or ar file without its last member would end."""
    members = [("a", os.urandom(10001)), ("b", os.urandom(10001))]
    tar = tar_of(members)[:2 * (512 + 10240) + 1024]  # without padding
    os.mkdir("whole")
    for name, data in members:
        write("whole/" + name, data)
    for name, data in (("tar", tar), ("tar.gz", gzip.compress(tar)), ("tar.bz2", bz2.compress(tar)),
                       ("tar.xz", lzma.compress(tar)), ("tar.lzma", lzma.compress(tar, lzma.FORMAT_ALONE)),
                       ("zip", zip_of(members)), ("newc", newc([(*member, i + 1, 1) for i, member in enumerate(members)])),
                       ("odc", odc(members)), ("ar", ar(members))):
        write("whole." + name, data)


def cut(names):
    os.mkdir("cuts")
    for name in names:
        data = read(name)
        for size in range(1024, len(data), 1024):
            write(f"cuts/{name}.{size // 1024:02}", data[:size])


def make_texts():
    os.mkdir("texts")
    write("texts/pk", b"PK is not a zip\n")
    write("texts/mtree", b"#mtree\n./a type=file\n")
    write("texts/ar", b"!<arch> is how ar begins\n")
    write("texts/cpio", b"070701 is a number, and so are others in this line of many more than a hundred bytes " * 3)
    write("texts/zeros", b"\0" * 10240)
    write("texts/bz", b"BZh9 and so on, for more than ten bytes\n")
    write("texts/gz", b"\x1f\x8b\x07\0\0\0\0\0\0\0\0\0")
    write("texts/digits", b"0" * 1024)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        cut(sys.argv[1:])
    else:
        for make in (make_good, make_links, make_sparse, make_names, make_compressed, make_nested, make_damaged,
                     make_whole, make_texts):
            make()
