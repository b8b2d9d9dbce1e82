"""A desk that is not heard any more is missed once, and its return is minuted."""

from datetime import timedelta

import sitting as hall
from cast import Cast
from conftest import Client

from forum.base import clock, ticker
from forum.base.db import Db, reading, transaction
from forum.base.events import Audience, history
from sessions.arrivals import queries, service
from sessions.floor import screens
from sessions.meetings import queries as meetings
from sessions.minutes import queries as minutes
from sessions.minutes.record import EntryKind


def kinds(db: Db, stream: str) -> list[str]:
    """What has been told of desks."""
    told = history(db, stream, audience=Audience.PUBLIC)
    return [event.kind for event in told if event.kind.startswith("arrivals:desk")]


def test_a_lost_desk_is_told_once_and_minuted(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        sitting = hall.started(tx, cast)
    here = f"/meetings/{sitting.meeting}/desk/{sitting.hall}/here"
    hui = client("hui")
    start = clock.now()
    with clock.at(start):
        assert hui.post(here).status_code == 303
    with reading() as db:
        heard = queries.heard_at(db, sitting.hall)
    with clock.at(start + timedelta(seconds=10)):
        hui.post(here)
    with reading() as db:
        assert queries.heard_at(db, sitting.hall) == heard  # written down now and then only
    with clock.at(start + timedelta(seconds=50)):
        ticker.run_due()
        with reading() as db:
            assert queries.silent(db, sitting.meeting) == {}
    with clock.at(start + timedelta(seconds=90)):
        ticker.run_due()
        ticker.run_due()
        with reading() as db:
            assert queries.silent(db, sitting.meeting) == {sitting.hall: heard}
            assert screens.for_the_chair(db, sitting.meeting)["_silent"] == {sitting.hall: heard}
            assert kinds(db, sitting.stream) == ["arrivals:desk:silent"]
        page = client("alice").get(f"/meetings/{sitting.meeting}/console").text
        assert "No word from School since" in page
        assert "No word from School" not in client(None).get(f"/meetings/{sitting.meeting}").text
    with clock.at(start + timedelta(seconds=200)):
        hui.post(here)
        with reading() as db:
            assert queries.silent(db, sitting.meeting) == {}
            assert kinds(db, sitting.stream) == ["arrivals:desk:silent", "arrivals:desk:back"]
            access = meetings.meeting_access(db, cast.alice, sitting.meeting)
            row = minutes.latest(db, access)
            assert row is not None
            record = minutes.projected(db, row)
    lost = [entry for entry in record.entries().values() if entry.kind is EntryKind.LINK_LOST]
    assert [(entry.at, entry.facts["silent"]) for entry in lost] == [(heard, True)]
    assert lost[0].until is not None
    assert lost[0].until - lost[0].at == timedelta(seconds=200)


def test_a_desk_that_is_left_is_not_missed(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
    here = f"/meetings/{sitting.meeting}/desk/{sitting.hall}/here"
    assert client("bob").post(here).status_code == 403
    hui = client("hui")
    hui.post(here)
    hui.post(here, data={"away": "1"})
    with clock.travel(minutes=5):
        ticker.run_due()
        hui.post(here)
        with reading() as db:
            assert kinds(db, sitting.stream) == []
    # The server was away itself: whoever is heard again tells of the time between.
    with clock.travel(minutes=15), transaction() as tx:
        service.hear(tx, cast.hui, sitting.meeting, sitting.hall)
        assert kinds(tx, sitting.stream) == ["arrivals:desk:back"]
