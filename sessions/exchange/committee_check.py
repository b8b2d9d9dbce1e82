"""`run.py verify` of an archive: by itself, on any machine, without unpacking anything.

Each fault is named by its kind: file_changed, file_missing, file_added, manifest_changed (its
signature does not hold), head_changed, unsafe_name, minutes_changed.
"""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile, ZipInfo

from pydantic import BaseModel, ValidationError

from forum.base import keys
from forum.base.errors import Refusal
from forum.base.events import head_statement
from forum.base.transfer import checker
from forum.base.verify import Report
from forum.base.zips import DAMAGED
from forum.base.zips import content as _content
from forum.base.zips import shown as _shown
from sessions.exchange import minutes_json
from sessions.exchange.container import (
    FORM,
    MANIFEST,
    MOST_BYTES,
    MOST_FILES,
    MOST_MANIFEST,
    SIGNATURE,
    inside,
    opened,
    readable,
)

CHUNK = 1 << 20
MOST_RECORD = 50_000_000


class _File(BaseModel):
    path: str
    size: int
    sha256: str


class _Head(BaseModel):
    stream: str
    seq: int
    digest: str
    signature: str


class _Minutes(BaseModel):
    minutes: int
    digest: str
    formats: dict[str, str]


class _Manifest(BaseModel):
    """What of the manifest is checked."""

    public_key: str
    files: list[_File]
    heads: list[_Head]
    minutes: list[_Minutes]


@checker
def check(path: Path) -> Report | None:
    """An archive of minutes by itself; None when it is no archive of ours."""
    archive = opened(path)
    if archive is None:
        return None
    with archive:
        entries = {info.filename: info for info in archive.infolist() if not info.is_dir()}
        packed = _manifest_of(archive, entries)
        if packed is None:
            return None
        report = Report()
        _container(archive, report)
        manifest = _read(packed, report)
        if manifest is None:
            return report
        report.signed_by(manifest.public_key)
        _signature(archive, entries, packed, manifest, report)
        _heads(manifest, report)
        whole = _files(archive, entries, manifest, report)
        _minutes(archive, manifest, whole, report)
    return report


def _manifest_of(archive: ZipFile, entries: dict[str, ZipInfo]) -> bytes | None:
    """The manifest's bytes; None where neither it nor a signature says that it is ours."""
    info = entries.get(MANIFEST)
    if info is None:
        return b"" if SIGNATURE in entries else None
    if info.file_size > MOST_MANIFEST or not readable(info):
        raise Refusal(f"{archive.filename} has a manifest that no archive has")
    try:
        packed = _content(archive, info)
    except DAMAGED:
        return b""
    return packed if f'"form":"{FORM}"'.encode() in packed or SIGNATURE in entries else None


def _container(archive: ZipFile, report: Report) -> None:
    seen: set[str] = set()
    for info in archive.infolist():
        name = info.filename.rstrip("/") if info.is_dir() else info.filename
        shown = _shown(name)
        if not inside(name):
            report.fault("unsafe_name", shown, f"{shown} would be unpacked outside of the folder")
        elif name in seen:
            report.fault("file_added", shown, f"{shown} is there twice")
        seen.add(name)


def _read(packed: bytes, report: Report) -> _Manifest | None:
    try:
        held = json.loads(packed)
        if held["form"] != FORM:
            raise ValueError(held["form"])
        manifest = _Manifest.model_validate(held)
    except (ValueError, KeyError, TypeError, RecursionError, ValidationError):
        report.fault("manifest_changed", MANIFEST, f"{MANIFEST} cannot be read")
        return None
    too_many = len(manifest.files) > MOST_FILES
    if too_many or sum(max(file.size, 0) for file in manifest.files) > MOST_BYTES:
        raise Refusal("the manifest names more than an archive can hold")
    return manifest


def _signature(
    archive: ZipFile,
    entries: dict[str, ZipInfo],
    packed: bytes,
    manifest: _Manifest,
    report: Report,
) -> None:
    info = entries.get(SIGNATURE)
    if info is None:
        report.fault("file_missing", SIGNATURE, f"{SIGNATURE} is missing: nothing is signed")
        return
    try:
        fits = readable(info) and info.file_size < 1000
        signature = _content(archive, info).decode("ascii").strip() if fits else ""
    except DAMAGED:
        signature = ""
    if not keys.verify(packed, signature, manifest.public_key):
        words = f"{MANIFEST} is not the one that was signed with the key that it names"
        report.fault("manifest_changed", MANIFEST, words)


def _heads(manifest: _Manifest, report: Report) -> None:
    for head in manifest.heads:
        report.count("heads")
        statement = head_statement(head.stream, head.seq, head.digest)
        if not keys.verify(statement, head.signature, manifest.public_key):
            stream = _shown(head.stream)
            words = f"the head of {stream} is not signed with the archive's key"
            report.fault("head_changed", stream, words)


def _files(
    archive: ZipFile, entries: dict[str, ZipInfo], manifest: _Manifest, report: Report
) -> set[str]:
    """Every file against the manifest; returns those that are whole."""
    whole: set[str] = set()
    for file in manifest.files:
        report.count("files")
        info, shown = entries.get(file.path), _shown(file.path)
        if info is None:
            report.fault("file_missing", shown, f"{shown} is missing")
        elif not _same(archive, info, file):
            report.fault("file_changed", shown, f"{shown} was changed")
        else:
            whole.add(file.path)
    known = {file.path for file in manifest.files} | {MANIFEST, SIGNATURE}
    for name in sorted(set(entries) - known):
        report.fault("file_added", _shown(name), f"{_shown(name)} was added")
    return whole


def _same(archive: ZipFile, info: ZipInfo, file: _File) -> bool:
    """Whether an entry is the file that was packed: never reads more than the manifest promises."""
    if info.file_size != file.size or not readable(info):
        return False
    digest, left = sha256(), file.size
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(min(CHUNK, left + 1)):
                digest.update(chunk)
                left -= len(chunk)
                if left < 0:
                    return False
    except DAMAGED:
        return False
    return digest.hexdigest() == file.sha256


def _minutes(archive: ZipFile, manifest: _Manifest, whole: set[str], report: Report) -> None:
    """The record in each JSON file: its own digest, signature and names."""
    for row in manifest.minutes:
        path = row.formats.get("json", "")
        if path not in whole or archive.getinfo(path).file_size > MOST_RECORD:
            continue  # said already, or written without it
        subject = f"minutes:{row.minutes}"
        held: Any = minutes_json.held(archive.read(path))
        if held is None or held.get("digest") != row.digest:
            words = f"{_shown(path)} does not hold the minutes that the manifest names"
            report.fault("minutes_changed", subject, words)
            continue
        if held.get("public_key") != manifest.public_key:
            words = f"{_shown(path)} is signed with another key than the archive"
            report.fault("minutes_changed", subject, words)
        minutes_json.examine(held, report)
