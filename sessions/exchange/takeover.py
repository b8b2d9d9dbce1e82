"""A script becomes a meeting: once, under the names that it gives, at its own times.

Where it comes from is kept as for conversations (`ImportSource`); the same file again changes
nothing, another text of the same meeting is refused: what was held is not held anew.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import insert
from sqlmodel import col, select

from forum.agenda import service as agenda
from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Refusal
from forum.base.i18n import _
from forum.base.markup import excerpt
from forum.base.refs import ref
from forum.base.transfer import Imported
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility
from forum.exchange.models import ImportedPerson, ImportSource
from forum.exchange.tables import Warnings
from forum.members import queries as members
from forum.members import service as accounts
from forum.members.models import Member, Role
from sessions.exchange import service
from sessions.exchange.events import MeetingImported
from sessions.exchange.playing import Player
from sessions.exchange.script import Item, Script, Stated
from sessions.meetings.models import Meeting
from voting.polls.models import Poll
from voting.polls.rules import Outcome

PEOPLE_MOST = 1_000
ITEMS_MOST = 400
BYTES_MOST = 8_000_000


class Origin(NamedTuple):
    """Which record it is: of what kind, how the same one is known again, what exactly it says."""

    kind: str
    fingerprint: str
    digest: str


def one_file(paths: Sequence[Path]) -> Path:
    """The one file that is named; one that is far too large is not even read."""
    if len(paths) != 1 or not paths[0].is_file():
        raise Refusal("name one file: each meeting is imported by itself")
    if paths[0].stat().st_size > BYTES_MOST:
        raise Refusal(
            f"{paths[0].name} is larger than any record of a meeting ({BYTES_MOST} bytes)"
        )
    return paths[0]


def take_over(tx: Db, origin: Origin, script: Script, warnings: Warnings) -> Imported:
    """Play a script; what it became is found again when the same file comes again."""
    source = _known(tx, origin)
    if source is not None:
        return _again(tx, origin, source, script, warnings)
    if len(script.people) > PEOPLE_MOST or len(script.items) > ITEMS_MOST:
        raise Refusal(
            f"more than {PEOPLE_MOST} people or {ITEMS_MOST} items: this is no single meeting"
        )
    if not script.people:
        raise Refusal("the record names nobody: there is no meeting in it")
    script.items = script.items or [Item(script.title)]
    consultation = _begin(tx, script)
    people = _people(tx, origin, consultation, script)
    chair = people[script.chair]
    items = _items(tx, chair, consultation, script)
    meeting = Player(tx, script, consultation, people, items, warnings).play()
    _compare(tx, meeting, script, warnings)
    _keep(tx, origin, consultation, items[0], people)
    told = MeetingImported(
        meeting,
        origin.kind,
        origin.digest,
        len(people),
        len(script.items),
        len(script.ballots),
    )
    service.taken_over(tx, told)
    return _imported(meeting, script, warnings)


def _imported(meeting: int, script: Script, warnings: Warnings) -> Imported:
    return Imported("meeting", meeting, f"/meetings/{meeting}", script.counts, warnings.all())


def _known(tx: Db, origin: Origin) -> ImportSource | None:
    query = select(ImportSource).where(
        col(ImportSource.kind) == origin.kind,
        col(ImportSource.fingerprint) == origin.fingerprint,
    )
    return tx.exec(query).first()


def _again(
    tx: Db, origin: Origin, source: ImportSource, script: Script, warnings: Warnings
) -> Imported:
    of = select(Meeting.id).where(col(Meeting.consultation_id) == source.consultation_id)
    meeting = tx.exec(of.order_by(col(Meeting.id))).first()
    if meeting is None:
        raise Refusal("this record was imported before, and its meeting is gone")
    if source.digest != origin.digest:
        raise Refusal(
            f"this meeting was imported before from another text (/meetings/{meeting}):"
            " it stays as it is; corrections go into its minutes"
        )
    _compare(tx, meeting, script, warnings)
    warnings.shown.insert(0, _("This meeting was imported before: nothing has changed."))
    return _imported(meeting, script, warnings)


def _begin(tx: Db, script: Script) -> int:
    with clock.at(script.began_at):
        draft = consultations.Draft(
            title=script.title,
            summary=excerpt(script.purpose, 120) or script.title,
            purpose=script.purpose,
            visibility=Visibility.PUBLIC,
            # Nobody but the people of the record was there.
            eligibility=Eligibility.LISTED,
            zone=script.zone,
        )
        return consultations.create(tx, None, draft, stage=Stage.DECIDING)


def _people(tx: Db, origin: Origin, consultation: int, script: Script) -> list[Actor]:
    """Members without a password, in the script's order; the chair leads, the scribe writes."""
    rows = [
        {
            "login": f"{origin.kind}-{consultation}-{number}",
            "name": human.name,
            "joined_at": script.began_at,
        }
        for number, human in enumerate(script.people, 1)
    ]
    made = tx.execute(insert(Member).returning(col(Member.login), col(Member.id)), rows)
    by_login = {row.login: row.id for row in made}
    people = [members.actor_of(tx, by_login[row["login"]]) for row in rows]
    here = ref("consultation", consultation)
    with clock.at(script.began_at):
        chair = people[script.chair]
        accounts.grant(tx, None, chair.id, Role.MODERATOR, here)
        for number in script.secretaries:
            accounts.grant(tx, None, people[number].id, Role.SECRETARY, here)
        for actor, human in zip(people, script.people, strict=True):
            if human.votes:
                consultations.enlist(tx, chair, consultation, actor.id)
    return people


