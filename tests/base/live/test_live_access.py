"""Sign-outs, sanctions and roles reach the pages that are open."""

from collections.abc import Callable
from contextlib import ExitStack

import pytest
from base.live import hall
from base.live.hall import HALL, ring
from base.live.hall_pages import Opener, opened
from cast import Cast

from forum.base import auth, refs
from forum.base.db import reading, transaction
from forum.members import service as members
from forum.members.models import StandingKind


@pytest.fixture
def own(cast: Cast) -> str:
    """Bob's own stream."""
    return refs.ref("member", cast.bob.id)


def test_ones_own_stream_is_ones_own(page: Opener, own: str) -> None:
    for name in ("charlie", None):
        other = page(name)
        other.hello(own)
        assert other.next()["code"] == "gone"
    bob = page("bob")
    bob.hello(own)
    assert bob.next()["type"] == "welcome"


def test_a_mute_is_told_to_the_muted_at_once(page: Opener, cast: Cast, own: str) -> None:
    bob, guest = page("bob"), page()
    for one, streams in ((bob, (HALL, own)), (guest, (HALL,))):
        for stream in streams:
            one.hello(stream)
            one.next()
    with transaction() as tx:
        members.set_standing(
            tx, cast.admin, cast.bob.id, HALL, StandingKind.MUTED, until=None, reason="Shouting"
        )
    told = bob.next()
    assert (told["stream"], told["type"]) == (own, "members:standing:changed")
    assert guest.silent()
    ring()
    assert bob.next()["stream"] == HALL  # reading goes on


def test_signing_out_closes_the_pages_of_that_device(
    server: hall.Server, cast: Cast, token: Callable[[str], str]
) -> None:
    here, there = token("bob"), token("bob")
    with ExitStack() as stack:
        pages = [stack.enter_context(opened(server.url, each)) for each in (here, there)]
        for one in pages:
            one.hello()
            one.next()
        with reading() as db:
            actor = auth.actor_for(db, auth.digest(here))
        assert actor
        assert actor.credential_id
        with transaction() as tx:
            members.sign_out(tx, actor, actor.credential_id)
        assert pages[0].end() == [{"type": "bye", "code": "signed-out"}]
        ring()
        assert pages[1].next()["seq"] == 1


def test_hello_with_an_ended_sign_in_is_a_guests(
    server: hall.Server, token: Callable[[str], str], cast: Cast
) -> None:
    ended = token("alice")
    with transaction() as tx:
        auth.sign_out(tx, cast.alice.id)
    with opened(server.url, ended) as alice:
        alice.hello(view="console")
        assert alice.next()["code"] == "gone"
        alice.hello(view="board")
        assert alice.next()["type"] == "welcome"


def test_a_program_listens_with_its_token(server: hall.Server, cast: Cast) -> None:
    with transaction() as tx:
        bearer = members.make_token(tx, cast.alice, "the hall's display")
    with opened(server.url, headers={"authorization": f"Bearer {bearer}"}) as display:
        display.hello(view="console")
        assert display.next()["type"] == "welcome"


def test_who_may_see_less_is_asked_to_reload(page: Opener, cast: Cast) -> None:
    alice, guest = page("alice"), page()
    alice.hello(view="console")
    guest.hello(view="board")
    assert {alice.next()["type"], guest.next()["type"]} == {"welcome"}
    with transaction() as tx:
        members.rename(tx, cast.alice, "Alice")  # in this hall the name gives the class
    assert alice.end() == [{"type": "bye", "code": "reload"}]
    ring()
    assert guest.next()["seq"] == 1


def test_everybody_is_checked_now_and_then(page: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    guest, bob = page(), page("bob")
    for one in (guest, bob):
        one.hello()
        one.next()
    monkeypatch.setattr("forum.base.live.hub.RECHECK_EVERY", 1)
    monkeypatch.setattr("forum.base.live.snapshots.audience_of", lambda _db, actor, _s: None)
    assert guest.end() == bob.end() == [{"type": "bye", "code": "reload"}]
