"""What leaves the house: once, later if need be, never to whom refuses; sealed while it waits."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from mailing import MailServer, mail_server
from sqlalchemy import select
from sqlmodel import col

from forum.base import clock, deliveries, log, sender, settings
from forum.base.channels import channels
from forum.base.db import reading, transaction
from forum.base.deliveries import DeadAddress, Delivery, Message, State

LETTER = Message("A subject", "Words for you.\n.a line with a dot", "<p>Words for you.</p>")


@pytest.fixture
def mail(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A mail server that the settings name."""
    monkeypatch.setattr(sender, "_resting", {})
    monkeypatch.setattr(log, "quiet", True)
    with mail_server() as server:
        settings.configure(data=data, mail_url=server.url, mail_from="Moot <moot@example.org>")
        yield server


def put(to: str, key: str = "k", due: timedelta = timedelta(0), member: int | None = None) -> bool:
    """Put a letter into the outbox."""
    moment = clock.now() + due
    with transaction() as tx:
        return deliveries.put(
            tx, channel="mail", to=to, message=LETTER, key=f"{key}:{to}", due=moment, member=member
        )


def rows() -> dict[str, int]:
    """How many deliveries stand in which state."""
    with reading() as db:
        states = db.execute(select(col(Delivery.state))).scalars().all()
    return {state: states.count(state) for state in set(states)}


def test_a_letter_goes_out_plain_first_and_is_blanked(mail: MailServer) -> None:
    """What waits is sealed; what is out is gone."""
    put("ann@example.org")
    with reading() as db:
        waiting = db.execute(select(Delivery)).scalar_one()
        assert waiting.letter
        assert "example.org" not in repr(waiting)
        assert "Words" not in repr(waiting)
    assert sender.send_due() == 1
    letter = mail.taken[0].letter
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert mail.taken[0].part("plain").replace("\r\n", "\n") == LETTER.text + "\n"
    assert letter["From"] == "Moot <moot@example.org>"
    assert letter["Message-ID"].endswith("@example.org>")
    with reading() as db:
        assert db.execute(select(Delivery)).scalar_one().letter is None
    assert rows() == {State.SENT: 1}


def test_nobody_gets_a_thing_twice(mail: MailServer) -> None:
    """The same key is the same thing; another recipient is another."""
    assert [put("a@x.org"), put("a@x.org"), put("b@x.org")] == [True, False, True]
    sender.send_due()
    assert not put("a@x.org")
    sender.send_due()
    assert sorted(mail.to) == ["a@x.org", "b@x.org"]


def test_many_letters_take_one_connection_and_wait_for_their_hour(mail: MailServer) -> None:
    """Opening one for each would take most of the time."""
    for n in range(30):
        put(f"p{n}@x.org")
    put("later@x.org", due=timedelta(hours=1))
    assert sender.send_due() == 30
    assert mail.connections == 1
    with clock.travel(minutes=61):
        assert sender.send_due() == 1


def test_what_is_urgent_overtakes_what_goes_to_many(mail: MailServer) -> None:
    """A sign-in link does not stand behind ten thousand notices."""
    with transaction() as tx:
        crowd = [deliveries.Outgoing(f"p{n}@x.org", LETTER, f"n:{n}") for n in range(50)]
        assert deliveries.put_all(tx, "mail", crowd) == 50
    put("urgent@x.org")
    sender.send_due()
    assert mail.to[0] == "urgent@x.org"


@pytest.mark.parametrize("where", ["answers", "after_data"])
def test_a_busy_server_is_asked_again(mail: MailServer, where: str) -> None:
    """Not at once, later each time, and the other letters go on."""
    getattr(mail, where)["a@x.org"] = "451 4.3.0 later"
    put("a@x.org")
    put("b@x.org")
    assert sender.send_due() == 1
    getattr(mail, where).clear()
    assert sender.send_due() == 0
    with clock.travel(minutes=2):
        assert sender.send_due() == 1
    assert mail.to == ["b@x.org", "a@x.org"]


def test_a_server_that_is_down_costs_no_letter(mail: MailServer, data: Path) -> None:
    """The channel rests as a whole: ten letters are not ten knocks at a closed door."""
    for n in range(10):
        put(f"p{n}@x.org")
    settings.configure(data=data, mail_url="smtp://127.0.0.1:9?tls=no", mail_from="a@x.org")
    assert sender.send_due() == 0
    with reading() as db:
        assert set(db.execute(select(col(Delivery.tries))).scalars()) == {0}
    settings.configure(data=data, mail_url=mail.url, mail_from="a@x.org")
    with clock.travel(minutes=11):
        assert sender.send_due() == 10
    assert rows() == {State.SENT: 10}


