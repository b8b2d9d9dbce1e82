"""`run.py doctor`: what could keep this server from working well, each with what to do."""

import json
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from forum.base.commands.common import Data, Json, use

if TYPE_CHECKING:
    from forum.base.settings import Settings

BUILT = datetime(2026, 11, 1, tzinfo=UTC)  # no clock that is right shows an earlier day
SQLITE_NEEDED = (3, 35, 0)  # RETURNING


class Finding(NamedTuple):
    """One thing looked at: "ok", "note" or "fault", and in words."""

    level: str
    about: str
    words: str


def doctor(data: Data = None, as_json: Json = False) -> int:
    """Look for what could keep the server from working; exit code 1 if something does."""
    config = use(data)
    findings = [finding for look in LOOKS for finding in look(config)]
    if as_json:
        print(json.dumps([finding._asdict() for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            print(f"{finding.level:5}  {finding.about}: {finding.words}")
    return 1 if any(finding.level == "fault" for finding in findings) else 0


def python(_config: "Settings") -> Iterator[Finding]:
    """The interpreter."""
    yield Finding("ok", "python", f"{sys.version.split()[0]} in {sys.prefix}")


def sqlite(_config: "Settings") -> Iterator[Finding]:
    """The SQLite that Python brings."""
    if sqlite3.sqlite_version_info < SQLITE_NEEDED:
        needed = ".".join(map(str, SQLITE_NEEDED))
        yield Finding("fault", "sqlite", f"{sqlite3.sqlite_version} is older than {needed}")
    else:
        yield Finding("ok", "sqlite", sqlite3.sqlite_version)


def folder(config: "Settings") -> Iterator[Finding]:
    """The data folder: there, writable, with room, its keys private."""
    where = config.data.absolute()
    if not where.exists():
        yield Finding("note", "data", f"{where} does not exist yet: serving makes it")
        where = next(path for path in where.parents if path.exists())
    try:
        probe = where / ".folkmoot-doctor"
        probe.touch()
        probe.unlink()
        yield Finding("ok", "data", f"{where} can be written")
    except OSError as error:
        yield Finding("fault", "data", f"{where} cannot be written: {error.strerror}")
    free = shutil.disk_usage(where).free / 1e9
    level = "ok" if free >= 2 else "note" if free >= 0.2 else "fault"
    yield Finding(level, "disk", f"{free:.1f} GB are free")
    for key in sorted(Path(config.keys).glob("*.*")):
        if sys.platform != "win32" and stat.S_IMODE(key.stat().st_mode) & 0o077:
            if key.suffix != ".jsonl":
                words = f"others may read {key}: run chmod 600 on it"
                yield Finding("fault", "keys", words)


def database(config: "Settings") -> Iterator[Finding]:
    """The database: reachable and of today's revision."""
    from forum.base import migrate  # noqa: PLC0415
    from forum.base.errors import Refusal  # noqa: PLC0415

    known = migrate.revisions()
    try:
        found = migrate.revision_of(config)
    except Refusal as refusal:
        yield Finding("fault", "database", refusal.message)
        return
    if found is None:
        yield Finding("note", "database", "it is empty: serving makes its tables")
    elif known and found == known[-1]:
        yield Finding("ok", "database", f"at revision {found}")
    elif found in known:
        yield Finding("note", "database", f"at revision {found}: serving brings it to {known[-1]}")
    else:
        yield Finding("fault", "database", f"revision {found} is unknown to this version")


def clocks(config: "Settings") -> Iterator[Finding]:
    """The clock: after today's version was made and after the last event."""
    from forum.base import clock, migrate  # noqa: PLC0415

    now = clock.now()
    last = BUILT
    if config.sqlite and migrate.revision_of(config) is not None:
        with migrate.connecting(config.url, write=False) as connection:
            newest = connection.exec_driver_sql("select max(at) from event").scalar()
        if newest:
            last = max(last, datetime.fromisoformat(str(newest)).replace(tzinfo=UTC))
    if now < last:
        words = f"it shows {clock.iso(now)}, before {clock.iso(last)}: set it right"
        yield Finding("fault", "clock", words)
    else:
        yield Finding("ok", "clock", clock.iso(now))


def reach(config: "Settings") -> Iterator[Finding]:
    """How people reach it."""
    public = config.host not in ("127.0.0.1", "::1", "localhost")
    if public and not config.secure:
        words = (
            "without HTTPS passwords travel in the open: give --tls-cert and --tls-key, or serve "
            "behind a proxy and set FOLKMOOT_BASE_URL to its https:// address"
        )
        yield Finding("note", "https", words)
    if config.base_url.startswith("https://") and not (config.tls_cert or config.trusted_proxies):
        words = "FOLKMOOT_TRUSTED_PROXIES is not set: all visitors look like the proxy"
        yield Finding("note", "proxy", words)
    if config.base_url and "://" not in config.base_url:
        yield Finding("fault", "base url", "FOLKMOOT_BASE_URL must begin with http:// or https://")
    if config.workers > 1 and config.sqlite:
        yield Finding("fault", "workers", "several workers need PostgreSQL")


def mail(config: "Settings") -> Iterator[Finding]:
    """The mail server: set, and answering."""
    import socket  # noqa: PLC0415
    from urllib.parse import urlsplit  # noqa: PLC0415

    if not config.mail_url:
        words = "FOLKMOOT_MAIL_URL is not set: no letters, no sign-in by mail"
        yield Finding("note", "mail", words)
        return
    url = urlsplit(config.mail_url)
    place = (url.hostname or "", url.port or (465 if url.scheme == "smtps" else 587))
    try:
        socket.create_connection(place, timeout=5).close()
        yield Finding("ok", "mail", f"{place[0]}:{place[1]} answers")
    except OSError as error:
        words = f"{place[0]}:{place[1]} does not answer: {error.strerror or error}"
        yield Finding("fault", "mail", words)
    if not config.base_url:
        words = "FOLKMOOT_BASE_URL is not set: the links in letters would lead nowhere"
        yield Finding("fault", "mail", words)


LOOKS: tuple[Callable[["Settings"], Iterator[Finding]], ...] = (
    python,
    sqlite,
    folder,
    database,
    clocks,
    reach,
    mail,
)
