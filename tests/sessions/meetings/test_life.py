"""A meeting's life: pure transitions, who may, what is told and recorded."""

from datetime import timedelta

import pytest
import sitting as hall
from cast import Cast
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from forum.base import clock
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import Audience, history
from forum.base.links import linked
from forum.consultations import service as consultations
from forum.consultations.models import Stage
from forum.members.models import InboxRow
from sessions.meetings import presence, queries, rules, service
from sessions.meetings.models import Link, MeetingState, VenueKind
from sessions.meetings.rules import Act


def kinds(tx: Db, stream: str, audience: Audience = Audience.MODERATOR) -> list[str]:
    return [event.kind for event in history(tx, stream, audience=audience)]


@settings(deadline=None)
@given(st.lists(st.sampled_from(Act)))
def test_a_meeting_only_ever_takes_steps_of_its_machine(acts: list[Act]) -> None:
    state = MeetingState.DRAFT
    for act in acts:
        if act in rules.offered(state):
            state = rules.after(state, act)
        else:
            with pytest.raises(Conflict):
                rules.after(state, act)
    assert state in MeetingState


def test_every_state_but_the_last_leads_on_and_mistakes_can_be_mended() -> None:
    assert [state for state in MeetingState if not rules.offered(state)] == [MeetingState.ARCHIVED]
    assert rules.after(MeetingState.ADJOURNED, Act.REOPEN) is MeetingState.IN_SESSION
    assert rules.after(MeetingState.CONVENED, Act.CALL_OFF) is MeetingState.DRAFT


@settings(deadline=None)
@given(st.permutations(range(6)), st.integers(-9, 9), st.integers(0, 5))
def test_moving_an_item_keeps_the_others_in_order(order: list[int], by: int, at: int) -> None:
    thing = order[at]
    moved = rules.shifted(order, thing, by)
    assert [x for x in moved if x != thing] == [x for x in order if x != thing]
    assert moved.index(thing) == min(max(at + by, 0), 5)


def test_a_draft_is_there_only_for_those_who_run_it(cast: Cast, tx: Db) -> None:
    draft = service.Draft("A session", clock.now() + timedelta(days=1))
    meeting = service.draft_meeting(tx, cast.alice, cast.consultation, draft)
    assert queries.meeting_access(tx, cast.alice, meeting).audience is Audience.MODERATOR
    assert queries.meeting_access(tx, cast.shu, meeting).audience is Audience.DESK
    for reader in (cast.bob, None):
        with pytest.raises(NotFound):
            queries.meeting_access(tx, reader, meeting)
        assert queries.reader(tx, reader, meeting) is None
    assert linked(tx, f"meeting:{meeting}") == [cast.place]


def test_only_those_who_lead_prepare_a_meeting(cast: Cast, tx: Db) -> None:
    draft = service.Draft("A session", clock.now() + timedelta(days=1))
    with pytest.raises(Forbidden):
        service.draft_meeting(tx, cast.bob, cast.consultation, draft)
    with pytest.raises(NotFound):
        service.draft_meeting(tx, cast.alice, 999, draft)
    with pytest.raises(Invalid):
        service.draft_meeting(
            tx, cast.alice, cast.consultation, draft._replace(ends_at=clock.now())
        )
    with pytest.raises(Invalid):
        service.draft_meeting(tx, cast.alice, cast.consultation, draft._replace(quorum=">1/1"))
    consultations.move_stage(tx, cast.alice, cast.consultation, Stage.CLOSED)
    with pytest.raises(Conflict):
        service.draft_meeting(tx, cast.alice, cast.consultation, draft)


def test_convening_draws_the_roll_and_tells_everybody_on_it(cast: Cast, tx: Db) -> None:
    sitting = hall.convened(tx, cast)
    assert presence.counts(tx, sitting.meeting).entitled == 7
    told = tx.exec(
        select(InboxRow.member_id).where(col(InboxRow.kind) == "meetings:meeting:convened")
    )
    listed = ("bob", "dana", "rong", "hui", "shu", "clerk")
    assert sorted(told) == sorted(cast[name].id for name in listed)
    assert queries.meeting_access(tx, None, sitting.meeting).meeting.title.startswith("Second")


def test_a_meeting_without_a_venue_cannot_be_convened(cast: Cast, tx: Db) -> None:
    draft = service.Draft("A session", clock.now() + timedelta(days=1))
    meeting = service.draft_meeting(tx, cast.alice, cast.consultation, draft)
    with pytest.raises(Conflict, match="venue"):
        service.step(tx, cast.alice, meeting, Act.CONVENE)


def test_the_whole_life_and_its_events(cast: Cast, tx: Db) -> None:
    sitting = hall.started(tx, cast)
    meeting = sitting.meeting
    for act in (Act.BREAK, Act.RESUME, Act.ADJOURN, Act.REOPEN, Act.ADJOURN, Act.ARCHIVE):
        service.step(tx, cast.alice, meeting, act)
    life = [kind for kind in kinds(tx, sitting.stream) if kind.startswith("meetings:meeting:")]
    assert [kind.split(":")[2] for kind in life] == [
        "drafted",
        "convened",
        "started",
        "broken",
        "resumed",
        "adjourned",
        "reopened",
        "adjourned",
        "archived",
    ]
    assert "meetings:meeting:drafted" not in kinds(tx, sitting.stream, Audience.MEMBER)
    begun = history(tx, sitting.stream, kinds=["meetings:meeting:started"])[0].payload
    assert (begun["entitled"], begun["present"]) == (7, 5)
    assert begun["venues"] == {
        str(sitting.main): 3,
        str(sitting.hall): 1,
        str(sitting.online): 1,
    }
    with pytest.raises(Conflict):
        service.step(tx, cast.alice, meeting, Act.START)


