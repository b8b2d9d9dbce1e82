"""The home page: what each reader finds first."""

from datetime import UTC, datetime, timedelta

import pytest
import sitting as hall
from cast import Cast
from conftest import Client
from flagging import argument
from followups import given
from hypothesis import given as examples
from hypothesis import strategies as st
from polling import make, vote
from sqlalchemy import event

from forum.agenda import service as agenda
from forum.arguments import service as arguments
from forum.arguments.models import Stance
from forum.base import clock, db, links
from forum.base.db import transaction
from forum.base.links import Relation
from forum.consultations import service as consultations
from forum.consultations.models import Stage
from forum.front import rules
from forum.front.rules import Action, Facts, Fate, Part, Urgency
from forum.members.models import Role
from moderation.reports import service as reports
from moderation.reports.models import Rule
from sessions.floor import service as floor
from sessions.meetings.models import MeetingState
from sessions.minutes.models import State

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
ENDS = st.none() | st.integers(0, 9).map(lambda hours: NOW + timedelta(hours=hours))
ACTIONS = st.lists(
    st.builds(Action, st.sampled_from(Urgency), st.text(), st.text(), ends=ENDS),
    min_size=1,
    max_size=9,
)


def main(client: Client, who: str | None) -> dict[str, str]:
    found: dict[str, str] = client(who).get("/.json").json()["home"]["main"]
    return found


@examples(ACTIONS)
def test_the_most_urgent_thing_comes_first_and_of_two_alike_what_ends_first(
    actions: list[Action],
) -> None:
    chosen = rules.first(actions)
    assert all(chosen.urgency <= action.urgency for action in actions)
    rivals = [action for action in actions if action.urgency == chosen.urgency]
    ends = [action.ends for action in rivals if action.ends]
    assert chosen.ends == (min(ends) if ends else None)
    assert chosen is next(action for action in rivals if action.ends == chosen.ends)


@examples(st.dictionaries(st.text(), st.sampled_from(Urgency)))
def test_work_stands_in_the_order_of_its_urgency(parts: dict[str, Urgency]) -> None:
    ordered = rules.order(parts)
    assert sorted(ordered) == sorted(parts)
    assert [parts[name] for name in ordered] == sorted(parts.values())


@pytest.mark.parametrize(
    ("state", "meeting", "hours", "part"),
    [
        (State.LIVE_DRAFT, MeetingState.IN_SESSION, None, Part.LIVE),
        (State.LIVE_DRAFT, MeetingState.ADJOURNED, None, Part.WRITE),
        (State.CIRCULATED, MeetingState.ADJOURNED, 1, Part.CORRECT),
        (State.CORRECTED, MeetingState.ARCHIVED, 1, Part.CORRECT),
        (State.CIRCULATED, MeetingState.ADJOURNED, 0, Part.APPROVE),
    ],
)
def test_minutes_are_sorted_by_what_is_to_be_done(
    state: State, meeting: MeetingState, hours: int | None, part: Part
) -> None:
    until = None if hours is None else NOW + timedelta(hours=hours)
    assert rules.part(state, meeting, until, NOW) is part


@pytest.mark.parametrize(
    ("facts", "fate"),
    [
        (Facts(), Fate.WAITING),
        (Facts(answers=2), Fate.ANSWERED),
        (Facts(answers=2, kinds={"decision"}), Fate.DECISION),
        (Facts(kinds={"decision", "outcome"}), Fate.OUTCOME),
        (Facts(kinds={"decision", "outcome", "task"}), Fate.TASK),
        (Facts(hidden=True, kinds={"task"}), Fate.HIDDEN),
        (Facts(taken_up=True), Fate.TAKEN_UP),
        (Facts(taken_up=True, declined=True), Fate.DECLINED),
    ],
)
def test_what_was_said_is_shown_as_far_as_it_came(facts: Facts, fate: Fate) -> None:
    assert rules.fate(facts) is fate


@examples(st.sets(st.sampled_from(Role)), st.sets(st.sampled_from(Role)))
def test_a_dismissed_hint_never_comes_again(roles: set[Role], seen: set[Role]) -> None:
    shown = rules.hint(roles, {role.value for role in seen})
    assert shown not in seen
    if shown is None:
        assert {*roles, Role.RESIDENT} & set(rules.HINTED) <= seen
    else:
        assert shown in {*roles, Role.RESIDENT}


def test_a_guest_sees_what_is_open(client: Client) -> None:
    page = client(None).get("/").text
    assert "A lift for block 7" in page
    assert "Open an account" in page
    assert main(client, None)["url"] == "/consultations"


def test_a_resident_is_asked_to_speak_and_an_outsider_is_not(client: Client, cast: Cast) -> None:
    assert main(client, "bob")["url"] == f"/consultations/{cast.consultation}"
    assert main(client, "dana")["url"] == "/consultations"
    assert main(client, "charlie")["url"] == "/consultations"


def test_a_vote_that_waits_goes_before_and_is_gone_once_cast(client: Client, cast: Cast) -> None:
    poll = make(cast)
    assert main(client, "bob")["url"] == f"/polls/{poll}"
    page = client("bob").get("/").text
    assert "Waits for your vote" in page
    assert page.count("Shall we take the glass lift?") == 1
    assert main(client, "charlie")["url"] == "/consultations"
    vote(cast.bob, poll)
    assert main(client, "bob")["url"] == f"/consultations/{cast.consultation}"
    assert "Shall we take the glass lift?" in client("bob").get("/").text


