"""Ending letters with one click, as mail programs do it, without signing in."""

import re
from datetime import timedelta

import pytest
from cast import Cast
from conftest import Client
from mailing import MailServer
from outbox.conftest import Carry
from outbox.test_letters import argue

from forum.base import clock
from forum.base.db import reading, transaction
from forum.base.registry import Group
from forum.consultations import service as consultations
from forum.consultations.models import Stage
from forum.outbox import queries, tokens
from forum.outbox.models import Pace

LINK = re.compile(r"https://moot\.example\.org(/letters/stop/\S+)")


def test_one_click_ends_this_sort_here(
    mail: MailServer, cast: Cast, carry: Carry, client: Client
) -> None:
    """Looking ends nothing (scanners look); the POST needs neither cookie nor origin."""
    mine = argue(cast.bob, cast, "Knees get older")
    argue(cast.rong, cast, "So do lifts", mine)
    carry(hours=12)
    header = mail.taken[-1].letter["List-Unsubscribe"]
    path = LINK.search(header.strip("<>")).group(1)  # type: ignore[union-attr]
    guest = client(None)
    page = guest.get(path)
    assert page.status_code == 200
    assert "A lift for block 7" in page.text
    with reading() as db:
        assert queries.wishes(db, [cast.bob.id]) == {}
    answer = guest.post(
        path, data={"List-Unsubscribe": "One-Click"}, headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 200
    with reading() as db:
        wishes = queries.wishes(db, [cast.bob.id])[cast.bob.id]
    assert wishes == {(Group.ANSWERS, cast.place): Pace.NEVER}
    argue(cast.hui, cast, "And stairs", mine)
    assert carry(days=2) == []


def test_the_daily_letter_ends_as_a_whole(
    mail: MailServer, cast: Cast, carry: Carry, client: Client
) -> None:
    """What comes at once goes on."""
    with transaction() as tx:
        consultations.move_stage(tx, cast.alice, cast.consultation, Stage.DECIDING)
    assert "bob" in carry(days=2)
    letter = next(received for received in mail.taken if received.to.startswith("bob"))
    path = LINK.search(letter.part("plain")).group(1)  # type: ignore[union-attr]
    client(None).post(path)
    with reading() as db:
        wishes = queries.wishes(db, [cast.bob.id])[cast.bob.id]
    assert wishes == {(Group.NEWS, ""): Pace.NEVER, (Group.FOLLOWED, ""): Pace.NEVER}


@pytest.mark.parametrize("token", ["x", "WzIsImFuc3dlcnMiLCIiXQ.x"])
def test_a_token_that_is_not_ours_ends_nothing(client: Client, token: str) -> None:
    """Neither a guess nor a changed one."""
    guest = client(None)
    assert guest.get(f"/letters/stop/{token}").status_code == 404
    assert guest.post(f"/letters/stop/{token}").status_code == 404


def test_what_must_be_told_has_no_end(mail: MailServer, cast: Cast, carry: Carry) -> None:
    """A sanction's letter cannot be unsubscribed from."""
    from forum.members.models import StandingKind  # noqa: PLC0415
    from moderation.reports.models import Rule  # noqa: PLC0415
    from moderation.sanctions import service as sanctions  # noqa: PLC0415

    with transaction() as tx:
        sanctions.impose(
            tx, cast.alice, cast.bob.id, cast.place, StandingKind.MUTED,
            rule=Rule.ATTACK, reason="Shouting", until=clock.now() + timedelta(days=9),
        )  # fmt: skip
    assert carry(hours=12) == ["bob"]
    letter = mail.taken[-1]
    assert letter.letter["List-Unsubscribe"] is None
    assert "/letters/stop/" not in letter.part("plain")


def test_a_token_says_whose_what_and_where(cast: Cast) -> None:
    """And is read back as it was written."""
    stop = tokens.Stop(cast.bob.id, Group.NEWS, cast.place)
    assert tokens.read(tokens.address(stop).rpartition("/")[2]) == stop
