"""Places of those who were invited: passed on where somebody goes, and counted."""

from datetime import timedelta

import pytest
from cast import Cast

from forum.base import clock
from forum.base.db import Db
from forum.consultations import places, queries, service
from forum.members import queries as members
from forum.members.models import Role
from forum.privacy import service as privacy
from forum.stations.service import Newcomer


def link(tx: Db, cast: Cast, category: int, most: int | None = None) -> str:
    """The code of a link for these people."""
    links = service.invite(
        tx, cast.alice, cast.consultation,
        category=category, note="", until=clock.now() + timedelta(days=9), guests=True, most=most,
    )  # fmt: skip
    return links.codes[0]


def test_who_has_gone_for_good_keeps_nobody_waiting(tx: Db, cast: Cast) -> None:
    group = service.set_category(tx, cast.alice, cast.consultation, "owners", 1)
    code = link(tx, cast, group)
    people = [service.join(tx, None, code, Newcomer(f"Owner {n}")) for n in range(4)]
    first, second, third, fourth = (joined.arrival.member for joined in people)
    privacy.erase(tx, None, second)
    privacy.erase(tx, None, first)
    assert queries.listed(tx, members.actor_of(tx, third), cast.consultation)
    service.set_category(tx, cast.alice, cast.consultation, "", 2, category=group)
    assert queries.listed(tx, members.actor_of(tx, fourth), cast.consultation)


def test_who_is_put_on_the_list_waits_no_longer(tx: Db, cast: Cast) -> None:
    group = service.set_category(tx, cast.alice, cast.consultation, "owners", 0)
    joined = service.join(tx, None, link(tx, cast, group), Newcomer("Owner"))
    assert joined.waits_as == 1
    service.enlist(tx, cast.alice, cast.consultation, joined.arrival.member)
    owner = members.actor_of(tx, joined.arrival.member)
    assert places.number(tx, owner, cast.consultation) is None
    assert members.roles(tx, owner, [cast.place]) == {Role.RESIDENT}


def test_all_links_are_counted(tx: Db, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "SHOWN", 1)
    group = service.set_category(tx, cast.alice, cast.consultation, "owners", None)
    for _ in "ab":
        link(tx, cast, group, 5)
    assert len(places.invitations(tx, cast.consultation)) == 1
    assert [row.invited for row in places.categories(tx, cast.consultation)] == [10]
