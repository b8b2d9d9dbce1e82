"""A committee's minutes packed for somebody: progress, one's own file, gone after a week."""

from pathlib import Path
from zipfile import ZipFile

import packing
import pytest
from cast import Cast
from conftest import Client
from packing import Packed

from forum.base import clock, limits, ticker
from forum.base.db import reading, transaction
from forum.base.events import Audience, history
from forum.consultations.models import Consultation, Visibility
from forum.members import service as accounts
from forum.members.models import Role
from sessions.exchange import committee_check, committee_plan, queries, service
from sessions.exchange.models import Archive, ArchiveState


@pytest.fixture
def packed(cast: Cast) -> Packed:
    """The committee with its minutes; bob chairs it."""
    return packing.seated(cast)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """What a reader of the page would see at each step of the writing."""
    seen: list[tuple[int, str]] = []

    class Told(service._Telling):
        def __call__(self, done: int, total: int) -> None:
            super().__call__(done, total)
            with reading() as db:
                row = db.get(Archive, self.archive)
                assert row is not None
                seen.append((row.done, str(row.state)))

    monkeypatch.setattr(service, "_Telling", Told)
    monkeypatch.setattr(service, "EVERY", 0)
    return seen


def days(packed: Packed) -> dict[str, str]:
    return {"first": str(packed.period.first), "last": str(packed.period.last)}


def ask(client: Client, packed: Packed, who: str = "bob") -> str:
    answer = client(who).post(f"/stations/{packed.committee}/archives", data=days(packed))
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_asked_written_and_taken_home(
    client: Client, cast: Cast, packed: Packed, tmp_path: Path, slow: list[tuple[int, str]]
) -> None:
    packing.amended(cast, packed)
    page = ask(client, packed)
    bob = client("bob")
    text = bob.get(page).text
    assert "waiting to be written" in text
    assert 'hx-trigger="every 1s"' in text
    assert bob.get(f"{page}/file").status_code == 404
    assert ticker.run_due() == 1
    assert slow == [(0, "working"), (1, "working")]
    ready = bob.get(page)
    assert f"{page}/file" in ready.text
    assert "hx-trigger" not in ready.text.partition('id="progress"')[2].partition(">")[0]
    got = bob.get(f"{page}/file")
    assert got.status_code == 200
    assert "LIFT-" in got.headers["content-disposition"]
    file = tmp_path / "got.zip"
    file.write_bytes(got.content)
    report = committee_check.check(file)
    assert report is not None
    assert report.sound
    assert report.counts["minutes"] == 2
    assert file.read_bytes() == packing.archive(packed, tmp_path / "same.zip").read_bytes()
    with reading() as db:
        kinds = [e.kind for e in history(db, f"member:{cast.bob.id}", audience=Audience.MEMBER)]
    assert kinds[-2:] == ["exchange:archive:asked", "exchange:archive:finished"]
    assert "Ready to be downloaded" in bob.get("/inbox").text


def test_it_is_for_the_one_who_asked(client: Client, packed: Packed) -> None:
    page = ask(client, packed)
    ticker.run_due()
    for who, status in (("admin", 404), ("alice", 404), (None, 303)):
        for path in (page, f"{page}/file"):
            assert client(who).get(path).status_code == status
    here = f"/stations/{packed.committee}/archives"
    assert page in client("bob").get(here).text
    assert page not in client("admin").get(here).text


def test_whoever_may_no_longer_read_no_longer_gets_it(
    client: Client, cast: Cast, packed: Packed
) -> None:
    page = ask(client, packed, "admin")
    ticker.run_due()
    with transaction() as tx:
        tx.get_one(Consultation, cast.consultation).visibility = Visibility.INVITED
        other = cast.charlie.id
        accounts.grant(tx, None, other, Role.ADMINISTRATOR, "platform")
        accounts.revoke(tx, cast.charlie, cast.admin.id, Role.ADMINISTRATOR, "platform")
    assert client("admin").get(f"{page}/file").status_code == 404


