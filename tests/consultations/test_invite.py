"""Links and slips into a consultation: made, taken, used up, places and those who wait."""

import re
from datetime import timedelta

import pytest
from cast import Cast
from conftest import Client

from forum.arguments import service as arguments
from forum.arguments.models import Stance
from forum.base import clock
from forum.base.db import Db, reading, transaction
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.consultations import pages, places, queries, service
from forum.consultations.models import Consultation, Eligibility, Participant, Stage, Visibility
from forum.consultations.rules import Deed
from forum.members import queries as members
from forum.members import service as accounts
from forum.members.models import Role, StandingKind
from forum.stations.service import Newcomer

DIGITS = re.compile(r"(?:\d{4} ){3}\d{4}")
PASSWORD = "a long enough word"


def made(
    tx: Db, cast: Cast, *, category: int | None = None, most: int | None = None, guests: bool = True
) -> str:
    """The code of a link."""
    until = clock.now() + timedelta(days=9)
    links = service.invite(
        tx, cast.alice, cast.consultation,
        category=category, note="", until=until, guests=guests, most=most,
    )  # fmt: skip
    return links.codes[0]


def wall(cast: Cast) -> None:
    with transaction() as tx:
        row = tx.get_one(Consultation, cast.consultation)
        row.visibility, row.eligibility = Visibility.INVITED, Eligibility.LISTED


def test_an_invited_member_comes_in_and_is_on_the_list(client: Client, cast: Cast) -> None:
    wall(cast)
    with transaction() as tx:
        code = made(tx, cast)
    browser = client("charlie")
    here = f"/consultations/{cast.consultation}"
    assert browser.get(here).status_code == 404
    assert "A lift for block 7" in browser.get(f"/join/{code}").text
    answer = browser.post(f"/join/{code}")
    assert answer.headers["location"] == here
    assert browser.get(here).status_code == 200
    assert browser.get(f"/join/{code}").headers["location"] == here
    assert browser.post(f"/join/{code}").status_code == 409
    with reading() as db:
        assert queries.access(db, cast.charlie, cast.consultation).may(Deed.ARGUE)


def test_a_guest_takes_part_here_alone_and_becomes_a_member_who_said_it(
    client: Client, cast: Cast
) -> None:
    wall(cast)
    with transaction() as tx:
        code = made(tx, cast)
        other = service.create(
            tx, cast.alice,
            service.Draft("The yard", "Yard", "Yard", Visibility.PUBLIC, Eligibility.OPEN, "UTC"),
            station=cast.station, stage=Stage.DELIBERATING,
        )  # fmt: skip
    browser = client(None)
    card = browser.post(f"/join/{code}", data={"name": "Auntie"})
    assert len(DIGITS.findall(card.text)) == 1
    said = browser.post(
        f"/items/{cast.item}/arguments", data={"stance": "pro", "body": "Knees get older."}
    )
    assert said.status_code == 303
    with reading() as db:
        found, _total = pages.participants(db, cast.consultation)
        (new,) = [members.actor_of(db, row.id) for row in found if row.name == "Auntie"]
        assert members.roles(db, new, [cast.place]) == {Role.RESIDENT}
        assert members.roles(db, new, [f"station:{cast.station}"]) == set()
        assert not queries.access(db, new, other).eligible
        refused = queries.refusal(queries.access(db, new, other), Deed.ARGUE)
        assert refused is not None
        assert "guest of another consultation" in refused.message
    form = {"login": "auntie", "password": PASSWORD}
    assert browser.post("/settings/membership", data=form).status_code == 303
    with reading() as db:
        member = members.actor_of(db, new.id)
        assert member.guest_of is None
        assert queries.access(db, member, other).may(Deed.ARGUE)
    assert "Auntie" in browser.get(f"/items/{cast.item}").text
    assert client(None).post("/sign-in", data=form).status_code == 303


def test_a_guest_does_not_see_what_is_for_members(cast: Cast) -> None:
    with transaction() as tx:
        code = made(tx, cast)
        joined = service.join(tx, None, code, Newcomer("Auntie"))
        draft = service.Draft("Ours", "Ours", "Ours", Visibility.MEMBERS, Eligibility.OPEN, "UTC")
        ours = service.create(tx, cast.admin, draft)
    with reading() as db:
        guest = members.actor_of(db, joined.arrival.member)
        with pytest.raises(NotFound):
            queries.access(db, guest, ours)
        found, _total = queries.consultations(db, guest)
        assert ours not in [row.id for row in found]
        assert ours in [row.id for row in queries.consultations(db, cast.charlie)[0]]