def _items(tx: Db, chair: Actor, consultation: int, script: Script) -> list[int]:
    """The agenda as it is numbered; the order in which it was dealt with is the meeting's own."""
    made: dict[int, int] = {}
    numbered = sorted(enumerate(script.items), key=lambda pair: pair[1].order)
    with clock.at(script.began_at):
        while len(made) < len(script.items):
            for number, item in numbered:
                ready = item.parent is None or item.parent in made
                if number not in made and ready:
                    parent = made[item.parent] if item.parent is not None else None
                    draft = agenda.Draft(item.title, item.body)
                    made[number] = agenda.create(tx, chair, consultation, draft, parent=parent)
    return [made[number] for number in range(len(script.items))]


def _compare(tx: Db, meeting: int, script: Script, warnings: Warnings) -> None:
    """Count how often the record states what was counted here; each difference is a warning.

    The first polls of the meeting are those of the script, in its order.
    """
    if "agreeing" not in script.counts:
        return
    of = select(Poll.result).where(col(Poll.meeting) == ref("meeting", meeting))
    results = tx.exec(of.order_by(col(Poll.id))).all()
    agreeing = 0
    for ballot, result in zip(script.ballots, results, strict=False):
        if ballot.stated is None:
            continue
        found = result or {"outcome": "", "figures": {}}
        figures = found["figures"]
        carried = found["outcome"] == Outcome.CARRIED
        counted = Stated(carried, figures.get("yes"), figures.get("no"))
        asked = ballot.stated
        if asked.yes is None:
            counted = Stated(counted.carried)
        if counted == asked:
            agreeing += 1
            continue
        sentence = f"stated is {_words(asked)}, counted {_words(counted)}"
        warnings.add("result", f"item {ballot.where}", sentence)
    script.counts["agreeing"] = agreeing


def _words(result: Stated) -> str:
    said = "passed" if result.carried else "not passed"
    return said if result.yes is None else f"{said} ({result.yes} to {result.no})"


def _keep(tx: Db, origin: Origin, consultation: int, item: int, people: Sequence[Actor]) -> None:
    source = ImportSource(
        kind=origin.kind,
        address="",
        fingerprint=origin.fingerprint,
        digest=origin.digest,
        consultation_id=consultation,
        item_id=item,
        imported_at=clock.now(),
    )
    tx.add(source)
    tx.flush()
    # Known by number: a name kept twice would stay when the person asks for it to go.
    rows = [
        {"source_id": source.id, "key": str(number), "member_id": actor.id}
        for number, actor in enumerate(people, 1)
    ]
    tx.execute(insert(ImportedPerson), rows)
