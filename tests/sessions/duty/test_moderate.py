"""Letting through and declining: nobody judges questions to themselves, or their own."""

from cast import Cast
from conftest import Client
from dutying import announced, asked

from forum.base.db import reading, transaction
from forum.base.events import Audience, history
from forum.members import inbox
from forum.members import service as accounts
from forum.members.models import Role
from sessions.duty import service


def test_who_declines_says_why_and_the_asker_is_told(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        duty = announced(tx, cast)
        question = service.ask(tx, cast.bob, duty.report, "Is he a thief?")
    page, post = f"/duty/questions/{question}", f"/duty/questions/{question}/decline"
    assert client("alice").post(post, data={"reason": ""}).status_code == 422
    assert client("alice").post(post, data={"reason": "It accuses a person."}).status_code == 303
    assert "It accuses a person." in client("bob").get(page).text
    assert "It accuses a person." in client("bob").get(duty.url).text
    assert client(None).get(page).status_code == 404
    with reading() as db:
        told = [letter.words for letter in inbox.lines(db, cast.bob)[0]]
        (event,) = history(
            db, duty.sitting.stream, kinds=("duty:question:declined",), audience=Audience.MODERATOR
        )
    assert any("Is he a thief?" in words for words in told)
    assert "accuses" not in str(event.payload)
    # On second thoughts it can be let through.
    assert client("shu").post(f"/duty/questions/{question}/admit").status_code == 303
    assert client(None).get(page).status_code == 200


def test_who_may_let_through(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        duty = announced(tx, cast)
        # Whoever reports leads the place, too: that changes nothing.
        accounts.grant(tx, None, cast.rong.id, Role.MODERATOR, f"meeting:{duty.meeting}")
        ours = service.ask(tx, cast.bob, duty.report, "Why?")
        own = service.ask(tx, cast.alice, duty.report, "Where?")
    for verb in ("admit", "decline"):
        for name, status in ((None, 401), ("charlie", 404), ("bob", 403), ("rong", 404)):
            data = {"reason": "So."}
            answer = client(name).post(f"/duty/questions/{ours}/{verb}", data=data)
            assert answer.status_code == status, (name, verb)
    assert "Why?" not in client("rong").get(duty.url).text
    assert client("rong").get(f"/duty/questions/{ours}").status_code == 404
    assert client("alice").post(f"/duty/questions/{own}/admit").status_code == 403
    assert client("shu").post(f"/duty/questions/{own}/admit").status_code == 303
    assert client("shu").post(f"/duty/questions/{own}/admit").status_code == 409
    assert client("shu").post("/duty/questions/999/admit").status_code == 404


def test_who_asked_takes_it_back_while_it_waits(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        duty = announced(tx, cast)
        waits = service.ask(tx, cast.bob, duty.report, "Hm?")
        let_through = asked(tx, cast, duty)
    post = "/duty/questions/{}/withdraw"
    assert client("shu").post(post.format(waits)).status_code == 403
    assert client("bob").post(post.format(waits)).status_code == 303
    assert client("bob").post(post.format(let_through)).status_code == 409
    assert "Hm?" not in client("alice").get(duty.url).text
