"""The two codes of the door: a person's ticket, and the wall's by the clock."""

from datetime import UTC, datetime, timedelta

import pytest
import sitting as hall
from cast import Cast
from conftest import Client

from forum.base import clock, limits, pictures
from forum.base.db import Db, transaction
from forum.base.errors import Forbidden, Invalid, NotFound, TooMany
from forum.base.i18n import using
from forum.stations import codes as signs
from sessions.arrivals import codes, queries, service
from sessions.meetings import presence
from sessions.meetings import service as attendance
from sessions.meetings.models import Method, Mode, VenueKind
from sessions.meetings.rules import Act

NOON = datetime(2030, 5, 1, 12, 0, 0, tzinfo=UTC)


def test_a_ticket_names_one_person_of_one_meeting(cast: Cast, tx: Db) -> None:
    sitting = hall.convened(tx, cast)
    bob = codes.ticket(sitting.meeting, cast.bob.id)
    assert bob == codes.ticket(sitting.meeting, cast.bob.id)
    assert len(bob) == codes.LENGTH
    assert signs.sound(bob)
    others = {codes.ticket(sitting.meeting + 1, cast.bob.id), codes.ticket(sitting.meeting, 99)}
    assert bob not in others
    desk = (tx, cast.hui, sitting.meeting, sitting.hall)
    assert service.by_code(*desk, signs.grouped(bob)).id == cast.bob.id
    slip = f"{bob[:-1]}{(int(bob[-1]) + 1) % 10}"
    for wrong in ("12", slip, codes.ticket(sitting.meeting + 1, cast.bob.id)):
        with pytest.raises(Invalid):
            service.by_code(*desk, wrong)
    with pytest.raises(Forbidden):
        service.by_code(tx, cast.hui, sitting.meeting, sitting.main, bob)
    with pytest.raises(NotFound):
        service.by_code(tx, cast.clerk, sitting.meeting, 999, bob)


def test_every_telephone_reads_the_picture() -> None:
    """A whole QR code, however few its digits: no camera of a desk reads the micro ones."""
    assert 'viewBox="0 0 25 25"' in pictures.qr("1" * codes.LENGTH)


def test_who_guesses_tickets_is_stopped(cast: Cast, tx: Db) -> None:
    sitting = hall.convened(tx, cast)
    foreign = codes.ticket(sitting.meeting + 1, cast.bob.id)
    limits.clear()
    with clock.at(NOON):
        for _try in range(int(service.doors.AT_DESK["burst"])):
            with pytest.raises(Invalid):
                service.by_code(tx, cast.hui, sitting.meeting, sitting.hall, foreign)
        with pytest.raises(TooMany):
            service.by_code(tx, cast.hui, sitting.meeting, sitting.hall, foreign)
    limits.clear()


