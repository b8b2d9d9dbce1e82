"""What could betray a voter: places of rows, transactions, raw files, logs, answers, events."""

import re
import shutil
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from cast import Cast
from optioning import OPTIONS
from polling import VOTERS, close, credential, secret, vote
from sqlalchemy import inspect
from starlette.testclient import TestClient

from forum.base import archive, db, log, settings
from forum.base.auth import Actor
from forum.base.events import Audience, history
from forum.base.writer import write_now
from forum.members import service as members
from voting.boxes import queries as boxes
from voting.boxes import service as box
from voting.boxes.models import (
    Ballot,
    Participation,
    SealedBallot,
    SealedParticipation,
)
from voting.polls import service
from voting.polls.rules import RollEntry

Client = Callable[[str | None], TestClient]
BOXES = [Ballot, Participation, SealedBallot, SealedParticipation]
MANY = 120
MARKS = {
    "majority": ("no", "yes", "yes"),
    "irv": ("o1>o3", "o2>o1>o3", "o3"),
    "majority_judgment": ("o1:1,o2:0,o3:5", "o1:4,o2:4,o3:2", "o1:0,o2:1,o3:1"),
    "approval": ("o1,o3", "o2", "o1,o2,o3"),
}


def number(n: int) -> str:
    """The n-th caster's random number: the same in every run, in no order."""
    return sha256(f"caster {n}".encode()).hexdigest()[:32]


def crowded(cast: Cast, *, backwards: bool = False, way: str = "majority") -> tuple[int, list[str]]:
    """A secret poll in which many voted one after another; the commitments in that order."""
    with db.transaction() as tx:
        voters = [
            Actor(members.register(tx, login=f"voter{n}", name=f"Voter {n}", password=None), "")
            for n in range(MANY)
        ]
    among = {} if way == "majority" else {"options": OPTIONS}
    poll = secret(cast, roll=[RollEntry(voter.id) for voter in voters], method=way, **among)
    commits = []
    order = list(enumerate(voters))
    for n, voter in reversed(order) if backwards else order:
        item = service.Cast(credential(voter), poll, MARKS[way][n % 3], "", number(n))
        commits.append(write_now(service.cast_batch, item).commit)
    return poll, commits


def correlation(order: Sequence[str], other: Sequence[str]) -> float:
    """Kendall's tau of two orders of the same things: 1 the same, -1 reversed, about 0 none."""
    place = {thing: n for n, thing in enumerate(other)}
    ranks = [place[thing] for thing in order]
    pairs = [(a, b) for n, a in enumerate(ranks) for b in ranks[n + 1 :]]
    return sum(1 if a < b else -1 for a, b in pairs) / len(pairs)


@pytest.mark.parametrize("model", BOXES, ids=lambda model: model.__tablename__)
def test_the_tables_hold_nothing_to_join_by(model: type[Ballot], cast: Cast) -> None:
    close(cast, secret(cast))  # the live ones are new then
    table = model.__tablename__
    columns = {"poll_id", "commitment", "canonical"}
    if "participation" in table:
        columns = {"poll_id", "voter_id", "channel"}
    with db.reading() as tx:
        found = inspect(tx.connection())
        assert {column["name"] for column in found.get_columns(table)} == columns
        assert found.get_foreign_keys(table) == []
        assert found.get_indexes(table) == []
        sql = tx.connection().exec_driver_sql(
            "select sql from sqlite_master where name = ?", (table,)
        )
        assert sql.scalar_one().rstrip().endswith("WITHOUT ROWID")
        with pytest.raises(Exception, match="no such column"):
            tx.connection().exec_driver_sql(f"select rowid from {table}")


def by_place(
    cast: Cast, data: Path, *, backwards: bool, way: str = "majority"
) -> tuple[list[str], list[str]]:
    """The casters' numbers as they lie in the file after the closing, and as they were cast."""
    poll, _commits = crowded(cast, backwards=backwards, way=way)
    close(cast, poll)
    wal = data / "folkmoot.sqlite3-wal"
    assert not wal.exists() or wal.stat().st_size == 0
    return placed(data / "folkmoot.sqlite3", backwards=backwards)


def placed(file: Path, *, backwards: bool) -> tuple[list[str], list[str]]:
    """The casters' numbers as they lie in a file, and as they were cast."""
    raw = file.read_bytes()
    places = {}
    numbers = [number(n) for n in range(MANY)]
    for one in numbers:
        found = [match.start() for match in re.finditer(one.encode(), raw)]
        assert len(found) == 1, "a copy from before the closing is left"
        places[one] = found[0]
    return sorted(numbers, key=places.__getitem__), numbers[::-1] if backwards else numbers


@pytest.mark.parametrize("way", ["majority", "irv"])
def test_raw_files_after_the_closing(cast: Cast, data: Path, prepared: Path, way: str) -> None:
    order, casting = by_place(cast, data, backwards=False, way=way)
    assert abs(correlation(casting, order)) < 0.15
    # The same ballots, cast in another order, lie in the same places.
    again = data.with_name("again")
    shutil.copytree(prepared, again)
    settings.configure(data=again)
    db.close()
    assert by_place(cast, again, backwards=True, way=way) == (order, casting[::-1])


