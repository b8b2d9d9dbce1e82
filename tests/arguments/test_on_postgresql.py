"""The same threads, orders and imports on PostgreSQL, two people at once among them."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from cast import Cast, assemble
from flagging import screens
from starlette.testclient import TestClient

from forum.agenda import held as proposals
from forum.agenda import service as agenda
from forum.agenda.models import ItemState
from forum.agenda.service import proposing
from forum.arguments import queries, rules, service, threads
from forum.arguments.models import Opinion, Stance
from forum.arguments.rules import Order
from forum.arguments.service.common import load
from forum.base import auth, db, i18n, settings, tables
from forum.base.db import Db, reading, transaction
from forum.base.transfer import importer_of
from forum.base.verify import verify


@pytest.fixture
def there(whole_app: object, postgres: str, tmp_path: Path) -> Iterator[Cast]:
    settings.configure(data=tmp_path, database_url=postgres)
    db.close()
    tables.metadata.create_all(db.storage().write_engine)
    with i18n.using("en"):
        with transaction() as tx:
            cast = assemble(tx)
        yield cast
    db.close()


def test_threads_read_alike(there: Cast) -> None:
    made: list[int] = []
    with transaction() as tx:
        for n in range(60):
            parent = made[-1] if n % 4 else None
            stance = list(Stance)[n % 4]
            who = there[["bob", "alice", "shu"][n % 3]]
            body = f"Reason {n}"
            made.append(service.post(tx, who, there.item, body=body, stance=stance, parent=parent))
        for n, argument in enumerate(made):
            service.react(tx, there.rong, argument, list(Opinion)[n % 3])
    with reading() as session:
        full = queries.in_full(session, made, moderates=True)
        for order in Order:
            seen: list[threads.Line] = []
            after = ""
            while True:
                page = threads.page(
                    session, there.item, reader=there.rong.id, order=order, after=after, limit=7
                )
                seen += page.lines
                after = page.next
                if not after:
                    break
            assert sorted(line.id for line in seen) == made
            if order is Order.THREAD:
                paths = [full[line.id].path for line in seen]
                assert paths == sorted(paths)
        deep = full[made[1]]
        under = threads.page(session, there.item, reader=None, order=Order.THREAD, under=deep)
        assert {rules.ancestors(full[line.id].path)[1] for line in under.lines} == {made[1]}
        assert verify(session).sound


def test_pages_are_served(there: Cast, whole_app: object) -> None:
    with transaction() as tx:
        service.post(tx, there.bob, there.item, body="Yes", stance=Stance.PRO)
        token = auth.sign_in(tx, there.alice.id, label="test")
    for cookies in ({}, {auth.COOKIE: token}):
        browser = TestClient(whole_app, cookies=cookies)  # type: ignore[arg-type]
        for path in (
            "/consultations",
            f"/consultations/{there.consultation}",
            f"/items/{there.item}?tab=agreed",
            f"/stations/{there.station}",
        ):
            assert browser.get(path).status_code == 200


def test_reactions_at_the_same_moment_are_all_counted(there: Cast) -> None:
    with transaction() as tx:
        made = service.post(tx, there.bob, there.item, body="Yes", stance=Stance.PRO)
    people = ("alice", "shu", "rong", "hui")
    ready = threading.Barrier(len(people))

    def agree(name: str) -> None:
        ready.wait()
        with transaction() as tx:
            service.react(tx, there[name], made, Opinion.AGREE)

    crowd = [threading.Thread(target=agree, args=(name,)) for name in people]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    with reading() as session:
        assert queries.in_full(session, [made], moderates=False)[made].agree == len(people)


def meanwhile(
    address: str,
    first: Callable[[Db], object],
    second: Callable[[Db], object],
    last: Callable[[Db], object] = bool,
) -> None:
    """Two transactions: the second begins, and waits, before the first goes on and is committed."""
    faults: list[Exception] = []

    def other() -> None:
        try:
            with transaction() as tx:
                second(tx)
        except Exception as fault:  # noqa: BLE001 - of the other thread, told below
            faults.append(fault)

    waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
    with psycopg.connect(address, autocommit=True) as watch, transaction() as tx:
        first(tx)
        thread = threading.Thread(target=other)
        thread.start()
        while thread.is_alive():
            if (row := watch.execute(waiting).fetchone()) and row[0]:
                break
        last(tx)
    thread.join()
    assert faults == []


def test_what_is_reworded_while_it_is_let_out_waits_anew(there: Cast, postgres: str) -> None:
    screens(there, word_list={"on": True, "words": ["zephyr"]})
    with transaction() as tx:
        draft = agenda.Draft("Quiet lifts", "")
        item = agenda.place(tx, there.bob, there.consultation, draft, state=ItemState.PROPOSED)
        held = proposing.edit(tx, there.bob, item, draft._replace(title="Zephyr lifts")).id
    meanwhile(
        postgres,
        lambda tx: proposing.release(tx, there.alice, held),
        lambda tx: proposing.edit(tx, there.bob, item, draft._replace(title="Zephyr, more")),
    )
    with reading() as session:
        (waits,) = proposals.mine(session, there.bob, there.consultation)
        assert (waits.id != held, waits.title) == (True, "Zephyr, more")


def test_rewording_and_letting_out_do_not_wait_for_each_other(there: Cast, postgres: str) -> None:
    screens(there, word_list={"on": True, "words": ["zephyr"]})
    with transaction() as tx:
        made = service.post(tx, there.bob, there.item, body="Yes", stance=Stance.PRO)
        held = service.edit(tx, there.bob, made, "Zephyr")
    assert held
    meanwhile(
        postgres,
        lambda tx: load(tx, there.bob, made),
        lambda tx: service.release(tx, there.alice, held),
        lambda tx: service.edit(tx, there.bob, made, "Zephyr, more"),
    )
    with reading() as session:
        assert "more" in queries.in_full(session, [made], moderates=False)[made].html


def test_an_export_is_taken_over(there: Cast, tmp_path: Path) -> None:
    (tmp_path / "comments.csv").write_text(
        "timestamp,comment-id,author-id,moderated,comment-body\n"
        "1435654192085,0,0,1,Yes\n1435654192086,1,1,-1,Spam\n"
    )
    (tmp_path / "votes.csv").write_text(
        "timestamp,comment-id,voter-id,vote\n"
        + "".join(f"1435654192090,0,{n},1\n" for n in range(50))
    )
    for _again in range(2):
        with transaction() as tx:
            made = importer_of("polis").load(tx, [tmp_path])
        assert made.counts["agree"] == 50
    with reading() as session:
        assert verify(session).sound
