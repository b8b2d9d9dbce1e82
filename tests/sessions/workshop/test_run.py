"""A session is begun, gone through, gone back, prolonged; in a recess its time stands."""

from datetime import timedelta

import pytest
import workshopping
from cast import Cast
from conftest import Client
from workshopping import at_step, attached, gone_through, row

from forum.base import clock
from forum.base.db import Db, transaction
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import Audience, history
from sessions.floor import service as floor
from sessions.floor.screen_models import Shows
from sessions.meetings import service as meetings
from sessions.meetings.rules import Act
from sessions.workshop import queries, rules, service
from sessions.workshop.models import WorkshopState

MINUTE = timedelta(minutes=1)


def kinds(tx: Db, stream: str) -> list[str]:
    return [event.kind for event in history(tx, stream) if event.kind.startswith("workshop:")]


def test_the_steps_run_on_the_server_s_clock(cast: Cast) -> None:
    session = attached(cast)
    start = clock.now()
    with transaction() as tx:
        with clock.at(start):
            service.start(tx, cast.alice, session.id)
            assert row(tx, session).ends_at == start + 10 * MINUTE
        with clock.at(start + 3 * MINUTE):
            service.next_step(tx, cast.alice, session.id, 1)
            assert row(tx, session).ends_at == start + 33 * MINUTE
            service.prolong(tx, cast.alice, session.id, 2, 5)
            assert row(tx, session).ends_at == start + 38 * MINUTE
        with clock.at(start + 50 * MINUTE):  # its time is long up
            service.prolong(tx, cast.alice, session.id, 2, 5)
            assert row(tx, session).ends_at == start + 55 * MINUTE
        with pytest.raises(Invalid):
            service.prolong(tx, cast.alice, session.id, 2, 0)


def test_back_mends_a_slip_with_the_time_that_was_left(cast: Cast) -> None:
    session = at_step(cast, 1)
    start = clock.now()
    with transaction() as tx:
        with clock.at(start):
            left = (row(tx, session).ends_at or start) - start
            service.next_step(tx, cast.alice, session.id, 1)
        with clock.at(start + 2 * MINUTE):
            service.back(tx, cast.alice, session.id, 2)
            assert row(tx, session).step == 1
            assert row(tx, session).ends_at == start + 2 * MINUTE + left
            service.next_step(tx, cast.alice, session.id, 1)
            assert row(tx, session).ends_at == start + 30 * MINUTE
        began = history(tx, session.sitting.stream, kinds=["workshop:step:began"])
        assert [(one.payload["number"], one.payload["back"]) for one in began] == [
            (1, False), (2, False), (1, True), (2, False),
        ]  # fmt: skip
        service.back(tx, cast.alice, session.id, 2)
        with pytest.raises(Conflict, match="first step"):
            service.back(tx, cast.alice, session.id, 1)


def test_two_clicks_at_once_are_one_step(cast: Cast, client: Client) -> None:
    session = at_step(cast, 1)
    press = {"seen": "1"}
    assert client("alice").post(f"{session.page}/next", data=press).status_code == 303
    assert client("alice").post(f"{session.page}/next", data=press).status_code == 409
    with transaction() as tx:
        assert row(tx, session).step == 2


def test_in_a_recess_the_time_stands(cast: Cast) -> None:
    session = at_step(cast, 2)
    start = clock.now()
    with transaction() as tx:
        with clock.at(start):
            left = (row(tx, session).ends_at or start) - start
            meetings.step(tx, cast.alice, session.sitting.meeting, Act.BREAK)
            assert row(tx, session).ends_at is None
            assert row(tx, session).remaining_ms == left / timedelta(milliseconds=1)
            service.prolong(tx, cast.alice, session.id, 2, 1)
            with pytest.raises(Conflict, match="not in session"):
                service.next_step(tx, cast.alice, session.id, 2)
            with pytest.raises(Conflict, match="not in session"):
                service.give(tx, cast.bob, session.id, "In the break.")
        with clock.at(start + 20 * MINUTE):
            meetings.step(tx, cast.alice, session.sitting.meeting, Act.RESUME)
            assert row(tx, session).ends_at == start + 21 * MINUTE + left
        assert kinds(tx, session.sitting.stream)[-3:] == [
            "workshop:clock:stopped", "workshop:step:prolonged", "workshop:clock:resumed",
        ]  # fmt: skip


def test_it_needs_its_item_open_and_somebody_who_leads(cast: Cast, client: Client) -> None:
    session = attached(cast, facilitator=cast.rong.id)
    for name, status in ((None, 401), ("bob", 403), ("shu", 403), ("hui", 403)):
        assert client(name).post(f"{session.page}/start").status_code == status, name
    assert client("rong").get(f"{session.page}/lead").status_code == 200
    assert client("bob").get(f"{session.page}/lead").status_code == 403
    assert client("rong").post("/workshops/999/start").status_code == 404
    assert client("rong").post(f"{session.page}/start").status_code == 303
    assert client("rong").post(f"{session.page}/start").status_code == 409
    with transaction() as tx, pytest.raises(Forbidden, match="chair of this meeting"):
        service.drop(tx, cast.rong, session.id)


