"""Minutes of a meeting of several sittings: one record, each sitting with its own numbers."""

from dataclasses import replace
from datetime import timedelta

from minuting import ALICE, BOB, FACTS, MAIN, START, SUB, Log

from forum.base import i18n
from sessions.floor import events as floor
from sessions.floor.models import Lane, Side
from sessions.meetings import events as meetings
from sessions.meetings import sitting_events as sittings
from sessions.meetings.models import Link, Method
from sessions.minutes.projection import Came, project
from sessions.minutes.record import EntryKind, unpack
from sessions.minutes.sheet import sheet
from sessions.motions import events as motions
from sessions.motions.models import Sort

DAY = 60.0 * 24
AGAIN = START + timedelta(days=1)


def spoke(log: Log, speech: int) -> Log:
    given = floor.SpeechRecognised(speech, 8, BOB, MAIN, Lane.SPEECH, Side.NEITHER, AGAIN)
    return log.tell(given).tell(floor.SpeechFinished(speech, 8, BOB, 60_000))


def two_days(*, speaks: bool = True) -> Log:
    log = Log().begun().tell(meetings.ItemOpened(8, 1, 9))
    moved = motions.MotionMoved(7, 1, 8, Sort.MAIN, None, None, BOB, Method.SELF, True, 7, "")
    spoke(log.tell(moved), 1).tell(sittings.MeetingSuspended(2, AGAIN, None, 9))
    log.tell(meetings.AttendanceCounted(12, 0, 0, {}))
    log.tell(meetings.AttendanceCounted(12, 2, 0, {"2": 2}), after=DAY)
    log.tell(sittings.MeetingContinued(2, 12, 2, {"2": 2}))
    log.tell(meetings.QuorumDeclared(1, 12, 2, (1, 2, True), 7, reached=False))
    if speaks:
        spoke(log, 2)
    log.tell(meetings.ItemClosed(8, "closed"))
    log.tell(motions.MotionPostponed(7, 8, None, None, ""))
    return log.tell(meetings.AttendanceCounted(12, 1, 0, {"2": 1})).tell(
        meetings.MeetingAdjourned(1)
    )


CAME = {1: Came({MAIN: 6, SUB: 3}), 2: Came({SUB: 2})}


def test_each_sitting_has_its_section_and_its_numbers() -> None:
    record = project(two_days().events, replace(FACTS, came=CAME))
    first, second = record.sittings
    assert [one.attendance.attended for one in record.sittings] == [9, 2]
    there = {v.id: (v.at_opening, v.at_close) for v in first.attendance.venues}
    assert there == {MAIN: (6, 6), SUB: (3, 3)}
    there = {v.id: (v.at_opening, v.at_close) for v in second.attendance.venues}
    assert there == {MAIN: (0, 0), SUB: (2, 1)}
    assert record.adjourned_at == second.adjourned_at
    sections = [
        (section.sitting, section.item, [entry.kind for entry in section.entries])
        for section in record.sections
    ]
    kind = EntryKind
    assert sections == [
        (1, None, [kind.OPENED]),
        (None, 8, [kind.MOTION, kind.SPEECH, kind.SUSPENDED]),
        (2, None, [kind.CONTINUED, kind.QUORUM]),
        (None, 8, [kind.SPEECH, kind.MOTION_STEP]),
        (None, None, [kind.ADJOURNED]),
    ]
    assert unpack(record.pack()) == record
    with i18n.using("en"):
        read = sheet(record, {ALICE: "Alice", BOB: "Bob"})
    headings = [part.heading for part in read.parts]
    assert headings[0].startswith("Sitting 1, ")
    assert headings[2].startswith("Sitting 2, ")
    assert [bool(table.halls) for table in read.tables] == [True, True, False]


def test_what_happens_between_two_sittings_stands_at_the_head_of_the_next() -> None:
    log = Log().begun().tell(meetings.ItemOpened(8, 1, 9))
    spoke(log, 1).tell(meetings.LinkChanged(SUB, Link.DOWN, 9))
    log.tell(sittings.MeetingSuspended(2, AGAIN, None, 9))
    log.tell(meetings.QuorumDeclared(1, 12, 2, (1, 2, True), 7, reached=False), after=DAY)
    spoke(log.tell(sittings.MeetingContinued(2, 12, 2, {"2": 2})), 2)
    record = project(log.events, replace(FACTS, came=CAME))
    kind = EntryKind
    assert [(one.sitting, one.item, [e.kind for e in one.entries]) for one in record.sections] == [
        (1, None, [kind.OPENED]),
        (None, 8, [kind.SPEECH, kind.LINK_LOST, kind.SUSPENDED]),
        (2, None, [kind.QUORUM, kind.CONTINUED]),
        (None, 8, [kind.SPEECH]),
    ]
    lost = record.sections[1].entries[1]
    assert lost.until == record.sittings[0].adjourned_at


def test_an_item_that_is_only_closed_has_its_place_in_that_sitting() -> None:
    record = project(two_days(speaks=False).events, replace(FACTS, came=CAME))
    last = [section for section in record.sections if section.item == 8][-1]
    assert (last.left, [entry.kind for entry in last.entries]) == (
        "closed",
        [EntryKind.MOTION_STEP],
    )


def test_what_was_a_mistake_is_told_and_leaves_one_sitting() -> None:
    log = Log().begun().tell(sittings.MeetingUnopened(1))
    log.tell(meetings.MeetingStarted(12, 9, {"1": 6, "2": 3}))
    log.tell(meetings.ItemOpened(8, 1, 9))
    log.tell(sittings.MeetingSuspended(2, AGAIN, None, 9))
    log.tell(meetings.MeetingReopened(9, undone=2))
    spoke(log, 1).tell(meetings.ItemClosed(8, "closed")).tell(meetings.MeetingAdjourned(7))
    record = project(log.events, FACTS)
    assert record.sittings == ()
    assert record.opened_at == log.events[3].at
    assert [section.sitting for section in record.sections] == [None] * 3
    told = [entry.kind for section in record.sections for entry in section.entries]
    for kind in (EntryKind.UNOPENED, EntryKind.SUSPENDED, EntryKind.REOPENED):
        assert told.count(kind) == 1


def test_a_dropped_sitting_is_told_and_none() -> None:
    log = Log().begun().tell(sittings.MeetingSuspended(2, AGAIN, None, 9))
    log.tell(sittings.SittingDropped(2)).tell(meetings.MeetingAdjourned(0))
    record = project(log.events, FACTS)
    assert record.sittings == ()
    assert record.adjourned_at == log.events[2].at
    told = [entry.kind for section in record.sections for entry in section.entries]
    assert told == [EntryKind.OPENED, EntryKind.SUSPENDED, EntryKind.DROPPED]
