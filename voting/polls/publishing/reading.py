"""`run.py verify bundle.zip`: by itself, on any machine, without unpacking anything.

Each fault is named by its kind: file_missing, file_added, file_changed, unsafe_name,
contents_changed, key_changed, closing_broken, rules_changed, chain_broken, participation_changed,
and what `rows` and `recount` find in the ballots, the sums and the result.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

from forum.base import keys, zips
from forum.base.canonical import sha256hex
from forum.base.errors import Refusal
from forum.base.transfer import checker
from forum.base.verify import Report
from forum.base.zips import shown
from voting.boxes import service as boxes
from voting.polls.models import Secrecy
from voting.polls.publishing import bundle, recount
from voting.polls.publishing.bundle import (
    ALWAYS,
    BALLOTS,
    CHAIN,
    CONTENTS,
    FORM,
    KEY,
    QUESTION,
    RECORD,
    RECORD_SIGNATURE,
    RESULT,
    SIGNATURE,
    TERMS,
    VOTERS,
)
from voting.polls.publishing.recount import Published
from voting.polls.publishing.rows import Row, Told

# What no vote comes near; nothing larger is read.
MOST_FILES = 50
MOST = {BALLOTS: 500_000_000, VOTERS: 200_000_000, CHAIN: 50_000_000}
MOST_OTHERWISE = 8_000_000
OURS = {CONTENTS, SIGNATURE, RECORD, RECORD_SIGNATURE, TERMS, BALLOTS}
KINDS = {TERMS: "rules_changed", RESULT: "result_changed", VOTERS: "participation_changed"}


class _Listed(NamedTuple):
    """What contents.json says, as far as it is needed."""

    public_key: str
    files: dict[str, tuple[int, str]]


@checker
def check(path: Path) -> Report | None:
    """A published vote by itself; None when it is no such file."""
    archive = zips.opened(path)
    if archive is None:
        return None
    with archive:
        if len(OURS.intersection(archive.namelist())) < len(OURS) // 2:
            return None
        report = Report()
        found = _contents(archive, report)
    listed = _listed(found, report)
    if listed is not None:
        report.signed_by(listed.public_key)
        _files(found, listed, report)
        try:
            _examine(found, listed, report)
        except recount.DAMAGED as error:
            words = f"what is in the file cannot be read ({type(error).__name__})"
            report.fault("file_changed", shown(path.name), words)
    return report


def _contents(archive: ZipFile, report: Report) -> dict[str, bytes]:
    """What can be read of it. Refusal, before a byte is unpacked, where it says it is absurd."""
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise Refusal(f"{archive.filename} holds {len(infos)} files: a vote has {len(ALWAYS) + 3}")
    for info in infos:
        if info.file_size > MOST.get(info.filename, MOST_OTHERWISE):
            size = f"{info.file_size:,} bytes"
            name = shown(info.filename)
            raise Refusal(f"{archive.filename} says that {name} has {size}: no vote has that many")
    found: dict[str, bytes] = {}
    for info in infos:
        name = info.filename
        if not zips.inside(name):
            words = f"{shown(name)} would be unpacked outside of the folder"
            report.fault("unsafe_name", shown(name), words)
        elif name in found:
            report.fault("file_added", name, f"{name} is there twice")
        else:
            found[name] = b""
            try:
                found[name] = zips.content(archive, info) if zips.readable(info) else b""
            except zips.DAMAGED:
                report.fault("file_changed", name, f"{name} is damaged")
    return found


def _listed(found: dict[str, bytes], report: Report) -> _Listed | None:
    """The list of contents; what it lacks or has too much is named."""
    for name in (*ALWAYS, CONTENTS, SIGNATURE):
        if name not in found:
            report.fault("file_missing", name, f"{name} is missing")
    if CONTENTS not in found:
        return None
    try:
        held = json.loads(found[CONTENTS])
        if held["form"] != FORM:
            raise ValueError(held["form"])
        files = {str(one["path"]): (int(one["size"]), str(one["sha256"])) for one in held["files"]}
        listed = _Listed(str(held["public_key"]), files)
    except recount.DAMAGED:
        report.fault("contents_changed", CONTENTS, f"{CONTENTS} cannot be read")
        return None
    signature = found.get(SIGNATURE, b"").decode("ascii", "replace").strip()
    if not keys.verify(found[CONTENTS], signature, listed.public_key):
        words = f"{CONTENTS} is not the one that was signed with the key that it names"
        report.fault("contents_changed", CONTENTS, words)
    return listed


def _files(found: dict[str, bytes], listed: _Listed, report: Report) -> None:
    """Every file against the list."""
    for name, (size, digest) in listed.files.items():
        report.count("files")
        if name not in found:
            if name not in ALWAYS:
                report.fault("file_missing", shown(name), f"{shown(name)} is missing")
        elif (len(found[name]), sha256hex(found[name])) != (size, digest):
            kind = KINDS.get(name, "file_changed")
            report.fault(kind, shown(name), f"{shown(name)} was changed")
    for name in sorted(found.keys() - listed.files.keys() - {CONTENTS, SIGNATURE}):
        report.fault("file_added", name, f"{name} was added")
    if found.get(KEY) != keys.pem(listed.public_key):
        words = f"{KEY} is another key than the one that {CONTENTS} names"
        report.fault("key_changed", KEY, words)


def _examine(found: dict[str, bytes], listed: _Listed, report: Report) -> None:
    """What the files say, against what was signed when the vote was counted."""
    if not found.keys() >= set(ALWAYS):
        return  # said already
    terms, end = json.loads(found[TERMS]), json.loads(found[RESULT])
    signature = found[RECORD_SIGNATURE].decode("ascii", "replace").strip()
    published = Published(
        terms,
        found[RECORD].decode(),
        signature,
        listed.public_key,
        list(_rows(found[BALLOTS])),
        end["result"],
        end["casting"],
        end["lot"],
    )
    subject = f"poll:{int(terms['poll'])}"
    for kind, words in (
        *_terms(found, terms, published),
        *_chain(found, published),
        *_voters(found, published),
    ):
        report.fault(kind, subject, words)
    recount.examine(published, report)


def _rows(packed: bytes) -> Iterator[Row]:
    """The ballots; a line without a blank is a commitment alone."""
    text = packed.decode()
    for line in text.removesuffix("\n").split("\n") if text else ():
        commit, blank, ballot = line.partition(" ")
        yield commit, ballot if blank else None


def _terms(found: dict[str, bytes], terms: dict[str, Any], published: Published) -> Iterator[Told]:
    if sha256hex(found[TERMS]) != published.facts["rules"]:
        yield "rules_changed", "the rules are not those that were fixed when the vote opened"
    if sha256hex(found[QUESTION]) != terms["text"]:
        yield "rules_changed", "the text of the question is not that of the opening"


def _chain(found: dict[str, bytes], published: Published) -> Iterator[Told]:
    """The record in the chain of all, and the digest of the one before it."""
    chain = json.loads(found[CHAIN])
    facts, signature = published.facts, published.signature
    others = {one["signature"]: one["number"] for one in chain[:-1]}
    if signature in others:
        words = f"the signature under the closing record is that of record {others[signature]}"
        yield "closing_broken", words
    last = {"number": facts["number"], "sha256": sha256hex(found[RECORD]), "signature": signature}
    before = chain[-2]["sha256"] if len(chain) > 1 else boxes.START
    numbers = [one["number"] for one in chain]
    if chain[-1] != last:
        yield "chain_broken", "the closing record is not the last one of the chain"
    elif facts["previous"] != before:
        yield "chain_broken", "the closing record does not follow the one before it in the chain"
    elif numbers != list(range(1, len(numbers) + 1)):
        yield "chain_broken", "records of the chain are missing"


def _voters(found: dict[str, bytes], published: Published) -> Iterator[Told]:
    """Who took part, against the ballots of a named vote."""
    terms = published.terms
    secret = terms["secrecy"] != Secrecy.OPEN
    if VOTERS not in found:
        if bundle.names_voters(terms["rule"], secret=secret, size=published.facts["size"]):
            yield "file_missing", f"{VOTERS} is missing"
        return
    members = [one["member"] for one in json.loads(found[VOTERS])]
    if len(set(members)) < len(members):
        yield "participation_changed", "somebody stands twice on the list of those who took part"
    if not secret:
        texts = [json.loads(text) for _commit, text in published.rows if text is not None]
        missing = {one["voter"] for one in texts if "through" not in one} - set(members)
        if missing:
            words = f"{len(missing)} who voted are not on the list of those who took part"
            yield "participation_changed", words
