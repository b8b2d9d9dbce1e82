"""From an event to a letter: who gets one, when, in which words."""

import dataclasses
import html
from datetime import timedelta

import pytest
from cast import Cast
from conftest import Client
from mailing import MailServer
from outbox.conftest import Carry
from sitting import convened
from sqlalchemy import func, select, update
from sqlmodel import col
from walled import walled

from forum.arguments import service as arguments
from forum.arguments.models import Stance
from forum.base import clock, i18n, registry
from forum.base.auth import Actor
from forum.base.db import Db, reading, transaction
from forum.base.deliveries import DeadAddress
from forum.base.events import Audience, Stored
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility
from forum.members import contacts, inbox
from forum.members.models import InboxRow, Member
from forum.outbox import letters, rules, service
from forum.outbox.models import Waiting
from forum.outbox.rules import Preset
from sessions.meetings import queries as meetings

registry.load()


def argue(author: Actor, cast: Cast, body: str, parent: int | None = None) -> int:
    """Post an argument on the cast's item."""
    with transaction() as tx:
        return arguments.post(tx, author, cast.item, body=body, stance=Stance.PRO, parent=parent)


def speak(member: int, lang: str | None) -> None:
    """The language that somebody chose."""
    with transaction() as tx:
        tx.execute(update(Member).where(col(Member.id) == member).values(lang=lang))


def test_an_answer_comes_by_mail_in_few_words(mail: MailServer, cast: Cast, carry: Carry) -> None:
    """Plain text first, why one is told, and a way to end it; the writer is not told."""
    mine = argue(cast.bob, cast, "Knees get older")
    argue(cast.rong, cast, "So do lifts", mine)
    assert carry(hours=12) == ["bob"]
    letter = mail.taken[-1]
    assert letter.letter["Subject"].startswith("You have an answer: Rong")
    plain = letter.part("plain")
    assert "Hello Bob," in plain
    assert "Why you are told: You wrote what was answered." in plain
    assert "https://moot.example.org/arguments/" in plain
    assert "https://moot.example.org/letters/stop/" in plain
    assert "You have an answer" in letter.part("html")
    assert letter.letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert carry(days=3) == []


def test_alike_things_come_in_one_line(mail: MailServer, cast: Cast, carry: Carry) -> None:
    """Three answers are one sentence about their topic."""
    mine = argue(cast.bob, cast, "Knees get older")
    for author in (cast.rong, cast.hui, cast.shu):
        argue(author, cast, "So do lifts", mine)
    assert carry(hours=12) == ["bob"]
    assert "3 new answers to you: Which kind of lift?" in mail.taken[-1].part("plain")


def test_an_invitation_has_the_notice_in_it(mail: MailServer, cast: Cast, carry: Carry) -> None:
    """When, where, on what: whoever does not open the page knows it, too."""
    with transaction() as tx:
        sitting = convened(tx, cast)
    with reading() as db:
        meeting = meetings.meeting_row(db, sitting.meeting)
    assert "bob" in carry(hours=12)
    letter = next(one for one in mail.taken if "bob" in str(one.letter["To"]))
    for kind in ("plain", "html"):
        text = html.unescape(letter.part(kind))
        assert f"Begins: {i18n.datetime_(meeting.starts_at, meeting.zone)}" in text
        assert "Main venue: Community hall, Lilac Road 7" in text
        assert "Online venue: on the page of the meeting" in text
        assert "1. Which kind of lift?" in text


def test_an_unknown_language_is_answered_in_two(mail: MailServer, cast: Cast, carry: Carry) -> None:
    """And a known one in that alone."""
    mine = argue(cast.bob, cast, "Knees get older")
    speak(cast.bob.id, None)
    argue(cast.rong, cast, "So do lifts", mine)
    carry(hours=12)
    both = mail.taken[-1].part("plain")
    assert "Hello Bob," in both
    assert "Bob，您好：" in both
    assert 'lang="zh-CN"' in mail.taken[-1].part("html")
    speak(cast.bob.id, "zh_Hans_CN")
    argue(cast.hui, cast, "And stairs", mine)
    carry(days=1)
    assert "Hello" not in mail.taken[-1].part("plain")


def test_news_waits_for_the_daily_letter(mail: MailServer, cast: Cast, carry: Carry) -> None:
    """At eight on each one's own clock; who has read it in the inbox gets none."""
    with transaction() as tx:
        berlin = rules.Hours("Europe/Berlin")
        service.set_hours(tx, cast.rong, berlin)
        consultations.move_stage(tx, cast.alice, cast.consultation, Stage.DECIDING)
        inbox.mark_read(tx, cast.hui)
    carry(seconds=0)
    with reading() as db:
        rows = db.execute(select(col(Waiting.member_id), col(Waiting.due))).all()
    due = {row.member_id: row.due for row in rows}
    now = clock.now()
    assert due[cast.bob.id] == rules.next_digest(now, rules.Hours("Asia/Shanghai"), weekly=False)
    assert due[cast.rong.id] == rules.next_digest(now, berlin, weekly=False)
    assert carry(days=2) == ["bob", "clerk", "dana", "rong", "shu"]
    assert "this happened since yesterday" in mail.taken[-1].part("plain")


