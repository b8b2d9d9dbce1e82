"""The minutes as a projection: pure, from a made-up log to the exact document."""

from minuting import ALICE, BOB, DANA, FACTS, NAMES, SHU, Log

from forum.base import i18n
from sessions.floor import events as floor
from sessions.floor.models import Lane, Ruling, Side
from sessions.meetings import events as meetings
from sessions.meetings.models import Link, Method
from sessions.minutes import events as minutes
from sessions.minutes import words
from sessions.minutes.models import Basis
from sessions.minutes.projection import project
from sessions.minutes.record import EntryKind, Record, Venue, unpack
from voting.polls import events as polls
from voting.polls.models import Secrecy
from voting.polls.rules import Outcome


def sitting() -> Log:
    """A sitting with two items, a lost link, a point of order, a vote, a decision, a recess."""
    log = Log().begun()
    log.tell(meetings.QuorumDeclared(1, 12, 9, (1, 2, True), 7, True))
    log.tell(meetings.ItemOpened(8, 1, 9))
    log.tell(floor.SpeechRecognised(21, 8, BOB, 1, Lane.SPEECH, Side.PRO, log.events[0].at))
    log.tell(meetings.LinkChanged(2, Link.DOWN, 6))
    log.tell(floor.OrderRaised(23, 8, DANA, 2, Method.DESK, 2, "x"), DANA)
    log.tell(floor.SpeechRecognised(23, 8, DANA, 2, Lane.ORDER, Side.NEITHER, log.events[0].at))
    log.tell(floor.OrderRuled(23, 8, 2, Ruling.UPHELD, 6, "x"))
    log.tell(meetings.LinkChanged(2, Link.UP, 9), after=2)
    log.tell(floor.SpeechFinished(21, 8, BOB, 125_000))
    log.tell(floor.SpeechPreferred(22, 8, 1, "x"))
    log.tell(polls.PollOpened(4, 8, Secrecy.SECRET, 12, 12, 9, "", "hash"))
    log.tell(polls.PollClosed(4, 8, 9))
    log.tell(meetings.ItemClosed(8, "decided"))
    log.tell(meetings.MeetingBroken(None))
    log.tell(meetings.NoticeShown(1, "x"))
    log.tell(meetings.MeetingResumed(8), after=15)
    log.tell(polls.PollFinished(4, 1, "ab" * 32, "record"), None)
    log.tell(polls.PollPublished(4, 8, Outcome.CARRIED, {"yes": 6, "no": 3, "cast": 9}, ""))
    log.tell(minutes.DecisionRecorded(3, 8, Basis.POLL, 4, "x"), SHU)
    log.tell(meetings.ItemOpened(9, 2, 8))
    log.tell(meetings.AttendanceCounted(12, 7, 1, {"1": 5, "2": 3}))
    log.tell(meetings.MeetingAdjourned(7))
    return log


def said(record: Record) -> list[list[str]]:
    with i18n.using("en"):
        return [
            [words.heading(section)]
            + [words.sentence(entry, NAMES, record.zone) for entry in section.entries]
            for section in record.sections
        ]


def test_the_exact_document() -> None:
    record = project(sitting().events, FACTS)
    assert said(record) == [
        [
            "",
            "Alice opened the meeting: 9 of 12 were present.",
            "Alice declared the quorum reached: 9 of 12 present. Needed: 7.",
        ],
        [
            "1. Which kind of lift?",
            "Bob spoke for it (2 min 05 s).",
            "The link to Tea room was lost for 5 minutes.",
            "Dana raised a point of order. Alice upheld it.",
            "Alice called Dana before the others.",
            "Vote: Offer B? – Carried",
            "Decided: A lift",
        ],
        ["", "Recess until 19:33.", "Alice told everybody:"],
        ["2. Who pays?"],
        ["", "Alice closed the meeting; 7 were present."],
    ]
    assert (record.attendance.entitled, record.attendance.attended) == (12, 9)
    assert record.attendance.venues == (
        Venue(1, "main", "Hall", 7, 6, 5),
        Venue(2, "sub", "Tea room", 3, 3, 3),
    )
    assert [(o.role, o.person) for o in record.officers] == [
        ("moderator", ALICE),
        ("secretary", SHU),
    ]
    assert [person.id for person in record.people] == [ALICE, SHU, BOB, DANA]
    assert record.log.seq == 24


