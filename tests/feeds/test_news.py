"""Atom feeds: the public news of a place, one feed a kind."""

from typing import Any

import feedparser
import minuting
import polling
import pytest
from cast import Cast
from conftest import Client
from followups import given
from starlette.testclient import TestClient

from forum.base import clock, news, registry
from forum.base.db import transaction
from forum.base.news import Feed
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility
from forum.feeds import queries

registry.load()


def read(browser: TestClient, path: str) -> Any:
    """A feed without a fault in it."""
    answer = browser.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/atom+xml")
    found = feedparser.parse(answer.content)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def titles(browser: TestClient, path: str) -> list[str]:
    """What a feed says."""
    return [entry.title for entry in read(browser, path).entries]


def test_minutes_and_decisions_are_news_where_they_belong(client: Client, cast: Cast) -> None:
    minuting.approved(cast)
    browser = client(None)
    for place in (f"consultation:{cast.consultation}", f"station:{cast.station}", "platform"):
        found = read(browser, news.address(place, Feed.MINUTES))
        assert found.entries[0].title.startswith("The minutes are published: ")
        assert found.entries[0].link.startswith("http://testserver/minutes/")
        assert found.entries[0].id.startswith("urn:uuid:")
        assert found.feed.updated == found.entries[0].updated
        own = [link.href for link in found.feed.links if link.rel == "self"]
        assert own == [f"http://testserver{news.address(place, Feed.MINUTES)}"]
        decided = titles(browser, news.address(place, Feed.DECISIONS))
        assert decided[0].startswith("It is decided: ")
        assert titles(browser, news.address(place, Feed.MEETINGS))[-1].startswith("A meeting is")


def test_every_kind_stands_in_its_own_feed(client: Client, cast: Cast) -> None:
    given.answered(cast)
    polling.make(cast)
    polling.secret(cast)
    with transaction() as tx:
        consultations.move_stage(tx, cast.alice, cast.consultation, Stage.DECIDING)
    browser = client(None)
    place = f"consultation:{cast.consultation}"
    assert titles(browser, news.address(place, Feed.TASKS)) == [
        "The task has an answer: Ask three firms for an offer",
        "A follow-up task was given: Ask three firms for an offer",
    ]
    assert any(
        t.startswith("A vote is open") for t in titles(browser, news.address(place, Feed.VOTES))
    )
    assert titles(browser, news.address(place, Feed.CONSULTATIONS)) == [
        "“A lift for block 7” has entered another stage.",
        "A new consultation: A lift for block 7",
    ]
    assert titles(browser, news.address(place, Feed.OUTCOMES)) == []


def test_what_is_no_longer_public_is_in_no_feed(client: Client, cast: Cast) -> None:
    given.task(cast)
    browser = client(None)
    everywhere = news.address("platform", Feed.TASKS)
    assert titles(browser, everywhere)
    with transaction() as tx:
        terms = (Visibility.MEMBERS, Eligibility.LISTED, "Asia/Shanghai")
        draft = consultations.Draft("A lift", "A lift", "A lift", *terms)
        consultations.edit(tx, cast.alice, cast.consultation, draft)
    assert titles(browser, everywhere) == []
    assert titles(client("alice"), everywhere) == []
    assert browser.get(news.address(cast.place, Feed.TASKS)).status_code == 404


def test_words_are_text_whatever_they_look_like(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        terms = (Visibility.PUBLIC, Eligibility.LISTED, "Asia/Shanghai")
        draft = consultations.Draft("<b>&lift;]]>\x0b\x1f</b>", "A lift", "A lift", *terms)
        consultations.edit(tx, cast.alice, cast.consultation, draft)
    found = read(client(None), news.address(cast.place, Feed.CONSULTATIONS))
    assert "<b>&lift;]]></b>" in found.entries[0].title


def test_a_feed_is_bounded_and_leads_on(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    for days in (1, 2, 3):
        with clock.travel(seconds=days):
            given.task(cast, days=9 + days)
    browser, path = client(None), news.address(cast.place, Feed.TASKS)
    first = read(browser, path)
    (on,) = [link.href for link in first.feed.links if link.rel == "next"]
    second = read(browser, on)
    assert (len(first.entries), len(second.entries)) == (2, 1)
    assert len({entry.id for entry in (*first.entries, *second.entries)}) == 3
    assert not [link for link in second.feed.links if link.rel == "next"]


def test_a_feed_that_is_known_already_is_not_sent_again(client: Client, cast: Cast) -> None:
    browser, path = client(None), news.address(cast.place, Feed.CONSULTATIONS)
    etag = browser.get(path).headers["etag"]
    assert browser.get(path, headers={"if-none-match": etag}).status_code == 304
    with transaction() as tx:
        consultations.move_stage(tx, cast.alice, cast.consultation, Stage.DECIDING)
    assert browser.get(path, headers={"if-none-match": etag}).status_code == 200


def test_unknown_feeds_are_not_found(client: Client, cast: Cast) -> None:
    browser = client(None)
    for path in (
        "/feeds/gossip.atom",
        "/consultations/999/feeds/tasks.atom",
        "/feeds?place=item:1",
    ):
        assert browser.get(path).status_code == 404


def test_pages_name_their_feeds(client: Client, cast: Cast) -> None:
    browser, path = client(None), news.address(cast.place, Feed.MINUTES)
    page = browser.get(f"/consultations/{cast.consultation}").text
    assert (
        f'<link rel="alternate" type="application/atom+xml" title="Minutes" href="{path}">' in page
    )
    assert f'href="/feeds?place={cast.place}"' in page
    listed = browser.get(f"/feeds?place={cast.place}").text
    assert path in listed
    assert f"/consultations/{cast.consultation}/calendar.ics" in listed
    assert news.address("platform", Feed.MINUTES) in browser.get("/").text


def test_every_declared_news_is_an_event_of_its_words() -> None:
    for kind, made in news.declared.items():
        fields = set(getattr(registry.events[kind], "__dataclass_fields__", ()))
        assert made.about == "subject" or made.about in fields
        assert "%(title)s" in made.words
