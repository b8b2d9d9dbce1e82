"""A letter becomes an argument or a note, once; what is refused is given back with its text."""

import pytest
from cast import Cast
from flagging import screens
from followups import given as tasks
from replies.conftest import Write, letters
from replies.test_reading_letters import REPORT
from sqlalchemy import func
from sqlmodel import col, select

from forum.agenda import service as agenda
from forum.agenda.models import ItemState
from forum.arguments import held as waiting
from forum.arguments import service as arguments
from forum.arguments.models import Argument, ArgumentRevision
from forum.base import clock, deliveries, limits
from forum.base.db import reading, transaction
from forum.base.deliveries import Delivery, Message, State
from forum.followups import service as followups
from forum.followups.models import TaskNote
from forum.members import service as accounts
from forum.members.models import StandingKind
from forum.replies import addresses
from forum.replies.receiving import Fate, receive


def answers(cast: Cast, who: str = "bob") -> list[tuple[str, int | None]]:
    """What somebody has said, and to what."""
    with reading() as db:
        query = (
            select(col(ArgumentRevision.body), col(Argument.parent_id))
            .join(Argument, col(Argument.revision_id) == col(ArgumentRevision.id))
            .where(col(Argument.author_id) == cast[who].id)
        )
        return [(body, parent) for body, parent in db.execute(query)]


def test_an_answer_to_an_argument_is_an_argument_once(said: int, cast: Cast, write: Write) -> None:
    raw = write(
        "bob", f"argument:{said}", "I agree.\n\nOn Thu Moot <m@example.org> wrote:\n> Dear."
    )
    assert receive(raw) == [Fate.TAKEN]
    assert receive(raw) == [Fate.KNOWN]
    with clock.travel(hours=1):
        assert receive(raw, to=addresses.address(cast.bob.id, f"argument:{said}")) == [Fate.KNOWN]
    assert answers(cast) == [("I agree.", said)]
    assert letters() == []


def test_one_letter_to_two_of_our_addresses_answers_both(
    said: int, cast: Cast, write: Write
) -> None:
    here = addresses.address(cast.bob.id, f"argument:{said}")
    there = addresses.address(cast.bob.id, f"item:{cast.item}")
    raw = write("bob", "", "For both.", to=f"{here}, {there}, {here}")
    assert receive(raw) == [Fate.TAKEN, Fate.TAKEN]
    assert receive(raw, to=there) == [Fate.KNOWN]
    assert answers(cast) == [("For both.", said), ("For both.", None)]


def test_an_answer_that_a_screen_holds_waits_and_says_so(
    said: int, cast: Cast, write: Write
) -> None:
    screens(cast, word_list={"on": True, "words": ["zephyr"]})
    assert receive(write("bob", f"argument:{said}", "Buy at Zephyr.")) == [Fate.TAKEN]
    assert answers(cast) == []
    with reading() as db:
        (text,) = waiting.mine(db, cast.bob, cast.item)
    assert (text.body, text.parent_id) == ("Buy at Zephyr.", said)
    ((to, message),) = letters()
    assert to == "bob@example.org"
    assert "A moderator looks at it first" in message.text
    assert f"https://moot.example.org/held/{text.id}" in message.text
    with transaction() as tx:
        arguments.release(tx, cast.alice, text.id)
    assert answers(cast) == [("Buy at Zephyr.", said)]


def test_an_answer_to_an_item_stands_on_it(said: int, cast: Cast, write: Write) -> None:
    assert receive(write("bob", f"item:{cast.item}")) == [Fate.TAKEN]
    assert answers(cast) == [("I agree with it.", None)]


def test_an_answer_to_a_task_is_a_note(mail: None, cast: Cast, write: Write) -> None:
    task = tasks.task(cast)
    with transaction() as tx:
        followups.accept(tx, cast.hui, task)
    assert receive(write("hui", f"task:{task}", "Two firms have answered.")) == [Fate.TAKEN]
    assert receive(write("bob", f"task:{task}", ident="<2@phone>")) == [Fate.GIVEN_BACK]
    with reading() as db:
        notes = (
            db.execute(select(TaskNote.body).where(col(TaskNote.task_id) == task)).scalars().all()
        )
    assert notes[-1] == "Two firms have answered."
    assert "I agree with it." not in notes


def test_what_is_refused_comes_back_with_the_reason_and_the_text(
    said: int, cast: Cast, write: Write
) -> None:
    with transaction() as tx:
        agenda.change_state(tx, cast.alice, cast.item, ItemState.CLOSED)
    raw = write("bob", f"argument:{said}", "Line one\nline two")
    assert receive(raw) == [Fate.GIVEN_BACK]
    assert receive(raw) == [Fate.KNOWN]
    ((to, message),) = letters()
    assert to == "bob@example.org"
    assert "nothing can be added to it now" in message.text
    assert "> Line one\n> line two" in message.text
    assert answers(cast) == []


@pytest.mark.parametrize("who", ["dana", "charlie"])
def test_rules_hold_by_mail_too(said: int, cast: Cast, write: Write, who: str) -> None:
    assert receive(write(who, f"argument:{said}")) == [Fate.GIVEN_BACK]
    assert answers(cast, who) == []


