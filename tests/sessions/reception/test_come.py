"""Coming: a number each, by venue; who may enter them; received once, by one representative."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from cast import Cast
from conftest import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from preparing import called
from receiving import received, seated

from forum.base.db import Db, reading, transaction
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import Audience, history
from forum.members import service as accounts
from forum.members.models import Role, StandingKind
from sessions.meetings import service as meetings
from sessions.reception import queries, rules, service
from sessions.reception.models import Visitor, VisitState
from sessions.reception.rules import Act
from sessions.reception.service import Who


def state(tx: Db, visitor: int) -> VisitState:
    return VisitState(tx.get_one(Visitor, visitor, populate_existing=True).state)


@settings(deadline=None)
@given(st.lists(st.sampled_from(list(Act)), max_size=12))
def test_an_act_fits_or_is_refused_and_twice_is_once(acts: list[Act]) -> None:
    """Whatever is pressed: a step of the table, the same again, or a Conflict."""
    now = VisitState.WAITING
    for act in acts:
        try:
            after = rules.after(now, act)
        except Conflict:
            assert (now, act) not in rules.STEPS
            continue
        assert after is rules.AIMS[act]
        assert rules.after(after, act) is after
        now = after


def test_numbers_run_by_venue_and_a_form_counts_once(cast: Cast, tx: Db) -> None:
    found = received(tx, cast)
    here, nonce = found.meeting, "ab" * 16
    first = service.come(tx, cast.clerk, here, found.main, Who(), nonce=nonce)
    assert service.come(tx, cast.clerk, here, found.main, Who(), nonce=nonce) == first
    second = service.come(tx, cast.clerk, here, found.main, Who())
    school = service.come(tx, cast.hui, here, found.hall, Who())
    numbers = [tx.get_one(Visitor, ident).number for ident in (first, second, school)]
    assert numbers == [1, 2, 1]
    main = queries.tally(tx, here).venues[0]
    assert (main.waiting, main.next, main.received) == (2, 1, 0)


def test_two_desks_at_once_never_give_one_number(cast: Cast) -> None:
    with transaction() as tx:
        found = received(tx, cast)

    def enter(_turn: int) -> int:
        with transaction() as tx:
            return service.come(tx, cast.clerk, found.meeting, found.main, Who())

    with ThreadPoolExecutor(4) as desks:
        made = list(desks.map(enter, range(8)))
    with reading() as db:
        assert sorted(db.get_one(Visitor, ident).number for ident in made) == [*range(1, 9)]


def test_a_desk_enters_at_its_own_venue_only(cast: Cast, tx: Db) -> None:
    found = received(tx, cast)
    here = found.meeting
    for actor, venue in ((cast.hui, found.main), (cast.bob, found.main), (cast.rong, found.hall)):
        with pytest.raises(Forbidden):
            service.come(tx, actor, here, venue, Who())
    for actor in (cast.alice, cast.shu, cast.clerk):
        service.come(tx, actor, here, found.main, Who())
    with pytest.raises(NotFound):
        service.come(tx, cast.clerk, here, 999, Who())
    with pytest.raises(NotFound):
        service.come(tx, cast.clerk, here, found.main, Who(999))
    with pytest.raises(Invalid):
        service.come(tx, cast.clerk, here, found.main, Who(), receivers=[cast.bob.id])
    service.come(tx, cast.clerk, here, found.main, Who(cast.bob.id))
    with pytest.raises(Conflict, match="number here already"):
        service.come(tx, cast.clerk, here, found.main, Who(cast.bob.id))
    with pytest.raises(Conflict, match="it stays"):
        meetings.drop_venue(tx, cast.alice, here, found.main)


def test_one_representative_receives_one_visitor(cast: Cast, tx: Db) -> None:
    found = received(tx, cast)
    here = found.meeting
    accounts.grant(tx, None, cast.dana.id, Role.REPRESENTATIVE, found.stream)
    visitor = service.come(tx, cast.clerk, here, found.main, Who(None, "Mei"))
    service.move(tx, cast.rong, here, visitor, Act.RECEIVE)
    service.move(tx, cast.rong, here, visitor, Act.RECEIVE)
    moves = history(tx, found.stream, audience=Audience.DESK, kinds=["reception:visitor:moved"])
    assert [move.payload["receivers"] for move in moves] == [[cast.rong.id]]
    with pytest.raises(Conflict, match="Somebody else"):
        service.move(tx, cast.clerk, here, visitor, Act.RECEIVE, receivers=[cast.dana.id])
    service.move(tx, cast.rong, here, visitor, Act.FINISH)
    assert state(tx, visitor) is VisitState.RECORDED
    with pytest.raises(Conflict):
        service.move(tx, cast.clerk, here, visitor, Act.LEAVE)
    with pytest.raises(Forbidden):
        service.move(tx, cast.hui, here, visitor, Act.RECEIVE)
    away = service.come(tx, cast.clerk, here, found.main, Who())
    service.move(tx, cast.clerk, here, away, Act.LEAVE)
    service.move(tx, cast.clerk, here, away, Act.WAIT)
    assert state(tx, away) is VisitState.WAITING


def test_a_name_is_sealed_and_stands_in_no_event(cast: Cast, tx: Db) -> None:
    found = received(tx, cast)
    visitor = seated(tx, cast, found, Who(None, "Aunt Mei", "13800001111", "Block 9"))
    row = tx.get_one(Visitor, visitor)
    assert "Aunt Mei" not in f"{row.name}{row.contact}{row.home}"
    service.describe(tx, cast.clerk, found.meeting, visitor, Who(None, "Aunt Mei", "13900002222"))
    desk = queries.counter(tx, cast.clerk, found.meeting)
    shown = queries.visitor(tx, desk, visitor)
    assert (shown.name, shown.contact, shown.home) == ("Aunt Mei", "13900002222", "")
    public = history(tx, found.stream, audience=Audience.PUBLIC)
    kinds = {event.kind for event in public if event.kind.startswith("reception:")}
    assert kinds == {"reception:venue:counted"}
    told = history(tx, found.stream, audience=Audience.MODERATOR)
    assert not any(word in str(told) for word in ("Aunt Mei", "13900002222", "Block 9"))
    with pytest.raises(Forbidden):
        queries.visitor(tx, queries.counter(tx, cast.hui, found.meeting), visitor)
    listed = queries.visitors(tx, queries.counter(tx, cast.hui, found.meeting))
    assert [(one.number, one.name) for one in listed] == [(1, "")]


def test_people_online_take_a_number_themselves(cast: Cast, tx: Db) -> None:
    found = received(tx, cast)
    here = found.meeting
    first = service.take_number(tx, cast.bob, here)
    assert service.take_number(tx, cast.bob, here) == first
    row = tx.get_one(Visitor, first)
    assert (row.venue_id, row.number, row.member_id) == (found.online, 1, cast.bob.id)
    desk = history(tx, found.stream, audience=Audience.DESK, kinds=["reception:visitor:came"])
    assert [event.actor_id for event in desk] == [None]
    with pytest.raises(Forbidden, match="Shouting"):
        service.take_number(tx, cast.dana, here)
    service.give_back(tx, cast.bob, here)
    assert state(tx, first) is VisitState.LEFT
    accounts.set_standing(
        tx, cast.alice, cast.charlie.id, cast.place, StandingKind.BANNED,
        until=None, reason="Banned", within=(f"station:{cast.station}",),
    )  # fmt: skip
    for verb in (service.take_number, service.give_back):
        with pytest.raises(Forbidden):
            verb(tx, cast.charlie, here)


def test_pages_show_each_what_is_theirs(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        found = received(tx, cast)
        other = called(tx, cast).meeting
        visitor = seated(tx, cast, found, Who(None, "Aunt Mei", "13800001111"))
        waits = service.come(tx, cast.clerk, found.meeting, found.main, Who(None, "Uncle Wu"))
    base = found.register
    page = client("clerk").get(base).text
    assert "Aunt Mei" in page
    assert "Uncle Wu" in page
    asked = client("rong").get(f"{base}.json").json()
    assert [row["name"] for row in asked["visitors"]] == ["Aunt Mei", ""]
    assert "Mei" not in client("hui").get(base).text
    for reader, status in ((None, 303), ("bob", 403), ("charlie", 403)):
        assert client(reader).get(base).status_code == status, reader
    for public in (f"{base}/screen", f"{base}/numbers", f"/meetings/{found.meeting}"):
        text = client(None).get(public).text
        assert "Now serving" in text
        assert "Mei" not in text
    assert client("clerk").get(f"/meetings/{other}/reception").status_code == 404
    alice = client("alice")
    assert alice.get(f"/meetings/{other}/reception/{visitor}").status_code == 404
    sent = alice.post(f"{base}/{waits}/step", data={"step": "receive", "receiver": cast.rong.id})
    assert sent.headers["location"] == f"{base}/{waits}"
    made = alice.post(f"{base}/visitors", json={"venue": found.hall, "name": "Li"})
    assert (made.status_code, made.json()["number"]) == (201, 1)
    assert client(None).post(f"{base}/numbers").status_code in (303, 401)
    taken = client("charlie").post(f"{base}/numbers", data={})
    assert taken.headers["location"] == f"/meetings/{found.meeting}#reception"
    assert "Your number" in client("charlie").get(f"/meetings/{found.meeting}").text
