"""Everybody on the roll answers; seats go by the order of answers; questions are kept apart."""

from concurrent.futures import ThreadPoolExecutor

import preparing
import pytest
import sitting as hall
from cast import Cast
from conftest import Client
from preparing import comes
from sqlmodel import col, select

from forum.base import erasure, i18n
from forum.base.db import Db, reading, transaction
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.members.models import InboxRow
from sessions.convening import service
from sessions.convening.models import Answer, QuestionAnswer, QuestionKind
from sessions.convening.queries import replies
from sessions.meetings import service as meetings
from sessions.meetings.rules import Act

AWAY = service.Said(Answer.AWAY)


def told(tx: Db, kind: str) -> list[int]:
    """Who got a line of this kind."""
    return list(tx.exec(select(InboxRow.member_id).where(col(InboxRow.kind) == kind)))


def test_seats_go_by_order_and_the_next_is_told(cast: Cast, tx: Db) -> None:
    found = preparing.called(tx, cast)
    assert service.reply(tx, cast.bob, found.meeting, comes(found))
    assert not service.reply(tx, cast.shu, found.meeting, comes(found))
    assert not service.reply(tx, cast.rong, found.meeting, comes(found))
    assert replies.ahead(tx, found.meeting, cast.rong.id) == 1
    # Saying the same again loses no place.
    assert not service.reply(tx, cast.shu, found.meeting, comes(found))
    assert service.reply(tx, cast.bob, found.meeting, comes(found, found.online))
    mine = replies.reply(tx, found.meeting, cast.shu.id)
    assert mine is not None
    assert mine.seated
    assert told(tx, "convening:seat:given") == [cast.shu.id]
    now = replies.counted(tx, found.meeting)
    assert now.venues[found.main] == (1, 1)
    assert (now.coming, now.silent) == (2, 4)


def test_more_seats_or_a_struck_name_move_the_list_up(cast: Cast, tx: Db) -> None:
    found = preparing.called(tx, cast)
    for who in (cast.bob, cast.shu, cast.rong):
        service.reply(tx, who, found.meeting, comes(found))
    meetings.entitle(tx, cast.alice, found.meeting, cast.bob.id, entitled=False)
    assert replies.reply(tx, found.meeting, cast.bob.id) is None
    assert told(tx, "convening:seat:given") == [cast.shu.id]
    preparing.seats(tx, cast, found.meeting, found.main, 2)
    assert told(tx, "convening:seat:given") == [cast.shu.id, cast.rong.id]
    # Fewer seats take none away.
    preparing.seats(tx, cast, found.meeting, found.main, 1)
    assert replies.counted(tx, found.meeting).venues[found.main] == (2, 0)


def test_a_venue_that_is_given_up_asks_anew(cast: Cast, tx: Db) -> None:
    found = preparing.called(tx, cast)
    service.reply(tx, cast.bob, found.meeting, comes(found, found.online))
    meetings.drop_venue(tx, cast.alice, found.meeting, found.online)
    assert replies.reply(tx, found.meeting, cast.bob.id) is None
    assert told(tx, "convening:seat:lost") == [cast.bob.id]


def test_who_may_answer_and_until_when(cast: Cast, tx: Db) -> None:
    found = preparing.called(tx, cast)
    with pytest.raises(Forbidden):
        service.reply(tx, cast.charlie, found.meeting, AWAY)
    with pytest.raises(Forbidden):
        service.reply(tx, cast.bob, found.meeting, AWAY, member=cast.shu.id)
    with pytest.raises(NotFound):
        service.reply(tx, cast.bob, found.meeting, comes(found, 999))
    other = hall.convened(tx, cast)
    with pytest.raises(NotFound):
        service.reply(tx, cast.bob, found.meeting, comes(found, other.main))
    draft = preparing.drafted(tx, cast)
    with pytest.raises(Forbidden):
        service.reply(tx, cast.alice, draft, AWAY)
    assert service.reply(tx, cast.clerk, found.meeting, AWAY, member=cast.bob.id)
    meetings.step(tx, cast.alice, found.meeting, Act.START)
    assert service.reply(tx, cast.bob, found.meeting, comes(found))
    meetings.step(tx, cast.alice, found.meeting, Act.ADJOURN)
    with pytest.raises(Conflict):
        service.reply(tx, cast.bob, found.meeting, AWAY)


