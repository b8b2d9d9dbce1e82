"""Supporting: one person, one support, taken back freely; the log tells several at once."""

import pytest
from cast import Cast
from conftest import Client
from dutying import announced, asked, over
from sqlalchemy import func, select

from forum.base import clock, log, ticker
from forum.base.db import reading, transaction
from forum.base.events import Audience, history
from forum.base.idempotency import IdempotencyKey
from sessions.duty import queries, service


def test_each_counts_once_and_the_most_wanted_stands_first(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        duty = announced(tx, cast)
        first, second = asked(tx, cast, duty), asked(tx, cast, duty, "Who pays?")
    post = f"/duty/questions/{second}/support"
    people = {None: 401, "charlie": 403, "bob": 403, "rong": 403, "dana": 303, "shu": 303}
    for name, status in people.items():
        assert client(name).post(post).status_code == status, name
    client("shu").post(post)

    def row() -> list[tuple[int, int, int | None]]:
        with reading() as db:
            seen = queries.report_access(db, None, duty.report)
            return [(q.id, q.supports, q.rank) for q in queries.board(db, seen).open]

    assert row() == [(second, 2, 1), (first, 0, 2)]
    for name in ("shu", "shu", "dana"):
        client(name).post(f"/duty/questions/{second}/unsupport")
    assert row() == [(first, 0, 1), (second, 0, 2)]
    assert client("shu").post("/duty/questions/999/support").status_code == 404


def test_the_log_does_not_say_whose_support_it_is(cast: Cast) -> None:
    with transaction() as tx:
        duty = announced(tx, cast)
        question = asked(tx, cast, duty)
        for who in (cast.alice, cast.shu, cast.hui):
            service.support(tx, who, question)
        before = history(tx, duty.sitting.stream, audience=Audience.MODERATOR, limit=500)
    assert not [event for event in before if "supports" in event.kind]
    with clock.travel(minutes=1):
        ticker.run_due()
    with reading() as db:
        found = history(
            db, duty.sitting.stream, kinds=("duty:supports:counted",), audience=Audience.MODERATOR
        )
    (event,) = found
    assert event.actor_id is None
    assert event.payload["supports"] == {str(question): 3}


def test_what_is_not_open_takes_no_support(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        duty = announced(tx, cast)
        waits = service.ask(tx, cast.bob, duty.report, "Hm?")
        done = asked(tx, cast, duty)
        service.write_answer(tx, cast.rong, done, "Yes.")
    assert client("shu").post(f"/duty/questions/{waits}/support").status_code == 409
    assert client("hui").post(f"/duty/questions/{waits}/support").status_code == 404
    assert client("hui").post(f"/duty/questions/{done}/support").status_code == 409


def test_no_press_is_kept(
    cast: Cast,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with transaction() as tx:
        rated = over(tx, cast)
        question = service.ask(tx, cast.bob, announced(tx, cast).report, "Who pays?")
        service.admit(tx, cast.alice, question)
    monkeypatch.setattr(log, "quiet", False)
    posts = {
        f"/duty/questions/{question}/support": {},
        f"/duty/questions/{question}/unsupport": {},
        f"{rated.url}/rating": {"rating": "mostly"},
    }
    for number, (path, data) in enumerate(posts.items()):
        headers = {"idempotency-key": f"k{number}"}
        assert client("shu").post(path, data=data, headers=headers).status_code == 303
    with reading() as db:
        assert db.execute(select(func.count()).select_from(IdempotencyKey)).scalar_one() == 0
    assert "/duty" not in capsys.readouterr().err
