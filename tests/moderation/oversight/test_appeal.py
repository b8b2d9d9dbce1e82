"""Appeals: somebody else decides, with a reason, and what was taken is given back."""

import pytest
from cast import Cast
from conftest import Client
from flagging import argument, held, report

from forum.arguments import queries as arguments
from forum.base import clock
from forum.base.db import reading, transaction
from forum.members import queries as members
from forum.members import service as accounts
from forum.members.models import Role
from moderation.oversight import rules, service
from moderation.oversight.models import Act
from moderation.oversight.queries import measures
from moderation.oversight.service import Deed
from moderation.reports.models import Rule

WHY = {"body": "It was a joke among friends."}


def hidden(cast: Cast, person: Act | None = None) -> int:
    """An argument of bob's that alice has hidden; its measure is the newest."""
    about = argument(cast)
    with transaction() as tx:
        deed = Deed(Act.HIDE, person=person, rule=Rule.ATTACK)
        service.act(tx, cast.alice, f"argument:{about}", deed)
    return about


def test_it_goes_to_somebody_else(client: Client, cast: Cast) -> None:
    about = hidden(cast)
    bob, alice, admin = client("bob"), client("alice"), client("admin")
    assert "Is this wrong?" in bob.get("/measures/1").text
    assert bob.post("/measures/1/appeal", data={"body": ""}).status_code == 422
    assert bob.post("/measures/1/appeal", data=WHY).status_code == 303
    assert bob.post("/measures/1/appeal", data=WHY).status_code == 409
    # Alice is the only moderator of the place: it goes up to the platform.
    assert "Somebody appeals" in admin.get("/inbox").text
    assert "Somebody appeals" not in alice.get("/inbox").text
    assert "appeal" not in [
        row["title"] for row in alice.get("/moderation/appeals.json").json()["appeals"]
    ]
    assert alice.get("/moderation/appeals.json").json()["appeals"] == []
    assert len(admin.get("/moderation/appeals.json").json()["appeals"]) == 1
    form = {"result": "overturned", "answer": "It was one indeed."}
    assert alice.post("/measures/1/decide", data=form).status_code == 403
    assert bob.post("/measures/1/decide", data=form).status_code == 403
    assert client("rong").post("/measures/1/decide", data=form).status_code == 404
    assert admin.post("/measures/1/decide", data={"result": "upheld"}).status_code == 422
    assert admin.post("/measures/1/decide", data=form).status_code == 303
    assert admin.post("/measures/1/decide", data=form).status_code == 409
    for who in (bob, alice):
        assert "An appeal has been decided" in who.get("/inbox").text
        assert "It was one indeed." in who.get("/measures/1").text
    with reading() as db:
        assert not arguments.in_full(db, [about], moderates=False)[about].hidden


def test_the_nearest_other_one_is_asked(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        accounts.grant(tx, None, cast.shu.id, Role.MODERATOR, f"station:{cast.station}")
    hidden(cast)
    client("bob").post("/measures/1/appeal", data=WHY)
    assert "Somebody appeals" in client("shu").get("/inbox").text
    assert "Somebody appeals" not in client("admin").get("/inbox").text
    form = {"result": "upheld", "answer": "It was none."}
    assert client("shu").post("/measures/1/decide", data=form).status_code == 303
    assert "You are all fools" not in client(None).get(f"/items/{cast.item}").text


def test_a_moderator_does_not_judge_their_own_case(client: Client, cast: Cast) -> None:
    about = report(cast, author="alice")
    with transaction() as tx:
        service.act(tx, cast.admin, f"argument:{about}", Deed(Act.HIDE, rule=Rule.ATTACK))
    alice = client("alice")
    assert alice.post("/measures/1/appeal", data=WHY).status_code == 303
    form = {"result": "overturned", "answer": "I am right."}
    assert alice.post("/measures/1/decide", data=form).status_code == 403
    assert "waits until somebody else does" in alice.get("/measures/1").text


def test_a_restriction_is_lifted(client: Client, cast: Cast) -> None:
    hidden(cast, Act.BAN)
    bob = client("bob")
    numbers = [n for n in (1, 2) if "Banned" in bob.get(f"/measures/{n}").text]
    assert bob.post(f"/measures/{numbers[0]}/appeal", data=WHY).status_code == 303
    form = {"result": "overturned", "answer": "Too much."}
    path = f"/measures/{numbers[0]}/decide"
    assert client("admin").post(path, data=form).status_code == 303
    with reading() as db:
        assert not members.standing(db, cast.bob, [cast.place]).banned


def test_a_refused_text_is_published(client: Client, cast: Cast) -> None:
    number = held(cast, "Buy zephyr")
    with transaction() as tx:
        service.act(tx, cast.alice, f"held:{number}", Deed(Act.HIDE, rule=Rule.SPAM))
    assert "how to appeal" in client("bob").get(f"/held/{number}").text
    client("bob").post("/measures/1/appeal", data=WHY)
    form = {"result": "overturned", "answer": "It is a name."}
    assert client("admin").post("/measures/1/decide", data=form).status_code == 303
    assert "Buy zephyr" in client(None).get(f"/items/{cast.item}").text


@pytest.mark.parametrize("who", ["rong", "shu", "charlie"])
def test_who_reads_a_measure(client: Client, cast: Cast, who: str) -> None:
    hidden(cast)
    assert client(who).get("/measures/1").status_code == 404
    assert client(who).post("/measures/1/appeal", data=WHY).status_code == 404
    assert client("alice").post("/measures/1/appeal", data=WHY).status_code == 403
    assert client("alice").get("/measures/1").status_code == 200


def test_there_is_a_time_for_it(cast: Cast) -> None:
    hidden(cast)
    with reading() as db:
        found = measures.measure(db, cast.bob, 1)
    late = found.at + rules.APPEAL_WITHIN
    assert rules.appealable(found.act, None, found.at, late)
    assert not rules.appealable(found.act, None, found.at, late.replace(year=late.year + 1))
    assert not rules.appealable(found.act, clock.now(), found.at, found.at)
    assert not rules.appealable(Act.RELEASE, None, found.at, found.at)


def test_what_was_brought_back_cannot_be_appealed(client: Client, cast: Cast) -> None:
    about = hidden(cast)
    client("alice").post(f"/arguments/{about}/restore")
    assert client("bob").post("/measures/1/appeal", data=WHY).status_code == 409