def test_a_ban_holds_by_mail_too(said: int, cast: Cast, write: Write) -> None:
    with transaction() as tx:
        accounts.set_standing(
            tx, cast.admin, cast.bob.id, cast.place, StandingKind.BANNED, until=None,
            reason="Threats", within=(f"station:{cast.station}",),
        )  # fmt: skip
    assert receive(write("bob", f"argument:{said}")) == [Fate.GIVEN_BACK]


def test_only_the_owner_of_the_address_speaks_by_it(said: int, cast: Cast, write: Write) -> None:
    """Somebody to whom the letter was passed on; the one it was for is told, the other is not."""
    raw = write("bob", f"argument:{said}", "Mine!", sender="Eve <eve@elsewhere.org>")
    assert receive(raw) == [Fate.GIVEN_BACK]
    assert [to for to, _message in letters()] == ["bob@example.org"]
    other = write("rong", "", sender="Rong <rong@example.org>", ident="<3@phone>",
                  to=addresses.address(cast.bob.id, f"argument:{said}"))  # fmt: skip
    assert receive(other) == [Fate.GIVEN_BACK]
    assert answers(cast) == []
    assert len(answers(cast, "rong")) == 1


def test_an_address_takes_answers_for_two_months(said: int, cast: Cast, write: Write) -> None:
    raw = write("bob", f"argument:{said}")
    with clock.travel(days=62):
        assert receive(raw) == [Fate.GIVEN_BACK]
        assert "two months" in letters()[0][1].text


def test_a_forged_address_is_nobodys(said: int, cast: Cast, write: Write) -> None:
    good = addresses.address(cast.bob.id, f"argument:{said}")
    local, _at, domain = good.partition("@")
    for at in (6, 20, 40, len(local) - 1):
        other = "a" if local[at] != "a" else "b"
        forged = f"{local[:at]}{other}{local[at + 1 :]}@{domain}"
        assert addresses.read(forged) is None
        assert receive(write("bob", "", to=forged, ident=f"<{at}@x>")) == [Fate.IGNORED]
    for odd in (
        "reply@example.org",
        "reply+@example.org",
        f"x{good}",
        f"{local}@evil.org",
        "",
        "+",
    ):
        assert addresses.read(odd) is None
    assert addresses.read(good.upper()) == addresses.read(good)
    assert len(local) <= 64


def test_machines_are_not_answered(said: int, write: Write) -> None:
    for at, header in enumerate(
        ({"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"List_Id": "<a.b>"})
    ):
        raw = write("bob", f"argument:{said}", ident=f"<{at}@x>", **header)
        assert receive(raw) == [Fate.IGNORED]
    assert letters() == []


def test_an_empty_answer_comes_back(said: int, write: Write) -> None:
    assert receive(write("bob", f"argument:{said}", "> Only a quote")) == [Fate.GIVEN_BACK]
    assert "only what was quoted" in letters()[0][1].text


def test_too_much_comes_back_whole(said: int, write: Write) -> None:
    assert receive(write("bob", f"argument:{said}", "long " * 2000)) == [Fate.GIVEN_BACK]
    assert letters()[0][1].text.count("long") == 2000


def test_letters_that_are_given_back_are_bounded(said: int, write: Write) -> None:
    limits.clear()
    for at in range(15):
        raw = write("bob", f"argument:{said}", "> Nothing", ident=f"<{at}@x>")
        assert receive(raw) == [Fate.GIVEN_BACK]
    assert len(letters()) == 10


def test_markup_is_cleaned_as_from_a_form(said: int, cast: Cast, write: Write) -> None:
    assert receive(write("bob", f"argument:{said}", "<script>alert(1)</script> **Yes**")) == [
        Fate.TAKEN
    ]
    with reading() as db:
        query = select(ArgumentRevision.html).order_by(col(ArgumentRevision.id).desc())
        html = db.execute(query.limit(1)).scalar_one()
    assert "<script" not in html
    assert "<strong>Yes</strong>" in html


def test_a_letter_that_comes_back_marks_its_address(mail: None, cast: Cast) -> None:
    with transaction() as tx:
        news = Message("News", "News")
        deliveries.put(tx, channel="mail", to="bob@example.org", message=news, key="n", member=2)
        mark = tx.execute(select(Delivery.mark)).scalar_one()

    raw = (
        REPORT.replace("ab" * 20, mark)
        .replace("ACTION", "failed")
        .replace("KIND", "message/rfc822")
    )
    assert receive(raw.replace("STATUS", "5.1.1").encode()) == [Fate.BOUNCED]
    with reading() as db:
        assert deliveries.dead(db, "mail", "bob@example.org")
        states = db.execute(select(Delivery.state, func.count()).group_by(Delivery.state)).all()
    assert (State.REFUSED, 1) in [tuple(row) for row in states]
    assert receive(raw.replace("STATUS", "5.1.1").encode()) == [Fate.IGNORED]


def test_a_full_mailbox_is_no_dead_address(mail: None) -> None:
    with transaction() as tx:
        news = Message("News", "News")
        deliveries.put(tx, channel="mail", to="bob@example.org", message=news, key="n", member=2)
        mark = tx.execute(select(Delivery.mark)).scalar_one()

    raw = (
        REPORT.replace("ab" * 20, mark)
        .replace("ACTION", "failed")
        .replace("KIND", "message/rfc822")
    )
    assert receive(raw.replace("STATUS", "5.2.2").encode()) == [Fate.BOUNCED]
    with reading() as db:
        assert not deliveries.dead(db, "mail", "bob@example.org")
