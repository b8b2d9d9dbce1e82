"""A consultation for invited people only, with one of everything in it."""

import dataclasses
import io
from dataclasses import dataclass
from datetime import timedelta

import minuting
import polling
import sitting
from cast import Cast

from forum.agenda import service as agenda
from forum.agenda.models import ItemKind, ItemState
from forum.arguments import service as arguments
from forum.arguments.models import Stance
from forum.base import clock, files
from forum.base.auth import Actor
from forum.base.db import Db, transaction
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility
from forum.members.models import StandingKind
from forum.stations import service as stations
from forum.stations.models import Office, Tier
from moderation.oversight import service as oversight
from moderation.reports import service as reports
from moderation.reports.models import Rule
from moderation.sanctions import service as sanctions
from sessions.captions import service as captions
from sessions.convening.models import Preparation
from sessions.duty import service as duty
from sessions.floor import service as floor
from sessions.floor.screen_models import Shows
from sessions.meetings import service as meetings
from sessions.minutes import service as minutes
from sessions.minutes.account import Account
from sessions.motions import service as motions
from sessions.reception import service as reception
from sessions.reception.categories import Category
from sessions.reception.models import Route
from sessions.workshop import service as workshop
from voting.procedures import queries as stages
from voting.procedures import service as procedures

MARK = "Zephyrquartz"
# Words of what the helpers make; none of them stands on a page of the platform itself.
WORDS = (
    MARK,
    "block 7",
    "Block 7",
    "kind of lift",
    "Second session",
    "glass lift",
    "offer B",
    "Knees get older",
    "It costs money",
    "the garden",
    "Community hall",
    "Lilac Road",
)
# What of it is not for those either who take part but lead nothing.
PRIVATE = tuple(
    f"{what} {MARK}"
    for what in (
        "Concealed",
        "Reported",
        "Sanctioned",
        "Drafted",
        "Invited",
        "Held",
        "Appealed",
        "Came",
        "Heard",
        "Waiting",
    )
)


@dataclass(frozen=True)
class Walled:
    """The cast's consultation behind its wall, and what else was made in it."""

    second: Cast
    sat: minuting.Sat
    running: sitting.Sitting
    open_poll: int
    hidden: int
    argument: int
    task: int
    outcome: int
    report: int
    sanction: int
    file: int


def walled(cast: Cast) -> Walled:
    """One of everything, then the wall."""
    with transaction() as tx:
        item = _second_item(tx, cast)
        argument = _argue(tx, cast.bob, item, f"An argument, {MARK}")
        hidden = _argue(tx, cast.rong, item, f"Concealed {MARK}")
        report = reports.file(tx, cast.rong, f"argument:{argument}", Rule.OTHER, f"Reported {MARK}")
        arguments.hide(tx, cast.alice, hidden, f"Reason {MARK}")
        oversight.appeal(tx, cast.rong, 1, f"Appealed {MARK}")
        screens = {"word_list": {"on": True, "words": ["held"]}}
        oversight.set_screens(tx, cast.alice, cast.place, screens)
        held = arguments.submit(tx, cast.rong, item, body=f"Held {MARK}", stance=Stance.PRO)
        assert held.held
        file = files.store(
            tx, cast.alice, io.BytesIO(MARK.encode()), f"{MARK}.txt", place=cast.place
        )
        consultations.write_briefing(tx, cast.alice, cast.consultation, f"Read {MARK}", MARK)
        _invite(tx, cast)
        sanction = sanctions.impose(
            tx,
            cast.alice,
            cast.dana.id,
            cast.place,
            StandingKind.MUTED,
            rule=Rule.ATTACK,
            reason=f"Sanctioned {MARK}",
            until=None,
        )
    second = dataclasses.replace(cast, item=item)
    open_poll = polling.secret(second)
    polling.vote(cast.bob, open_poll)
    sat = minuting.circulated(cast)
    with transaction() as tx:
        minutes.ask(tx, cast.bob, sat.minutes, words=f"Request {MARK}")
        minutes.answer(tx, cast.shu, sat.minutes, 1, taken=False, words=f"Answer {MARK}")
    with clock.travel(days=1, seconds=1), transaction() as tx:
        minutes.sign(tx, cast.alice, sat.minutes)
        consultations.move_stage(tx, cast.alice, cast.consultation, Stage.PUBLISHING)
        task = _task(tx, cast, sat.decision)
        told = Account(f"Outcome {MARK}", MARK, MARK, (sat.decision,))
        outcome = minutes.write(tx, cast.rong, cast.consultation, told)
        minutes.publish(tx, cast.rong, outcome)
    running = sitting.debating(second)
    with transaction() as tx:
        motion = motions.move(tx, cast.bob, running.meeting, motions.Draft(f"A motion {MARK}"))
        motions.second(tx, cast.rong, motion)
        motions.amend(tx, cast.bob, motion, f"An amendment {MARK}")
        captions.type_line(tx, cast.shu, running.meeting, f"Said {MARK}", member=cast.bob.id)
        floor.set_projector(tx, cast.alice, running.meeting, f"Wall {MARK}")
        next_ = floor.prepare(tx, cast.alice, running.meeting, 1, Shows.NOTICE, f"Shown {MARK}")
        floor.put_up(tx, cast.alice, running.meeting, 1, next_)
        _report_on_duty(tx, cast, running.meeting)
        _facilitate(tx, cast, running)
        _receive(tx, cast, running)
        _prepare_another(tx, cast)
        _go_through_stages(tx, cast, running.item)
        _committee(tx, cast)
        _wall(tx, cast)
    return Walled(
        second, sat, running, open_poll, hidden, argument, task, outcome, report, sanction, file
    )


