"""Asking: by oneself, without one's name, through a desk; and who may not."""

from cast import Cast
from conftest import Client
from dutying import announced, asked, running

from forum.base.db import reading, transaction
from forum.base.events import Audience, history
from forum.members import inbox
from sessions.duty import queries, service
from sessions.duty.models import ReportState
from sessions.meetings import service as meetings
from sessions.meetings.rules import Act


def test_a_question_waits_and_nobody_else_reads_it(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        duty = announced(tx, cast)
    answer = client("bob").post(f"{duty.url}/questions", data={"body": "When is <b>it</b> built?"})
    assert answer.status_code == 303
    with reading() as db:
        (event,) = history(
            db, duty.sitting.stream, kinds=("duty:question:asked",), audience=Audience.MODERATOR
        )
        told = history(db, duty.sitting.stream, kinds=("duty:question:asked",))
    assert told == []
    assert event.actor_id == cast.bob.id
    assert "built" not in str(event.payload)
    words = "When is &lt;b&gt;it&lt;/b&gt; built?"
    for name, reads in (("bob", True), ("alice", True), ("shu", True), ("rong", False)):
        assert (words in client(name).get(duty.url).text) is reads, name
    assert words not in client(None).get(duty.url).text
    page = f"/duty/questions/{event.payload['question']}"
    for name, status in (("alice", 200), ("bob", 200), ("rong", 404), ("charlie", 404)):
        assert client(name).get(page).status_code == status, name


def test_who_asks_without_a_name_is_a_voter_to_all_but_who_moderates(
    cast: Cast, client: Client
) -> None:
    with transaction() as tx:
        duty = announced(tx, cast)
        question = service.ask(tx, cast.bob, duty.report, "Who pays?", by_name=False)
        service.admit(tx, cast.alice, question)
        found = history(tx, duty.sitting.stream, audience=Audience.MODERATOR, limit=500)
    ours = [event for event in found if event.kind.startswith("duty:question")]
    assert [event.actor_id for event in ours] == [None, cast.alice.id]
    assert all("asker" not in e.payload or e.payload["asker"] is None for e in ours)
    for name in (None, "rong", "charlie"):
        seen = client(name).get(f"{duty.url}.json").json()["board"]["open"][0]
        assert seen["asker"] == "A voter", name
        assert "Bob" not in str(seen)
    assert client("alice").get(f"{duty.url}.json").json()["board"]["open"][0]["asker"] == "Bob"


def test_a_desk_enters_a_question_for_who_is_there(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        duty = announced(tx, cast)
    post = f"{duty.url}/questions"
    # hui keeps the desk of the school, bob sits in the main venue.
    data = {"body": "Is it loud?", "member": str(cast.bob.id)}
    assert client("hui").post(post, data=data).status_code == 403
    page = client("clerk").get(duty.url).text
    assert f'<option value="{cast.bob.id}"' in page
    assert client("clerk").post(post, data=data).status_code == 303
    seen = client("alice").get(f"{duty.url}.json").json()["board"]["waiting"][0]
    assert (seen["asker"], seen["entered_by"]) == ("Bob", cast.clerk.name)


def test_who_may_ask(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        duty = announced(tx, cast)
    post = f"{duty.url}/questions"
    people = {None: 401, "charlie": 403, "dana": 403, "rong": 403, "bob": 303, "alice": 303}
    for name, status in people.items():
        assert client(name).post(post, data={"body": "Why?"}).status_code == status, name
    assert client("bob").post("/duty/999/questions", data={"body": "Why?"}).status_code == 404
    assert client("bob").post(post, data={"body": " "}).status_code == 422
    # The same words again are the same question.
    client("bob").post(post, data={"body": "Why?"})
    with reading() as db:
        assert queries.figures(db, [duty.report])[duty.report].waiting == 2
    with transaction() as tx:
        service.begin(tx, cast.alice, duty.report)
        service.end(tx, cast.alice, duty.report)
    assert client("bob").post(post, data={"body": "Late?"}).status_code == 409


def test_what_waits_is_not_lost_when_the_report_ends(cast: Cast) -> None:
    with transaction() as tx:
        duty = running(tx, cast)
        waits = service.ask(tx, cast.bob, duty.report, "Still there?")
        open_one = asked(tx, cast, duty)
        meetings.step(tx, cast.alice, duty.meeting, Act.ADJOURN)
        service.admit(tx, cast.alice, waits)
        seen = queries.report_access(tx, cast.bob, duty.report)
        board = queries.board(tx, seen)
        (owed,) = queries.owed(tx, cast.rong.id)
    assert {line.id for line in board.open if line.due} == {waits, open_one}
    assert owed.open == 2
    assert not owed.late


def test_a_report_that_never_began_leaves_its_questions_with_a_date(
    cast: Cast, client: Client
) -> None:
    with transaction() as tx:
        duty = announced(tx, cast)
        open_one = asked(tx, cast, duty)
        waits = service.ask(tx, cast.shu, duty.report, "And the stairs?")
        meetings.step(tx, cast.alice, duty.meeting, Act.ADJOURN)
        assert [one.open for one in queries.owed(tx, cast.rong.id)] == [1]
        service.admit(tx, cast.alice, waits)
    with reading() as db:
        assert [one.open for one in queries.owed(db, cast.rong.id)] == [2]
        for who in (cast.rong, cast.bob):
            told = [letter.words for letter in inbox.lines(db, who)[0]]
            assert any("still to be answered, in writing" in words for words in told), who.name
        report = queries.report_access(db, None, duty.report).report
    assert (report.state_name, report.rating_until) == ("Report not held", None)
    assert client("bob").post(f"{duty.url}/rating", data={"rating": "mostly"}).status_code == 409
    with transaction() as tx:
        meetings.step(tx, cast.alice, duty.meeting, Act.REOPEN)
        seen = queries.report_access(tx, None, duty.report)
        assert seen.report.state is ReportState.PLANNED
        lines = queries.board(tx, seen).open
        assert [(line.id, line.due) for line in lines] == [(open_one, None), (waits, None)]
        assert queries.owed(tx, cast.rong.id) == []


def test_who_takes_back_what_a_desk_entered_without_their_name_is_not_in_the_log(
    cast: Cast,
) -> None:
    with transaction() as tx:
        duty = announced(tx, cast)
        who = cast.bob.id
        entered = service.ask(tx, cast.clerk, duty.report, "Hm?", by_name=False, member=who)
        service.withdraw(tx, cast.bob, entered)
        (event,) = history(
            tx,
            duty.sitting.stream,
            kinds=("duty:question:withdrawn",),
            audience=Audience.MODERATOR,
        )
    assert event.actor_id is None