def test_questions_are_answered_with_the_reply(cast: Cast, tx: Db) -> None:
    found = preparing.called(tx, cast)
    options = ("Vegetarian", "Anything")
    meal = service.ask(
        tx, cast.alice, found.meeting, "What do you eat?", QuestionKind.CHOICE, options=options
    )
    lacking = service.Said(Answer.COMES, found.main, None, {meal: "Stones"})
    with pytest.raises(Invalid) as refused:
        service.reply(tx, cast.bob, found.meeting, lacking)
    assert set(refused.value.fields) == {f"q{found.question}", f"q{meal}"}
    good = {found.question: "yes", meal: "Vegetarian"}
    service.reply(tx, cast.bob, found.meeting, service.Said(Answer.COMES, found.main, None, good))
    kept = replies.answers(tx, found.meeting, [cast.bob.id])
    assert kept == {cast.bob.id: good}
    service.drop_question(tx, cast.alice, found.meeting, meal)
    assert replies.answers(tx, found.meeting, [cast.bob.id]) == {
        cast.bob.id: {found.question: "yes"}
    }
    service.reply(tx, cast.bob, found.meeting, AWAY)
    assert replies.answers(tx, found.meeting, [cast.bob.id]) == {}
    with pytest.raises(Invalid):
        service.ask(tx, cast.alice, found.meeting, "One?", QuestionKind.CHOICE, options=("A",))
    for number in range(9):
        service.ask(tx, cast.alice, found.meeting, f"{number}?", QuestionKind.TEXT)
    with pytest.raises(Conflict):
        service.ask(tx, cast.alice, found.meeting, "One more?", QuestionKind.TEXT)


def test_answers_go_with_the_archive_and_with_the_person(cast: Cast, tx: Db) -> None:
    found = preparing.answered(tx, cast)
    assert len(tx.exec(select(QuestionAnswer)).all()) == 3
    erasure.erase(tx, cast.bob.id)
    assert replies.reply(tx, found.meeting, cast.bob.id) is None
    assert told(tx, "convening:seat:given") == [cast.shu.id]
    assert len(tx.exec(select(QuestionAnswer)).all()) == 2
    for act in (Act.START, Act.ADJOURN, Act.ARCHIVE):
        meetings.step(tx, cast.alice, found.meeting, act)
    assert not tx.exec(select(QuestionAnswer)).all()


def test_plain_forms_answer_and_organisers_see_it(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        found = preparing.called(tx, cast)
    here, bob = f"/meetings/{found.meeting}", client("bob")
    assert f'href="{here}/reply"' in bob.get(here).text
    assert "1 of 1 seats are free." in bob.get(f"{here}/reply").text
    typed = {"reply": f"venue-{found.main}"}
    answer = bob.post(f"{here}/reply", data=typed)
    assert answer.status_code == 422
    assert "Please fill this in." in answer.text
    typed[f"q{found.question}"] = "yes"
    assert bob.post(f"{here}/reply", data=typed).status_code == 303
    assert "All 1 seats are taken" in bob.get(f"{here}/reply").text
    assert client(None).get(f"{here}/reply").status_code == 303
    assert client("charlie").get(f"{here}/reply").status_code == 403
    shu = client("shu")
    page = shu.get(f"{here}/replies").text
    assert "Do you need an interpreter?" in page
    assert bob.get(f"{here}/replies").status_code == 403
    # Who keeps but the desk of one venue sees numbers, not answers.
    assert client("hui").get(f"{here}/replies").status_code == 403
    entered = shu.post(f"{here}/replies/{cast.dana.id}", data={"reply": "away"})
    assert entered.status_code == 303
    assert bob.post(f"{here}/replies/{cast.dana.id}", data={"reply": "away"}).status_code == 403
    desk = client("clerk").get(f"{here}/desk/{found.main}").text
    assert "1 cannot come" in desk
    assert "interpreter" not in desk


def test_one_seat_for_many_at_the_same_instant(on_postgres: Cast) -> None:
    cast = on_postgres
    with transaction() as tx:
        found = preparing.called(tx, cast)
    names = ("bob", "shu", "rong", "hui", "dana", "clerk")

    def do(name: str, said: service.Said) -> bool:
        with i18n.using("en"), transaction() as tx:
            return service.reply(tx, cast[name], found.meeting, said)

    with ThreadPoolExecutor(len(names)) as pool:
        seated = list(pool.map(lambda name: do(name, comes(found)), names))
    assert seated.count(True) == 1
    first = names[seated.index(True)]
    with reading() as db:
        order = replies.lines(db, found.meeting, show="waiting")[0]
    # The one with the seat and the first who waits leave in the same instant.
    second = next(name for name in names if cast[name].id == order[0].member_id)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda name: do(name, AWAY), (first, second)))
    with reading() as db:
        now = replies.counted(db, found.meeting).venues[found.main]
        left = replies.lines(db, found.meeting, show="waiting")[0]
    assert now == (1, 3)
    assert [line.member_id for line in left] == [line.member_id for line in order[2:]]
