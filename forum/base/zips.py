"""Files that are packed so that the same contents are the same bytes, and read without trust.

Nothing is compressed, every time is the same. What is read may come from anybody: its directory is
looked at before it is read, its names before they are used, and no entry gives more than it says.
"""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as BadStream  # noqa: N812 - zlib's own name says nothing

from forum.base.errors import Refusal

MOST_DIRECTORY = 16_000_000
DAMAGED = (BadZipFile, BadStream, EOFError, OSError, ValueError, NotImplementedError)

_EPOCH = (1980, 1, 1, 0, 0, 0)
_END, _END64 = b"PK\x05\x06", b"PK\x06\x07"
_ODD = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')


def entry(name: str) -> ZipInfo:
    """An entry as every packed file has it."""
    made = ZipInfo(name, _EPOCH)
    made.compress_type = ZIP_STORED
    made.create_system = 3
    made.external_attr = 0o100644 << 16
    return made


def packed(contents: dict[str, bytes]) -> bytes:
    """A ZIP file of these, in the order of their names."""
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name in sorted(contents):
            archive.writestr(entry(name), contents[name])
    return stream.getvalue()


def file_name(name: str) -> str:
    """An uploaded file's name as every system can unpack it."""
    clean = _ODD.sub("_", name.replace("/", "_")).rstrip(". ")
    stem, dot, ending = clean.rpartition(".")
    if len(clean.encode()) <= 120 or not dot or len(ending) > 10:
        return clean.encode()[:120].decode(errors="ignore") or "file"
    return stem.encode()[:100].decode(errors="ignore") + dot + ending


def inside(name: str) -> bool:
    """Whether unpacking this name stays within the folder, on any system."""
    parts = name.split("/")
    return not _ODD.search(name) and all(part not in ("", ".", "..") for part in parts)


def opened(path: Path) -> ZipFile | None:
    """A ZIP file whose directory is not absurd; None for what is none. Refusal says what is wrong.

    The directory's size is looked at before anything of it is read.
    """
    size = path.stat().st_size
    with path.open("rb") as stream:
        stream.seek(max(0, size - 65_600))
        tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        return None
    if tail.find(_END64, max(0, at - 20), at) >= 0:
        return None  # larger than what is packed here can be: a backup perhaps
    if int.from_bytes(tail[at + 12 : at + 16], "little") > MOST_DIRECTORY:
        raise Refusal(f"{path} has a directory of more than {MOST_DIRECTORY // 1_000_000} MB")
    try:
        found = ZipFile(path)
    except DAMAGED as error:
        raise Refusal(f"{path} is damaged: its directory cannot be read") from error
    return found


def readable(info: ZipInfo) -> bool:
    """Whether an entry is stored or deflated and not encrypted: all that is read."""
    return info.compress_type in (ZIP_STORED, ZIP_DEFLATED) and not info.flag_bits & 0x1


def content(archive: ZipFile, info: ZipInfo) -> bytes:
    """An entry whole, not a byte more than its directory says; DAMAGED where it is broken."""
    with archive.open(info) as stream:
        found = stream.read(info.file_size + 1)
        if len(found) > info.file_size:
            raise BadZipFile
        return found


def shown(name: str) -> str:
    """A name as a terminal may print it, whatever it holds."""
    return (name if name.isprintable() else ascii(name)[1:-1])[:200]
