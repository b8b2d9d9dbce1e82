"""What is compiled once and kept beside the data, so that the first pages after a start are quick.

All of it can be made anew, and is where it does not fit what it was made of. Whoever could write
other code there could write the keys as well.
"""

import os
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from forum.base.settings import settings


def _path(name: str) -> Path:
    return settings().data / "cache" / name


def _seal(source: bytes, made: bytes) -> bytes:
    return sha256(sha256(source).digest() + made).hexdigest().encode()


def find(name: str, source: bytes) -> bytes | None:
    """What was made of this source under this name, whole; else None."""
    try:
        seal, _line, made = _path(name).read_bytes().partition(b"\n")
    except OSError:
        return None
    return made if seal == _seal(source, made) else None


def keep(name: str, source: bytes, made: bytes) -> None:
    """Keep it for the next start, where there is a data folder and we may write there."""
    path = _path(name)
    beside = path.with_name(f"{name}.{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        beside.write_bytes(_seal(source, made) + b"\n" + made)
        beside.replace(path)


class Templates(BytecodeCache):
    """The compiled templates, by their text and by what compiles them."""

    def __init__(self, *makers: Path) -> None:
        self._makers = makers

    @cached_property
    def _made_by(self) -> str:
        return "".join([jinja2.__version__, *(path.read_text("utf-8") for path in self._makers)])

    def get_source_checksum(self, source: str) -> str:
        """A digest that changes with the text, with Jinja and with how we set it up."""
        return sha256(f"{self._made_by}\0{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the template's code, if it is kept."""
        made = find(f"{bucket.key}.template", bucket.checksum.encode())
        if made is not None:
            bucket.bytecode_from_string(made)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the template's code."""
        made = bucket.bytecode_to_string()
        keep(f"{bucket.key}.template", bucket.checksum.encode(), made)
