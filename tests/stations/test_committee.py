"""A committee's terms and offices: who sits has the role, past terms stay, days do not overlap."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from cast import Cast
from conftest import Client
from hypothesis import given
from hypothesis import strategies as st

from forum.base import ticker
from forum.base.db import Db, reading, transaction
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import history
from forum.members import queries as members
from forum.members.models import Role
from forum.stations import committees, service, terms
from forum.stations.committees import TermRow
from forum.stations.models import Office, Tier
from forum.stations.service import Details

DAY = timedelta(days=1)
DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 1))
SPANS = st.builds(
    lambda first, length: (first, None if length is None else first + length * DAY),
    DAYS,
    st.none() | st.integers(0, 40),
)


def span(days: tuple[date, date | None]) -> TermRow:
    return TermRow(1, 1, 1, *days)


@given(SPANS, SPANS)
def test_spans_meet_where_they_have_a_day_in_common(
    one: tuple[date, date | None], other: tuple[date, date | None]
) -> None:
    calendar = [date(2020, 1, 1) + DAY * n for n in range(70)]
    common = [day for day in calendar if terms.in_force(span(one), day)]
    assert terms.meet(span(one), *other) == any(terms.in_force(span(other), day) for day in common)


@given(st.lists(SPANS, max_size=5), DAYS)
def test_nothing_changes_before_the_next_change(
    spans: list[tuple[date, date | None]], day: date
) -> None:
    rows = [span(days) for days in spans]

    def standing(on: date) -> list[bool]:
        return [terms.in_force(row, on) for row in rows]

    coming = terms.next_change(rows, day)
    last = coming - DAY if coming else date(2020, 4, 1)
    while last > day:
        assert standing(last) == standing(day)
        last -= DAY
    if coming:
        assert any(coming in (row.first, row.last and row.last + DAY) for row in rows)


def committee(tx: Db, cast: Cast) -> int:
    return service.create(tx, cast.admin, Details(Tier.COMMITTEE, "Lift committee", "LIFT"))


def sit(tx: Db, station: int) -> set[int]:
    return {h.id for h in members.holders(tx, Role.COMMITTEE, [f"station:{station}"])}


def test_the_role_begins_and_ends_with_the_office(tx: Db, cast: Cast) -> None:
    here, today = committee(tx, cast), committees.today()
    term = service.begin_term(tx, cast.admin, here, 1, today - 9 * DAY, today + 9 * DAY)
    chair = service.name(tx, cast.admin, here, term, "bob", Office.CHAIR)
    service.name(tx, cast.admin, here, term, "rong", Office.MEMBER, first=today + DAY)
    assert sit(tx, here) == {cast.bob.id}
    service.release(tx, cast.admin, here, chair, today - DAY)
    assert sit(tx, here) == set()
    with pytest.raises(Conflict):
        service.release(tx, cast.admin, here, chair, today)
    kinds = [event.kind for event in history(tx, f"station:{here}")]
    assert kinds[1:] == [
        "stations:term:set", "stations:seat:granted", "stations:seat:granted", "stations:seat:ended"
    ]  # fmt: skip


def test_days_that_come_change_the_role_by_themselves(
    data: object, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction() as tx:
        here, today = committee(tx, cast), committees.today()
        term = service.begin_term(tx, cast.admin, here, 1, today + 2 * DAY, today + 3 * DAY)
        service.name(tx, cast.admin, here, term, "bob", Office.MEMBER)
    seen = []
    for day in range(6):
        with monkeypatch.context() as patched:
            patched.setattr(committees, "today", lambda day=day: today + day * DAY)
            with transaction() as tx:
                due = ticker.scheduled(tx, "stations:committee:change", f"station:{here}")
                assert (due is None) == (day > 4)
                service.follow(tx, None, here)
                seen.append(sit(tx, here) == {cast.bob.id})
    assert seen == [False, False, True, True, False, False]


def test_those_of_long_ago_do_not_crowd_out_who_sits(
    tx: Db, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(committees, "MOST_SEATS", 1)
    here, today = committee(tx, cast), committees.today()
    before = service.begin_term(tx, cast.admin, here, 1, today - 9 * DAY, today - DAY)
    service.name(tx, cast.admin, here, before, "rong", Office.CHAIR)
    term = service.begin_term(tx, cast.admin, here, 2, today, None)
    service.name(tx, cast.admin, here, term, "bob", Office.CHAIR)
    assert sit(tx, here) == {cast.bob.id}


def test_a_new_term_ends_the_one_before_and_keeps_it(tx: Db, cast: Cast) -> None:
    here, today = committee(tx, cast), committees.today()
    first = service.begin_term(tx, cast.admin, here, 4, today - 30 * DAY, None)
    service.name(tx, cast.admin, here, first, "bob", Office.CHAIR)
    second = service.begin_term(tx, cast.admin, here, 5, today, None)
    service.name(tx, cast.admin, here, second, "rong", Office.CHAIR)
    assert sit(tx, here) == {cast.rong.id}
    (new, old) = committees.all_terms(tx, here)
    assert (new.number, old.number, old.last) == (5, 4, today - DAY)
    assert [seat.name for seat in committees.seats(tx, [old.id])] == ["Bob"]


@pytest.mark.parametrize("field", ["number", "first", "last", "login", "office"])
def test_what_does_not_fit_is_said_at_the_field(tx: Db, cast: Cast, field: str) -> None:
    here, today = committee(tx, cast), committees.today()
    term = service.begin_term(tx, cast.admin, here, 1, today, today + 9 * DAY)
    service.name(tx, cast.admin, here, term, "bob", Office.CHAIR)
    service.name(tx, cast.admin, here, term, "shu", Office.SECRETARY, last=today + DAY)
    tries: dict[str, Callable[[], object]] = {
        "number": lambda: service.begin_term(tx, cast.admin, here, 1, today + 20 * DAY, None),
        "first": lambda: service.begin_term(tx, cast.admin, here, 2, today + 9 * DAY, None),
        "last": lambda: service.change_term(tx, cast.admin, here, term, today, today - DAY),
        "login": lambda: service.name(tx, cast.admin, here, term, "bob", Office.MEMBER),
        "office": lambda: service.name(tx, cast.admin, here, term, "rong", Office.CHAIR),
    }
    with pytest.raises(Invalid) as refused:
        tries[field]()
    assert set(refused.value.fields or {}) == {field}
    # Whoever has left may come back.
    service.name(tx, cast.admin, here, term, "shu", Office.MEMBER, first=today + 2 * DAY)


def test_only_its_administrator_names_members(tx: Db, cast: Cast) -> None:
    here, today = committee(tx, cast), committees.today()
    for actor in (cast.bob, cast.alice):
        with pytest.raises(Forbidden):
            service.begin_term(tx, actor, here, 1, today, None)
    term = service.begin_term(tx, cast.admin, here, 1, today, None)
    other = service.create(tx, cast.admin, Details(Tier.COMMITTEE, "Another", "OTHER"))
    with pytest.raises(NotFound):
        service.name(tx, cast.admin, other, term, "bob", Office.MEMBER)
    with pytest.raises(NotFound):
        service.begin_term(tx, cast.admin, cast.station, 1, today, None)


def test_the_role_is_not_given_by_hand(tx: Db, cast: Cast) -> None:
    here = committee(tx, cast)
    with pytest.raises(Invalid):
        service.appoint(tx, cast.admin, here, "bob", Role.COMMITTEE)
    service.appoint(tx, cast.admin, here, "bob", Role.SECRETARY)
    with pytest.raises(Invalid):
        service.dismiss(tx, cast.admin, here, cast.bob.id, Role.COMMITTEE)


def test_the_pages_show_terms_and_members(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        here = committee(tx, cast)
    admin, today = client("admin"), committees.today()
    made = admin.post(f"/stations/{here}/terms", data={"number": "3", "first": str(today)})
    assert made.status_code == 303
    with reading() as db:
        (term,) = committees.all_terms(db, here)
    seat = {"term": str(term.id), "login": "bob", "office": "chair"}
    assert admin.post(f"/stations/{here}/seats", data=seat).status_code == 303
    for page in (f"/stations/{here}", f"/stations/{here}/terms"):
        text = client(None).get(page).text
        assert "Term 3" in text
        assert "Bob" in text
        assert "Chair" in text
    again = admin.post(f"/stations/{here}/seats", data=seat | {"login": "nobody"})
    assert again.status_code == 422
    assert "Nobody has this login name." in again.text
    ended = admin.post(f"/stations/{here}/seats/1/end")
    assert ended.status_code == 303
    with reading() as db:
        assert committees.seats(db, [term.id])[0].last == today
    assert client("bob").post(f"/stations/{here}/seats", data=seat).status_code == 403
    assert client(None).get(f"/stations/{cast.station}/terms").status_code == 404
