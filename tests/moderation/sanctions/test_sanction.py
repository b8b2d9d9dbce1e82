"""Mutes and bans with their grounds."""

from datetime import UTC, datetime, timedelta

from cast import Cast
from conftest import Client
from hypothesis import given
from hypothesis import strategies as st

from forum.base import clock
from forum.base.db import reading, transaction
from forum.base.events import Audience, history
from forum.members import queries as members
from moderation.sanctions import rules
from moderation.sanctions.rules import Term

NOW = datetime(2026, 3, 5, 19, tzinfo=UTC)


def form(cast: Cast, who: str = "bob", **more: str) -> dict[str, str]:
    return {
        "member": str(cast[who].id),
        "place": cast.place,
        "kind": "muted",
        "term": "1d",
        "rule": "attack",
        "reason": "Shouted at the speaker.",
        **more,
    }


@given(st.sampled_from(Term), st.timedeltas(timedelta(0), timedelta(days=60)))
def test_a_sanction_holds_up_to_its_end_or_its_lifting(term: Term, later: timedelta) -> None:
    until = rules.end(term, NOW)
    assert rules.holds(until, None, NOW + later) == (until is None or NOW + later < until)
    assert not rules.holds(until, NOW, NOW + later)


def test_a_mute_is_in_force_and_told_with_rule_and_reason(client: Client, cast: Cast) -> None:
    alice = client("alice")
    place = cast.place
    assert alice.get(f"/sanctions/new?member={cast.bob.id}&place={place}").status_code == 200
    answer = alice.post("/sanctions", data=form(cast))
    assert answer.status_code == 303
    with reading() as db:
        assert members.standing(db, cast.bob, [cast.place]).muted
        own = history(db, f"member:{cast.bob.id}", audience=Audience.MEMBER)[-1]
        here, measure = history(db, cast.place, audience=Audience.MODERATOR)[-2:]
        public = history(db, cast.place, audience=Audience.PUBLIC)[-1]
    assert own.kind == "members:standing:changed"
    assert here.kind == "sanctions:sanction:imposed"
    assert measure.kind == "oversight:measure:imposed"
    assert public.kind not in (here.kind, measure.kind)
    bob = client("bob")
    assert "A moderator has restricted what you can do: Muted." in bob.get("/inbox").text
    page = bob.get(answer.headers["location"]).text
    assert "It attacks a person" in page
    assert "Shouted at the speaker." in page


def test_it_ends_by_itself(client: Client, cast: Cast) -> None:
    url = client("alice").post("/sanctions", data=form(cast)).headers["location"]
    with clock.travel(days=1, seconds=1):
        with reading() as db:
            assert not members.standing(db, cast.bob, [cast.place]).muted
        assert client("alice").post(f"{url}/lift").status_code == 409


def test_lifting_it(client: Client, cast: Cast) -> None:
    url = client("alice").post("/sanctions", data=form(cast, term="open")).headers["location"]
    assert client("bob").post(f"{url}/lift").status_code == 403
    assert client("shu").post(f"{url}/lift").status_code == 404
    assert client("alice").post(f"{url}/lift").status_code == 303
    assert client("alice").post(f"{url}/lift").status_code == 409
    with reading() as db:
        assert not members.standing(db, cast.bob, [cast.place]).muted
    assert "has been lifted" in client("bob").get("/inbox").text


def test_who_may_not(client: Client, cast: Cast) -> None:
    assert client("shu").post("/sanctions", data=form(cast)).status_code == 403
    assert (
        client("shu").get(f"/sanctions/new?member={cast.bob.id}&place={cast.place}").status_code
        == 404
    )
    assert client(None).post("/sanctions", data=form(cast)).status_code == 401
    assert client("alice").post("/sanctions", data=form(cast, "alice")).status_code == 409
    assert client("alice").post("/sanctions", data=form(cast, "admin")).status_code == 403


def test_what_is_not_there(client: Client, cast: Cast) -> None:
    alice = client("alice")
    for place in ("consultation:999", "meeting:999", "nowhere", "member:1"):
        assert alice.post("/sanctions", data=form(cast, place=place)).status_code == 404
    assert alice.post("/sanctions", data=form(cast, member="999")).status_code == 404
    assert alice.get("/sanctions/999").status_code == 404


def test_only_the_person_and_the_moderators_read_it(client: Client, cast: Cast) -> None:
    url = client("alice").post("/sanctions", data=form(cast)).headers["location"]
    seen = {who: client(who).get(url).status_code for who in ("bob", "alice", "admin", "shu")}
    assert seen == {"bob": 200, "alice": 200, "admin": 200, "shu": 404}
    listed = f"/sanctions?place={cast.place}"
    assert "Bob" in client("alice").get(listed).text
    assert client("bob").get(listed).status_code == 404


def test_a_ban_from_the_platform_stands_in_the_persons_stream(client: Client, cast: Cast) -> None:
    data = form(cast, place="platform", kind="banned", term="open")
    assert client("alice").post("/sanctions", data=data).status_code == 403
    assert client("admin").post("/sanctions", data=data).status_code == 303
    with reading() as db:
        kinds = [
            event.kind
            for event in history(db, f"member:{cast.bob.id}", audience=Audience.MODERATOR)
        ]
    assert kinds[-3:] == [
        "members:standing:changed", "sanctions:sanction:imposed", "oversight:measure:imposed",
    ]  # fmt: skip


def test_the_reason_is_in_no_log(client: Client, cast: Cast) -> None:
    client("alice").post("/sanctions", data=form(cast))
    with transaction() as tx:
        log = tx.connection().exec_driver_sql("SELECT payload FROM event").all()
    assert "Shouted" not in str(log)