@pytest.mark.parametrize(
    ("later", "opens"),
    [(0, True), (codes.WINDOW - 1, True), (2 * codes.WINDOW - 1, True), (2 * codes.WINDOW, False)],
)
def test_the_wall_takes_this_code_and_the_one_before(later: int, *, opens: bool) -> None:
    start = datetime.fromtimestamp(int(NOON.timestamp()) // codes.WINDOW * codes.WINDOW, UTC)
    code = codes.wall(3, start)
    assert codes.changes_in(start) == codes.WINDOW
    assert codes.on_wall(3, f"{code[:3]} {code[3:]}", start + timedelta(seconds=later)) == opens
    assert not codes.on_wall(4, code, start)
    assert not codes.on_wall(3, code, start - timedelta(seconds=1))


def test_a_pass_is_of_one_meeting_and_lasts_a_while(cast: Cast) -> None:
    kept = codes.passed(1, 3, NOON)
    assert codes.stood_at(kept, 1, NOON + codes.PASS_LASTS) == 3
    assert codes.stood_at(kept, 2, NOON) is None
    assert codes.stood_at(kept, 1, NOON + codes.PASS_LASTS + timedelta(seconds=1)) is None
    assert codes.stood_at(kept + "x", 1, NOON) is None


def test_somebody_checks_in_before_the_wall(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
    arrive = f"/meetings/{sitting.meeting}/arrive"
    bob = client("bob")
    answer = bob.get(arrive, params={"code": codes.wall(sitting.hall, clock.now())})
    # The code does not stay in the address line.
    assert (answer.status_code, answer.headers["location"]) == (303, arrive)
    page = bob.get(arrive).text
    assert "Check in: School" in page
    assert bob.post(arrive).status_code == 303
    with transaction() as tx:
        here = presence.here(tx, sitting.meeting, [cast.bob.id])[cast.bob.id]
    assert (here.venue_id, here.mode, here.method) == (sitting.hall, Mode.IN_PERSON, Method.SELF)
    # The pass is used up; without it and without a code nothing is done.
    assert bob.post(arrive).status_code == 422


def test_a_guest_signs_in_first_and_comes_back(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
    arrive = f"/meetings/{sitting.meeting}/arrive"
    guest = client(None)
    code = codes.wall(sitting.main, clock.now())
    guest.get(arrive, params={"code": code})
    answer = guest.get(arrive)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=%2Fmeetings%2F")
    assert guest.post(arrive, data={"code": code}).status_code == 401


def test_a_stale_or_foreign_code_is_told(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
        starts = clock.now() + timedelta(days=3)
        draft = attendance.Draft("Another one", starts)
        other = attendance.draft_meeting(tx, cast.alice, cast.consultation, draft)
        place = attendance.Place(VenueKind.MAIN, "Elsewhere")
        foreign = attendance.set_venue(tx, cast.alice, other, place)
    bob = client("bob")
    arrive = f"/meetings/{sitting.meeting}/arrive"
    old = clock.now() - timedelta(seconds=3 * codes.WINDOW)
    for wrong in (codes.wall(sitting.hall, old), codes.wall(foreign, clock.now()), "abc"):
        answer = bob.post(arrive, data={"code": wrong})
        assert answer.status_code == 422
        assert "it changes every minute" in answer.text
    assert "it changes every minute" in bob.get(arrive, params={"code": "000"}).text
    with transaction() as tx:
        assert presence.counts(tx, sitting.meeting).present == 0


def test_the_wall_is_the_desks_and_changes(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
    wall = f"/meetings/{sitting.meeting}/desk/{sitting.hall}/wall"
    assert client("bob").get(wall).status_code == 403
    assert (
        client("hui").get(wall.replace(f"/{sitting.hall}/", f"/{sitting.main}/")).status_code == 403
    )
    with clock.at(clock.now()):
        page = client("hui").get(wall).text
        code = codes.wall(sitting.hall, clock.now())
    assert f"{code[:3]} {code[3:]}" in page
    assert '<noscript><meta http-equiv="refresh"' in page


def test_one_shows_ones_own_ticket(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
    code = signs.grouped(codes.ticket(sitting.meeting, cast.bob.id))
    bob = client("bob")
    assert code in bob.get(f"/meetings/{sitting.meeting}").text
    assert code in bob.get(f"/meetings/{sitting.meeting}/ticket").text
    assert client("charlie").get(f"/meetings/{sitting.meeting}/ticket").status_code == 404
    assert client(None).get(f"/meetings/{sitting.meeting}/ticket").is_redirect
    with transaction() as tx:
        attendance.step(tx, cast.alice, sitting.meeting, Act.CALL_OFF)
    assert bob.get(f"/meetings/{sitting.meeting}/ticket").status_code == 404


def test_a_desk_finds_people_by_ticket(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
    desk = f"/meetings/{sitting.meeting}/desk/{sitting.hall}"
    code = codes.ticket(sitting.meeting, cast.bob.id)
    hui = client("hui")
    found = hui.post(f"{desk}/code", data={"code": code}).headers["location"]
    assert found == f"{desk}/people/{cast.bob.id}"
    page = hui.get(found).text
    assert "Check in here" in page
    assert "Bob" in page
    wrong = hui.post(f"{desk}/code", data={"code": "123"})
    assert wrong.status_code == 422
    assert "A ticket has twelve digits." in wrong.text
    with using("en"), transaction() as tx:
        kept = {one.id: one for one in queries.roll(tx, sitting.meeting)}
    assert kept[cast.bob.id].entitled
    assert cast.charlie.id not in kept
    told = hui.get(f"{desk}/roll").json()
    by_id = {one["id"]: one for one in told["people"]}
    assert by_id[cast.bob.id]["code"] == codes.device_digest(sitting.meeting, code)
    assert code not in str(told)
    assert client("bob").get(f"{desk}/roll").status_code == 403


def test_who_guesses_at_a_wall_is_stopped(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
    bob = client("bob")
    limits.clear()
    arrive = f"/meetings/{sitting.meeting}/arrive"
    with clock.at(clock.now()):
        for _try in range(int(service.doors.AT_WALL["burst"])):
            assert bob.post(arrive, data={"code": "x"}).status_code == 422
        form = {"code": codes.wall(sitting.hall, clock.now())}
        assert bob.post(arrive, data=form).status_code == 429
        # Others are not kept out by it.
        assert client("shu").post(arrive, data=form).status_code == 303
    limits.clear()