def test_with_its_item_the_session_ends(cast: Cast, client: Client) -> None:
    session = at_step(cast, 2)
    with transaction() as tx:
        service.give(tx, cast.bob, session.id, "Knees get older.")
        meetings.close_item(tx, cast.alice, session.sitting.meeting, postponed="No time")
        assert row(tx, session).state == WorkshopState.FINISHED
    page = client(None).get(session.page).text
    assert "The session is over." in page
    assert "Knees get older." in page
    with transaction() as tx, pytest.raises(Conflict, match="not open"):
        service.back(tx, cast.alice, session.id, rules.OVER)


def test_two_who_mend_an_end_by_mistake_go_to_the_last_step_only(
    cast: Cast, client: Client
) -> None:
    session = gone_through(cast)
    press = {"seen": "0"}
    page = client("alice").get(f"{session.page}/lead").text
    assert '<input type="hidden" name="seen" value="0">' in page
    assert client("alice").post(f"{session.page}/back", data={"seen": "6"}).status_code == 409
    assert client("alice").post(f"{session.page}/back", data=press).status_code == 303
    assert client("alice").post(f"{session.page}/back", data=press).status_code == 409
    with transaction() as tx:
        assert (row(tx, session).state, row(tx, session).step) == (WorkshopState.RUNNING, 6)


def test_an_opening_by_mistake_is_taken_back_also_amid_a_session(cast: Cast) -> None:
    session = at_step(cast, 2)
    sitting = session.sitting
    when = clock.now() + timedelta(days=7)
    with transaction() as tx:
        meetings.step(tx, cast.alice, sitting.meeting, Act.SUSPEND, until=when)
    with clock.at(when), transaction() as tx:
        meetings.step(tx, cast.alice, sitting.meeting, Act.START)
        meetings.check_in(tx, cast.hui, sitting.meeting, sitting.hall, [cast.bob.id])
        assert kinds(tx, sitting.stream)[-1] == "workshop:clock:resumed"
        taken = history(tx, sitting.stream, audience=Audience.MODERATOR)
        assert "workshop:seat:taken" in [event.kind for event in taken]
        meetings.step(tx, cast.alice, sitting.meeting, Act.UNDO_START)
        assert kinds(tx, sitting.stream)[-1] == "workshop:clock:stopped"
        found = row(tx, session)
        assert found.ends_at is None
        assert found.remaining_ms
        meetings.step(tx, cast.alice, sitting.meeting, Act.START)
        assert row(tx, session).ends_at is not None


def test_nobody_is_asked_where_they_stand_on_nothing(cast: Cast) -> None:
    session = at_step(cast, 4)
    with transaction() as tx:
        with pytest.raises(Conflict, match="at least one option"):
            service.next_step(tx, cast.alice, session.id, 4)
        workshopping.option(tx, cast, session)
        service.next_step(tx, cast.alice, session.id, 4)


def test_everybody_sees_the_step_and_the_leader_what_is_next(cast: Cast, client: Client) -> None:
    session = at_step(cast, 2)
    page = client("bob").get(session.page).text
    assert "What matters to you in this?" in page
    assert "data-countdown-ends" in page
    assert f"{session.page}" in client("bob").get(f"/meetings/{session.sitting.meeting}").text
    lead = client("alice").get(f"{session.page}/lead").text
    assert "every thought counts" in lead
    assert "Next: Focusing" in lead
    assert "every thought counts" not in page


def test_a_wall_shows_the_question_and_the_time(cast: Cast, client: Client) -> None:
    session = at_step(cast, 2)
    meeting = session.sitting.meeting
    with transaction() as tx:
        floor.set_projector(tx, cast.alice, meeting, "Wall")
        chosen = floor.prepare(tx, cast.alice, meeting, 1, Shows.SCRIPT)
        floor.put_up(tx, cast.alice, meeting, 1, chosen)
    wall = client(None).get(f"/meetings/{meeting}/screen/1").text
    assert "What matters to you in this?" in wall
    assert "Group 1: Community hall" in wall


def test_of_two_sessions_the_live_view_shows_the_one_under_way(cast: Cast) -> None:
    session = at_step(cast, 2)
    with transaction() as tx:
        found = queries.current(tx, session.sitting.meeting, None)
        assert found is not None
        assert found.id == session.id
        with pytest.raises(NotFound):
            queries.workshop_access(tx, cast.bob, 999)