def test_a_moderator_finds_the_reports(client: Client, cast: Cast) -> None:
    about = argument(cast)
    with transaction() as tx:
        reports.file(tx, cast.shu, f"argument:{about}", Rule.ATTACK)
    assert main(client, "alice")["url"] == "/moderation/queue"
    assert "1 report" in client("alice").get("/").text
    assert "1 report" not in client("bob").get("/").text


def test_a_moderator_finds_proposals_and_questions_without_an_answer(
    client: Client, cast: Cast
) -> None:
    with transaction() as tx:
        consultations.move_stage(tx, cast.alice, cast.consultation, Stage.PROPOSING, "Once more")
        draft = agenda.Draft("Benches at the pond", "There is nowhere to sit.")
        item = agenda.propose(tx, cast.bob, cast.consultation, draft)
        asked = arguments.post(
            tx, cast.bob, cast.item, body="Who pays the upkeep?", stance=Stance.QUESTION
        )
    found = client("alice").get("/.json").json()["home"]
    assert found["main"]["url"] == f"/items/{item}/steps"
    assert found["queue"]["waiting_questions"] == 1
    assert f"/arguments/{asked}" in client("alice").get("/").text
    assert client("bob").get("/.json").json()["home"]["queue"] is None
    with transaction() as tx:
        arguments.post(
            tx, cast.alice, cast.item, body="The owners.", stance=Stance.NEUTRAL, parent=asked
        )
    assert client("alice").get("/.json").json()["home"]["queue"]["questions"] == []


def test_a_point_of_order_waits_for_nobody(client: Client, cast: Cast) -> None:
    debate = hall.debating(cast)
    with transaction() as tx:
        floor.raise_order(tx, cast.bob, debate.meeting, "The window is open")
    assert len(client("alice").get("/.json").json()["home"]["queue"]["orders"]) == 1


def test_what_somebody_said_is_followed_to_its_end(client: Client, cast: Cast) -> None:
    def fate() -> str:
        found = client("bob").get("/.json").json()["home"]["said"]
        assert len(found) == 1
        return str(found[0]["fate"])

    said = argument(cast, "bob", "A glass lift lets the light through.")
    assert fate() == "waiting"
    assert "Not yet answered since" in client("bob").get("/").text
    with transaction() as tx:
        arguments.post(
            tx, cast.alice, cast.item, body="So it does.", stance=Stance.PRO, parent=said
        )
    assert fate() == "answered"
    task = given.task(cast)
    with transaction() as tx:
        links.link(tx, f"task:{task}", Relation.ANSWERS, f"argument:{said}")
    assert fate() == "task"
    assert client("alice").get("/.json").json()["home"]["said"][0]["fate"] == "waiting"


def test_a_hint_is_shown_until_it_is_dismissed_for_good(client: Client, cast: Cast) -> None:
    for who, title in (
        (None, "New here?"),
        ("bob", "This page is yours"),
        ("alice", "You moderate"),
    ):
        reader = client(who)
        page = reader.get("/").text
        assert title in page, who
        key = {None: "guest", "bob": "resident", "alice": "moderator"}[who]
        assert reader.post("/hints", data={"hint": key}).status_code == 303
        assert title not in reader.get("/").text, who
    assert "This page is yours" not in client("bob").get("/").text
    assert "This page is yours" in client("alice").get("/").text
    assert client("bob").post("/hints", data={"hint": "whatever"}).status_code == 422


def test_a_representative_finds_the_duties_by_date(client: Client, cast: Cast) -> None:
    later, sooner = given.task(cast, days=20), given.task(cast, days=10)
    for who in ("rong", "hui"):
        assert main(client, who)["url"] == f"/tasks/{sooner}"
        page = client(who).get("/").text
        assert page.index(f"/tasks/{sooner}") < page.index(f"/tasks/{later}")
    with clock.travel(days=11):
        assert main(client, "rong")["text"] == "See to it"


def test_a_running_meeting_goes_before_everything(client: Client, cast: Cast) -> None:
    make(cast)
    with transaction() as tx:
        meeting = hall.started(tx, cast).meeting
    assert main(client, "alice")["url"] == f"/meetings/{meeting}/console"
    assert "/desk/" in main(client, "clerk")["url"]
    assert "/desk/" in main(client, "hui")["url"]
    assert main(client, "rong")["text"] == "Vote now"
    assert main(client, None)["url"] == f"/meetings/{meeting}"


def test_the_secretary_finds_the_minutes(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        hall.started(tx, cast)
    found = client("shu").get("/.json").json()["home"]["minutes"]
    assert [line["state"] for line in found] == ["live_draft"]
    assert client("bob").get("/.json").json()["home"]["minutes"] == []


def test_a_kept_page_is_made_anew_when_something_happens(client: Client, cast: Cast) -> None:
    guest = client(None)
    with clock.at(clock.now()):
        assert "glass lift" not in guest.get("/").text
    make(cast)
    assert "glass lift" in guest.get("/").text


@pytest.mark.parametrize("who", [None, "bob", "alice", "rong", "shu"])
def test_more_content_takes_no_more_queries(client: Client, cast: Cast, who: str | None) -> None:
    def asked() -> int:
        made: list[str] = []

        def note(*facts: object) -> None:
            made.append(str(facts[2]))

        event.listen(db.storage().read_engine, "before_cursor_execute", note)
        try:
            assert client(who).get("/").status_code == 200
        finally:
            event.remove(db.storage().read_engine, "before_cursor_execute", note)
        return len(made)

    given.task(cast)
    make(cast)
    few = asked()
    for _turn in range(3):
        given.task(cast)
        make(cast)
    assert asked() <= few
