"""Appeals: somebody else decides, with a reason, and what was taken is given back."""

import pytest
from cast import Cast
from conftest import Client
from flagging import argument, held, report

from forum.agenda import queries as items
from forum.agenda import service as agenda
from forum.agenda.models import ItemState
from forum.arguments import queries as arguments
from forum.arguments import service as talk
from forum.base import clock
from forum.base.db import reading, transaction
from forum.base.events import Audience, history
from forum.consultations import service as consultations
from forum.consultations.models import Stage
from forum.members import queries as members
from forum.members import service as accounts
from forum.members.models import Role
from moderation.oversight import rules, service
from moderation.oversight.models import Act, AppealState
from moderation.oversight.queries import measures, queue
from moderation.oversight.queries.measures import MeasureRow
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


def overturned(cast: Cast, about: str) -> MeasureRow:
    """Bob appeals against the measure about this thing of his, and is found right."""
    with transaction() as tx:
        found = measures.mine(tx, cast.bob, about)
        assert found
        service.appeal(tx, cast.bob, found.id, WHY["body"])
        service.decide(tx, cast.admin, found.id, AppealState.OVERTURNED, "So it is.")
        return measures.measure(tx, cast.bob, found.id)


def test_what_has_been_published_meanwhile_is_found_wrong_as_well(cast: Cast) -> None:
    number = held(cast, "Buy zephyr")
    with transaction() as tx:
        service.act(tx, cast.alice, f"held:{number}", Deed(Act.ASK, rule=Rule.SPAM))
        talk.revise_held(tx, cast.bob, number, "Lend zephyr")
        service.act(tx, cast.alice, f"held:{number}", Deed(Act.RELEASE))
    found = overturned(cast, f"held:{number}")
    assert found.undone_at
    assert not found.stays


def test_a_text_let_out_by_an_appeal_leaves_the_queue(cast: Cast) -> None:
    number = held(cast, "Buy zephyr")
    with transaction() as tx:
        service.act(tx, cast.alice, f"held:{number}", Deed(Act.ASK, rule=Rule.SPAM))
        talk.revise_held(tx, cast.bob, number, "Lend zephyr")
        assert queue.waiting(tx, cast.alice) == 1
    overturned(cast, f"held:{number}")
    with reading() as db:
        assert queue.waiting(db, cast.alice) == 0


def test_what_was_asked_is_asked_no_longer(cast: Cast) -> None:
    about = argument(cast)
    with transaction() as tx:
        service.act(tx, cast.alice, f"argument:{about}", Deed(Act.ASK, rule=Rule.ATTACK))
    overturned(cast, f"argument:{about}")
    with reading() as db:
        kinds = [each.kind for each in history(db, cast.place, audience=Audience.PUBLIC)]
    assert kinds[-1] == "arguments:argument:unasked"


@pytest.mark.parametrize(
    ("meanwhile", "after"),
    [(None, ItemState.PROPOSED), (ItemState.PLANNED, ItemState.PLANNED)],
)
def test_a_proposal_is_a_proposal_again(
    cast: Cast, meanwhile: ItemState | None, after: ItemState
) -> None:
    with transaction() as tx:
        draft = agenda.Draft("Fools!", "")
        item = agenda.place(tx, cast.bob, cast.consultation, draft, state=ItemState.PROPOSED)
        service.act(tx, cast.alice, f"item:{item}", Deed(Act.HIDE, rule=Rule.ATTACK))
        if meanwhile:
            agenda.change_state(tx, cast.alice, item, meanwhile, "Why not")
    assert not overturned(cast, f"item:{item}").stays
    with reading() as db:
        assert items.item_access(db, None, item).item.state is after


def test_what_was_moved_back_by_hand_stays_there(cast: Cast) -> None:
    about = argument(cast)
    with transaction() as tx:
        other = agenda.create(tx, cast.alice, cast.consultation, agenda.Draft("Who pays?", ""))
        deed = Deed(Act.MOVE, rule=Rule.OFF_TOPIC, item=other)
        service.act(tx, cast.alice, f"argument:{about}", deed)
        talk.move(tx, cast.alice, about, cast.item)
    assert not overturned(cast, f"argument:{about}").stays
    with reading() as db:
        assert arguments.in_full(db, [about], moderates=False)[about].item_id == cast.item


def test_where_nothing_can_be_changed_the_measure_is_wrong_all_the_same(
    client: Client, cast: Cast
) -> None:
    about = hidden(cast)
    with transaction() as tx:
        consultations.move_stage(tx, cast.alice, cast.consultation, Stage.CLOSED)
        consultations.archive(tx, cast.alice, cast.consultation)
    found = overturned(cast, f"argument:{about}")
    assert found.stays
    assert found.undone_at
    assert "it stays as it is" in client("bob").get(f"/measures/{found.id}").text
    with reading() as db:
        assert arguments.in_full(db, [about], moderates=False)[about].hidden


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