def test_where_a_name_is_not_enough(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        code = made(tx, cast, guests=False)
    form = {"name": "Newcomer"}
    answer = client(None).post(f"/join/{code}", data=form)
    assert answer.status_code == 422
    assert "This invitation asks for a membership" in answer.text
    full = form | {"login": "newcomer", "password": PASSWORD}
    assert client(None).post(f"/join/{code}", data=full).status_code == 303


def test_a_link_is_used_up(tx: Db, cast: Cast) -> None:
    code = made(tx, cast, most=1)
    service.join(tx, cast.charlie, code, None)
    with pytest.raises(Conflict):
        service.join(tx, cast.admin, code, None)


def test_a_link_ends_and_can_be_withdrawn(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        first, second = made(tx, cast), made(tx, cast)
        last = places.offer(tx, second).invitation
    with clock.travel(days=10):
        assert "This invitation was valid until" in client(None).get(f"/join/{first}").text
    url = f"/consultations/{cast.consultation}/invitations/{last}/withdraw"
    assert client("bob").post(url).status_code == 403
    assert client("alice").post(url).status_code == 303
    said = client("charlie").get(f"/join/{second}")
    assert said.status_code == 409
    assert "This invitation was withdrawn." in said.text
    assert client("charlie").post(f"/join/{second}").status_code == 409
    assert client("charlie").get(f"/join/{first}").status_code == 200


def test_nobody_comes_to_what_is_over(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        code = made(tx, cast)
        service.move_stage(tx, cast.alice, cast.consultation, Stage.CLOSED)
    said = client("charlie").get(f"/join/{code}")
    assert said.status_code == 409
    assert "This consultation is over" in said.text
    assert client("charlie").post(f"/join/{code}").status_code == 409


def test_a_banned_person_does_not_come_back_by_a_link(tx: Db, cast: Cast) -> None:
    code = made(tx, cast)
    accounts.set_standing(
        tx, None, cast.charlie.id, cast.place, StandingKind.BANNED, until=None, reason="Threats"
    )
    with pytest.raises(Forbidden):
        service.join(tx, cast.charlie, code, None)


def test_who_comes_late_waits_and_moves_up(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        group = service.set_category(tx, cast.alice, cast.consultation, "owners", 1)
        code = made(tx, cast, category=group)
        people = [service.join(tx, None, code, Newcomer(f"Owner {n}")) for n in range(4)]
    assert [joined.waits_as for joined in people] == [None, 1, 2, 3]
    first, second, third, fourth = (joined.arrival.member for joined in people)
    overview = client("alice").get(f"/consultations/{cast.consultation}/invitations.json").json()
    (line,) = overview["categories"]
    assert (line["quota"], line["joined"], line["waiting"]) == (1, 1, 3)
    url = f"/consultations/{cast.consultation}/categories/{group}"
    assert client("bob").post(url, data={"quota": "2"}).status_code == 403
    assert client("alice").post(url, data={"quota": "2"}).status_code == 303
    with transaction() as tx:
        assert [listed(tx, cast, who) for who in (second, third)] == [True, False]
        service.strike(tx, cast.alice, cast.consultation, first)
        assert [listed(tx, cast, who) for who in (first, third, fourth)] == [False, True, False]
        waiting = members.actor_of(tx, fourth)
        assert places.number(tx, waiting, cast.consultation) == 1
        told = members.actor_of(tx, third)
        assert members.roles(tx, told, [cast.place]) == {Role.RESIDENT}
        left = members.actor_of(tx, first)
        assert members.roles(tx, left, [cast.place]) == set()


def listed(db: Db, cast: Cast, member: int) -> bool:
    """Whether somebody is on the list."""
    return db.get(Participant, (cast.consultation, member)) is not None


def test_who_waits_sees_their_number_and_nothing_else(client: Client, cast: Cast) -> None:
    wall(cast)
    with transaction() as tx:
        group = service.set_category(tx, cast.alice, cast.consultation, "tenants", 0)
        code = made(tx, cast, category=group)
    browser = client("charlie")
    assert "All places are taken." in browser.get(f"/join/{code}").text
    assert browser.post(f"/join/{code}").headers["location"] == f"/join/{code}"
    assert "You are number 1 on the waiting list." in browser.get(f"/join/{code}").text
    assert browser.get(f"/consultations/{cast.consultation}").status_code == 404
    with transaction() as tx:
        service.set_category(tx, cast.alice, cast.consultation, "", None, category=group)
    assert browser.get(f"/consultations/{cast.consultation}").status_code == 200
    assert "You are invited to take part in" in browser.get("/inbox").text


def test_personal_slips_are_printed_and_used_once_each(client: Client, cast: Cast) -> None:
    url = f"/consultations/{cast.consultation}/invitations"
    until = f"{clock.now() + timedelta(days=5):%Y-%m-%d}T12:00"
    form = {"personal": "3", "until": until, "guests": "1", "note": "Door 3"}
    assert client("bob").post(url, data=form).status_code == 403
    assert client("bob").get(url).status_code == 403
    sheet = client("alice").post(url, data=form)
    shown = DIGITS.findall(sheet.text)
    assert len(set(shown)) == 3
    step = client(None).post("/enter", data={"code": shown[0]})
    assert step.headers["location"] == f"/join/{shown[0].replace(' ', '')}"
    for expected in (200, 409):
        answer = client(None).post(step.headers["location"], data={"name": "One"})
        assert answer.status_code == expected
    assert "1 of 3 used" in client("alice").get(url).text


@pytest.mark.parametrize(
    ("form", "field"), [({"group": "palaces"}, "group"), ({"own": "x", "quota": "-1"}, "quota")]
)
def test_a_group_has_a_name_and_a_number(
    client: Client, cast: Cast, form: dict[str, str], field: str
) -> None:
    url = f"/consultations/{cast.consultation}/categories.json"
    answer = client("alice").post(url, data=form)
    assert set(answer.json()["fields"]) == {field}


def test_the_same_group_is_invited_once(tx: Db, cast: Cast) -> None:
    service.set_category(tx, cast.alice, cast.consultation, "owners", 5)
    with pytest.raises(Invalid):
        service.set_category(tx, cast.alice, cast.consultation, "owners", 6)


def test_guests_speak_like_others(tx: Db, cast: Cast) -> None:
    joined = service.join(tx, None, made(tx, cast), Newcomer("Auntie"))
    guest = members.actor_of(tx, joined.arrival.member)
    new = arguments.post(tx, guest, cast.item, body="From a guest.", stance=Stance.PRO)
    assert new


def test_who_waits_may_leave_and_the_next_moves_up(client: Client, cast: Cast) -> None:
    wall(cast)
    with transaction() as tx:
        group = service.set_category(tx, cast.alice, cast.consultation, "tenants", 1)
        code = made(tx, cast, category=group)
        service.join(tx, None, code, Newcomer("Early"))
    charlie, admin = client("charlie"), client("admin")
    for browser in (charlie, admin):
        browser.post(f"/join/{code}")
    away = f"/consultations/{cast.consultation}/waiting/leave"
    assert away in charlie.get(f"/join/{code}").text
    assert "You are number 1 on the waiting list." in charlie.get("/settings").text
    assert "You are number 2 on the waiting list." in admin.get("/settings").text
    assert "You are number 2" in admin.get(f"/consultations/{cast.consultation}").text
    assert charlie.post(away).status_code == 303
    assert charlie.post(away).status_code == 404
    assert client("bob").post(away).status_code == 404
    assert "waiting list" not in charlie.get("/settings").text
    assert "You are number 1 on the waiting list." in admin.get("/settings").text
    with transaction() as tx:
        service.set_category(tx, cast.alice, cast.consultation, "", 2, category=group)
        assert listed(tx, cast, cast.admin.id)
        assert not listed(tx, cast, cast.charlie.id)
    assert "You are invited to take part in" in admin.get("/inbox").text
    assert admin.post(away).status_code == 404
    charlie.post(f"/join/{code}")  # whoever comes again stands at the end
    assert "You are number 1 on the waiting list." in charlie.get("/settings").text
