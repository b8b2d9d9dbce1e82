"""The export folder of a Polis conversation: statements, votes and, mostly, a summary.

The files may carry any prefix (`2016-xx.comments.csv`). Of the two columns for time the one in
milliseconds is right; the printed zone is wherever the export was made. One person has one
reaction to a statement: the last by time counts, of two at the same instant the lower row. The
publisher's own counts (agrees, disagrees) count repeats, and are not read.
"""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from forum.arguments.models import Opinion, Review
from forum.arguments.service import Mark
from forum.base import clock
from forum.base.db import Db
from forum.base.errors import Refusal
from forum.base.i18n import _
from forum.base.transfer import Imported, importer
from forum.exchange import service
from forum.exchange.service import Conversation, Statement
from forum.exchange.tables import Warnings, moment, rows, text_of, whole

OPINIONS = {1: Opinion.AGREE, -1: Opinion.DISAGREE, 0: Opinion.PASS}
REVIEWS: dict[int | None, Review] = {1: Review.ACCEPTED, -1: Review.REJECTED, 0: Review.PENDING}
TITLE_MOST = 120
# Whoever wrote what bears no author.
UNKNOWN = "?"


class Files(NamedTuple):
    """The files of one export."""

    comments: Path
    votes: Path | None
    summary: Path | None


@importer("polis", "the export folder of a Polis conversation (comments.csv, votes.csv)")
def load(tx: Db, paths: Sequence[Path]) -> Imported:
    """Take a conversation over; the same one again adds only what is new or changed."""
    warnings = Warnings()
    conversation = read(paths, warnings)
    taken = service.take_over(tx, conversation)
    if taken.again:
        warnings.shown.insert(0, _("This export was imported before: nothing has changed."))
    return Imported(
        kind="consultation",
        id=taken.consultation,
        url=f"/consultations/{taken.consultation}",
        counts=counts(conversation),
        warnings=warnings.all(),
    )


def counts(conversation: Conversation) -> dict[str, int]:
    """What the export holds; people are those who voted or wrote, each once."""
    marks = conversation.marks
    opinions = Counter(mark.opinion for mark in marks.values())
    people = {person for _statement, person in marks}
    people |= {statement.author for statement in conversation.statements}
    hidden = [one for one in conversation.statements if one.review is Review.REJECTED]
    return {
        "people": len(people - {UNKNOWN}),
        "statements": len(conversation.statements),
        "hidden": len(hidden),
        "reactions": len(marks),
        **{opinion.value: opinions[opinion] for opinion in Opinion},
    }


def read(paths: Sequence[Path], warnings: Warnings) -> Conversation:
    """The conversation in a folder, or in the files that are named."""
    files = _files(paths)
    digest = sha256()
    for path in files:
        digest.update(path.read_bytes() if path else b"\0")
    statements = _statements(files.comments, warnings)
    if not statements:
        raise Refusal(f"{files.comments.name} holds no statement that can be read")
    known = {statement.key for statement in statements}
    marks = _marks(files.votes, known, warnings) if files.votes else {}
    if files.votes is None:
        warnings.add("votes", files.comments.parent.name, "there is no votes.csv: no reactions")
    about = _summary(files.summary, warnings) if files.summary else {}
    first = min(statements, key=lambda one: (len(one.key), one.key))
    address = about.get("url", "").strip()
    title = about.get("topic", "").strip() or _title(files.comments)
    return Conversation(
        kind="polis",
        title=title if len(title) <= TITLE_MOST else title[: TITLE_MOST - 1] + "…",
        purpose=_purpose(about.get("conversation-description", ""), address),
        address=address,
        fingerprint=f"{first.key} {clock.iso(first.at)}",
        digest=digest.hexdigest(),
        statements=statements,
        marks=marks,
        began_at=min([one.at for one in statements] + [mark.at for mark in marks.values()]),
    )


