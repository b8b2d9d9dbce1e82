"""What the tests of this floor begin with."""

from contextlib import nullcontext
from typing import Any

from cast import Cast

from forum.agenda import service as agenda
from forum.agenda.service import proposing
from forum.arguments import service as arguments
from forum.arguments.models import Stance
from forum.base.db import Db, transaction
from forum.consultations import service as consultations
from forum.consultations.models import Stage
from moderation.oversight import service
from moderation.reports import service as reports
from moderation.reports.models import Rule


def argument(cast: Cast, who: str = "bob", body: str = "You are all fools.") -> int:
    """An argument on the cast's item."""
    with transaction() as tx:
        return arguments.post(tx, cast[who], cast.item, body=body, stance=Stance.CON)


def screens(cast: Cast, *, tx: Db | None = None, **chosen: dict[str, Any]) -> None:
    """Set these screens in the cast's consultation."""
    with nullcontext(tx) if tx is not None else transaction() as opened:
        service.set_screens(opened, cast.alice, cast.place, chosen)


def held(
    cast: Cast, body: str, *, who: str = "bob", parent: int | None = None, tx: Db | None = None
) -> int:
    """A text that waits because of its last word."""
    with nullcontext(tx) if tx is not None else transaction() as opened:
        words = {"on": True, "words": body.split()[-1:]}
        screens(cast, tx=opened, word_list=words)
        made = arguments.submit(
            opened, cast[who], cast.item, body=body, stance=Stance.PRO, parent=parent
        )
        assert made.held
        return made.id


def report(
    cast: Cast, who: str = "shu", about: int | None = None, author: str = "bob", note: str = ""
) -> int:
    """An argument that somebody reported; returns the argument's id."""
    ident = about or argument(cast, author)
    with transaction() as tx:
        reports.file(tx, cast[who], f"argument:{ident}", Rule.ATTACK, note)
    return ident


def topic(tx: Db, cast: Cast, consultation: int, title: str) -> int:
    """A topic that bob proposes there, which a screen holds back."""
    consultations.move_stage(tx, cast.alice, consultation, Stage.PROPOSING, "More topics")
    made = proposing.submit(tx, cast.bob, consultation, agenda.Draft(title, "As many as fit."))
    consultations.move_stage(tx, cast.alice, consultation, Stage.DELIBERATING)
    assert made.held
    return made.id
