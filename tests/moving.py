"""Motions in a meeting of the cast, for the tests of the rooms that need some."""

from dataclasses import dataclass, replace

import sitting as hall
from cast import Cast
from sitting import Sitting

from forum.agenda import service as agenda
from forum.agenda.models import ItemState
from forum.base.auth import Actor
from forum.base.db import Db, transaction
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility
from sessions.meetings import service as meetings
from sessions.motions import queries, service
from sessions.motions.models import Sort
from sessions.motions.service import Draft
from voting.boxes.models import Channel
from voting.polls.rules import Count

Pages = dict[str | None, list[str]]
TEXT = "The house buys a lift.\nEverybody pays the same."
GLASS = "The house buys a glass lift.\nEverybody pays the same."
BY_FLOOR = "The house buys a lift.\nWho lives higher pays more, by a table of shares."


@dataclass(frozen=True)
class Debate:
    """A meeting at its open item; who may move is present: alice, bob, shu; rong at the school."""

    sitting: Sitting
    cast: Cast

    @property
    def meeting(self) -> int:
        """Its id."""
        return self.sitting.meeting

    def move(self, tx: Db, who: Actor | None = None, draft: Draft = Draft(TEXT)) -> int:  # noqa: B008
        """Moved by bob, or somebody."""
        return service.move(tx, who or self.cast.bob, self.meeting, draft)

    def moved(self, tx: Db, draft: Draft = Draft(TEXT)) -> int:  # noqa: B008
        """Moved by bob, seconded by rong."""
        motion = self.move(tx, draft=draft)
        service.second(tx, self.cast.rong, motion)
        return motion

    def amended(self, tx: Db, motion: int, text: str) -> int:
        """An amendment by rong, seconded by bob."""
        amendment = service.amend(tx, self.cast.rong, motion, text)
        service.second(tx, self.cast.bob, amendment)
        return amendment

    def dealt(self, tx: Db, sort: Sort, text: str = "", place: str = "") -> int:
        """A procedural motion by shu, seconded by bob."""
        motion = self.move(tx, self.cast.shu, Draft(text, sort, place=place))
        service.second(tx, self.cast.bob, motion)
        return motion

    def consented(self, tx: Db, motion: int) -> None:
        """Nobody objects."""
        service.seek_consensus(tx, self.cast.alice, motion)
        service.declare_consensus(tx, self.cast.alice, motion)

    def voted(self, tx: Db, motion: int, *, yes: int = 3, no: int = 0) -> int:
        """Put to the vote; so many hands in the main venue, rong's at the school against it."""
        cast, meeting = self.cast, self.meeting
        poll = service.put(tx, cast.alice, motion, service.Way(channel=Channel.HANDS))
        meetings.open_poll(tx, cast.alice, meeting, poll)
        for venue, first, second, votes in (
            (self.sitting.main, cast.clerk, cast.shu, {"yes": yes, "no": no}),
            (self.sitting.hall, cast.hui, cast.clerk, {"no": 1}),
        ):
            count = Count({key: value for key, value in votes.items() if value})
            meetings.enter_count(tx, first, meeting, poll, venue, count, second=False)
            meetings.enter_count(tx, second, meeting, poll, venue, count, second=True)
        meetings.close_poll(tx, cast.alice, meeting, poll)
        meetings.publish_poll(tx, cast.alice, meeting, poll)
        return poll


def debating(tx: Db, cast: Cast) -> Debate:
    """In session, with the item called up."""
    sitting = hall.started(tx, cast)
    meetings.open_item(tx, cast.alice, sitting.meeting, sitting.item)
    return Debate(sitting, cast)


def open_debate(cast: Cast) -> Debate:
    """The same; committed."""
    with transaction() as tx:
        return debating(tx, cast)


def moved_upon(tx: Db, debate: Debate) -> int:
    """A motion of everybody's kind before the meeting; returns the first one."""
    main = debate.moved(tx)
    debate.consented(tx, debate.amended(tx, main, GLASS))
    debate.amended(tx, main, "The house buys a glass lift.\nWho lives higher pays more.")
    service.amend(tx, debate.cast.rong, main, "The house buys two glass lifts.")
    debate.amended(tx, main, "The house buys no lift.\nEverybody pays nothing.")
    closing = debate.move(tx, debate.cast.shu, Draft("We have heard enough.", Sort.CLOSE_DEBATE))
    service.withdraw(tx, debate.cast.shu, closing)
    return main


def moving(cast: Cast) -> Pages:
    """A yard with a meeting in which something of everything is moved."""
    with transaction() as tx:
        draft = consultations.Draft(
            title="The lift again",
            summary="What was left open",
            purpose="To decide on it.",
            visibility=Visibility.PUBLIC,
            eligibility=Eligibility.OPEN,
            zone="Asia/Shanghai",
        )
        stage = Stage.DELIBERATING
        here = consultations.create(tx, cast.alice, draft, station=cast.station, stage=stage)
        item = agenda.create(tx, cast.alice, here, agenda.Draft("Which lift?", ""))
        agenda.change_state(tx, cast.alice, item, ItemState.OPEN)
        debate = debating(tx, replace(cast, consultation=here, item=item))
        main = moved_upon(tx, debate)
        amendment = next(row.id for row in queries.of_item(tx, item) if row.number == 3)
    page, all_of_it = f"/motions/{main}", f"/meetings/{debate.meeting}/motions"
    meeting = f"/meetings/{debate.meeting}"
    return {
        None: [page, all_of_it, meeting, f"/items/{item}", f"{meeting}/screen"],
        "bob": [page, f"/motions/{amendment}", all_of_it, meeting],
        "alice": [page, f"/motions/{amendment}", f"{all_of_it}?q=o", f"{meeting}/console"],
        "hui": [f"{all_of_it}?q=o", f"{meeting}/desk/{debate.sitting.hall}"],
    }
