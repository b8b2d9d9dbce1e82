"""Who sees a consultation, in its page, in lists, by reference and on its stream."""

import pytest
from cast import Cast
from conftest import Client

from forum.base import registry
from forum.base.auth import Actor
from forum.base.db import Db, reading, transaction
from forum.base.errors import NotFound
from forum.base.events import Audience
from forum.consultations import queries
from forum.consultations.models import Consultation, Visibility
from forum.members import service as members
from forum.members.models import Role, StandingKind


def show_to(cast: Cast, visibility: Visibility) -> None:
    with transaction() as tx:
        tx.get_one(Consultation, cast.consultation).visibility = visibility


def sees(db: Db, actor: Actor | None, consultation: int) -> bool:
    """Whether somebody sees it; the four ways of looking must agree."""
    try:
        queries.access(db, actor, consultation)
        seen = True
    except NotFound:
        seen = False
    found, total = queries.consultations(db, actor)
    assert [row.id for row in found] == ([consultation] if seen else [])
    assert total == len(found)
    assert (consultation in registry.resolvers["consultation"](db, actor, [consultation])) == seen
    audience = registry.streams["consultation"](db, actor, consultation)
    assert (audience is not None) == seen
    return seen


@pytest.mark.parametrize(
    ("visibility", "who"),
    [
        (Visibility.PUBLIC, "guest bob charlie dana rong clerk admin"),
        (Visibility.MEMBERS, "bob dana rong clerk admin"),
        (Visibility.INVITED, "bob dana rong clerk admin"),
    ],
)
def test_who_sees_it(cast: Cast, visibility: Visibility, who: str) -> None:
    show_to(cast, visibility)
    with reading() as db:
        seen = [
            name
            for name in ("guest", "bob", "charlie", "dana", "rong", "clerk", "admin")
            if sees(db, None if name == "guest" else cast[name], cast.consultation)
        ]
    assert seen == who.split()


def test_a_resident_sees_what_is_for_members(cast: Cast) -> None:
    show_to(cast, Visibility.MEMBERS)
    with transaction() as tx:
        place = f"station:{cast.station}"
        members.grant(tx, None, cast.charlie.id, Role.RESIDENT, place)
    with reading() as db:
        assert sees(db, cast.charlie, cast.consultation)
    show_to(cast, Visibility.INVITED)
    with reading() as db:
        assert not sees(db, cast.charlie, cast.consultation)


def test_somebody_banned_sees_only_what_is_public(cast: Cast) -> None:
    with transaction() as tx:
        members.set_standing(
            tx, None, cast.bob.id, cast.place, StandingKind.BANNED, until=None, reason="Threats"
        )
    with reading() as db:
        assert sees(db, cast.bob, cast.consultation)
    show_to(cast, Visibility.MEMBERS)
    with reading() as db:
        assert not sees(db, cast.bob, cast.consultation)


def test_classes_of_readers(cast: Cast) -> None:
    with reading() as db:
        reader = registry.streams["consultation"]
        found = {
            name: reader(db, actor, cast.consultation)
            for name, actor in [("guest", None), *((n, cast[n]) for n in cast.people)]
        }
    assert found["guest"] is Audience.PUBLIC
    assert found["bob"] is Audience.MEMBER
    assert found["shu"] is found["clerk"] is Audience.DESK
    assert found["alice"] is found["admin"] is Audience.MODERATOR


def test_pages_of_an_invisible_one_are_not_there(client: Client, cast: Cast) -> None:
    show_to(cast, Visibility.INVITED)
    for path in (f"/consultations/{cast.consultation}", f"/items/{cast.item}"):
        assert client("charlie").get(path).status_code == 404
        assert client("charlie").get(f"{path}.json").status_code == 404
        assert client(None).get(path).status_code == 404
        assert client("bob").get(path).status_code == 200