def test_two_clicks_at_once_are_one_start(cast: Cast, tx: Db) -> None:
    sitting = hall.started(tx, cast)
    with pytest.raises(Conflict, match="In session"):
        service.step(tx, cast.alice, sitting.meeting, Act.START)
    with pytest.raises(Forbidden):
        service.step(tx, cast.bob, sitting.meeting, Act.ADJOURN)


def test_moving_a_convened_meeting_is_told(cast: Cast, tx: Db) -> None:
    sitting = hall.convened(tx, cast)
    row = queries.meeting_row(tx, sitting.meeting)
    later = service.Draft(row.title, row.starts_at + timedelta(days=1), None, ">=2/3")
    service.edit_meeting(tx, cast.alice, sitting.meeting, later)
    told = tx.exec(
        select(InboxRow.id).where(col(InboxRow.kind) == "meetings:meeting:changed")
    ).all()
    assert len(told) == 6
    service.edit_meeting(tx, cast.alice, sitting.meeting, later._replace(title="Third session"))
    again = tx.exec(
        select(InboxRow.id).where(col(InboxRow.kind) == "meetings:meeting:changed")
    ).all()
    assert len(again) == 6


def test_calling_off_lets_everybody_go_and_can_be_convened_again(cast: Cast, tx: Db) -> None:
    sitting = hall.convened(tx, cast)
    service.check_in(tx, cast.clerk, sitting.meeting, sitting.main, [cast.bob.id])
    service.step(tx, cast.alice, sitting.meeting, Act.CALL_OFF)
    assert presence.counts(tx, sitting.meeting).present == 0
    with pytest.raises(NotFound):
        queries.meeting_access(tx, cast.bob, sitting.meeting)
    service.step(tx, cast.alice, sitting.meeting, Act.CONVENE)
    assert presence.counts(tx, sitting.meeting).entitled == 7


def test_the_keeper_of_a_desk_gets_the_role_for_this_meeting_alone(cast: Cast, tx: Db) -> None:
    sitting = hall.convened(tx, cast)
    access = queries.meeting_access(tx, cast.hui, sitting.meeting)
    assert [venue.id for venue in access.desks] == [sitting.hall]
    assert access.audience is Audience.DESK
    place = service.Place(VenueKind.SUB, "School", "", cast.rong.id)
    service.set_venue(tx, cast.alice, sitting.meeting, place, venue=sitting.hall)
    assert queries.meeting_access(tx, cast.hui, sitting.meeting).desks == ()
    assert queries.meeting_access(tx, cast.rong, sitting.meeting).desks != ()


def test_a_venue_where_somebody_was_stays(cast: Cast, tx: Db) -> None:
    sitting = hall.started(tx, cast)
    with pytest.raises(Conflict):
        service.drop_venue(tx, cast.alice, sitting.meeting, sitting.hall)
    second = service.Place(VenueKind.MAIN, "Another hall")
    with pytest.raises(Conflict):
        service.set_venue(tx, cast.alice, sitting.meeting, second)
    spare = service.set_venue(
        tx, cast.alice, sitting.meeting, service.Place(VenueKind.SUB, "Pavilion")
    )
    service.drop_venue(tx, cast.alice, sitting.meeting, spare)
    with pytest.raises(NotFound):
        service.drop_venue(tx, cast.alice, sitting.meeting, spare)


def test_a_lost_link_is_an_event_with_who_was_there(cast: Cast, tx: Db) -> None:
    sitting = hall.started(tx, cast)
    service.set_link(tx, cast.hui, sitting.meeting, sitting.hall, Link.DOWN)
    service.set_link(tx, cast.hui, sitting.meeting, sitting.hall, Link.DOWN)
    lost = history(tx, sitting.stream, kinds=["meetings:venue:linked"])
    assert [event.payload for event in lost] == [
        {"venue": sitting.hall, "link": "down", "present": 1}
    ]
    with pytest.raises(Forbidden):
        service.set_link(tx, cast.hui, sitting.meeting, sitting.main, Link.DOWN)


def test_what_the_chair_shows_is_sealed_and_taken_away(cast: Cast, tx: Db) -> None:
    sitting = hall.started(tx, cast)
    service.show(tx, cast.alice, sitting.meeting, "We go on at 15:30.")
    service.show(tx, cast.alice, sitting.meeting, "")
    told = [kind for kind in kinds(tx, sitting.stream) if ":notice:" in kind]
    assert told == ["meetings:notice:shown", "meetings:notice:taken"]
    shown = history(tx, sitting.stream, kinds=["meetings:notice:shown"])[0]
    assert "15:30" not in str(shown.payload)
    with pytest.raises(Forbidden):
        service.show(tx, cast.bob, sitting.meeting, "Hello")
