"""Published votes as files, and what somebody may do to them."""

import json
import shutil
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

from cast import Cast
from polling import VOTERS, close, make, secret, vote

from forum.base import clock, db, i18n, keys
from forum.base.canonical import canonical, sha256hex
from forum.base.db import reading
from forum.base.settings import configure
from forum.base.verify import Fault
from voting.polls import queries
from voting.polls.publishing import bundle
from voting.polls.publishing import reading as checking

Contents = dict[str, bytes]


def published(cast: Cast, poll: int) -> bytes:
    """The file of a published poll."""
    with reading() as tx:
        return bundle.write(tx, queries.poll_access(tx, cast.alice, poll).poll)


def voted(cast: Cast, poll: int, choices: tuple[str, ...] = ("yes", "no")) -> int:
    """A poll in which the cast has voted, published."""
    for at, name in enumerate(VOTERS):
        vote(cast[name], poll, choices[at % 3 == 0 and len(choices) > 1])
    close(cast, poll, publish=True)
    return poll


def unpacked(packed: bytes, folder: Path) -> Contents:
    """What lies in a file."""
    path = folder / "in.zip"
    path.write_bytes(packed)
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def listed_anew(contents: Contents) -> Contents:
    """With digests that fit, as somebody would write them who has no key to sign the list."""
    facts = json.loads(contents[bundle.CONTENTS])
    facts["files"] = [
        {"path": name, "size": len(contents[name]), "sha256": sha256hex(contents[name])}
        for name in sorted(contents.keys() - {bundle.CONTENTS, bundle.SIGNATURE})
    ]
    return contents | {bundle.CONTENTS: canonical(facts)}


def found(path: Path, packed: bytes) -> list[Fault]:
    """What the check says of it."""
    path.write_bytes(packed)
    report = checking.check(path)
    assert report is not None
    return report.faults


def lines(contents: Contents) -> list[str]:
    """The ballots."""
    return contents[bundle.BALLOTS].decode().splitlines()


def with_lines(contents: Contents, made: list[str]) -> Contents:
    """Other ballots."""
    return contents | {bundle.BALLOTS: "".join(f"{line}\n" for line in made).encode()}


class Files(NamedTuple):
    """A secret vote as a file, a named one that was closed before it, and the key that signed."""

    packed: bytes
    secret: Contents
    named: Contents
    fingerprint: str


def made(cast: Cast, folder: Path) -> Files:
    """Let the cast vote twice."""
    named, hidden = voted(cast, make(cast)), voted(cast, secret(cast))
    packed = published(cast, hidden)
    with clock.travel(hours=5):
        assert published(cast, hidden) == packed
    fingerprint = keys.fingerprint(keys.public_key())
    return Files(
        packed, unpacked(packed, folder), unpacked(published(cast, named), folder), fingerprint
    )


def apart(prepared: Path, folder: Path) -> Files:
    """The same in a data folder of its own, which is gone again afterwards."""
    shutil.copytree(prepared, folder / "data")
    configure(data=folder / "data")
    db.close()
    with i18n.using("en"):
        files = made(Cast.load((folder / "data" / "cast.json").read_text()), folder)
    db.close()
    return files
