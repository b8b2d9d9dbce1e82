"""A committee's minutes of a period as one archive: every format, attachments, index, manifest."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any, BinaryIO, NamedTuple
from zipfile import ZipFile

from forum.base import clock, files, keys, pages, transfer
from forum.base.canonical import canonical
from forum.base.db import Db
from forum.base.errors import Invalid
from forum.base.events import Audience
from forum.base.files import FileRow
from forum.base.i18n import _, current
from forum.base.refs import ref
from forum.base.settings import settings
from forum.base.transfer import Period, packer
from sessions.exchange.committee_plan import Held, Plan, Reader, plan
from sessions.exchange.container import (
    FORM,
    INDEX,
    KEY,
    MANIFEST,
    MOST_BYTES,
    MOST_FILES,
    SIGNATURE,
    entry,
    file_name,
)
from sessions.exchange.minutes_html import style
from sessions.minutes import words

GENERATOR = "Folkmoot"
CHUNK = 1 << 20
Progress = Callable[[int, int], None]


class Written(NamedTuple):
    """A file of the archive, as the manifest names it."""

    path: str
    size: int
    sha256: str


class Listed(NamedTuple):
    """A version with its files, as index and manifest list them."""

    held: Held
    formats: list[tuple[str, str]]
    attachments: list[tuple[str, str]]
    gone: list[str]


@packer("committee", "zip", media_type="application/zip")
def pack(db: Db, ident: int, audience: Audience, period: Period, stream: BinaryIO) -> None:
    """The archive for a class of readers, from the command line."""
    write(db, plan(db, ident, period, Reader(None, audience)), Reader(None, audience), stream)


def write(
    db: Db, made: Plan, reader: Reader, stream: BinaryIO, progress: Progress | None = None
) -> None:
    """Write the archive into a stream that can be sought, one file after the other."""
    with ZipFile(stream, "w") as archive:
        packed = _Packed(archive)
        listed: list[Listed] = []
        for at, held in enumerate(made.held):
            if progress:
                progress(at, len(made.held))
            listed.append(_version(db, held, reader, packed, last=_is_last(made.held, at)))
        packed.add(INDEX, _index(made, listed))
        packed.add(KEY, keys.pem(keys.public_key()))
        manifest = canonical(_manifest(made, listed, packed.written))
        packed.add(MANIFEST, manifest)
        packed.add(SIGNATURE, keys.sign(manifest).encode() + b"\n")


class _Packed:
    """Adds files, and remembers what they were."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self.written: list[Written] = []
        self.size = 0

    def add(self, path: str, content: bytes) -> str:
        """One file whose bytes are at hand; returns its path."""
        return self.stream(path, iter([content]), len(content))

    def stream(self, path: str, chunks: Iterator[bytes], size: int) -> str:
        """One file that comes in pieces."""
        self.size += size
        if self.size > MOST_BYTES or len(self.written) >= MOST_FILES:
            raise Invalid(_("This is too much for one archive: choose a shorter period."))
        total, digest = 0, sha256()
        with self.archive.open(entry(path), "w") as target:
            for chunk in chunks:
                target.write(chunk)
                digest.update(chunk)
                total += len(chunk)
        self.written.append(Written(path, total, digest.hexdigest()))
        return path


def _is_last(held: list[Held], at: int) -> bool:
    """Whether the next version is another meeting's: files belong to meetings."""
    return at + 1 == len(held) or held[at + 1].meeting != held[at].meeting


def _version(db: Db, held: Held, reader: Reader, packed: _Packed, *, last: bool) -> Listed:
    audience = reader.class_in(db, held.meeting)
    formats = []
    for (kind, name), exporter in sorted(transfer.exporters.items()):
        if kind == "minutes":
            content = exporter.write(db, held.minutes, audience)
            path = f"{held.folder}/minutes-v{held.version}.{name}"
            formats.append((name, packed.add(path, content)))
    if not last:
        return Listed(held, formats, [], [])
    attachments, gone = [], []
    place = ref("meeting", held.meeting)
    for row in files.of_place(db, [place], audience=audience)[place]:
        path = f"{held.folder}/attachments/{row.id}-{file_name(row.name)}"
        if files.path_of(row.digest).is_file():
            packed.stream(path, _chunks(row), row.size)
            attachments.append((row.name, path))
        else:
            gone.append(row.name)
    return Listed(held, formats, attachments, gone)


def _chunks(row: FileRow) -> Iterator[bytes]:
    with files.path_of(row.digest).open("rb") as source:
        while chunk := source.read(CHUNK):
            yield chunk


def _index(made: Plan, listed: list[Listed]) -> bytes:
    """A page that opens by itself and prints well."""
    data = {
        **pages.shared_context(),
        "committee": made.committee,
        "period": made.period,
        "public": made.public,
        "listed": listed,
        "waiting": made.waiting,
        "fingerprint": keys.fingerprint(keys.public_key()),
        "style_html": f"<style>\n{style()}</style>",
        "state_words": words.state,
    }
    return pages.render("exchange/archive_index.html", data).encode()


def _manifest(made: Plan, listed: list[Listed], written: list[Written]) -> dict[str, Any]:
    committee, period = made.committee, made.period
    return {
        "form": FORM,
        "generator": GENERATOR,
        "committee": {"id": committee.id, "code": committee.code, "name": committee.name},
        "period": {"first": period.first.isoformat(), "last": period.last.isoformat()},
        "zone": settings().zone,
        "language": current(),
        "public": made.public,
        "public_key": keys.public_key(),
        "minutes": [
            {
                "minutes": row.held.minutes,
                "version": row.held.version,
                "state": row.held.state.value,
                "digest": row.held.digest,
                "meeting": row.held.meeting,
                "title": row.held.title,
                "at": clock.iso(row.held.starts_at),
                "consultation": row.held.about,
                "formats": dict(row.formats),
                "attachments": [path for _name, path in row.attachments],
                "gone": row.gone,
            }
            for row in listed
        ],
        "waiting": [
            {"meeting": row.meeting, "title": row.title, "at": clock.iso(row.starts_at)}
            for row in made.waiting
        ],
        "heads": [head._asdict() for head in made.heads],
        "files": [file._asdict() for file in written],
    }
