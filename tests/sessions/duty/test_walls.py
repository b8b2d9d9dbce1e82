"""Questions to a representative on the walls of the meeting, and a page that reads only its own."""

from cast import Cast
from conftest import Client
from dutying import announced, asked, running
from sqlalchemy import event, insert

from forum.base import clock, db
from forum.base.db import reading, transaction
from sessions.duty import queries, service
from sessions.duty.models import DutyQuestion, QuestionState
from sessions.floor import service as floor
from sessions.floor.screen_models import Shows


def test_a_wall_shows_what_is_answered_and_what_is_wanted_next(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        duty = running(tx, cast)
        floor.set_projector(tx, cast.alice, duty.meeting, "Wall")
        chosen = floor.prepare(tx, cast.alice, duty.meeting, 1, Shows.QUESTIONS)
        floor.put_up(tx, cast.alice, duty.meeting, 1, chosen)
    wall = f"/meetings/{duty.meeting}/screen/1"
    assert "Ask your representative." in client(None).get(wall).text
    with transaction() as tx:
        first = asked(tx, cast, duty)
        asked(tx, cast, duty, "Who pays?")
        wanted = asked(tx, cast, duty, "Where do the bicycles go?")
        service.support(tx, cast.shu, wanted)
        service.ask(tx, cast.bob, duty.report, "Not let through yet.")
        service.put(tx, cast.alice, first)
    shown = client(None).get(wall).text
    assert "Being answered" in shown
    assert shown.index("When is the lift built?") < shown.index("Where do the bicycles go?")
    assert shown.index("Where do the bicycles go?") < shown.index("Who pays?")
    assert "Not let through yet." not in shown
    assert "Not let through yet." not in client("alice").get(f"{duty.url}/screen").text
    assert "Who pays?" in client(None).get(f"{duty.url}/screen").text


def test_the_page_of_a_question_reads_no_other(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        duty = announced(tx, cast)
        mine = asked(tx, cast, duty)
        said = [
            {
                "report_id": duty.report,
                "number": number,
                "member_id": cast.dana.id,
                "by_name": True,
                "recorded_by": cast.dana.id,
                "body": f"Another question {number}",
                "state": QuestionState.OPEN,
                "supports": number % 3,
                "asked_at": clock.now(),
            }
            for number in range(2, 40)
        ]
        tx.execute(insert(DutyQuestion), said)
    with reading() as tx:
        board = queries.board(tx, queries.report_access(tx, None, duty.report))
        for line in board.open:
            seen = queries.question_access(tx, None, line.id)
            assert queries.question(tx, seen, line.id).rank == line.rank
    read: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        read.append(statement)

    engine = db.storage().read_engine
    event.listen(engine, "before_cursor_execute", note)
    answer = client("shu").get(f"/duty/questions/{mine}.json")
    event.remove(engine, "before_cursor_execute", note)
    assert answer.status_code == 200
    assert "Another question" not in answer.text
    words = [one for one in read if "duty_question.body" in one.split("FROM", 1)[0]]
    assert words
    assert all("WHERE duty_question.id " in one for one in words)
