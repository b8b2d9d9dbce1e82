"""Settings of the platform and of places."""

from datetime import timedelta

import pytest
from cast import Cast
from conftest import Client
from sqlalchemy import select
from sqlmodel import col

from forum.base import clock, settings, ticker
from forum.base.db import reading, transaction
from forum.base.events import Audience, history
from forum.members import options, service
from forum.members.models import InboxRow, Role
from forum.members.service.keeping import RETENTION


def test_a_name_is_set_and_stands_everywhere(client: Client, cast: Cast) -> None:
    admin = client("admin")
    form = {"field": ["site_name", "site_zone", "site_language"], "site_name": "Lilac Town",
            "site_zone": "Asia/Urumqi", "site_language": "en"}  # fmt: skip
    assert admin.post("/admin", data=form).status_code == 303
    assert "Lilac Town" in client(None).get("/help").text
    assert settings.settings().zone == "Asia/Urumqi"
    with reading() as db:
        kinds = [e.payload["key"] for e in history(db, options.STREAM, audience=Audience.MODERATOR)]
    assert kinds == ["site.name", "site.language", "site.zone"]
    again = admin.post("/admin", data=form)
    assert "Nothing was changed" in admin.get(again.headers["location"]).text
    assert admin.post("/admin", data=form | {"site_zone": "Moon/Crater"}).status_code == 422


def test_the_page_is_the_administrators(client: Client, cast: Cast) -> None:
    page = client("admin").get("/admin").text
    for words in ("Health of the server", "FOLKMOOT_BASE_URL", "Opening an account", "0.1.0"):
        assert words in page
    place = f"station:{cast.station}"
    assert client("admin").get(f"/admin?place={place}").status_code == 200
    for who, whole, smaller in ((None, 404, 303), ("bob", 404, 403), ("alice", 404, 403)):
        assert client(who).get("/admin").status_code == whole
        assert client(who).get(f"/admin?place={place}").status_code == smaller
    form = {"field": "site_name", "site_name": "Mine"}
    assert client("alice").post("/admin", data=form).status_code == 404
    assert client("alice").post("/admin", data=form | {"place": place}).status_code == 403


def test_a_place_has_its_own_settings_alone(client: Client, cast: Cast) -> None:
    admin, place = client("admin"), f"station:{cast.station}"
    form = {"place": place, "field": ["station_contact", "site_name"], "station_contact": "Ring!"}
    assert admin.post("/admin", data=form | {"site_name": "X"}).status_code == 303
    assert "Ring!" in client(None).get(f"/stations/{cast.station}").text
    assert settings.settings().name != "X"


@pytest.mark.parametrize(("entry", "status"), [("open", 200), ("invited", 403), ("closed", 403)])
def test_who_opens_an_account(client: Client, cast: Cast, entry: str, status: int) -> None:
    with transaction() as tx:
        service.set_options(tx, cast.admin, "platform", {"members.registration": entry})
    assert client(None).get("/register").status_code == status
    form = {"login": "new-one", "name": "New", "password": "a long enough word"}
    assert client(None).post("/register", data=form).status_code == (303 if status == 200 else 403)


def test_who_begins_consultations(client: Client, cast: Cast) -> None:
    place = f"station:{cast.station}"
    with transaction() as tx:
        service.grant(tx, None, cast.bob.id, Role.REPRESENTATIVE, place)
    url = f"/consultations/setup?station={cast.station}"
    assert client("bob").get(url).status_code == 200
    with transaction() as tx:
        service.set_options(tx, cast.admin, "platform", {"consultations.begin": "moderators"})
    assert client("bob").get(url).status_code == 403
    assert client("alice").get(url).status_code == 200
    with transaction() as tx:
        service.set_options(tx, cast.admin, place, {"consultations.begin": "all"})
    assert client("bob").get(url).status_code == 200


def test_old_messages_go_unread_ones_stay(cast: Cast) -> None:
    with transaction() as tx:
        service.set_options(tx, cast.admin, "platform", {"keep.inbox": 30})
        before = clock.now()
        for number, read in enumerate((None, before, before - timedelta(days=31))):
            row = InboxRow(member_id=cast.bob.id, event_id=f"e{number}", kind="a:b:c", about="x:1",
                           at=before, read_at=read)  # fmt: skip
            tx.add(row)
    with transaction() as tx:
        ticker.schedule(tx, RETENTION, clock.now(), "")
    ticker.run_due()
    with reading() as db:
        kept = set(db.execute(select(col(InboxRow.event_id))).scalars())
    assert kept & {"e0", "e1", "e2"} == {"e0", "e1"}