def test_nor_whoever_lost_the_office_that_it_was_packed_for(
    client: Client, cast: Cast, packed: Packed
) -> None:
    with transaction() as tx:
        accounts.grant(tx, None, cast.bob.id, Role.MODERATOR, cast.place)
    page = ask(client, packed)
    ticker.run_due()
    assert client("bob").get(f"{page}/file").status_code == 200
    with transaction() as tx:
        accounts.revoke(tx, None, cast.bob.id, Role.MODERATOR, cast.place)
    assert client("bob").get(f"{page}/file").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("charlie", 403), (None, 401), ("admin", 303)])
def test_only_those_with_a_role_there_may_ask(
    client: Client, packed: Packed, who: str | None, status: int
) -> None:
    here = f"/stations/{packed.committee}/archives"
    assert client(who).post(here, data=days(packed)).status_code == status
    seen = {"charlie": 404, None: 303, "admin": 200}
    assert client(who).get(here).status_code == seen[who]
    assert ("Pack the minutes" in client(who).get(f"/stations/{packed.committee}").text) == (
        who == "admin"
    )


def test_what_cannot_be_packed_is_said_at_the_field(client: Client, packed: Packed) -> None:
    here, bob = f"/stations/{packed.committee}/archives", client("bob")
    wrong = {
        ("2020-01-01", "2020-02-01"): "first",
        ("2020-02-01", "2020-01-01"): "last",
        ("1990-01-01", "2026-01-01"): "last",
        ("soon", "2026-01-01"): "first",
    }
    for (first, last), field in wrong.items():
        answer = bob.post(f"{here}.json", data={"first": first, "last": last})
        assert answer.status_code == 422
        assert set(answer.json()["fields"]) == {field}


def test_asking_twice_is_one_and_many_are_too_many(client: Client, packed: Packed) -> None:
    first = ask(client, packed)
    assert ask(client, packed) == first
    ticker.run_due()
    assert ask(client, packed) != first
    bob, here = client("bob"), f"/stations/{packed.committee}/archives"
    for _n in range(30):
        limits.clear()
        ticker.run_due()
        status = bob.post(here, data=days(packed)).status_code
    assert status == 429


def test_after_a_week_it_is_gone(client: Client, cast: Cast, packed: Packed) -> None:
    page = ask(client, packed)
    ticker.run_due()
    ident = int(page.rpartition("/")[2])
    assert queries.path_of(ident).is_file()
    with clock.travel(days=8):
        ticker.run_due()
    assert not queries.path_of(ident).exists()
    assert client("bob").get(page).status_code == 404
    with reading() as db:
        assert queries.mine(db, cast.bob) == []


def test_a_machine_that_dies_begins_again_and_refusals_end_it(
    client: Client, cast: Cast, packed: Packed, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = ask(client, packed)
    ident = int(page.rpartition("/")[2])

    class Killed(BaseException):
        pass

    def dies(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(service, "write", dies)
        with pytest.raises(Killed):
            ticker.run_due()
    assert ticker.run_due() == 0  # the lease of the dead one holds
    with clock.travel(minutes=11):
        assert ticker.run_due() == 1
        assert "Download the archive" in client("bob").get(page).text
    with ZipFile(queries.path_of(ident)) as found:
        assert found.testzip() is None
    again = ask(client, packed)
    with transaction() as tx:
        tx.get_one(Consultation, cast.consultation).visibility = Visibility.INVITED
    monkeypatch.setattr(committee_plan, "MOST", 0)
    ticker.run_due()
    assert "could not be written" in client("bob").get(again).text
    with reading() as db:
        states = {row.id: row.state for row in queries.mine(db, cast.bob)}
    assert states[int(again.rpartition("/")[2])] is ArchiveState.FAILED


def test_the_committees_page_shows_all_of_it(client: Client, cast: Cast, packed: Packed) -> None:
    here = f"/stations/{packed.committee}"
    page = client(None).get(here).text
    for words in ("Bob", "Second session", "Block 7 gets a lift", "Approved", "Term 1"):
        assert words in page, words
    for path in ("minutes", "decisions", "minutes?state=approved"):
        answer = client(None).get(f"{here}/{path}")
        assert answer.status_code == 200
        assert "There are no minutes yet." not in answer.text
    with transaction() as tx:
        tx.get_one(Consultation, cast.consultation).visibility = Visibility.INVITED
    hidden = client(None).get(here).text
    assert "Block 7 gets a lift" not in hidden
    assert "Second session" not in hidden
