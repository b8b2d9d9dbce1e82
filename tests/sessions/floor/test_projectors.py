"""Projectors: told what to show, looked at first, back to the last; and the way to a broadcast."""

import pytest
import sitting as hall
from cast import Cast
from conftest import Client

from forum.base import settings, verify
from forum.base.db import reading, transaction
from forum.base.events import Audience, history
from forum.base.live.snapshots import Group, blocks
from sessions.floor import broadcasts, projectors, service
from sessions.floor.broadcasts import Way
from sessions.floor.screen_models import Shows
from sessions.meetings import service as meetings
from sessions.meetings.models import VenueKind


def test_a_choice_is_looked_at_before_it_is_put_up(cast: Cast, client: Client) -> None:
    found = hall.debating(cast)
    here = f"/meetings/{found.meeting}/projectors"
    chair = client("alice")
    made = chair.post(here, data={"name": "Left wall", "venue": str(found.main)})
    assert made.headers["location"] == f"{here}/1"
    assert "Left wall" in chair.get(f"/meetings/{found.meeting}/console").text
    chair.post(f"{here}/1", data={"shows": "notice", "words": "Tea is ready."})
    assert "Tea is ready." in chair.get(f"{here}/1").text
    screen = f"/meetings/{found.meeting}/screen/1"
    assert "Tea is ready." not in client(None).get(screen).text
    with reading() as db:
        chosen = projectors.prepared(db, found.meeting, 1)
    assert chosen is not None
    chair.post(f"{here}/1/up", data={"projection": str(chosen.id)})
    assert "Tea is ready." in client(None).get(screen).text
    with reading() as db:
        told = history(db, found.stream, audience=Audience.DESK, kinds=("floor:projection:set",))
        hidden = history(db, found.stream, kinds=("floor:projection:set",))
        assert verify.verify(db).sound
    assert [event.payload["shows"] for event in told] == ["notice"]
    assert hidden == []
    assert "Tea" not in str(told[0].payload)


def test_back_to_what_was_shown_before(cast: Cast, client: Client) -> None:
    found = hall.debating(cast)
    with transaction() as tx:
        service.set_projector(tx, cast.alice, found.meeting, "Wall")
        for shows, words in ((Shows.NOTICE, "Tea."), (Shows.AGENDA, "")):
            made = service.prepare(tx, cast.alice, found.meeting, 1, shows, words)
            service.put_up(tx, cast.alice, found.meeting, 1, made)
    post = f"/meetings/{found.meeting}/projectors/1/back"
    assert client("alice").post(post).status_code == 303
    with reading() as db:
        shown = [(one.shows, one.words) for one in projectors.history(db, found.meeting, 1)]
        assert verify.verify(db).sound
    assert shown == [(Shows.NOTICE, "Tea."), (Shows.AGENDA, ""), (Shows.NOTICE, "Tea.")]


@pytest.mark.parametrize("shows", sorted(Shows))
def test_what_is_pushed_is_what_a_fresh_page_has(cast: Cast, client: Client, shows: Shows) -> None:
    found = hall.debating(cast)
    with transaction() as tx:
        service.set_projector(tx, cast.alice, found.meeting, "Wall")
        if shows is not Shows.RESULT:
            made = service.prepare(tx, cast.alice, found.meeting, 1, shows, "Tea.")
            service.put_up(tx, cast.alice, found.meeting, 1, made)
    page = client(None).get(f"/meetings/{found.meeting}/screen/1").text
    with reading() as db:
        pushed = blocks(db, found.stream, Group(Audience.PUBLIC, "projector-1", "en"), 10_000)
    assert set(pushed) == {"stage", "footing"}
    for html in pushed.values():
        assert html.strip() in page


def test_only_the_chair_tells_projectors(cast: Cast, client: Client) -> None:
    found = hall.debating(cast)
    here = f"/meetings/{found.meeting}/projectors"
    with transaction() as tx:
        service.set_projector(tx, cast.alice, found.meeting, "Wall")
    for name, status in ((None, 401), ("bob", 403), ("clerk", 403), ("shu", 403)):
        assert client(name).post(f"{here}/1", data={"shows": "agenda"}).status_code == status
    chair = client("alice")
    assert chair.post(f"{here}/5", data={"shows": "agenda"}).status_code == 404
    assert chair.post(f"{here}/1", data={"shows": "result"}).status_code == 422
    assert chair.post(f"{here}/1", data={"shows": "notice"}).status_code == 422
    assert chair.post(f"{here}/1/up", data={"projection": "99"}).status_code == 404
    assert chair.post(f"{here}/1/back").status_code == 409
    assert chair.post(here, data={"name": "x", "venue": "99"}).status_code == 404
    assert chair.post(f"{here}/1/take").status_code == 303
    assert client(None).get(f"/meetings/{found.meeting}/screen/1").status_code == 404


def test_what_is_from_elsewhere_is_loaded_when_asked_and_from_named_hosts(
    cast: Cast, client: Client
) -> None:
    found = hall.debating(cast)
    with transaction() as tx:
        service.set_broadcast(tx, cast.alice, found.meeting, "https://live.example/a/b.m3u8")
        room = meetings.Place(VenueKind.ONLINE, "Online", url="https://meet.example/Room")
        meetings.set_venue(tx, cast.alice, found.meeting, room, venue=found.online)
    page = f"/meetings/{found.meeting}/watch"
    assert "/watch" in client(None).get(f"/meetings/{found.meeting}").text
    loaded = client("bob").get(f"{page}?load=room")
    assert "<iframe" not in loaded.text
    before = settings.settings()
    settings.configure(data=before.data, embed_hosts="meet.example,live.example")
    try:
        shown = client("bob").get(page)
        assert "<iframe" not in shown.text
        assert "<video" not in shown.text
        assert "example" not in shown.headers["content-security-policy"]
        loaded = client("bob").get(f"{page}?load=room")
        assert 'sandbox="allow-scripts' in loaded.text
        policy = loaded.headers["content-security-policy"]
        assert "frame-src https://meet.example" in policy
        assert "live.example" not in policy
        guest = client(None).get(f"{page}?load=room")
        assert "meet.example" not in guest.text
        video = client(None).get(f"{page}?load=stream")
        assert "<video" in video.text
        assert "media-src https://live.example" in video.headers["content-security-policy"]
        assert "frame-src" not in video.headers["content-security-policy"]
    finally:
        settings.configure(data=before.data)


def test_only_named_hosts_stand_in_a_page() -> None:
    hosts = ["meet.example", "live.example:8443"]
    assert broadcasts.way_of("https://meet.example/Room", hosts) is Way.FRAME
    assert broadcasts.way_of("https://live.example:8443/x.m3u8", hosts) is Way.VIDEO
    for url in (
        "https://live.example/x.m3u8",
        "https://meet.example.evil.org/Room",
        "https://meet.example@evil.org/",
        "javascript:alert(1)",
        "https://sub.meet.example/",
    ):
        assert broadcasts.way_of(url, hosts) is Way.LINK


def test_a_broadcast_is_a_web_address(cast: Cast, client: Client) -> None:
    found = hall.debating(cast)
    post = f"/meetings/{found.meeting}/broadcast"
    for url, status in (("javascript:alert(1)", 422), ("https://a:b@c.example/", 422)):
        assert client("alice").post(post, data={"url": url}).status_code == status
    assert client("bob").post(post, data={"url": ""}).status_code == 403
    assert client("alice").post(post, data={"url": "https://c.example/"}).status_code == 303
