"""`run.py import` and `run.py export`: hand over to the formats that are there."""

import json
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from forum.base.commands.common import Data, Failure, Json, Misuse, existing, ready

if TYPE_CHECKING:
    from collections.abc import Callable

    from forum.base.db import Db
    from forum.base.events import Audience


def import_(
    kind: Annotated[str, typer.Argument(help="What the files are; `run.py import list` tells.")],
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders.", show_default=False)
    ] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Take over a consultation, thread or meeting from elsewhere, wholly or not at all."""
    from forum.base import db, transfer  # noqa: PLC0415

    if kind == "list":
        transfer.discover()
        for known in sorted(transfer.importers.values()):
            print(f"{known.kind}\t{known.help}")
        return
    importer = transfer.importer_of(kind)
    if not paths:
        raise Misuse(f"name the files: run.py import {kind} PATH…")
    for path in paths:
        if not path.exists():
            raise Misuse(f"there is no {path}")
    ready(data)
    with db.transaction() as tx:
        made = importer.load(tx, paths)
    db.close()
    if as_json:
        print(json.dumps(made._asdict(), ensure_ascii=False))
        return
    counted = ", ".join(f"{n} {what}" for what, n in made.counts.items())
    print(f"{made.kind} {made.id} is at {made.url}: {counted}.")
    for warning in made.warnings:
        print(f"Note: {warning}", file=sys.stderr)


def export(
    kind: Annotated[str, typer.Argument(help="consultation, minutes, committee …")],
    ident: Annotated[int, typer.Argument(metavar="ID", help="Its number.")],
    format: Annotated[str, typer.Option(help="html, json, csv, zip …")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The file to write; else standard output.")
    ] = None,
    data: Data = None,
    audience: Annotated[
        str, typer.Option(help="For whom it is written: public, member, desk or moderator.")
    ] = "public",
    language: Annotated[
        str | None, typer.Option(help="en, zh_Hans_CN or zh_Hant_TW.  [the installation's own]")
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="The first day, as 2026-01-01.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help="The last day, as 2026-12-31.")
    ] = None,
) -> None:
    """Write a thing, or a place's papers of a period, in a format that others read."""
    from forum.base import db, i18n  # noqa: PLC0415
    from forum.base.events import Audience  # noqa: PLC0415

    if audience.upper() not in Audience.__members__:
        raise Misuse("--audience is public, member, desk or moderator")
    if language not in (None, *i18n.LANGUAGES):
        raise Misuse(f"--language is one of {', '.join(i18n.LANGUAGES)}")
    write = _writer(kind, ident, format, Audience[audience.upper()], first, last)
    existing(data)
    # Written whole before it has its name; a packer goes back to what it wrote before.
    folder = output.absolute().parent if output else None
    try:
        with tempfile.TemporaryFile(dir=folder) as stream:
            with db.reading() as session, i18n.using(language):
                write(session, stream)
            stream.seek(0)
            if output is None:
                shutil.copyfileobj(stream, sys.stdout.buffer)
                return
            with output.open("wb") as target:
                shutil.copyfileobj(stream, target)
    except OSError as error:
        if output is None:
            raise
        raise Failure(f"{output} cannot be written: {error.strerror}") from error
    finally:
        db.close()


def _writer(
    kind: str, ident: int, format: str, audience: "Audience", first: str | None, last: str | None
) -> "Callable[[Db, BinaryIO], object]":
    """What writes the thing into a stream, once the words of the command line fit together."""
    from forum.base import transfer  # noqa: PLC0415

    transfer.discover()
    packer = transfer.packers.get((kind, format))
    if packer is None:
        exporter = transfer.exporter_of(kind, format)
        if first or last:
            raise Misuse(f"{kind} as {format} has no period: leave --from and --to out")
        return lambda session, stream: stream.write(exporter.write(session, ident, audience))
    try:
        period = transfer.Period(date.fromisoformat(first or ""), date.fromisoformat(last or ""))
    except ValueError:
        raise Misuse("name the period: --from 2026-01-01 --to 2026-12-31") from None
    return lambda session, stream: packer.pack(session, ident, audience, period, stream)