def _invite(tx: Db, cast: Cast) -> None:
    until = clock.now() + timedelta(days=9)
    group = consultations.set_category(tx, cast.alice, cast.consultation, "owners", 5)
    consultations.invite(
        tx, cast.alice, cast.consultation,
        category=group, note=f"Invited {MARK}", until=until, guests=True,
    )  # fmt: skip
    stations.make_slips(tx, cast.clerk, cast.station, count=1, note="A sheet", until=until)


def _second_item(tx: Db, cast: Cast) -> int:
    draft = agenda.Draft(f"Item {MARK}", MARK, ItemKind.DECISION, 20)
    item = agenda.create(tx, cast.alice, cast.consultation, draft)
    agenda.change_state(tx, cast.alice, item, ItemState.OPEN)
    return item


def _argue(tx: Db, author: Actor, item: int, body: str) -> int:
    return arguments.post(tx, author, item, body=body, stance=Stance.PRO)


def _task(tx: Db, cast: Cast, decision: int) -> int:
    due = clock.now() + timedelta(days=9)
    work = minutes.Work(f"Task {MARK}", MARK, cast.hui.id, "", cast.rong.id, due)
    return minutes.give_task(tx, cast.rong, decision, work)


def _facilitate(tx: Db, cast: Cast, found: sitting.Sitting) -> None:
    """At its positions, with a note, a theme and an option."""
    session = workshop.attach(tx, cast.alice, found.meeting, found.item, "red_tea")
    workshop.deal(tx, cast.alice, session, 2)
    workshop.start(tx, cast.alice, session)
    workshop.next_step(tx, cast.alice, session, 1)
    note = workshop.give(tx, cast.bob, session, f"Noted {MARK}")
    workshop.next_step(tx, cast.alice, session, 2)
    workshop.gather(tx, cast.alice, session, [note], words=f"Theme {MARK}")
    workshop.next_step(tx, cast.alice, session, 3)
    workshop.make_option(tx, cast.alice, session, f"Option {MARK}", note=note)
    workshop.next_step(tx, cast.alice, session, 4)


def _report_on_duty(tx: Db, cast: Cast, meeting: int) -> None:
    today = clock.now().date()
    report = duty.announce(tx, cast.alice, meeting, cast.rong.id, duty.Draft(today, today))
    duty.write(tx, cast.rong, report, f"Written {MARK}")
    duty.admit(tx, cast.alice, duty.ask(tx, cast.bob, report, f"Asked {MARK}"))
    duty.ask(tx, cast.shu, report, f"Waiting {MARK}", by_name=False)


def _receive(tx: Db, cast: Cast, here: sitting.Sitting) -> None:
    """Two visitors without accounts, each with a word that is not for everybody."""
    tx.merge(Preparation(meeting_id=here.meeting, kind="reception"))
    tx.flush()
    for _number in range(2):
        who = reception.Who(None, f"Came {MARK}")
        place = (here.meeting, here.main)
        visitor = reception.come(tx, cast.clerk, *place, who, receivers=[cast.rong.id])
        said = reception.Said(f"Heard {MARK}", Category.OTHER)
        word = reception.record_word(tx, cast.clerk, here.meeting, visitor, said)
        reception.handle(tx, cast.rong, here.meeting, word, reception.Handling(Route.STREET))


def _go_through_stages(tx: Db, cast: Cast, item: int) -> None:
    """At the second of its stages."""
    course = procedures.begin(tx, cast.alice, item, "four_two")
    first = stages.procedure_access(tx, cast.alice, course).stages[0].id
    said = procedures.Said(f"Branch {MARK}", clock.now().date(), f"Proposed {MARK}")
    procedures.record_stage(tx, cast.shu, first, said)


def _prepare_another(tx: Db, cast: Cast) -> None:
    starts = clock.now() + timedelta(days=9)
    draft = meetings.Draft(f"Drafted {MARK}", starts)
    meetings.draft_meeting(tx, cast.alice, cast.consultation, draft)


def _committee(tx: Db, cast: Cast) -> None:
    """One in the open, with somebody in it: only its administrator changes that."""
    here = stations.create(tx, cast.admin, stations.Details(Tier.COMMITTEE, "Committee", "WALL"))
    term = stations.begin_term(tx, cast.admin, here, 1, clock.now().date(), None)
    stations.name(tx, cast.admin, here, term, "shu", Office.SECRETARY)


def _wall(tx: Db, cast: Cast) -> None:
    draft = consultations.Draft(
        title=f"Consultation {MARK}",
        summary=MARK,
        purpose=MARK,
        visibility=Visibility.INVITED,
        eligibility=Eligibility.LISTED,
        zone="Asia/Shanghai",
    )
    consultations.edit(tx, cast.alice, cast.consultation, draft)
