"""Papers at a meeting's desk, scans for tellers alone, and what the minutes say of papers."""

from io import BytesIO

import pytest
import sitting as hall
from cast import Cast
from conftest import Client
from papering import FIVE, YES, box, counted, keyed
from PIL import Image
from polling import close, secret

from forum.base import db
from forum.base.canonical import sha256hex
from forum.base.errors import NotFound
from forum.base.events import Audience, history
from forum.base.refs import parse
from sessions.meetings import service as meetings
from sessions.meetings.rules import Act
from sessions.minutes import queries
from voting.boxes.models import Channel
from voting.papers import service
from voting.polls import queries as polls
from voting.polls.models import Secrecy
from voting.polls.service import Draft


def test_scans_are_for_tellers_and_the_log_has_their_digest(cast: Cast, client: Client) -> None:
    poll = secret(cast)
    made = box(cast, poll, *FIVE)
    close(cast, poll)
    picture = BytesIO()
    marked = Image.Exif()
    marked[0x9286] = "Bob's phone"
    Image.new("RGB", (9, 9)).save(picture, "JPEG", exif=marked)
    upload = {"file": ("scan.jpg", picture.getvalue(), "image/jpeg")}
    shu = client("shu")
    assert client("bob").post(f"/attach/papers:{made}", files=upload).status_code == 404
    assert shu.post(f"/attach/papers:{made}", files=upload).status_code == 303
    with db.reading() as tx:
        told = history(tx, cast.place, audience=Audience.PUBLIC, kinds=["papers:scan:kept"])
    stored = shu.get("/files/1")
    assert stored.status_code == 200
    assert b"Bob" not in stored.content
    assert told[0].payload["digest"] == sha256hex(stored.content)
    assert client("bob").get("/files/1").status_code == 404
    counted(cast, made, [YES] * 5)
    assert shu.post(f"/attach/papers:{made}", files=upload).status_code == 403


def test_a_halls_desk_gives_out_papers_and_the_minutes_tell_of_them(
    cast: Cast, client: Client
) -> None:
    found = hall.debating(cast)
    with db.transaction() as tx:
        draft = Draft("Shall the gate be moved?", secrecy=Secrecy.SECRET)
        poll = meetings.hold_poll(tx, cast.alice, found.meeting, draft, channel=Channel.ONLINE)
        meetings.open_poll(tx, cast.alice, found.meeting, poll)
    here = f"/polls/{poll}/papers"
    desk = client("hui").get(f"/meetings/{found.meeting}/desk/{found.hall}").text
    assert here in desk
    assert client("hui").get(here).status_code == 200
    assert client("bob").get(here).status_code == 403
    with db.transaction() as tx:
        made = service.open_box(tx, cast.hui, poll, "School")
        for who in ("alice", "bob", "shu", "rong", "dana"):
            service.issue(tx, cast.hui, made, cast[who].id)
        with pytest.raises(NotFound):  # on the roll, but not here
            service.issue(tx, cast.hui, made, cast.clerk.id)
        meetings.close_poll(tx, cast.alice, found.meeting, poll)
        service.begin(tx, cast.hui, made, 5)
    for who in ("hui", "clerk"):
        keyed(cast, made, who, [YES, YES, YES, YES, YES])
    with db.transaction() as tx:
        service.confirm(tx, cast.hui, made, 1, "Somebody claims to have lost one.")
        meetings.publish_poll(tx, cast.alice, found.meeting, poll)
        service.reject(tx, cast.hui, poll, "Gate", 2, "Brought after the count.")
        meetings.close_item(tx, cast.alice, found.meeting)
        meetings.step(tx, cast.alice, found.meeting, Act.ADJOURN)
        (minutes,) = queries.versions(tx, found.meeting)
    page = client("shu").get(f"/minutes/{minutes.id}").text
    for said in (
        "A box of papers did not add up",
        "Somebody claims to have lost one.",
        "Boxes of papers: 1. Given out: 5; ballots: 5, blank: 0,",
        "Of these: For 5, Against 0, Abstain 0.",
        "Papers that came too late and did not count: 2.",
        "Brought after the count.",
    ):
        assert said in page


def minuted(cast: Cast, client: Client, meeting: int, poll: int) -> str:
    """The result is announced, the meeting over: what its minutes say."""
    with db.transaction() as tx:
        meetings.publish_poll(tx, cast.alice, meeting, poll)
        meetings.close_item(tx, cast.alice, meeting)
        meetings.step(tx, cast.alice, meeting, Act.ADJOURN)
        (minutes,) = queries.versions(tx, meeting)
    return client("shu").get(f"/minutes/{minutes.id}").text


def test_the_minutes_say_why_papers_did_not_come_back(cast: Cast, client: Client) -> None:
    found = hall.debating(cast)
    with db.transaction() as tx:
        draft = Draft("Shall the gate be moved?", secrecy=Secrecy.SECRET)
        poll = meetings.hold_poll(tx, cast.alice, found.meeting, draft, channel=Channel.ONLINE)
        meetings.open_poll(tx, cast.alice, found.meeting, poll)
        made = service.open_box(tx, cast.hui, poll, "School")
        for who in ("alice", "bob", "shu", "rong", "dana"):
            service.issue(tx, cast.hui, made, cast[who].id)
        meetings.close_poll(tx, cast.alice, found.meeting, poll)
        service.begin(tx, cast.hui, made, 3)
    for who in ("hui", "clerk"):
        keyed(cast, made, who, [YES] * 3)
    with db.transaction() as tx:
        service.confirm(tx, cast.hui, made, 2, "Two left before the box went round.")
    page = minuted(cast, client, found.meeting, poll)
    assert "Papers that did not come back to their box: 2. Reason:" in page
    assert "Two left before the box went round." in page


@pytest.mark.parametrize("at_a_desk", [False, True])
def test_so_they_do_of_a_box_that_is_counted_by_sums(
    cast: Cast, client: Client, at_a_desk: bool
) -> None:
    found = hall.debating(cast)
    with db.transaction() as tx:
        draft = Draft("Shall the gate be moved?")
        poll = meetings.hold_poll(tx, cast.alice, found.meeting, draft, channel=Channel.PAPER)
        meetings.open_poll(tx, cast.alice, found.meeting, poll)
        meetings.close_poll(tx, cast.alice, found.meeting, poll)
        there = polls.tallies(tx, poll)
    lost = {line.venue: int(line is there[0]) for line in there}
    for line in there:
        yes, gone = line.issued - lost[line.venue], lost[line.venue]
        fields = {"venue": line.venue, "channel": "paper", "votes_yes": yes, "unreturned": gone}
        first = f"/polls/{poll}/hands"
        again = f"{first}/confirm"
        if at_a_desk:
            first = again = f"/meetings/{found.meeting}/desk/{parse(line.venue)[1]}/hands"
            fields["poll"] = poll
        assert client("alice").post(first, data=fields).status_code == 303
        fields["second"] = 1
        if gone:
            page = client("shu").post(again, data=fields)
            assert page.status_code == 422
            assert "Papers are missing" in page.text
            assert "Reason, if papers are missing" in page.text
        why = {"reason": "One went home with it."} if gone else {}
        assert client("shu").post(again, data=fields | why).status_code == 303
    shown = minuted(cast, client, found.meeting, poll)
    assert "Papers that did not come back to their box: 1. Reason:" in shown
    assert "One went home with it." in shown
