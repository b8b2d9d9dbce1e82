"""The whole way: a notice goes out by mail, its reader answers it, the answer is an argument."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from cast import Cast
from followups import given as tasks
from mailing import mail_server
from sqlmodel import col, select

from forum.agenda import service as agenda
from forum.agenda.models import ItemState
from forum.arguments import service as arguments
from forum.arguments.models import Argument, Stance
from forum.base import clock, sender, settings
from forum.base.db import reading, transaction
from forum.followups import service as followups
from forum.outbox import sorting
from forum.replies.notify import takes
from forum.replies.receiving import Fate, receive


def carry_out(days: int) -> None:
    """What the sender's thread does, some days later."""
    with clock.travel(days=days):
        sorting.carry_out()
        sender.send_due()


def test_a_notice_is_answered(
    mail: None, cast: Cast, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "_resting", {})
    with mail_server() as server:
        names = {"data", "mail_from", "mail_reply", "mail_lmtp", "base_url"}
        given = settings.settings().model_dump(include=names)
        settings.configure(**given, mail_url=server.url)
        carry_out(days=0)
        carry_out(days=2)  # what the cast was told before
        server.taken.clear()
        with clock.travel(days=3), transaction() as tx:
            own = arguments.post(tx, cast.bob, cast.item, body="It is dear.", stance=Stance.CON)
            answer = arguments.post(
                tx, cast.rong, cast.item, body="Not very.", stance=Stance.PRO, parent=own
            )
        carry_out(days=3)
        carry_out(days=5)
        taken = next(one for one in server.taken if one.to == "bob@example.org")
    assert "just answer this letter" in taken.part("plain")
    letter = EmailMessage()
    letter["From"], letter["To"] = "bob@example.org", taken.letter["Reply-To"]
    letter["Message-ID"], letter["In-Reply-To"] = "<me@phone>", taken.letter["Message-ID"]
    quoted = "\n".join(f"> {line}" for line in taken.part("plain").splitlines())
    letter.set_content(f"For me it is.\n\nOn Thu, Moot <moot@example.org> wrote:\n\n{quoted}\n")
    with clock.travel(days=6):
        assert receive(letter.as_bytes()) == [Fate.TAKEN]
        assert receive(letter.as_bytes()) == [Fate.KNOWN]
    with reading() as db:
        bobs = col(Argument.author_id) == cast.bob.id
        parents = db.execute(select(Argument.parent_id).where(bobs)).scalars().all()
    assert set(parents) == {None, answer}
    assert len(parents) == 2


def test_a_letter_is_answerable_only_where_an_answer_works(said: int, cast: Cast) -> None:
    """What is closed, hidden, somebody else's to carry, or several things takes no answer."""
    task = tasks.task(cast)
    about = {f"item:{cast.item}", f"argument:{said}", f"task:{task}"}
    pairs = {(member, thing) for member in (cast.bob.id, cast.hui.id) for thing in about}
    talk = {pair for pair in pairs if not pair[1].startswith("task")}
    with transaction() as tx:
        assert takes(tx, pairs) == talk  # the task has not been taken on yet
        followups.accept(tx, cast.hui, task)
        assert takes(tx, pairs) == talk | {(cast.hui.id, f"task:{task}")}
        assert takes(tx, {(cast.bob.id, "measure:1"), (cast.bob.id, "minutes:1")}) == set()
        arguments.hide(tx, cast.alice, said, "Rude")
        assert (cast.bob.id, f"argument:{said}") not in takes(tx, pairs)
        agenda.change_state(tx, cast.alice, cast.item, ItemState.CLOSED)
        assert takes(tx, pairs) == {(cast.hui.id, f"task:{task}")}