def test_a_backup_of_an_open_vote_lies_in_the_order_of_keys(
    cast: Cast, data: Path, prepared: Path
) -> None:
    found = []
    for backwards in (False, True):
        if backwards:
            shutil.copytree(prepared, data.with_name("again"))
            settings.configure(data=data.with_name("again"))
            db.close()
        crowded(cast, backwards=backwards, way="irv")
        copy = data.with_name(f"copy{backwards}")
        archive.copy_database(settings.settings().data / "folkmoot.sqlite3", copy)
        found.append(placed(copy, backwards=backwards))
    assert abs(correlation(found[0][1], found[0][0])) < 0.15
    assert found[1] == (found[0][0], found[0][1][::-1])


def test_heap_and_transactions_on_postgresql(on_postgres: Cast) -> None:
    waiting = secret(on_postgres)
    for name in VOTERS:
        vote(on_postgres[name], waiting)
    poll, commits = crowded(on_postgres, way="irv")
    close(on_postgres, poll)
    with db.reading() as tx:
        run = tx.connection().exec_driver_sql
        for table, key in (
            ("sealed_ballot", "commitment"),
            ("sealed_participation", "voter_id"),
            ("ballot", "commitment"),
            ("participation", "voter_id"),
        ):
            rows = run(f"select xmin::text, {key} from {table} order by ctid").all()
            assert len(rows) == (MANY if "sealed" in table else len(VOTERS))
            assert len({row[0] for row in rows}) == 1
            assert [row[1] for row in rows] == sorted(row[1] for row in rows)
        kept = run("select commitment from sealed_ballot order by ctid").scalars().all()
        assert abs(correlation(commits, list(kept))) < 0.15
        # The new tables are the old ones in everything but their place on the disk.
        assert inspect(tx.connection()).get_pk_constraint("ballot")["name"] == "pk_ballot"


def test_the_live_box_is_made_anew_for_those_still_open(cast: Cast) -> None:
    first, second = secret(cast), secret(cast)
    vote(cast.bob, first)
    receipt = vote(cast.dana, second)
    close(cast, first)
    assert vote(cast.dana, second) == receipt._replace(again=True)
    vote(cast.bob, second)
    close(cast, second)
    with db.reading() as tx:
        assert len(list(boxes.sealed(tx, first))) == 1
        assert len(list(boxes.sealed(tx, second))) == 2


@pytest.mark.parametrize("way", MARKS)
def test_casting_leaves_no_line_no_answer_and_no_event(
    client: Client,
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    way: str,
) -> None:
    among = {} if way == "majority" else {"options": OPTIONS}
    poll = secret(cast, method=way, **among)
    bob = client("bob")
    monkeypatch.setattr(log, "quiet", False)
    body = {"choice": MARKS[way][0], "nonce": "ab" * 16}
    headers = {"idempotency-key": "a-key"}
    answer = bob.post(f"/polls/{poll}/ballot", json=body, headers=headers)
    assert answer.status_code == 200
    bob.post(f"/polls/{poll}/ballot", data=body, headers=headers)
    bob.post(f"/polls/{poll}/ballot", json={"choice": "nonsense"}, headers=headers)
    bob.post(f"/polls/{poll}/check", data={"code": "ab" * 16}, headers=headers)
    mine = {name: answer.json()[name] for name in ("commit", "signature")}
    for more in ({}, {"file": "1"}, {"text": "{}"}):
        bob.post(f"/polls/{poll}/receipt", data=mine | more, headers=headers)
    assert capsys.readouterr().err == ""
    bob.get(f"/polls/{poll}")
    bob.get(f"/polls/{poll}/check")
    logged = capsys.readouterr().err
    assert "/polls/{poll:int}" in logged
    commit = answer.json()["commit"]
    assert not any(word in logged for word in (commit, "ab" * 16, body["choice"]))
    with db.reading() as tx:
        run = tx.connection().exec_driver_sql
        assert run("select count(*) from idempotency_key").scalar_one() == 0
        for event in history(tx, cast.place, audience=Audience.MODERATOR):
            assert event.kind != "polls:turnout:counted"
            assert commit not in str(event.payload)
        # Nothing but the box knows the commitment, nothing at all the random number.
        for table in inspect(tx.connection()).get_table_names():
            text = str(run(f'select * from "{table}"').all())
            assert (commit in text) == (table == "ballot")
            assert ("ab" * 16 in text) == (table == "ballot")
            if way != "majority":
                assert (body["choice"] in text) == (table == "ballot")


def test_a_batch_is_written_in_the_order_of_its_keys(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = secret(cast)
    written: list[list[str]] = []
    insert = box._insert

    def noted(tx: db.Db, model: type[Ballot], rows: Sequence[tuple[object, ...]]) -> object:
        found = insert(tx, model, rows)
        if model is Ballot:
            kept = tx.connection().exec_driver_sql("select commitment from ballot")
            written.append(list(kept.scalars()))
        return found

    monkeypatch.setattr(box, "_insert", noted)
    items = [
        service.Cast(credential(cast[name]), poll, "yes", "", number(n))
        for n, name in enumerate(VOTERS)
    ]
    with db.transaction() as tx:
        service.cast_batch(tx, items)
    assert written == [sorted(written[0])]
    assert len(written[0]) == len(VOTERS)
