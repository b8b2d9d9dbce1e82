"""What is compiled once, so that the first pages after a start are quick: templates, catalogues.

It lies in __pycache__ beside its source, as Python's own compiled code does: whoever may write
there may write the source as well. It can be made anew, and is where it does not fit its source.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache


def texts(*modules: str) -> Iterator[bytes]:
    """The text of these modules: what compiles is part of what a thing is made of."""
    files = (getattr(sys.modules[name], "__file__", None) for name in sorted(modules))
    return (Path(file).read_bytes() for file in files if file)


class Kept:
    """What was made of one source, in a folder of sources."""

    def __init__(self, folder: Path, source: bytes) -> None:
        self._folder = folder / "__pycache__"
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
        beside = self._folder / f"{name}.{os.getpid()}"
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            try:
                beside.write_bytes(self._seal(made) + b"\n" + made)
                beside.replace(self._folder / name)
            finally:
                beside.unlink(missing_ok=True)


class Templates(BytecodeCache):
    """The compiled templates of a folder, by their text and by the modules that compile them."""

    def __init__(self, folder: Path, *modules: str) -> None:
        self._folder = folder
        self._makers = sha256(b"".join(texts(*modules))).hexdigest()

    def get_source_checksum(self, source: str) -> str:
        """A digest that changes with the text and with whatever compiles it."""
        return sha256(f"{self._makers}{source}".encode()).hexdigest()

    def _kept(self, bucket: Bucket) -> Kept:
        return Kept(self._folder, bucket.checksum.encode())

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the template's code, if it is kept."""
        if (made := self._kept(bucket).find(f"{bucket.key}.jinja")) is not None:
            bucket.bytecode_from_string(made)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the template's code."""
        self._kept(bucket).keep(f"{bucket.key}.jinja", bucket.bytecode_to_string())
