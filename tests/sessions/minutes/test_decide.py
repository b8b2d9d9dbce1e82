"""Decisions and the tasks that follow from them: what each must cite, and when."""

from datetime import timedelta
from typing import Any

import minuting
import pytest
from cast import Cast
from conftest import Client

from forum.base import clock
from forum.base.db import reading, transaction
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.links import Relation, chain, linked
from forum.consultations import service as consultations
from forum.consultations.models import Stage
from sessions.minutes import queries, service
from sessions.minutes.models import Basis, DecisionState
from sessions.minutes.service import Draft, Work


def work(cast: Cast, **other: Any) -> Work:
    due = clock.now() + timedelta(days=30)
    plain = Work("Order the lift", "From firm B.", cast.hui.id, "", cast.rong.id, due)
    return plain._replace(**other)


def test_a_decision_cites_its_vote(cast: Cast) -> None:
    sat = minuting.adjourned(cast)
    with reading() as db:
        seen = queries.decision_access(db, None, sat.decision).decision
        here = f"decision:{sat.decision}"
        assert linked(db, here, Relation.RESTS_ON) == [f"poll:{sat.poll}"]
        assert linked(db, here, Relation.ON) == [f"item:{sat.item}"]
        assert linked(db, here, Relation.HELD_IN) == [f"meeting:{sat.meeting}"]
    assert (seen.basis, seen.state) == (Basis.POLL, DecisionState.RECORDED)
    again = Draft(sat.item, "Twice", "Again.", sat.poll)
    with transaction() as tx, pytest.raises(Conflict, match="rests on this vote already"):
        service.decide(tx, cast.shu, again)


def test_who_decides(cast: Cast) -> None:
    sat = minuting.adjourned(cast)
    consensus = Draft(sat.item, "Tea", "There will be tea.", meeting=sat.meeting)
    with transaction() as tx:
        with pytest.raises(Forbidden, match="declared by the chair"):
            service.decide(tx, cast.shu, consensus)
        with pytest.raises(Forbidden):
            service.decide(tx, cast.bob, consensus)
        with pytest.raises(NotFound):
            service.decide(tx, cast.alice, consensus._replace(item=999))
        with pytest.raises(NotFound):
            service.decide(tx, cast.alice, consensus._replace(poll=999))
        made = service.decide(tx, cast.alice, consensus)
        assert queries.decision_access(tx, None, made).decision.basis is Basis.CONSENSUS


def test_approved_minutes_take_no_further_decision(cast: Cast) -> None:
    sat = minuting.approved(cast)
    late = Draft(sat.item, "Tea", "There will be tea.", meeting=sat.meeting)
    with transaction() as tx, pytest.raises(Conflict, match="new version"):
        service.decide(tx, cast.alice, late)
    with transaction() as tx, pytest.raises(Conflict):
        service.withdraw(tx, cast.shu, sat.decision, reason="Wrong.")


def test_a_withdrawn_decision_is_struck_from_the_minutes(cast: Cast) -> None:
    sat = minuting.adjourned(cast)
    with transaction() as tx:
        with pytest.raises(Forbidden):
            service.withdraw(tx, cast.bob, sat.decision, reason="I lost.")
        service.withdraw(tx, cast.shu, sat.decision, reason="A slip of the pen.")
        row = queries.minutes_access(tx, cast.shu, sat.minutes).minutes
        entries = queries.record(tx, row).entries().values()
        assert "A slip of the pen." in [entry.struck for entry in entries]
        fresh = Draft(sat.item, "The right one", "Offer B.", sat.poll)
        assert service.decide(tx, cast.shu, fresh) != sat.decision


def test_a_task_waits_for_approved_minutes(cast: Cast) -> None:
    sat = minuting.circulated(cast)
    with transaction() as tx:
        with pytest.raises(Conflict, match="not approved yet"):
            service.give_task(tx, cast.rong, sat.decision, work(cast))
        with pytest.raises(Forbidden):
            service.give_task(tx, cast.bob, sat.decision, work(cast))


def test_a_task_fulfils_an_approved_decision(cast: Cast, client: Client) -> None:
    sat = minuting.approved(cast)
    with transaction() as tx:
        with pytest.raises(Invalid) as refused:
            service.give_task(tx, cast.rong, sat.decision, work(cast, supervisor_id=cast.bob.id))
        assert "supervisor" in refused.value.fields
        task = service.give_task(tx, cast.rong, sat.decision, work(cast))
    with reading() as db:
        kinds = [step.kind for step in chain(db, None, f"task:{task}")]
    assert kinds == ["consultation", "item", "meeting", "poll", "minutes", "decision", "task"]
    page = client(None).get(f"/tasks/{task}").text
    for words in (
        "Block 7 gets a lift",
        "Offer <strong>B</strong> is taken.",
        "Carried",
        "Knees get older.",
        "It costs money.",
    ):
        assert words in page
    for name in ("hui", "bob"):  # who does it, and who took part
        assert "Order the lift" in client(name).get("/inbox").text


def test_a_decision_outside_a_meeting_is_confirmed_by_the_chair(cast: Cast) -> None:
    with transaction() as tx:
        consultations.move_stage(tx, cast.alice, cast.consultation, Stage.DECIDING)
        made = service.decide(tx, cast.alice, Draft(cast.item, "Tea", "There will be tea."))
        with pytest.raises(Forbidden):
            service.confirm(tx, cast.shu, made)
        service.confirm(tx, cast.alice, made)
        with pytest.raises(Conflict):
            service.confirm(tx, cast.alice, made)
        assert queries.decision_access(tx, None, made).decision.state is DecisionState.APPROVED


def test_no_decision_before_its_stage(cast: Cast) -> None:
    with transaction() as tx, pytest.raises(Conflict):
        service.decide(tx, cast.alice, Draft(cast.item, "Tea", "There will be tea."))


def test_the_way_by_forms(cast: Cast, client: Client) -> None:
    sat = minuting.circulated(cast)
    alice = client("alice")
    with clock.travel(days=2):
        assert alice.post(f"/minutes/{sat.minutes}/sign").status_code == 303
        with transaction() as tx:
            consultations.move_stage(tx, cast.alice, cast.consultation, Stage.PUBLISHING)
        rong = client("rong")
        assert "Give a follow-up task" in rong.get(f"/decisions/{sat.decision}").text
        form = {
            "title": "Order the lift",
            "body": "From firm B.",
            "handler": cast.hui.id,
            "supervisor": cast.rong.id,
            "due": "2031-01-31",
        }
        wrong = rong.post(f"/decisions/{sat.decision}/tasks", data={**form, "title": ""})
        assert wrong.status_code == 422
        assert "From firm B." in wrong.text
        made = rong.post(f"/decisions/{sat.decision}/tasks", data=form)
        assert made.status_code == 303
        assert "Order the lift" in client(None).get(made.headers["location"]).text
        assert client("bob").post(f"/decisions/{sat.decision}/tasks", data=form).status_code == 403
