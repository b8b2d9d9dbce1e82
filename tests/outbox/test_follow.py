"""Following and muting: who is told because of it, and who is not."""

import pytest
from cast import Cast
from conftest import Client
from mailing import MailServer
from outbox.conftest import Carry
from outbox.test_letters import argue
from sqlalchemy import select
from sqlmodel import col

from forum.agenda import service as agenda
from forum.agenda.models import ItemState
from forum.base.db import reading, transaction
from forum.consultations import service as consultations
from forum.consultations.models import Stage
from forum.members import inbox
from forum.members.models import InboxRow
from forum.outbox import queries, service
from forum.outbox.models import Verb


def told(cast: Cast, name: str) -> list[str]:
    """What somebody's inbox says."""
    with reading() as db:
        return [line.words for line in inbox.lines(db, cast[name])[0]]


@pytest.mark.parametrize("what", ["item", "consultation", "station"])
def test_a_follower_is_told_of_all_that_belongs_to_it(
    what: str, mail: MailServer, cast: Cast, carry: Carry
) -> None:
    """In the inbox at once, by mail in the daily letter; it says why."""
    refs = {
        "item": f"item:{cast.item}",
        "consultation": cast.place,
        "station": f"station:{cast.station}",
    }
    with transaction() as tx:
        service.wish(tx, cast.charlie, refs[what], Verb.FOLLOW)
    argue(cast.bob, cast, "Knees get older")
    argue(cast.rong, cast, "Prices, too")
    assert any(words.startswith("A new argument") for words in told(cast, "charlie"))
    assert carry(seconds=60) == []
    assert carry(days=2) == ["charlie"]
    plain = mail.taken[-1].part("plain")
    assert "2 new arguments: Which kind of lift?" in plain
    assert "You follow “" in plain


def test_who_is_told_anyhow_is_told_once_and_as_such(cast: Cast, mail: MailServer) -> None:
    """The answered one who follows the topic reads that it is an answer."""
    mine = argue(cast.bob, cast, "Knees get older")
    with transaction() as tx:
        service.wish(tx, cast.bob, f"item:{cast.item}", Verb.FOLLOW)
    argue(cast.rong, cast, "So do lifts", mine)
    with reading() as db:
        rows = db.execute(
            select(col(InboxRow.via)).where(
                col(InboxRow.member_id) == cast.bob.id,
                col(InboxRow.kind) == "arguments:argument:posted",
            )
        ).all()
    assert [row.via for row in rows] == [None]


def test_a_muted_thing_is_not_told_and_the_nearest_choice_decides(cast: Cast) -> None:
    """Muted as a whole, but one topic of it followed."""
    with transaction() as tx:
        service.wish(tx, cast.bob, cast.place, Verb.MUTE)
        service.wish(tx, cast.bob, f"item:{cast.item}", Verb.FOLLOW)
    before = len(told(cast, "bob"))
    with transaction() as tx:
        consultations.move_stage(tx, cast.alice, cast.consultation, Stage.DECIDING)
    assert len(told(cast, "bob")) == before
    with transaction() as tx:
        agenda.change_state(tx, cast.alice, cast.item, ItemState.CLOSED)
    assert len(told(cast, "bob")) == before + 1


def test_a_sanction_is_told_even_where_one_muted(cast: Cast, client: Client) -> None:
    """One's own rights and deadlines cannot be muted."""
    from forum.members.models import StandingKind  # noqa: PLC0415
    from moderation.reports.models import Rule  # noqa: PLC0415
    from moderation.sanctions import service as sanctions  # noqa: PLC0415

    with transaction() as tx:
        service.wish(tx, cast.bob, cast.place, Verb.MUTE)
        sanctions.impose(
            tx, cast.alice, cast.bob.id, cast.place, StandingKind.MUTED,
            rule=Rule.ATTACK, reason="Shouting", until=None,
        )  # fmt: skip
    assert any("restricted" in words for words in told(cast, "bob"))


def test_the_button_stands_on_the_page_and_the_list_has_it(client: Client, cast: Cast) -> None:
    """Press, be told so, find it in the list, take it back."""
    browser = client("bob")
    page = f"/items/{cast.item}"
    assert 'value="follow"' in browser.get(page).text
    answer = browser.post(
        "/inbox/follows",
        data={"about": f"item:{cast.item}", "verb": "follow", "back": f"{page}#follow"},
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{page}#follow"
    assert "Stop following" in browser.get(page).text
    assert "Which kind of lift?" in browser.get("/inbox/follows").text
    browser.post("/inbox/follows", data={"about": f"item:{cast.item}", "verb": "neither"})
    with reading() as db:
        assert queries.followed(db, cast.bob) == []


@pytest.mark.parametrize("about", ["item:99", "argument:1", "member:1", "platform", "nonsense"])
def test_only_what_one_sees_can_be_followed(client: Client, about: str) -> None:
    """And only what has a page of its own."""
    data = {"about": about, "verb": "follow"}
    assert client("bob").post("/inbox/follows", data=data).status_code == 404
    assert client(None).post("/inbox/follows", data=data).status_code == 401
