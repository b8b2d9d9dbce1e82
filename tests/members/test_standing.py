"""Mutes and bans."""

from datetime import timedelta

import pytest
from cast import Cast

from forum.base import clock
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid
from forum.base.events import Audience, history
from forum.members import queries, service
from forum.members.models import PLATFORM, StandingKind
from forum.members.queries import Standing


def mute(tx: Db, cast: Cast, who: str, by: str, **more: object) -> None:
    place = f"station:{cast.station}"
    terms = {"until": None, "reason": "shouting", **more}
    service.set_standing(tx, cast[by], cast[who].id, place, StandingKind.MUTED, **terms)  # type: ignore[arg-type]


def test_a_mute_stands_in_the_persons_own_stream(tx: Db, cast: Cast) -> None:
    mute(tx, cast, "bob", "alice")
    last = history(tx, f"member:{cast.bob.id}", audience=Audience.MEMBER)[-1]
    assert last.kind == "members:standing:changed"
    assert last.payload == {
        "member": cast.bob.id,
        "place": f"station:{cast.station}",
        "restriction": "muted",
        "holds": True,
        "until": None,
    }
    assert "shouting" not in str(last)


def test_it_ends_with_its_time(tx: Db, cast: Cast) -> None:
    place = f"station:{cast.station}"
    mute(tx, cast, "bob", "alice", until=clock.now() + timedelta(hours=1))
    assert queries.standing(tx, cast.bob, [place]).muted
    assert not queries.standing(tx, cast.bob, ["station:99"]).muted
    with clock.travel(hours=2):
        assert queries.standing(tx, cast.bob, [place]) == Standing()


def test_the_longest_mark_is_the_one_told(tx: Db, cast: Cast) -> None:
    place = f"station:{cast.station}"
    mute(tx, cast, "bob", "alice", until=clock.now() + timedelta(hours=1), reason="short")
    service.set_standing(
        tx, cast.admin, cast.bob.id, PLATFORM, StandingKind.BANNED, until=None, reason="for good"
    )
    standing = queries.standing(tx, cast.bob, [place])
    assert standing == Standing(muted=True, until=None, reason="for good", banned=True)


def test_lifting_it_gives_the_word_back(tx: Db, cast: Cast) -> None:
    place = f"station:{cast.station}"
    mute(tx, cast, "bob", "alice")
    service.lift_standing(tx, cast.alice, cast.bob.id, place, StandingKind.MUTED)
    assert not queries.standing(tx, cast.bob, [place]).muted
    with pytest.raises(Conflict):
        service.lift_standing(tx, cast.alice, cast.bob.id, place, StandingKind.MUTED)


def test_who_may_not(tx: Db, cast: Cast) -> None:
    with pytest.raises(Forbidden):
        mute(tx, cast, "bob", "charlie")
    with pytest.raises(Forbidden):
        mute(tx, cast, "bob", "clerk")
    with pytest.raises(Conflict):
        mute(tx, cast, "alice", "alice")
    with pytest.raises(Forbidden):
        mute(tx, cast, "admin", "alice")
    mute(tx, cast, "alice", "admin")


def test_a_time_gone_by_is_refused(tx: Db, cast: Cast) -> None:
    with pytest.raises(Invalid):
        mute(tx, cast, "bob", "alice", until=clock.now())