def test_what_cannot_be_sent_for_days_is_given_up(mail: MailServer) -> None:
    """A link of last week helps nobody."""
    put("a@x.org")
    with clock.travel(days=5):
        assert sender.send_due() == 0
    assert rows() == {State.GIVEN_UP: 1}
    assert not mail.to


def test_a_dead_address_is_marked_and_not_written_to_again(mail: MailServer) -> None:
    """Until it is given anew; the server's words, which name it, are not kept."""
    told: list[tuple[int, str]] = []
    deliveries._on_refusal.append(lambda _tx, member, way: told.append((member, way)))
    mail.answers["gone@x.org"] = "550 5.1.1 <gone@x.org>: no such user"
    put("gone@x.org", member=7)
    sender.send_due()
    deliveries._on_refusal.pop()
    assert told == [(7, "mail")]
    with reading() as db:
        assert db.execute(select(col(DeadAddress.answer))).scalars().all() == ["550 5.1.1"]
        assert deliveries.dead(db, "mail", "gone@x.org")
    assert not put("gone@x.org", key="another")
    with transaction() as tx:
        deliveries.forgive(tx, "mail", "gone@x.org")
    mail.answers.clear()
    assert put("gone@x.org", key="another")
    assert sender.send_due() == 1


@pytest.mark.parametrize(
    ("where", "answer"), [("answers", "550 5.7.1 denied"), ("after_data", "554 5.6.0 spam")]
)
def test_a_refused_letter_is_no_dead_address(mail: MailServer, where: str, answer: str) -> None:
    """The server says no to us or to the letter; another one may be taken, on the same line."""
    getattr(mail, where)["a@x.org"] = answer
    put("a@x.org")
    put("b@x.org")
    sender.send_due()
    assert mail.to == ["b@x.org"]
    assert mail.connections == 1
    assert rows() == {State.REFUSED: 1, State.SENT: 1}
    getattr(mail, where).clear()
    assert put("a@x.org", key="another")


def test_a_line_that_dies_after_the_last_dot_is_not_tried_again(mail: MailServer) -> None:
    """The server may have taken it, and here did."""
    mail.after_data["a@x.org"] = "250 silence"
    put("a@x.org")
    put("b@x.org")
    with clock.travel(hours=0):
        sender.send_due()
    with clock.travel(hours=1):
        sender.send_due()
    assert mail.to == ["a@x.org", "b@x.org"]
    assert rows() == {State.UNSURE: 1, State.SENT: 1}


def test_another_worker_takes_what_was_left_lying_and_the_first_one_lets_go(
    mail: MailServer,
) -> None:
    """The lease ran out while the first was slow: what it handed over would be a second copy."""
    put("a@x.org")
    slow = sender._Batch(dict(channels), None)
    assert slow.claim()
    assert sender.send_due() == 0
    with clock.travel(minutes=6):
        assert sender.send_due() == 1
    assert slow.send() == 0
    assert mail.to == ["a@x.org"]


def test_what_was_handed_over_by_one_who_died_is_unsure(mail: MailServer) -> None:
    """At most once: nobody knows whether it arrived."""
    put("a@x.org")
    dying = sender._Batch(dict(channels), None)
    assert dying.claim()
    dying._hand_over(dying.rows[0])
    with clock.travel(minutes=6):
        assert sender.send_due() == 0
    assert rows() == {State.UNSURE: 1}
    assert not mail.to


def test_who_goes_gets_nothing_more(mail: MailServer) -> None:
    """Even what one worker has in hand."""
    put("a@x.org", member=3)
    claimed = sender._Batch(dict(channels), None)
    assert claimed.claim()
    with transaction() as tx:
        assert deliveries.withdraw(tx, 3) == 1
    assert claimed.send() == 0
    assert not mail.to


def test_without_a_mail_server_nothing_is_put(data: Path) -> None:
    """It would wait for ever."""
    assert not deliveries.offered("mail")
    assert not put("a@x.org")
    assert rows() == {}


def test_a_demo_keeps_its_letters_in_a_folder(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing leaves it."""
    (data / settings.DEMO_MARKER).touch()
    settings.configure(data=data)
    assert put("a@x.org")
    assert sender.send_due() == 1
    assert [path.suffix for path in (data / "mailbox").iterdir()] == [".eml"]


def test_old_rows_are_forgotten(mail: MailServer) -> None:
    """After months nobody asks whether a thing was sent."""
    put("a@x.org")
    sender.send_due()
    with clock.travel(days=91), transaction() as tx:
        deliveries.sweep(tx, "")
    assert rows() == {}
