"""Whoever comes without being on the roll: seen, checked in, a guest or entitled by the rules."""

import pytest
import sitting as hall
from cast import Cast
from conftest import Client
from sqlmodel import col, select

from forum.base.db import Db, reading, transaction
from forum.base.errors import Forbidden
from forum.base.events import Audience, history
from forum.consultations import service as consultations
from forum.members import queries as members
from forum.members import service as accounts
from forum.members import verifications
from forum.members.models import Member, Role, StandingKind, Verification
from forum.stations.service import Newcomer
from sessions.arrivals import queries, service
from sessions.arrivals.models import Proof, WalkIn
from sessions.meetings import presence
from sessions.meetings import service as meetings


def test_a_guest_asks_and_the_chair_decides(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
    person = f"/meetings/{sitting.meeting}/desk/{sitting.hall}/people/{cast.charlie.id}"
    hui = client("hui")
    assert "not on the roll" in hui.get(person).text
    assert client("bob").get(person).status_code == 403
    assert hui.post(f"{person}/admit").status_code == 422
    hui.post(f"{person}/admit", data={"proof": "document", "asks": "1"})
    with reading() as db:
        assert [one.member_id for one in queries.asking(db, sitting.meeting)] == [cast.charlie.id]
        assert presence.counts(db, sitting.meeting).guests == 1
        (row,) = db.execute(select(WalkIn)).scalars()
        assert (row.proof, row.by_id, row.venue_id) == ("document", cast.hui.id, sitting.hall)
        # A desk of a meeting is no counter: what it saw counts here.
        assert verifications.best(db, cast.charlie.id) is Verification.NONE
    alice = client("alice")
    assert (
        "Guests who ask to be on the roll" in alice.get(f"/meetings/{sitting.meeting}/console").text
    )
    form = {"member": cast.charlie.id, "entitled": "1", "back": "console"}
    alice.post(f"/meetings/{sitting.meeting}/roll", data=form)
    with reading() as db:
        assert queries.asking(db, sitting.meeting) == []
        assert presence.counts(db, sitting.meeting).guests == 0


def test_whoever_may_take_part_joins_the_roll(cast: Cast, tx: Db) -> None:
    sitting = hall.convened(tx, cast)
    consultations.enlist(tx, cast.alice, cast.consultation, cast.charlie.id)
    accounts.grant(tx, None, cast.charlie.id, Role.RESIDENT, f"station:{cast.station}")
    desk = (tx, cast.clerk, sitting.meeting, sitting.main)
    assert service.admit(*desk, cast.charlie.id, Proof.REGISTER, asks=True)
    assert queries.asking(tx, sitting.meeting) == []
    # The clerk looks after this resident: it counts everywhere.
    assert verifications.best(tx, cast.charlie.id) is Verification.REGISTER
    seen = history(tx, sitting.stream, audience=Audience.DESK, kinds=["arrivals:walk_in:seen"])
    assert [event.payload["entitled"] for event in seen] == [True]


def test_who_is_banned_stays_out(cast: Cast, tx: Db) -> None:
    sitting = hall.convened(tx, cast)
    place = f"consultation:{cast.consultation}"
    accounts.set_standing(
        tx, cast.alice, cast.charlie.id, place, StandingKind.BANNED,
        until=None, reason="Broke a window", within=(place,),
    )  # fmt: skip
    with pytest.raises(Forbidden):
        service.admit(
            tx, cast.hui, sitting.meeting, sitting.hall, cast.charlie.id, Proof.VOUCHED, asks=False
        )


def test_a_newcomer_gets_an_account_and_a_card(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
    desk = f"/meetings/{sitting.meeting}/desk/{sitting.hall}"
    form = {"name": "Zhang the new one", "proof": "document", "asks": "1"}
    assert client("bob").post(f"{desk}/newcomers", data=form).status_code == 403
    page = client("hui").post(f"{desk}/newcomers", data=form).text
    assert "Card of Zhang the new one" in page
    with reading() as db:
        query = select(Member).where(col(Member.name) == "Zhang the new one")
        newcomer = db.execute(query).scalar_one()
        assert newcomer.guest_of == cast.place
        assert presence.counts(db, sitting.meeting).guests == 1
        assert [one.name for one in queries.asking(db, sitting.meeting)] == ["Zhang the new one"]


def test_a_child_is_a_guest_and_asks_nothing(cast: Cast, tx: Db) -> None:
    sitting = hall.convened(tx, cast)
    who = Newcomer("Little Wang", lang="en", minor=True)
    desk = (tx, cast.hui, sitting.meeting, sitting.hall)
    made = service.admit_new(*desk, who, Proof.VOUCHED, asks=True)
    assert members.actor_of(tx, made.member).asleep
    assert "Wang" not in members.names(tx, [made.member])[made.member]
    assert queries.asking(tx, sitting.meeting) == []
    assert presence.counts(tx, sitting.meeting).guests == 1


def test_another_meetings_venue_is_none(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        one = hall.convened(tx, cast)
        two = hall.convened(tx, cast)
        meetings.check_in(tx, cast.clerk, one.meeting, one.main, [cast.bob.id])
    hui, mixed = client("hui"), f"/meetings/{one.meeting}/desk/{two.hall}"
    for path in ("wall", "door", "roll", f"people/{cast.bob.id}"):
        assert hui.get(f"{mixed}/{path}").status_code == 404, path
    form = {"deed": "in", "member": cast.bob.id, "proof": "document", "name": "X", "code": "1"}
    for path in ("deeds", "here", "all-out", "code", "newcomers", f"people/{cast.bob.id}/admit"):
        assert hui.post(f"{mixed}/{path}", data=form).status_code == 404, path
