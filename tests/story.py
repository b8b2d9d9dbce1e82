"""One meeting, told so that every kind of event of its rooms happens."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

from cast import Cast
from sitting import Sitting

from forum.agenda import service as agenda
from forum.base import clock
from forum.base.db import Db
from sessions.floor import queries, service
from sessions.floor.models import Card, Lane, Ruling
from sessions.floor.screen_models import Shows
from sessions.meetings import queries as reads
from sessions.meetings import service as meetings
from sessions.meetings.models import Link, VenueKind
from sessions.meetings.rules import Act
from voting.boxes.models import Channel
from voting.polls import queries as polls
from voting.polls import service as voting
from voting.polls.rules import Count
from voting.polls.service import Draft


class Story:
    """One meeting, told so that every kind of event of these rooms happens."""

    def __init__(self, cast: Cast, sitting: Sitting) -> None:
        self.cast = cast
        self.sitting = sitting

    def last(self, tx: Db, lane: Lane = Lane.SPEECH) -> int:
        rows = queries.speeches(tx, self.sitting.meeting, self.sitting.item)
        return max(row.id for row in rows if row.lane is lane)

    def poll(self, tx: Db) -> int:
        return polls.of_meeting(tx, self.sitting.stream)[-1].id

    def step(self, act: Act, tx: Db) -> None:
        """One step of the meeting as a whole."""
        later = clock.now() + timedelta(days=9) if act is Act.SUSPEND else None
        meetings.step(tx, self.cast.alice, self.sitting.meeting, act, until=later)

    def steps(self) -> Iterator[Callable[[Db], object]]:
        yield from self._before()
        yield from self._speeches()
        yield from self._interjections()
        yield from self._appeal()
        yield from self._cards()
        yield from self._vote()
        yield from self._after()

    def _before(self) -> Iterator[Callable[[Db], object]]:
        cast, here, meeting = self.cast, self.sitting, self.sitting.meeting
        soon = clock.now() + timedelta(days=2)
        place = meetings.Place(VenueKind.SUB, "Pavilion")
        second = agenda.Draft("Who pays?", "")
        yield lambda tx: meetings.edit_meeting(
            tx, cast.alice, meeting, meetings.Draft("New title", soon)
        )
        yield lambda tx: meetings.set_venue(tx, cast.alice, meeting, place)
        yield lambda tx: meetings.drop_venue(
            tx, cast.alice, meeting, meetings_venues(tx, meeting)[-2]
        )
        yield lambda tx: meetings.add_item(
            tx, cast.alice, meeting, agenda.create(tx, cast.alice, cast.consultation, second)
        )
        yield lambda tx: meetings.check_in(
            tx, cast.clerk, meeting, here.main, [cast.alice.id, cast.bob.id, cast.shu.id]
        )
        yield lambda tx: meetings.check_in(tx, cast.clerk, meeting, here.main, [cast.charlie.id])
        yield lambda tx: meetings.entitle(tx, cast.alice, meeting, cast.charlie.id, entitled=True)
        yield lambda tx: meetings.check_in(tx, cast.clerk, meeting, here.hall, [cast.rong.id])
        yield lambda tx: meetings.check_in(tx, cast.clerk, meeting, here.online, [cast.rong.id])
        yield lambda tx: meetings.check_out(tx, cast.charlie, meeting, [cast.charlie.id])
        yield lambda tx: meetings.undo_check_in(
            tx,
            cast.clerk,
            meeting,
            meetings.check_in(tx, cast.clerk, meeting, here.main, [cast.hui.id])[0],
        )
        yield lambda tx: meetings.declare_quorum(tx, cast.alice, meeting)
        for act in (Act.START, Act.UNDO_START, Act.START):
            yield partial(self.step, act)
        yield lambda tx: service.set_projector(tx, cast.alice, meeting, "Left wall")
        yield lambda tx: service.put_up(
            tx,
            cast.alice,
            meeting,
            1,
            service.prepare(tx, cast.alice, meeting, 1, Shows.AGENDA),
        )
        yield lambda tx: service.take_projector(tx, cast.alice, meeting, 1)
        yield lambda tx: service.set_broadcast(tx, cast.alice, meeting, "https://live.example/")
        yield lambda tx: meetings.show(tx, cast.alice, meeting, "Please be seated.")
        yield lambda tx: meetings.show(tx, cast.alice, meeting, "")
        yield lambda tx: meetings.set_link(tx, cast.hui, meeting, here.hall, Link.DOWN)
        yield lambda tx: meetings.open_item(tx, cast.alice, meeting, here.item)

    def _speeches(self) -> Iterator[Callable[[Db], object]]:
        cast, meeting = self.cast, self.sitting.meeting
        yield lambda tx: service.set_limits(
            tx, cast.alice, meeting, rule="first_come", seconds=60, times=2
        )
        yield lambda tx: service.request(tx, cast.bob, meeting)
        yield lambda tx: service.withdraw(tx, cast.bob, self.last(tx))
        yield lambda tx: service.request(tx, cast.bob, meeting)
        yield lambda tx: service.skip(tx, cast.alice, self.last(tx))
        yield lambda tx: service.restore(tx, cast.alice, self.last(tx))
        yield lambda tx: service.request(tx, cast.clerk, meeting, member=cast.rong.id)
        yield lambda tx: service.prefer(tx, cast.alice, self.last(tx), "She must leave.")
        yield lambda tx: service.recognise(tx, cast.alice, self.last(tx))
        yield lambda tx: service.extend(tx, cast.alice, self.last(tx), 60)
        yield lambda tx: service.raise_order(tx, cast.shu, meeting, "Another item.")
        yield lambda tx: service.recognise(tx, cast.alice, self.last(tx, Lane.ORDER))
        yield lambda tx: service.rule_on(
            tx, cast.alice, self.last(tx, Lane.ORDER), Ruling.NOTED, "Thank you."
        )
        yield lambda tx: service.resume(tx, cast.alice, self.last(tx))
        yield lambda tx: service.pause(tx, cast.alice, self.last(tx))
        yield lambda tx: service.finish(tx, cast.alice, self.last(tx))
        yield lambda tx: service.close_list(tx, cast.alice, meeting)
        yield lambda tx: service.reopen_list(tx, cast.alice, meeting)

    def _answer(self, accepted: bool, tx: Db) -> None:
        question = self.last(tx, Lane.QUESTION)
        service.answer(tx, self.cast.shu, question, accepted=accepted)

    def _interjections(self) -> Iterator[Callable[[Db], object]]:
        cast, meeting = self.cast, self.sitting.meeting
        yield lambda tx: service.set_limits(
            tx, cast.alice, meeting, rule="openslides", seconds=90, times=9, item_seconds=900
        )
        yield lambda tx: service.request(tx, cast.shu, meeting)
        yield lambda tx: service.recognise(tx, cast.alice, self.last(tx))
        for accepted in (False, True):
            yield lambda tx: service.interject(tx, cast.rong, meeting, Lane.QUESTION)
            yield partial(self._answer, accepted)
        yield lambda tx: service.recognise(tx, cast.alice, self.last(tx, Lane.QUESTION))
        yield lambda tx: service.finish(tx, cast.alice, self.last(tx, Lane.QUESTION))
        yield lambda tx: service.resume(tx, cast.alice, self.last(tx))
        yield lambda tx: service.interject(tx, cast.bob, meeting, Lane.INTERVENTION)
        yield lambda tx: service.finish(tx, cast.alice, self.last(tx))
        yield lambda tx: service.unfinish(tx, cast.alice, self.last(tx))
        yield lambda tx: service.finish(tx, cast.alice, self.last(tx))
        yield lambda tx: service.set_groups(tx, cast.alice, meeting, ["Tenants", "Owners"], 3)
        yield lambda tx: service.set_limits(
            tx, cast.alice, meeting, rule="quota", seconds=90, times=9
        )
        yield lambda tx: service.declare_group(tx, cast.bob, meeting, "Tenants")

    def _appeal(self) -> Iterator[Callable[[Db], object]]:
        cast, meeting = self.cast, self.sitting.meeting
        appeals: list[int] = []
        point = partial(self.last, lane=Lane.ORDER)
        yield lambda tx: service.set_limits(
            tx, cast.alice, meeting, rule="openslides", seconds=90, times=9
        )
        yield lambda tx: service.raise_order(tx, cast.bob, meeting, "Too long.")
        yield lambda tx: service.rule_on(tx, cast.alice, point(tx), Ruling.NOT_UPHELD)
        yield lambda tx: appeals.append(service.appeal(tx, cast.rong, point(tx)))
        yield lambda tx: service.second(tx, cast.shu, appeals[-1])
        yield lambda tx: service.put_appeal(tx, cast.alice, appeals[-1], channel=Channel.ONLINE)
        yield lambda tx: meetings.open_poll(tx, cast.alice, meeting, self.poll(tx))
        yield lambda tx: meetings.close_poll(tx, cast.alice, meeting, self.poll(tx))
        yield lambda tx: meetings.publish_poll(tx, cast.alice, meeting, self.poll(tx))

    def _cards(self) -> Iterator[Callable[[Db], object]]:
        cast, meeting = self.cast, self.sitting.meeting
        yield lambda tx: service.hold_card(tx, cast.shu, meeting, Card.WARM)
        yield lambda tx: service.count_hall(
            tx, cast.clerk, meeting, self.sitting.main, {Card.MOVE_ON: 1}
        )
        yield lambda tx: service.clear_cards(tx, cast.alice, meeting)

    def _vote(self) -> Iterator[Callable[[Db], object]]:
        cast, here, meeting = self.cast, self.sitting, self.sitting.meeting
        count = Count({"yes": 2, "no": 1})
        yield lambda tx: meetings.hold_poll(
            tx, cast.alice, meeting, Draft("Offer A?"), channel=Channel.HANDS
        )
        yield lambda tx: meetings.open_poll(tx, cast.alice, meeting, self.poll(tx))
        yield lambda tx: meetings.enter_count(
            tx, cast.clerk, meeting, self.poll(tx), here.main, count, second=False
        )
        yield lambda tx: meetings.enter_count(
            tx, cast.shu, meeting, self.poll(tx), here.main, count, second=True
        )
        yield lambda tx: meetings.close_poll(tx, cast.alice, meeting, self.poll(tx))
        yield lambda tx: meetings.publish_poll(tx, cast.alice, meeting, self.poll(tx))
        yield lambda tx: meetings.hold_poll(
            tx, cast.alice, meeting, Draft("Offer B?"), channel=Channel.ONLINE
        )
        yield lambda tx: voting.void(tx, cast.alice, self.poll(tx), "Asked twice.")

    def _after(self) -> Iterator[Callable[[Db], object]]:
        cast, meeting = self.cast, self.sitting.meeting
        for act in (Act.BREAK, Act.RESUME, Act.SUSPEND, Act.REOPEN, Act.SUSPEND, Act.START):
            yield partial(self.step, act)
        yield lambda tx: meetings.close_item(tx, cast.alice, meeting)
        for act in (Act.SUSPEND, Act.DROP, Act.REOPEN, Act.ADJOURN, Act.ARCHIVE):
            yield partial(self.step, act)


def meetings_venues(tx: Db, meeting: int) -> list[int]:
    return [venue.id for venue in reads.venues(tx, meeting)]
