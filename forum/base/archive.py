"""Backups: one file that holds a consistent copy of a data folder.

The database is copied with VACUUM INTO while the server goes on: one moment of it, every table
written anew in the order of its key, so that a ballot's place on the disk tells nothing of when it
came. The signing keys stay out unless asked for: who holds them can sign another history.
"""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, is_zipfile

from forum.base import clock
from forum.base.errors import Refusal

MANIFEST = "folkmoot.json"
FORMAT = "folkmoot-backup-1"
DATABASE = "folkmoot.sqlite3"
ANCHORS = "keys/heads.jsonl"  # no secret: they tell how far each stream had come


class Backup(NamedTuple):
    """What a backup holds."""

    revision: str | None
    database: str
    files: int
    keys: bool


def pack(
    database: Path, data: Path, target: Path, *, revision: str | None, files: bool, keys: bool
) -> Backup:
    """Write a backup; the file appears whole or not at all, readable by its owner alone."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    copy = target.with_name(f"{target.name}.database")
    copy.unlink(missing_ok=True)
    try:
        with _private(unfinished) as stream, ZipFile(stream, "w") as archive:
            copy_database(database, copy)
            archive.write(copy, DATABASE, ZIP_DEFLATED, 1)
            found = _names(data, "files") if files else []
            lent = _names(data, "keys") if keys else [ANCHORS]
            for name in (*found, *lent):
                if (data / name).is_file():
                    archive.write(data / name, name, ZIP_STORED)
            made = Backup(revision, _digest(copy), len(found), keys)
            facts = {"format": FORMAT, "at": clock.iso(clock.now()), **made._asdict()}
            archive.writestr(MANIFEST, json.dumps(facts, indent=1))
        unfinished.replace(target)
        return made
    finally:
        copy.unlink(missing_ok=True)
        unfinished.unlink(missing_ok=True)


def _private(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _names(data: Path, folder: str) -> list[str]:
    found = (path for path in (data / folder).rglob("*") if path.is_file())
    names = (path.relative_to(data).as_posix() for path in found)
    return sorted(name for name in names if not name.endswith(".new"))


def copy_database(source: Path, target: Path) -> None:
    """One moment of a database in use, vacuumed."""
    target.touch(mode=0o600)
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))


def _digest(path: Path) -> str:
    total = sha256()
    with path.open("rb") as stream:
        while part := stream.read(1 << 20):
            total.update(part)
    return total.hexdigest()


def is_one(path: Path) -> bool:
    """Whether a file is a backup of ours."""
    if not is_zipfile(path):
        return False
    with ZipFile(path) as archive:
        return MANIFEST in archive.namelist()


def unpack(source: Path, folder: Path, *, files: bool = True) -> Backup:
    """Lay a backup out in an empty folder; Refusal if it is damaged or not one of ours."""
    if not is_one(source):
        raise Refusal(f"{source} is not a backup that run.py wrote")
    try:
        with ZipFile(source) as archive:
            facts = json.loads(archive.read(MANIFEST))
            if facts.get("format") != FORMAT:
                raise Refusal(f"{source} is of another version of Folkmoot: {facts.get('format')}")
            for name in archive.namelist():
                if _belongs(name) and (files or not name.startswith("files/")):
                    _extract(archive, name, folder / name)
    except (BadZipFile, EOFError, KeyError, ValueError) as error:
        raise Refusal(f"{source} is damaged") from error
    made = Backup(**{name: facts.get(name) for name in Backup._fields})
    if _digest(folder / DATABASE) != made.database:
        raise Refusal(f"{source} is damaged: its database is not the one that was packed")
    return made


def _belongs(name: str) -> bool:
    """No path out of the folder, whatever the file says."""
    parts = name.split("/")
    inside = all(part not in ("", ".", "..") and "\\" not in part for part in parts)
    return name == DATABASE or (inside and parts[0] in ("files", "keys") and len(parts) > 1)


def _extract(archive: ZipFile, name: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with archive.open(name) as packed, _private(path) as stream:
        shutil.copyfileobj(packed, stream)


def lend_keys(keys: Path, folder: Path) -> None:
    """Put a server's keys beside an unpacked database that came without its own."""
    for path in sorted(keys.glob("*")):
        lent = folder / "keys" / path.name
        if path.is_file() and not lent.exists() and path.name != Path(ANCHORS).name:
            lent.parent.mkdir(exist_ok=True, mode=0o700)
            shutil.copyfile(path, lent)
