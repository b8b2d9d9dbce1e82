"""A duty report of the cast: rong reports, bob and others ask, alice and shu let through."""

from dataclasses import dataclass
from datetime import date

import sitting as hall
from cast import Cast

from forum.agenda import service as agenda
from forum.agenda.models import ItemKind
from forum.base.db import Db, transaction
from sessions.duty import service
from sessions.duty.models import Rating
from sessions.floor import service as floor
from sessions.floor.screen_models import Shows
from sessions.meetings import service as meetings

Pages = dict[str | None, list[str]]
YEAR = service.Draft(date(2025, 1, 1), date(2025, 12, 31))


@dataclass(frozen=True)
class Duty:
    """A meeting with rong's report."""

    sitting: hall.Sitting
    report: int

    @property
    def meeting(self) -> int:
        """Its id."""
        return self.sitting.meeting

    @property
    def url(self) -> str:
        """The page of the report."""
        return f"/duty/{self.report}"


def announced(tx: Db, cast: Cast) -> Duty:
    """In session, the report announced, not yet begun."""
    sitting = hall.started(tx, cast)
    return Duty(sitting, service.announce(tx, cast.alice, sitting.meeting, cast.rong.id, YEAR))


def running(tx: Db, cast: Cast) -> Duty:
    """The same, going on."""
    duty = announced(tx, cast)
    service.begin(tx, cast.shu, duty.report)
    return duty


def asked(tx: Db, cast: Cast, duty: Duty, words: str = "When is the lift built?") -> int:
    """A question of bob's that alice let through."""
    question = service.ask(tx, cast.bob, duty.report, words)
    service.admit(tx, cast.alice, question)
    return question


def over(tx: Db, cast: Cast) -> Duty:
    """Over: one question was answered by word, one is open."""
    duty = running(tx, cast)
    first = asked(tx, cast, duty)
    asked(tx, cast, duty, "And who pays for it?")
    service.put(tx, cast.alice, first)
    service.answered(tx, cast.alice, first)
    service.end(tx, cast.alice, duty.report)
    return duty


def dutying(cast: Cast) -> Pages:
    """Questions in every state at a meeting of the neighbourhood; another report before it."""
    with transaction() as tx:
        done = over(tx, cast)
        for who in ("alice", "bob"):
            service.rate(tx, cast[who], done.report, Rating.SATISFIED, "Well <b>said</b>.")
        service.write(tx, cast.shu, done.report, "## The lift\n\nIt is **planned**.")
        draft = agenda.Draft("Report of the representative", "", ItemKind.INFORMATION, 20)
        item = agenda.create(tx, cast.alice, cast.consultation, draft)
        meetings.add_item(tx, cast.alice, done.meeting, item)
        facts = YEAR._replace(item=item)
        report = service.announce(tx, cast.alice, done.meeting, cast.rong.id, facts)
        meetings.open_item(tx, cast.alice, done.meeting, item)
        texts = ("Where <i>does</i> the money go?", "Who has the key?", "Is it safe?", "A lie!")
        put, open_one, answered, declined = (
            service.ask(tx, cast.bob, report, text, by_name=text != texts[1]) for text in texts
        )
        waiting = service.ask(tx, cast.shu, report, "And the stairs?", by_name=False)
        for question in (put, open_one, answered):
            service.admit(tx, cast.alice, question)
        service.decline(tx, cast.alice, declined, "It names a neighbour.")
        service.support(tx, cast.shu, open_one)
        service.write_answer(tx, cast.rong, answered, "*Yes*, it was tested.")
        service.put(tx, cast.alice, put)
        floor.set_projector(tx, cast.alice, done.meeting, "Wall")
        wall = floor.prepare(tx, cast.alice, done.meeting, 1, Shows.QUESTIONS)
        floor.put_up(tx, cast.alice, done.meeting, 1, wall)
    screens = [f"/duty/{report}/screen", f"/meetings/{done.meeting}/screen/1"]
    return {
        None: [f"/duty/{report}", f"/duty/{done.report}", *screens],
        "bob": [f"/duty/{report}", f"/duty/{done.report}", f"/duty/questions/{declined}"],
        "alice": [
            f"/duty/{report}",
            f"/duty/{report}/edit",
            f"/duty/questions/{waiting}",
            f"/meetings/{done.meeting}/duty",
        ],
        "rong": [f"/duty/{report}", f"/people/{cast.rong.id}", f"/duty/questions/{open_one}"],
        "clerk": [f"/duty/{report}"],
    }
