"""`run.py import` and `run.py export`: hand over to the formats that are there."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from forum.base.commands.common import Data, Failure, Json, Misuse, existing, ready


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
    kind: Annotated[str, typer.Argument(help="consultation, minutes …")],
    ident: Annotated[int, typer.Argument(metavar="ID", help="Its number.")],
    format: Annotated[str, typer.Option(help="html, json, csv …")],
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
) -> None:
    """Write a thing in a format that others read."""
    from forum.base import db, i18n, transfer  # noqa: PLC0415
    from forum.base.events import Audience  # noqa: PLC0415

    if audience.upper() not in Audience.__members__:
        raise Misuse("--audience is public, member, desk or moderator")
    if language not in (None, *i18n.LANGUAGES):
        raise Misuse(f"--language is one of {', '.join(i18n.LANGUAGES)}")
    exporter = transfer.exporter_of(kind, format)
    existing(data)
    with db.reading() as session, i18n.using(language):
        written = exporter.write(session, ident, Audience[audience.upper()])
    db.close()
    if output is None:
        sys.stdout.buffer.write(written)
        return
    try:
        output.write_bytes(written)
    except OSError as error:
        raise Failure(f"{output} cannot be written: {error.strerror}") from error
