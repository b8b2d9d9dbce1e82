"""A draft: previewed as voters will see it, mended without losing anything, or thrown away."""

import pytest
from cast import Cast
from conftest import Client
from optioning import OPTIONS
from polling import make
from sqlalchemy import select

from forum.base import db, i18n
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import Audience, of_subject
from forum.base.verify import verify
from voting.methods.common.election import options as options_of
from voting.methods.method import Form, methods
from voting.polls import page, queries, service
from voting.polls.models import Poll, PollRevision, PollState

FORM = {
    "question": "Shall we take the steel lift?",
    "explanation": "It is **cheaper**.",
    "secrecy": "secret",
    "majority_threshold": ">=2/3",
    "least": "4",
    "closes_at": "2199-01-01T10:00",
}


def test_those_who_lead_look_at_the_ballot_first(cast: Cast, client: Client) -> None:
    poll = make(cast, opened=False, secrecy="secret")
    shown = client("alice").get(f"/polls/{poll}").text
    assert '<fieldset class="group" disabled>' in shown
    assert 'value="yes"' in shown
    assert "On the roll, if it opened now" in shown
    assert client("alice").get(f"/polls/{poll}.json").json()["entitled"] == 7
    for who in ("bob", None):
        assert "disabled>" not in client(who).get(f"/polls/{poll}").text
        assert client(who).get(f"/polls/{poll}.json").json()["entitled"] is None
    with db.transaction() as tx:
        service.open(tx, cast.alice, poll)
    assert "disabled>" not in client("alice").get(f"/polls/{poll}").text


def test_a_draft_is_mended_and_nothing_is_lost(cast: Cast, client: Client) -> None:
    poll = make(cast, opened=False, explanation="Glass, on the north side.")
    alice = client("alice")
    shown = alice.get(f"/polls/{poll}/edit").text
    assert "Shall we take the glass lift?" in shown
    assert "Glass, on the north side." in shown
    assert alice.post(f"/polls/{poll}/edit", data=FORM).status_code == 303
    with db.reading() as tx:
        found = queries.poll_access(tx, cast.alice, poll).poll
        event = of_subject(tx, f"poll:{poll}", audience=Audience.PUBLIC)[-1]
        kept = tx.execute(select(PollRevision)).scalar_one()
        assert verify(tx).faults == []
    assert (found.question, found.secret) == ("Shall we take the steel lift?", True)
    assert found.rule["threshold"] == ">=2/3"
    assert found.quorum == {"of": "cast", "share": ">=4"}
    assert event.kind == "polls:poll:changed"
    assert (kept.before["question"], kept.before["secrecy"]) == (
        "Shall we take the glass lift?",
        "open",
    )
    shown = alice.get(f"/polls/{poll}").text
    assert "Glass, on the north side." in shown
    assert "Glass, on the north side." not in client("bob").get(f"/polls/{poll}").text
    with db.transaction() as tx:
        service.open(tx, cast.alice, poll)
        service.close(tx, cast.alice, poll)
    with db.transaction() as tx:
        assert verify(tx).faults == []
        tx.execute(select(PollRevision)).scalar_one().body = "Shall we take no lift?"
    with db.reading() as tx:
        assert {fault.kind for fault in verify(tx).faults} == {"text_changed", "roll_changed"}


@pytest.mark.parametrize("way", sorted(methods()))
def test_every_rule_is_shown_as_it_is_typed(way: str) -> None:
    """What the form of a draft shows makes the same rule again."""
    made = methods()[way]
    options = () if made.choices_fixed else tuple(one._replace(cost="12.50") for one in OPTIONS)
    rule = made.rule({}, options)
    again = () if made.choices_fixed else options_of(rule)
    assert made.rule(made.typed(rule), again) == rule


def test_options_are_mended_as_well(cast: Cast, client: Client) -> None:
    poll = make(cast, opened=False, method="consensing", options=OPTIONS)
    shown = client("alice").get(f"/polls/{poll}/edit").text
    assert "桂花 Osmanthus\nPlane trees\n&lt;b&gt;Plum&lt;/b&gt;" in shown
    form = {"question": "Which tree?", "secrecy": "open", "options": "Elm\nNone at all\nOak"}
    answer = client("alice").post(f"/polls/{poll}/edit", data=form | {"consensing_status_quo": "2"})
    assert answer.status_code == 303
    with db.reading() as tx:
        rule = queries.poll_access(tx, cast.alice, poll).poll.rule
    assert [one["name"] for one in rule["options"]] == ["Elm", "None at all", "Oak"]
    assert rule["status_quo"] == "o2"
    answer = client("alice").post(f"/polls/{poll}/edit", data=form | {"options": "Elm\nelm"})
    assert answer.status_code == 422


def test_only_those_who_lead_and_only_before_the_opening(cast: Cast, client: Client) -> None:
    poll, opened = make(cast, opened=False), make(cast)
    for who, status in (("bob", 403), ("shu", 403), (None, 401)):
        assert client(who).get(f"/polls/{poll}/edit.json").status_code == status
        assert client(who).post(f"/polls/{poll}/edit", data=FORM).status_code == status
    alice = client("alice")
    assert alice.get("/polls/999/edit").status_code == 404
    assert alice.get(f"/polls/{opened}/edit").status_code == 409
    assert alice.post(f"/polls/{opened}/edit", data=FORM).status_code == 409
    with db.transaction() as tx:
        for actor, poll_id, fault in (
            (cast.bob, poll, Forbidden),
            (cast.alice, 999, NotFound),
            (cast.alice, opened, Conflict),
        ):
            with pytest.raises(fault):
                service.change(tx, actor, poll_id, service.Draft("?"))
        assert tx.get_one(Poll, opened).state == PollState.STARTED


@pytest.mark.parametrize("name", ["Abstain", "弃权", "空白票", " BLANK "])
def test_no_option_is_called_like_a_blank_ballot(cast: Cast, name: str) -> None:
    named = (*OPTIONS[:2], OPTIONS[2]._replace(name=name))
    with pytest.raises(Invalid):
        make(cast, method="plurality", options=named)


def test_what_people_wrote_is_never_translated(cast: Cast) -> None:
    named = (OPTIONS[0]._replace(name="For"), OPTIONS[1]._replace(name="Against"))
    poll = make(cast, method="plurality", options=named)
    with db.reading() as tx, i18n.using("zh_Hans_CN"):
        row = queries.poll_access(tx, cast.bob, poll).poll
        assert [one.label for one in page.choices(row)] == ["For", "Against", "弃权"]


def test_a_grade_can_be_taken_off(cast: Cast, client: Client) -> None:
    poll = make(cast, method="score", options=OPTIONS)
    bob, here = client("bob"), f"/polls/{poll}/ballot"
    assert methods()["score"].form is Form.GRADES
    marks = {"marks": "grades", "grade_o1": "3", "grade_o2": "1"}
    assert bob.post(here, data=marks).status_code == 303
    assert "No grade" in bob.get(f"/polls/{poll}").text
    assert bob.post(here, data=marks | {"grade_o1": ""}).status_code == 303
    assert bob.get(f"/polls/{poll}.json").json()["own"]["vote"] == "o2:1"


@pytest.mark.parametrize("way", ["dots", "quadratic"])
def test_who_spends_nothing_hands_in_a_blank_ballot(way: str) -> None:
    made = methods()[way]
    rule = made.rule({}, OPTIONS)
    assert made.ballot(rule, "o1:0,o2:0") == {"vote": ""}
    assert made.ballot(rule, "o1:0,o2:2") == {"vote": "o1:0,o2:2"}
