"""Making, opening, closing, publishing and voiding: who may, what is frozen, what is told when."""

from datetime import timedelta
from typing import Any

import pytest
from cast import Cast
from polling import VOTERS, close, make, people, secret, vote

from forum.agenda import queries as agenda
from forum.agenda.models import ItemState
from forum.base import clock, db, links, ticker
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import Audience, of_subject
from forum.consultations import service as consultations
from forum.consultations.models import Stage
from voting.boxes import queries as boxes
from voting.methods.majority import threshold
from voting.polls import queries, service
from voting.polls.models import PollState
from voting.polls.queries import PollRow
from voting.polls.rules import Of, Outcome, Quorum


def row(cast: Cast, poll: int, who: str = "alice") -> PollRow:
    with db.reading() as tx:
        return queries.poll_access(tx, cast[who], poll).poll


def kinds(poll: int) -> list[str]:
    with db.reading() as tx:
        return [event.kind for event in of_subject(tx, f"poll:{poll}", audience=Audience(3))]


def test_a_poll_from_making_to_result(cast: Cast) -> None:
    poll = make(cast, explanation="Glass, and on the **north** side.")
    assert row(cast, poll).state is PollState.STARTED
    vote(cast.bob, poll)
    close(cast, poll, publish=True)
    assert kinds(poll) == [
        "polls:poll:created",
        "polls:poll:opened",
        "polls:poll:closed",
        "polls:poll:finished",
        "polls:poll:published",
    ]
    with db.reading() as tx:
        assert links.linked(tx, f"poll:{poll}") == [f"item:{cast.item}"]
        step = queries.resolve(tx, None, [poll])[poll]
    assert (step.title, step.state) == ("Shall we take the glass lift?", "Carried")


def test_the_item_goes_along(cast: Cast) -> None:
    def state() -> ItemState:
        with db.reading() as tx:
            return agenda.item_access(tx, cast.alice, cast.item).item.state

    first = make(cast)
    assert state() is ItemState.VOTING
    second = make(cast)
    close(cast, first, publish=True)
    assert state() is ItemState.VOTING
    close(cast, second, publish=True)
    assert state() is ItemState.DECIDED


@pytest.mark.parametrize("who", ["bob", "rong", "charlie", "clerk"])
def test_only_moderators_lead_a_vote(cast: Cast, who: str) -> None:
    poll = make(cast)
    with db.transaction() as tx:
        with pytest.raises(Forbidden):
            service.create(tx, cast[who], cast.item, service.Draft("?"))
        with pytest.raises(Forbidden):
            service.close(tx, cast[who], poll)
        with pytest.raises(Forbidden):
            service.void(tx, cast[who], poll, "I do not like it")


def test_states_refuse_what_is_not_their_turn(cast: Cast) -> None:
    poll = make(cast, opened=False)
    with db.transaction() as tx:
        for verb in (service.close, service.publish):
            with pytest.raises(Conflict):
                verb(tx, cast.alice, poll)
        with pytest.raises(NotFound):
            service.close(tx, cast.alice, 999)
        service.open(tx, cast.alice, poll)
        with pytest.raises(Conflict):
            service.open(tx, cast.alice, poll)


def test_a_poll_needs_a_stage_that_allows_it(cast: Cast) -> None:
    with db.transaction() as tx:
        consultations.move_stage(tx, cast.alice, cast.consultation, Stage.PUBLISHING)
        with pytest.raises(Conflict):
            service.create(tx, cast.alice, cast.item, service.Draft("?"))


def test_the_roll_is_who_may_take_part_at_the_opening(cast: Cast) -> None:
    poll = make(cast)
    with db.reading() as tx:
        assert queries.on_roll(tx, poll) == sorted(cast[name].id for name in VOTERS)
    with db.transaction() as tx:
        consultations.enlist(tx, cast.alice, cast.consultation, cast.charlie.id)
    with pytest.raises(Forbidden):
        vote(cast.charlie, poll)


def test_all_is_frozen_at_the_opening(cast: Cast) -> None:
    quorum = Quorum(Of.PRESENT, threshold(">=2/3"))
    roll = [*people(cast, "alice", "bob"), *people(cast, "dana", present=False)]
    poll = make(cast, rule={"threshold": ">=2/3"}, quorum=quorum, roll=roll, present=2)
    found = row(cast, poll)
    assert (found.heads, found.eligible, found.present) == (3, 3, 2)
    assert found.rule == {"threshold": ">=2/3", "base": "valid", "abstain": True, "tie": "fails"}
    assert found.quorum == {"of": "present", "share": ">=2/3"}
    assert found.rules_hash is not None


@pytest.mark.parametrize(
    ("opening", "words"),
    [
        ({"roll": []}, "Nobody"),
        ({"roll": ["bob", "bob"]}, "twice"),
        ({"roll": ["bob"], "present": 2}, "More"),
        ({"roll": ["bob", "alice"], "eligible": 1}, "More"),
    ],
)
def test_what_cannot_be_opened(cast: Cast, opening: dict[str, Any], words: str) -> None:
    names = opening.pop("roll")
    with pytest.raises(Conflict, match=words):
        make(cast, roll=people(cast, *names), **opening)


def test_a_rule_on_presence_is_opened_from_a_meeting(cast: Cast) -> None:
    with pytest.raises(Conflict, match="present"):
        make(cast, rule={"base": "present"})


