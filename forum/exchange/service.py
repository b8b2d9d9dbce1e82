"""A conversation from elsewhere becomes a consultation with one item; later reads add to it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert
from sqlmodel import col, or_, select

from forum.agenda import service as agenda
from forum.agenda.models import ItemState
from forum.arguments import service as arguments
from forum.arguments.models import Review
from forum.arguments.service import Entry, Mark
from forum.base import clock
from forum.base.auth import Actor
from forum.base.canonical import sha256hex
from forum.base.db import Db
from forum.base.events import record
from forum.base.i18n import _
from forum.base.markup import excerpt
from forum.base.refs import ref
from forum.base.settings import settings
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility
from forum.exchange.events import ConsultationImported
from forum.exchange.models import ImportedPerson, ImportedStatement, ImportSource
from forum.members.models import Member

CHUNK = 5_000


class Statement(NamedTuple):
    """What somebody said elsewhere."""

    key: str
    author: str
    body: str
    at: datetime
    review: Review


class Conversation(NamedTuple):
    """A whole conversation as an importer has read it; reactions by (statement, person)."""

    kind: str
    title: str
    purpose: str
    address: str
    fingerprint: str
    digest: str
    statements: list[Statement]
    marks: dict[tuple[str, str], Mark]
    began_at: datetime


class Taken(NamedTuple):
    """What an import did; `again`: this very export had been read before, nothing was done."""

    consultation: int
    again: bool
    statements: int
    changed: int
    reactions: int


def take_over(tx: Db, conversation: Conversation) -> Taken:
    """Make the consultation, or bring the one that was made earlier up to date."""
    source = _known(tx, conversation)
    if source is not None and source.digest == conversation.digest:
        return Taken(source.consultation_id, True, 0, 0, 0)
    source = source or _begin(tx, conversation)
    authors = {statement.author for statement in conversation.statements}
    people = _people(
        tx,
        source,
        authors | {person for _statement, person in conversation.marks},
        conversation.began_at,
    )
    added, changed, placed = _statements(tx, source, conversation.statements, people)
    marks = {
        (placed[statement], people[person]): mark
        for (statement, person), mark in conversation.marks.items()
    }
    reactions = arguments.put_reactions(tx, source.item_id, marks)
    source.digest, source.imported_at = conversation.digest, clock.now()
    stream = ref("consultation", source.consultation_id)
    imported = ConsultationImported(
        consultation=source.consultation_id,
        source=conversation.kind,
        digest=conversation.digest,
        people=len(people),
        statements=added,
        reactions=reactions,
    )
    record(tx, None, imported, stream=stream, subject=stream)
    return Taken(source.consultation_id, False, added, changed, reactions)


def _known(tx: Db, conversation: Conversation) -> ImportSource | None:
    """The same conversation read earlier: by its address where both say one, else its beginning."""
    query = select(ImportSource).where(
        col(ImportSource.kind) == conversation.kind,
        or_(
            col(ImportSource.fingerprint) == conversation.fingerprint,
            col(ImportSource.address) == conversation.address,
        ),
    )
    found = list(tx.exec(query.order_by(col(ImportSource.id))))
    for source in found:
        if conversation.address and source.address == conversation.address:
            return source
    silent = [row for row in found if not (row.address and conversation.address)]
    same = (row for row in silent if row.fingerprint == conversation.fingerprint)
    return next(same, None)


def _begin(tx: Db, conversation: Conversation) -> ImportSource:
    with clock.at(conversation.began_at):
        consultation = consultations.create(
            tx,
            None,
            consultations.Draft(
                title=conversation.title,
                summary=excerpt(conversation.purpose, 120) or conversation.title,
                purpose=conversation.purpose,
                visibility=Visibility.PUBLIC,
                eligibility=Eligibility.OPEN,
                zone=settings().zone,
            ),
            stage=Stage.DELIBERATING,
        )
        draft = agenda.Draft(conversation.title, "")
        item = agenda.place(tx, None, consultation, draft, state=ItemState.OPEN)
    source = ImportSource(
        kind=conversation.kind,
        address=conversation.address,
        fingerprint=conversation.fingerprint,
        digest="",
        consultation_id=consultation,
        item_id=item,
        imported_at=clock.now(),
    )
    tx.add(source)
    tx.flush()
    return source


def _people(
    tx: Db, source: ImportSource, keys: Collection[str], joined_at: datetime
) -> dict[str, int]:
    """The members that stand for these people; those not yet here are made, without a password."""
    query = select(ImportedPerson).where(col(ImportedPerson.source_id) == source.id)
    known = {row.key: row.member_id for row in tx.exec(query)}
    fresh = sorted(set(keys) - set(known), key=lambda key: (len(key), key))
    name = _("Participant %(number)s")
    for start in range(0, len(fresh), CHUNK):
        some = fresh[start : start + CHUNK]
        logins = {f"{source.kind}-{source.id}-{key}": key for key in some}
        rows = [
            {"login": login, "name": name % {"number": key}, "joined_at": joined_at}
            for login, key in logins.items()
        ]
        made = tx.execute(insert(Member).returning(col(Member.login), col(Member.id)), rows)
        here = [
            {"source_id": source.id, "key": logins[login], "member_id": member}
            for login, member in made
        ]
        tx.execute(insert(ImportedPerson), here)
        known |= {str(row["key"]): int(row["member_id"]) for row in here}
    return known


def _statements(
    tx: Db, source: ImportSource, statements: list[Statement], people: Mapping[str, int]
) -> tuple[int, int, dict[str, int]]:
    """Post what is new, retell what changed there; (new, changed, argument by statement)."""
    query = select(ImportedStatement).where(col(ImportedStatement.source_id) == source.id)
    known = {row.key: row for row in tx.exec(query)}
    stream = ref("consultation", source.consultation_id)
    added = changed = 0
    for statement in sorted(statements, key=lambda each: each.at):
        digest = sha256hex(statement.body.encode())
        row = known.get(statement.key)
        if row is None:
            member = people[statement.author]
            author = Actor(member, "")
            entry = Entry(author, statement.body, statement.at, review=statement.review)
            row = ImportedStatement(
                source_id=source.id,
                key=statement.key,
                argument_id=arguments.take_in(tx, source.item_id, entry, stream=stream),
                text_digest=digest,
                review=statement.review,
            )
            tx.add(row)
            known[statement.key] = row
            added += 1
        elif (row.text_digest, row.review) != (digest, statement.review):
            body = statement.body if row.text_digest != digest else None
            review = statement.review if row.review != statement.review else None
            arguments.retell(tx, row.argument_id, body=body, review=review, stream=stream)
            row.text_digest, row.review = digest, statement.review
            changed += 1
    tx.flush()
    return added, changed, {key: row.argument_id for key, row in known.items()}