def test_nobody_is_told_by_mail_of_what_they_cannot_see_any_more(
    mail: MailServer, cast: Cast, carry: Carry
) -> None:
    """The event was told; the thing is behind a wall since."""
    mine = argue(cast.bob, cast, "Knees")
    argue(cast.rong, cast, "So do lifts", mine)
    terms = (Visibility.INVITED, Eligibility.LISTED, "Asia/Shanghai")
    with transaction() as tx:
        draft = consultations.Draft("A lift", "A lift", "A lift", *terms)
        consultations.edit(tx, cast.alice, cast.consultation, draft)
        consultations.strike(tx, cast.alice, cast.consultation, cast.bob.id)
    assert carry(days=2) == []


def test_who_has_no_confirmed_address_gets_nothing_and_waits_for_nothing(
    mail: MailServer, cast: Cast, carry: Carry
) -> None:
    """The inbox has it; nothing is kept for a way out that is not there."""
    mine = argue(cast.bob, cast, "Knees get older")
    with transaction() as tx:
        (row,) = contacts.own(tx, cast.bob)
        contacts.remove(tx, cast.bob, row.id)
    argue(cast.rong, cast, "So do lifts", mine)
    assert carry(hours=12) == []
    with reading() as db:
        assert db.execute(select(Waiting)).first() is None
        assert inbox.unread(db, cast.bob) >= 1


def test_an_import_of_the_past_is_no_news(mail: MailServer, cast: Cast, carry: Carry) -> None:
    """What is played at its own time long ago fills inboxes, not mailboxes."""
    with clock.at(clock.now() - timedelta(days=30)):
        mine = argue(cast.bob, cast, "Knees get older")
        argue(cast.rong, cast, "So do lifts", mine)
    assert carry(hours=12) == []


def test_a_letter_that_comes_back_is_told_in_the_inbox(
    mail: MailServer, cast: Cast, carry: Carry, client: Client
) -> None:
    """Once; the preferences page says so until the address is given anew."""
    mail.answers["bob@example.org"] = "550 5.1.1 no such user"
    mine = argue(cast.bob, cast, "Knees get older")
    argue(cast.rong, cast, "So do lifts", mine)
    carry(hours=12)
    argue(cast.hui, cast, "And stairs", mine)
    assert carry(days=2) == []
    with reading() as db:
        assert len(db.execute(select(DeadAddress)).all()) == 1
        told = db.execute(
            select(InboxRow).where(
                col(InboxRow.kind) == "outbox:address:refused",
                col(InboxRow.member_id) == cast.bob.id,
            )
        ).all()
    assert len(told) == 1
    browser = client("bob")
    assert "Letters to your mail address come back" in browser.get("/inbox").text
    assert "Letters to your mail address come back" in browser.get("/settings/letters").text


def test_each_verdict_reaches_the_mailbox(
    mail: MailServer, cast: Cast, carry: Carry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each kind of event with a verdict comes as a letter, in both languages, with its reason."""

    def everybody(_db: Db, _stored: Stored) -> list[int]:
        return [cast.bob.id]

    with transaction() as tx:
        meeting = convened(tx, cast).stream
    carry(days=2)  # what was told of that
    mail.taken.clear()
    # What is said in full of a thing is said of a meeting.
    whole = {kind: notice.enclosed for kind, notice in registry.notices.items() if notice.enclosed}
    assert whole
    monkeypatch.setattr(letters, "MOST", 500)
    speak(cast.bob.id, None)
    with transaction() as tx:
        for number, (kind, notice) in enumerate(sorted(registry.notices.items())):
            monkeypatch.setitem(registry.notices, kind, dataclasses.replace(notice, who=everybody))
            about = meeting if kind in whole else cast.place
            payload = {} if notice.about == "subject" else {notice.about: about}
            stored = Stored(
                f"{number:032}", about, 1, clock.now(), cast.alice.id, kind, about,
                Audience.PUBLIC, payload, "",
            )  # fmt: skip
            inbox.tell(tx, stored, None)
    assert set(carry(days=2)) == {"bob"}
    said = "".join(received.part("plain").replace("\r\n", "\n") for received in mail.taken)
    place = registry.Step(cast.place, "", "A lift for block 7", "")
    sitting = registry.Step(meeting, "", "Second session on the lift", "")
    for kind in registry.notices:
        thing = sitting if kind in whole else place
        for lang in ("en", "zh_Hans_CN"):
            with i18n.using(lang):
                words = inbox.words(kind, thing, "Alice the chair")
                assert words in said, kind
                assert inbox.because(kind) in said, kind
                if kind in whole:
                    with reading() as db:
                        lines = whole[kind](db, meeting)
                    assert lines
                    assert "\n  ".join((words, *lines)) in said, kind


def test_a_whole_story_is_told_by_mail_as_in_the_inbox(
    mail: MailServer, cast: Cast, carry: Carry
) -> None:
    """One of everything happens: whoever has a line in the inbox has a letter in the end."""
    with reading() as db:
        last = db.execute(select(func.max(col(InboxRow.id)))).scalar_one()
    walled(cast)
    with reading() as db:
        new = select(col(InboxRow.member_id)).where(col(InboxRow.id) > last)
        told = set(db.execute(new.distinct()).scalars())
    carry(days=2)
    got = {to.partition("@")[0] for to in mail.to}
    assert {cast.people[name] for name in got} == told
    with reading() as db:
        assert db.execute(select(Waiting)).first() is None


def test_fewer_letters_are_fewer(mail: MailServer, cast: Cast, carry: Carry) -> None:
    """Who wants the least gets none; what waited goes as one now wants it."""
    mine = argue(cast.bob, cast, "Knees get older")
    argue(cast.rong, cast, "So do lifts", mine)
    carry(seconds=0)
    with transaction() as tx:
        service.choose_preset(tx, cast.bob, Preset.LEAST)
    assert carry(days=9) == []
