"""Importers and exporters: one file a format, each registers itself by being there.

@importer("pol.is", "an export folder of a Polis conversation")
def load(tx: Db, paths: Sequence[Path]) -> Imported: …

@exporter("minutes", "html", media_type="text/html")
def write(db: Db, ident: int, audience: Audience) -> bytes: …

@packer("committee", "zip", media_type="application/zip")
def pack(db: Db, ident: int, audience: Audience, period: Period, stream: BinaryIO) -> None: …

@checker
def check(path: Path) -> Report | None: …    # None: not a file of this kind
"""

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

from forum.base.db import Db
from forum.base.errors import Refusal
from forum.base.events import Audience
from forum.base.verify import Report

PACKAGES = ("forum.exchange", "voting.polls.publishing", "sessions.exchange")


class Imported(NamedTuple):
    """What an import made: the thing, where it is now, and what it could not take over."""

    kind: str
    id: int
    url: str
    counts: dict[str, int]
    warnings: list[str]


class Importer(NamedTuple):
    """One format that can be read; `load` works in one transaction, all or nothing."""

    kind: str
    help: str
    load: Callable[[Db, Sequence[Path]], Imported]


class Exporter(NamedTuple):
    """One format in which a kind of thing can be written.

    `write` gets a thing that its reader may see (the caller has checked), and the class of
    readers for whom it writes.
    """

    kind: str
    format: str
    media_type: str
    write: Callable[[Db, int, Audience], bytes]


class Period(NamedTuple):
    """Days from the first to the last, both of them in it."""

    first: date
    last: date


Pack = Callable[[Db, int, Audience, Period, BinaryIO], None]


class Packer(NamedTuple):
    """One format in which what a place did in a period is written, as a stream: it may be large."""

    kind: str
    format: str
    media_type: str
    pack: Pack


importers: dict[str, Importer] = {}
exporters: dict[tuple[str, str], Exporter] = {}
packers: dict[tuple[str, str], Packer] = {}
checkers: list[Callable[[Path], Report | None]] = []


def importer(
    kind: str, help: str
) -> Callable[[Callable[[Db, Sequence[Path]], Imported]], Callable[[Db, Sequence[Path]], Imported]]:
    """Register a format that `run.py import KIND` reads."""

    def add(load: Callable[[Db, Sequence[Path]], Imported]) -> Callable[..., Imported]:
        if kind in importers:
            raise RuntimeError(f"{kind!r} has two importers")
        importers[kind] = Importer(kind, help, load)
        return load

    return add


def exporter(
    kind: str, format: str, *, media_type: str
) -> Callable[[Callable[[Db, int, Audience], bytes]], Callable[[Db, int, Audience], bytes]]:
    """Register a format that `run.py export KIND ID --format FORMAT` and the pages write."""

    def add(write: Callable[[Db, int, Audience], bytes]) -> Callable[[Db, int, Audience], bytes]:
        if (kind, format) in exporters:
            raise RuntimeError(f"{kind!r} has two exporters to {format!r}")
        exporters[kind, format] = Exporter(kind, format, media_type, write)
        return write

    return add


def packer(kind: str, format: str, *, media_type: str) -> Callable[[Pack], Pack]:
    """Register a format of `run.py export KIND ID --from DAY --to DAY --format FORMAT`."""

    def add(pack: Pack) -> Pack:
        if (kind, format) in packers:
            raise RuntimeError(f"{kind!r} has two packers to {format!r}")
        packers[kind, format] = Packer(kind, format, media_type, pack)
        return pack

    return add


def checker(check: Callable[[Path], Report | None]) -> Callable[[Path], Report | None]:
    """Register a check of exported files for `run.py verify FILE`."""
    checkers.append(check)
    return check


@cache
def discover() -> None:
    """Import every format file of the exchange rooms that stand."""
    for name in PACKAGES:
        try:
            package = importlib.import_module(name)
        except ModuleNotFoundError:
            continue
        for found in pkgutil.iter_modules(package.__path__, f"{name}."):
            importlib.import_module(found.name)


def importer_of(kind: str) -> Importer:
    """The importer of a format; Refusal names those that there are."""
    discover()
    if kind not in importers:
        raise Refusal(f"nothing reads {kind}: choose one of {', '.join(sorted(importers)) or '-'}")
    return importers[kind]


def exporter_of(kind: str, format: str) -> Exporter:
    """The exporter of a kind to a format; Refusal names those that there are."""
    discover()
    if (kind, format) not in exporters:
        known = sorted(" ".join(pair) for pair in (*exporters, *packers))
        raise Refusal(f"nothing writes {kind} as {format}: choose one of {', '.join(known) or '-'}")
    return exporters[kind, format]