def _files(paths: Sequence[Path]) -> Files:
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        found += [file for file in inside if file.suffix.lower() == ".csv"]
    kinds: dict[str, list[Path]] = {"comments": [], "votes": [], "summary": []}
    for path in found:
        stem = path.stem.lower()
        for kind, files in kinds.items():
            # participants-votes.csv is a matrix of the same votes, without their times.
            if stem.endswith(kind) and not stem.removesuffix("-votes").endswith("participants"):
                files.append(path)
    if not kinds["comments"]:
        raise Refusal("there is no comments.csv: name the folder of a Polis export")
    for kind, files in kinds.items():
        if len(files) > 1:
            names = ", ".join(path.name for path in files)
            raise Refusal(f"several exports lie there ({names}): name the {kind} file of one")
    votes, summary = (files[0] if files else None for files in (kinds["votes"], kinds["summary"]))
    return Files(kinds["comments"][0], votes, summary)


def _statements(path: Path, warnings: Warnings) -> list[Statement]:
    found: dict[str, Statement] = {}
    for line, cells in rows(path, ("comment-id", "comment-body"), warnings):
        where = f"{path.name}, line {line}"
        ident, body = whole(cells["comment-id"]), cells["comment-body"].strip()
        at = moment(cells.get("timestamp", ""))
        if ident is None:
            warnings.add("comment-id", where, f"{cells['comment-id']!r} is no number; left out")
        elif not body:
            warnings.add("comment-body", where, "no text; left out")
        elif at is None:
            shown = cells.get("timestamp", "")
            warnings.add("timestamp", where, f"{shown!r} is no time in milliseconds; left out")
        elif str(ident) in found:
            warnings.add("twice", where, f"statement {ident} stands there twice; the first counts")
        else:
            author, review = _author(cells, where, warnings), _review(cells, where, warnings)
            found[str(ident)] = Statement(str(ident), author, body, at, review)
    return list(found.values())


def _author(cells: dict[str, str], where: str, warnings: Warnings) -> str:
    author = whole(cells.get("author-id", ""))
    if author is None:
        warnings.add("author-id", where, "no author; kept as somebody unknown")
        return UNKNOWN
    return str(author)


def _review(cells: dict[str, str], where: str, warnings: Warnings) -> Review:
    review = REVIEWS.get(whole(cells.get("moderated", "")))
    if review is None:
        warnings.add("moderated", where, "it is not said whether it was accepted; shown as such")
        return Review.PENDING
    return review


def _marks(path: Path, statements: set[str], warnings: Warnings) -> dict[tuple[str, str], Mark]:
    """One reaction a person and statement: the last by time, of equal times the lower row."""
    found: dict[tuple[str, str], Mark] = {}
    for line, cells in rows(path, ("comment-id", "voter-id", "vote", "timestamp"), warnings):
        numbers = [whole(cells[name]) for name in ("comment-id", "voter-id", "vote")]
        at = moment(cells["timestamp"])
        statement, voter, vote = numbers
        where = f"{path.name}, line {line}"
        if statement is None or voter is None or vote not in OPINIONS or at is None:
            warnings.add("vote", where, f"not a vote: {', '.join(cells.values())}; left out")
        elif str(statement) not in statements:
            warnings.add("unknown statement", where, f"no statement {statement}; left out")
        else:
            key = (str(statement), str(voter))
            before = found.get(key)
            if before is None or at >= before.at:
                found[key] = Mark(OPINIONS[vote], at)
    return found


def _summary(path: Path, warnings: Warnings) -> dict[str, str]:
    """The summary is a list of names and values, the last of which spans lines."""
    try:
        pairs = list(csv.reader(io.StringIO(text_of(path, warnings), newline="")))
    except csv.Error as error:
        warnings.add("summary", path.name, str(error))
        return {}
    return {pair[0].strip().lower(): pair[1] for pair in pairs if len(pair) > 1}


def _title(comments: Path) -> str:
    """What the files or their folder are called, where the export does not say its topic."""
    prefix = comments.stem[: -len("comments")].strip(" .-_")
    return prefix or comments.absolute().parent.name or "Polis"


def _purpose(description: str, address: str) -> str:
    origin = _("Taken over from Polis.") + (f" {address}" if address else "")
    return f"{description.strip()}\n\n{origin}".strip()