def test_a_vote_carries_its_figures_and_root() -> None:
    record = project(sitting().events, FACTS)
    vote = next(e.vote for e in record.entries().values() if e.vote)
    assert vote.secret
    assert [(c.label, c.votes) for c in vote.choices] == [("For", 6), ("Against", 3)]
    assert vote.root == "ab" * 32
    with i18n.using("en"):
        shown = words.figures(vote)
    assert shown == [("Entitled to vote", 12), ("Present", 9), ("Votes handed in", 9)]


def test_no_figure_before_it_is_published() -> None:
    log = Log().begun().tell(polls.PollOpened(4, 8, Secrecy.OPEN, 12, 12, 9, "", "hash"))
    log.tell(polls.PollClosed(4, 8, 9)).tell(polls.PollFinished(4, 1, "ab", "record"))
    (vote,) = [e.vote for e in project(log.events, FACTS).entries().values() if e.vote]
    assert (vote.figures, vote.choices, vote.outcome) == ({}, (), "")


def test_a_void_vote_and_a_withdrawn_decision_say_so() -> None:
    log = Log().begun().tell(polls.PollOpened(4, 8, Secrecy.OPEN, 12, 12, 9, "", "hash"))
    log.tell(polls.PollVoided(4, 8, 1, "x"))
    log.tell(minutes.DecisionRecorded(3, 8, Basis.CONSENSUS, None, "x"))
    log.tell(minutes.DecisionWithdrawn(3, 1, "x"))
    entries = list(project(log.events, FACTS).entries().values())
    assert said(project(log.events, FACTS))[0][2] == "The vote “Offer B?” is void."
    assert entries[1].text == "The question was unclear."
    assert entries[2].struck


def test_the_same_log_gives_the_same_record_and_a_longer_one_keeps_the_keys() -> None:
    events = sitting().events
    whole = project(events, FACTS)
    assert project(events, FACTS) == whole
    assert unpack(whole.pack()) == whole
    half = project(events[:10], FACTS)
    assert set(half.entries()) < set(whole.entries())


def test_a_reopened_meeting_goes_on() -> None:
    log = sitting().tell(meetings.MeetingReopened(6)).tell(meetings.MeetingAdjourned(5))
    record = project(log.events, FACTS)
    assert record.adjourned_at == log.events[-1].at
    assert [e.kind for e in record.sections[-1].entries] == [
        EntryKind.ADJOURNED,
        EntryKind.REOPENED,
        EntryKind.ADJOURNED,
    ]


def test_what_nobody_minutes_is_passed_over() -> None:
    log = Log().begun().tell(meetings.CheckedIn(1, BOB, 1, "in_person", Method.SELF))  # type: ignore[arg-type]
    assert len(project(log.events, FACTS).entries()) == 1


def test_the_document_in_chinese() -> None:
    record = project(sitting().events, FACTS)
    with i18n.using("zh_Hans_CN"):
        for section in record.sections:
            for entry in section.entries:
                sentence = words.sentence(entry, NAMES, record.zone)
                assert not any(word in sentence for word in (" the ", "was ", "opened"))


def test_a_lot_stands_in_the_record_with_what_all_saw() -> None:
    log = Log().begun()
    log.tell(meetings.ItemOpened(8, 1, 9))
    log.tell(polls.PollOpened(4, 8, Secrecy.OPEN, 12, 12, 9, "", "hash"))
    log.tell(polls.PollClosed(4, 8, 9))
    log.tell(polls.PollFinished(4, 1, "", "record"), None)
    figures = {"o1": 4, "o2": 4, "valid": 8, "blank": 1, "invalid": 0, "cast": 9}
    log.tell(polls.PollPublished(4, 8, Outcome.CHOSEN, figures, "", "", ["o2"], "dice 3 5"))
    record = project(log.events, FACTS)
    lines = [line for section in said(record) for line in section]
    assert "Options were even, and a lot was drawn from what all saw: dice 3 5." in lines
    assert any("Chosen" in line for line in lines)


def test_more_time_to_vote_stands_with_its_reason() -> None:
    log = Log().begun()
    log.tell(meetings.ItemOpened(8, 1, 9))
    log.tell(polls.PollOpened(4, 8, Secrecy.SECRET, 12, 12, 9, "", "hash"))
    log.tell(polls.PollExtended(4, 8, "", "2030-01-01T10:00:00.000Z", 1, "x"))
    record = project(log.events, FACTS)
    entries = [entry for section in record.sections for entry in section.entries]
    [given] = [entry for entry in entries if entry.kind is EntryKind.EXTENDED]
    assert (given.person, given.text) == (ALICE, "The question was unclear.")
    assert any("gave more time to vote" in line for lines in said(record) for line in lines)
