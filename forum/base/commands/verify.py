"""`run.py verify`: whether a data folder, a backup or an exported file is what it was."""

import dataclasses
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from forum.base.commands.common import Data, Failure, Json, Misuse, existing, use

if TYPE_CHECKING:
    from forum.base.verify import Report


def verify(
    file: Annotated[
        Path | None, typer.Argument(help="A backup or an exported file.", show_default=False)
    ] = None,
    data: Data = None,
    as_json: Json = False,
) -> int:
    """Check event chains, texts, minutes and ballot boxes; exit code 1 if anything was changed."""
    report = check_file(file, data) if file else check_data(data)
    if as_json:
        faults = [dataclasses.asdict(fault) for fault in report.faults]
        print(json.dumps({"sound": report.sound, "counts": report.counts, "faults": faults}))
        return 0 if report.sound else 1
    for fault in report.faults:
        print(f"{fault.kind}: {fault.words}")
    looked_at = ", ".join(f"{n} {what}" for what, n in report.counts.items()) or "nothing yet"
    print(f"Looked at: {looked_at}.")
    print("All is as it was." if report.sound else f"{len(report.faults)} changed or missing.")
    return 0 if report.sound else 1


def check_data(data: Path | None) -> "Report":
    """A data folder's database, against its own keys."""
    from forum.base import db  # noqa: PLC0415
    from forum.base.verify import verify as look  # noqa: PLC0415

    existing(data)
    with db.reading() as session:
        report = look(session)
    db.close()
    return report


def check_file(file: Path, data: Path | None) -> "Report":
    """A backup, against its own keys or this server's; or whatever a room can check."""
    from forum.base import archive, transfer  # noqa: PLC0415

    if not file.is_file():
        raise Misuse(f"there is no file {file}")
    if archive.is_one(file):
        keys = use(data).keys
        with tempfile.TemporaryDirectory() as folder:
            archive.unpack(file, Path(folder), files=False)
            archive.lend_keys(keys, Path(folder))
            return check_data(Path(folder))
    transfer.discover()
    for check in transfer.checkers:
        if (report := check(file)) is not None:
            return report
    raise Failure(f"{file} is neither a backup nor an export that can be verified")