def test_weights_count_in_open_polls_only(cast: Cast) -> None:
    heavy = [*people(cast, "alice", weight=70), *people(cast, "bob", "dana", weight=20)]
    with pytest.raises(Conflict, match="alike"):
        secret(cast, roll=heavy)
    poll = make(cast, roll=heavy)
    vote(cast.alice, poll, "yes")
    vote(cast.bob, poll, "no")
    vote(cast.dana, poll, "no")
    close(cast, poll)
    found = row(cast, poll).result
    assert found is not None
    assert (found["figures"]["yes"], found["figures"]["no"]) == (70, 40)


@pytest.mark.parametrize(("voters", "outcome"), [(4, Outcome.INQUORATE), (5, Outcome.CARRIED)])
def test_the_quorum_is_tested_apart(cast: Cast, voters: int, outcome: Outcome) -> None:
    poll = make(cast, quorum=Quorum(Of.CAST, threshold(">=2/3")))  # of seven
    for name in VOTERS[:voters]:
        vote(cast[name], poll)
    close(cast, poll)
    found = row(cast, poll).result
    assert found is not None
    assert found["outcome"] == outcome
    assert (found["quorum"]["needed"], found["quorum"]["reached"]) == (5, voters)


def test_the_chair_breaks_a_tie(cast: Cast) -> None:
    poll = make(cast, rule={"tie": "chair"})
    vote(cast.bob, poll, "yes")
    vote(cast.dana, poll, "no")
    close(cast, poll)
    with db.transaction() as tx:
        with pytest.raises(Conflict, match="chair"):
            service.publish(tx, cast.alice, poll)
        service.break_tie(tx, cast.alice, poll, "yes")
        with pytest.raises(Conflict):
            service.break_tie(tx, cast.alice, poll, "no")
        service.publish(tx, cast.alice, poll)
    assert row(cast, poll, "bob").result is not None


def test_nobody_knows_the_result_before_it_is_counted(cast: Cast) -> None:
    poll = make(cast)
    vote(cast.bob, poll)
    for who in ("alice", "admin", "bob"):
        assert row(cast, poll, who).result is None
    close(cast, poll)
    assert row(cast, poll, "alice").result is not None
    assert row(cast, poll, "bob").result is None
    with db.transaction() as tx:
        service.publish(tx, cast.alice, poll)
    assert row(cast, poll, "bob").result is not None


def test_a_voided_poll_decides_nothing_and_keeps_its_ballots(cast: Cast) -> None:
    poll = secret(cast)
    vote(cast.bob, poll)
    with db.transaction() as tx:
        with pytest.raises(Invalid):
            service.void(tx, cast.alice, poll, "")
        service.void(tx, cast.alice, poll, "The question was ambiguous.")
        with pytest.raises(Conflict):
            service.publish(tx, cast.alice, poll)
    with pytest.raises(Conflict):
        vote(cast.dana, poll)
    with db.reading() as tx:
        assert len(list(boxes.sealed(tx, poll))) == 1
        assert queries.notes(tx, poll)[0].body == "The question was ambiguous."


def test_opening_and_closing_by_schedule(cast: Cast) -> None:
    now = clock.now()
    times = {"opens_at": now + timedelta(hours=1), "closes_at": now + timedelta(hours=3)}
    poll = make(cast, opened=False, **times)
    ticker.run_due()
    assert row(cast, poll).state is PollState.CREATED
    with clock.travel(hours=2):
        ticker.run_due()
        assert row(cast, poll).state is PollState.STARTED
        vote(cast.bob, poll)
    with clock.travel(hours=4):
        ticker.run_due()
        assert row(cast, poll).state is PollState.FINISHED


def test_an_opening_that_cannot_be_is_told(cast: Cast) -> None:
    poll = make(cast, opened=False, opens_at=clock.now() + timedelta(hours=1))
    with db.transaction() as tx:
        consultations.move_stage(tx, cast.alice, cast.consultation, Stage.PUBLISHING)
    with clock.travel(hours=2):
        ticker.run_due()
    assert row(cast, poll).state is PollState.CREATED
    assert kinds(poll)[-1] == "polls:opening:missed"


@pytest.mark.parametrize(
    ("opens", "closes", "field"),
    [(-1, None, "opens_at"), (2, 1, "closes_at"), (None, -1, "closes_at")],
)
def test_times_must_lie_ahead_and_in_order(
    cast: Cast, opens: int | None, closes: int | None, field: str
) -> None:
    def at(hours: int | None) -> object:
        return None if hours is None else clock.now() + timedelta(hours=hours)

    with pytest.raises(Invalid) as refused:
        make(cast, opens_at=at(opens), closes_at=at(closes))
    assert field in refused.value.fields


@pytest.mark.parametrize(("secrecy", "shown"), [("secret", [0, 0, 5]), ("open", [1, 4, 6])])
def test_the_turnout_of_a_secret_poll_moves_in_fives(
    cast: Cast, secrecy: str, shown: list[int]
) -> None:
    poll = make(cast, secrecy=secrecy)
    found = []
    for names in (VOTERS[:1], VOTERS[1:4], VOTERS[4:6]):
        for name in names:
            vote(cast[name], poll)
        with clock.travel(seconds=2):
            ticker.run_due()
        with db.reading() as tx:
            found.append(queries.turnout(tx, poll))
    assert found == shown
    told = kinds(poll).count("polls:turnout:counted")
    assert told == len(set(shown) - {0})
