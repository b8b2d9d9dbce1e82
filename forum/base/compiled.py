"""What is compiled once, so that the first pages after a start are quick: templates, catalogues.

It lies where Python's own compiled code lies, by default in __pycache__ beside its source: whoever
may write there may write the source as well. It can be made anew, and is where it does not fit its
source; what an interrupted write leaves behind is never read.
"""

import os
import sys
from contextlib import suppress
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from threading import get_ident

from jinja2.bccache import Bucket, BytecodeCache


def digest(*modules: str) -> bytes:
    """Of the text of these modules: what compiles is part of what a thing is made of.

    To be asked for while they are loaded, so that code which has been replaced since does not
    pass for the new one.
    """
    files = (getattr(import_module(name), "__file__", None) for name in modules)
    return sha256(b"".join(Path(file).read_bytes() for file in files if file)).digest()


class Kept:
    """What was made of one source, in a folder of sources."""

    def __init__(self, folder: Path, source: bytes) -> None:
        prefix = sys.pycache_prefix
        apart = prefix and Path(prefix) / folder.relative_to(folder.anchor)
        self._folder = Path(apart or folder / "__pycache__")
        self._source = sha256(source).digest()

    def _seal(self, made: bytes) -> bytes:
        return sha256(self._source + made).hexdigest().encode()

    def find(self, name: str) -> bytes | None:
        """What was made of this source under this name, whole; else None."""
        try:
            seal, _line, made = (self._folder / name).read_bytes().partition(b"\n")
        except OSError:
            return None
        return made if seal == self._seal(made) else None

    def keep(self, name: str, made: bytes) -> None:
        """Keep it for the next start, where we may write and Python may."""
        if sys.dont_write_bytecode:
            return
        beside = self._folder / f"{name}.{os.getpid()}.{get_ident()}"
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                beside.write_bytes(self._seal(made) + b"\n" + made)
                beside.replace(self._folder / name)
            finally:
                beside.unlink(missing_ok=True)


class Templates(BytecodeCache):
    """The compiled templates of a folder, by their text and by the digest of what compiles them."""

    def __init__(self, folder: Path, makers: bytes) -> None:
        self._folder = folder
        self._makers = makers

    def get_source_checksum(self, source: str) -> str:
        """A digest that changes with the text and with whatever compiles it."""
        return sha256(self._makers + source.encode()).hexdigest()

    def _kept(self, bucket: Bucket) -> Kept:
        return Kept(self._folder, bucket.checksum.encode())

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the template's code, if it is kept."""
        if (made := self._kept(bucket).find(f"{bucket.key}.jinja")) is not None:
            bucket.bytecode_from_string(made)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the template's code."""
        self._kept(bucket).keep(f"{bucket.key}.jinja", bucket.bytecode_to_string())
