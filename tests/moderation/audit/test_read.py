"""The log, read by whom and how much of it."""

from datetime import timedelta

from cast import Cast
from conftest import Client
from flagging import argument

from forum.base import clock
from forum.base.db import transaction
from forum.base.events import chain_digest
from forum.base.registry import events
from forum.members import service as members
from forum.members.models import PLATFORM, Role
from moderation.audit.words import kind_words
from moderation.reports import service as reports
from moderation.reports.models import Rule


def flagged(cast: Cast) -> int:
    about = argument(cast)
    with transaction() as tx:
        return reports.file(tx, cast.shu, f"argument:{about}", Rule.SPAM)


def test_the_whole_log_is_the_administrators(client: Client, cast: Cast) -> None:
    page = client("admin").get("/audit")
    assert page.status_code == 200
    data = client("admin").get("/audit.json").json()
    assert {entry["stream"] for entry in data["entries"]} > {cast.place}
    assert "entries" not in client("bob").get("/audit.json").json()
    assert client("bob").get("/audit?kind=members").status_code == 200


def test_another_persons_stream_is_not_there(client: Client, cast: Cast) -> None:
    url = f"/audit?stream=member:{cast.bob.id}"
    assert client("alice").get(url).status_code == 404
    assert client(None).get(url).status_code == 404
    assert client("bob").get(url).status_code == 200
    assert client("admin").get(url).status_code == 200


def test_what_is_no_stream_is_not_there(client: Client) -> None:
    for stream in ("nothing", "consultation:999", "argument:1"):
        assert client("admin").get(f"/audit?stream={stream}").status_code == 404


def test_moderators_see_all_and_others_the_digest_of_the_rest(client: Client, cast: Cast) -> None:
    flagged(cast)
    url = f"/audit.json?stream={cast.place}"
    seen = {who: client(who).get(url).json()["entries"] for who in ("alice", "bob")}
    assert seen["alice"][0]["kind"] == "reports:report:filed"
    hidden = seen["bob"][0]
    assert hidden["hidden"]
    assert (hidden["kind"], hidden["payload"], hidden["id"]) == ("", None, "")
    assert hidden["digest"] == seen["alice"][0]["digest"]
    assert client("bob").get(url.replace(".json", "")).status_code == 200


def test_the_public_log_verifies_by_itself(client: Client, cast: Cast) -> None:
    flagged(cast)
    data = client(None).get(f"/audit.json?stream={cast.place}").json()
    entries = list(reversed(data["entries"]))
    before = entries[0]["digest"]
    for entry in entries[1:]:
        before = chain_digest(before, entry["body"])
        assert before == entry["digest"]
    assert data["head"]["digest"] == before
    assert data["head"]["signed"]
    assert data["head"]["whole"]


def test_a_filter_does_not_tell_what_is_hidden(client: Client, cast: Cast) -> None:
    flagged(cast)
    url = f"/audit.json?stream={cast.place}&kind=reports"
    assert client("bob").get(url).json()["entries"] == []
    assert len(client("alice").get(url).json()["entries"]) == 1


def test_filters_by_person_and_day(client: Client, cast: Cast) -> None:
    moment = clock.now() + timedelta(days=3)
    with clock.at(moment), transaction() as tx:
        members.grant(tx, cast.admin, cast.bob.id, Role.HANDLER, PLATFORM)
    day = (moment + timedelta(hours=8)).date().isoformat()
    admin = client("admin")
    found = admin.get(f"/audit.json?person={cast.bob.id}&day={day}").json()["entries"]
    assert [entry["kind"] for entry in found] == ["members:role:granted"]
    assert admin.get(f"/audit.json?kind=members:role:granted&day={day}").json()["entries"] == found
    assert admin.get("/audit?day=yesterday").status_code == 422


def test_a_changed_log_is_told(client: Client, cast: Cast) -> None:
    url = f"/audit?stream={cast.place}"
    assert "unbroken" in client(None).get(url).text
    with transaction() as tx:
        tx.connection().exec_driver_sql(
            "DELETE FROM event WHERE stream = ? AND seq = 1", (cast.place,)
        )
    assert "not what it was" in client(None).get(url).text


def test_a_long_log_comes_in_pages(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        for _turn in range(30):
            members.grant(tx, cast.admin, cast.bob.id, Role.HANDLER, PLATFORM)
            members.revoke(tx, cast.admin, cast.bob.id, Role.HANDLER, PLATFORM)
    url = f"/audit.json?stream=member:{cast.bob.id}"
    first = client("admin").get(url).json()
    second = client("admin").get(first["pager"]["next"].replace("/audit?", "/audit.json?")).json()
    assert len(first["entries"]) == 50
    assert first["entries"][-1]["seq"] == second["entries"][0]["seq"] + 1
    assert second["pager"]["next"] is None


def test_every_event_has_words() -> None:
    assert [kind for kind in events if kind_words(kind) == kind] == []
