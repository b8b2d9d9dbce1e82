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
    key: Annotated[
        str | None,
        typer.Option(help="Whose signature a file must have: the fingerprint of the server's key."),
    ] = None,
    as_json: Json = False,
) -> int:
    """Check event chains, texts, minutes and ballot boxes; exit code 1 if anything was changed."""
    report = check_file(file, data) if file else check_data(data)
    notes = judge_keys(report, key, data)
    if as_json:
        shown = {
            "sound": report.sound,
            "counts": report.counts,
            "faults": [dataclasses.asdict(fault) for fault in report.faults],
            "notes": notes,
        }
        print(json.dumps(shown, ensure_ascii=False))
        return 0 if report.sound else 1
    for fault in report.faults:
        print(f"{fault.kind}: {fault.words}")
    for note in notes:
        print(note)
    looked_at = ", ".join(f"{n} {what}" for what, n in report.counts.items()) or "nothing yet"
    print(f"Looked at: {looked_at}.")
    print("All is as it was." if report.sound else f"{len(report.faults)} changed or missing.")
    return 0 if report.sound else 1


def judge_keys(report: "Report", wanted: str | None, data: Path | None) -> list[str]:
    """Say who signed; a fault where that is not whom the caller named, by --key or --data."""
    from forum.base import keys  # noqa: PLC0415

    if not report.keys:
        return []
    own = _own_key(data)
    expected = "".join(wanted.replace(":", "").split()).lower() if wanted else None
    notes = []
    for key in report.keys:
        print_ = keys.fingerprint(key)
        known = "".join(print_.split()) == expected if expected else key == own
        if known:
            whose = "the one that was named" if expected else "this server's own"
            notes.append(f"The signing key is {whose}, SHA-256 {print_}")
        elif expected or (data is not None and own):
            words = (
                f"the key that signed is another one than that of --{'key' if expected else 'data'}"
            )
            report.fault("unknown_key", "key", f"{words}: its SHA-256 is {print_}")
        else:
            notes.append(
                f"Signed by the key with the SHA-256 {print_}\n"
                "Compare it with the fingerprint that the server shows at /audit and beside each "
                "result, or that the minutes bear; or name that here: --key FINGERPRINT"
            )
    return notes


def _own_key(data: Path | None) -> str | None:
    """The public key of a data folder that is there; none is made."""
    from forum.base import keys  # noqa: PLC0415

    config = use(data)
    return keys.public_key() if (config.keys / "log.ed25519").is_file() else None


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
    transfer.discover()
    for check in transfer.checkers:
        if (report := check(file)) is not None:
            return report
    if archive.is_one(file):
        keys = use(data).keys
        with tempfile.TemporaryDirectory() as folder:
            archive.unpack(file, Path(folder), files=False)
            archive.lend_keys(keys, Path(folder))
            return check_data(Path(folder))
    raise Failure(f"{file} is neither a backup nor an export that can be verified")
