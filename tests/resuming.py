"""Meetings that go on another day, for the tests that look at every page."""

from dataclasses import replace
from datetime import timedelta

from cast import Cast
from moving import Pages, debating

from forum.agenda import service as agenda
from forum.agenda.models import ItemState
from forum.base import clock
from forum.base.db import transaction
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility
from sessions.floor import service as floor
from sessions.meetings import service as meetings
from sessions.meetings.rules import Act
from sessions.minutes import queries as minutes
from sessions.motions.models import Sort


def resuming(cast: Cast) -> Pages:
    """One waits for its third sitting, with a list; one has decided to close."""
    with transaction() as tx:
        draft = consultations.Draft(
            title="The yard by night",
            summary="Lamps, and who pays for them",
            purpose="To decide on it.",
            visibility=Visibility.PUBLIC,
            eligibility=Eligibility.OPEN,
            zone="Asia/Shanghai",
        )
        stage = Stage.DELIBERATING
        here = consultations.create(tx, cast.alice, draft, station=cast.station, stage=stage)
        items = [
            agenda.create(tx, cast.alice, here, agenda.Draft(title, ""))
            for title in ("How many lamps?", "Who pays?")
        ]
        for item in items:
            agenda.change_state(tx, cast.alice, item, ItemState.OPEN)
        waits, closes = (debating(tx, replace(cast, consultation=here, item=it)) for it in items)
        waits.moved(tx)
        floor.request(tx, cast.rong, waits.meeting)
        for _sitting in range(2):
            later = clock.now() + timedelta(days=7)
            meetings.step(tx, cast.alice, waits.meeting, Act.SUSPEND, until=later)
            meetings.step(tx, cast.alice, waits.meeting, Act.START)
        later = clock.now() + timedelta(days=7)
        meetings.step(tx, cast.alice, waits.meeting, Act.SUSPEND, until=later)
        closes.consented(tx, closes.dealt(tx, Sort.ADJOURN))
        record = minutes.versions(tx, waits.meeting)[0].id
    meeting = f"/meetings/{waits.meeting}"
    return {
        None: [meeting, f"{meeting}/screen"],
        "alice": [f"{meeting}/console", f"/meetings/{closes.meeting}/console"],
        "shu": [f"/minutes/{record}", f"/minutes/{record}/print"],
    }
