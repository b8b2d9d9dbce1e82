"""Which way a word goes: what each way asks for, the promise as a task, who learns of it."""

from datetime import timedelta

import pytest
from cast import Cast
from conftest import Client
from receiving import DARK, NOISE, promise, received, seated
from sqlalchemy import text

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db, transaction
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import Audience, history
from forum.base.links import chain, linked
from forum.followups import queries as followups
from forum.followups.rules import Act
from forum.members import service as accounts
from forum.members.models import Role
from sessions.meetings import service as meetings
from sessions.meetings.models import Meeting, VenueKind
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.rules import Act as Step
from sessions.meetings.service import common as locking
from sessions.minutes import words as minuted
from sessions.minutes.queries import facts as minutes
from sessions.minutes.record import EntryKind
from sessions.reception import queries, service
from sessions.reception.models import Refusal, Route
from sessions.reception.service import Handling, Who, common


def test_each_way_asks_for_what_it_needs(cast: Cast, tx: Db) -> None:
    found = received(tx, cast)
    here = found.meeting
    visitor = seated(tx, cast, found, Who(None, "Mei"))
    word = service.record_word(tx, cast.clerk, here, visitor, NOISE)
    for lacking in (
        Handling(Route.ON_THE_SPOT),
        Handling(Route.DECLINED, elsewhere="The court"),
        Handling(Route.DECLINED, refusal=Refusal.LITIGATION),
    ):
        with pytest.raises(Invalid):
            service.handle(tx, cast.rong, here, word, lacking)
    with pytest.raises(Forbidden):
        service.handle(tx, cast.hui, here, word, Handling(Route.STREET))
    with pytest.raises(NotFound):
        service.handle(tx, cast.rong, here, 99, Handling(Route.STREET))
    declined = Handling(Route.DECLINED, "", Refusal.LITIGATION, elsewhere="The court, room 2")
    service.handle(tx, cast.rong, here, word, declined)
    service.handle(tx, cast.rong, here, word, declined)
    with pytest.raises(Conflict, match="which way"):
        service.promise(tx, cast.rong, here, word, promise(cast))
    service.handle(tx, cast.rong, here, word, Handling(Route.STREET, "Ask the office."))
    row = queries.word(tx, queries.counter(tx, cast.clerk, here), word)[0]
    assert (row.route, row.refusal, row.note("proposed")) == (Route.STREET, None, "Ask the office.")
    routed = history(tx, found.stream, audience=Audience.DESK, kinds=["reception:word:routed"])
    assert [one.payload["route"] for one in routed] == ["declined", "street"]
    assert queries.tally(tx, here).routes == {Route.STREET: 1}


def test_a_promise_is_one_task_that_runs_on(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        found = received(tx, cast)
        here = found.meeting
        visitor = seated(tx, cast, found, Who(cast.bob.id))
        words = [service.record_word(tx, cast.clerk, here, visitor, s) for s in (NOISE, DARK)]
        for word in words:
            service.handle(tx, cast.rong, here, word, Handling(Route.NEIGHBOURHOOD))
        wrong = promise(cast)._replace(supervisor_id=cast.bob.id)
        with pytest.raises(Invalid):
            service.promise(tx, cast.rong, here, words[0], wrong)
        made = [service.promise(tx, cast.rong, here, word, promise(cast)) for word in words]
        assert service.promise(tx, cast.rong, here, words[0], promise(cast)) == made[0]
        assert linked(tx, f"task:{made[0]}") == [f"word:{words[0]}"]
        # What was kept from the public is no public task; whoever said it reads and judges it.
        followups.access(tx, None, made[0])
        with pytest.raises(NotFound):
            followups.access(tx, cast.charlie, made[1])
        assert followups.access(tx, cast.bob, made[1]).stand.concerned
        assert followups.access(tx, cast.hui, made[1]).may(Act.ACCEPT)
        steps = chain(tx, cast.bob, f"task:{made[1]}")
        assert any(step.kind == "word" for step in steps)
        for reader in (None, cast.charlie):
            assert not any(s.kind == "word" for s in chain(tx, reader, f"word:{words[1]}"))
        with pytest.raises(Conflict, match="promised"):
            service.strike(tx, cast.clerk, here, words[0], "A slip")
        answered = Handling(Route.ON_THE_SPOT, answer="Done")
        with pytest.raises(Conflict, match="promised"):
            service.handle(tx, cast.rong, here, words[0], answered)
    mine = client("bob").get(f"/people/{cast.bob.id}").text
    assert "Quieten the pump" in mine
    assert "lamp by the gate" in mine
    assert "reception" in client("bob").get("/inbox").text


def test_the_form_of_the_promise(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        found = received(tx, cast)
        visitor = seated(tx, cast, found, Who(cast.bob.id))
        word = service.record_word(tx, cast.clerk, found.meeting, visitor, NOISE)
    there, rong = f"{found.register}/words/{word}", client("rong")
    assert rong.post(f"{there}/handle", data={"route": "on_the_spot"}).status_code == 422
    assert rong.post(f"{there}/handle", data={"route": "street"}).status_code == 303
    form = {
        "title": "Quieten it", "body": "A foot.", "supervisor": str(cast.rong.id),
        "unit": "Property office", "due": "2040-01-01",
    }  # fmt: skip
    assert rong.post(f"{there}/promise", data=form).status_code == 303
    assert "Quieten it" in rong.get(there).text
    assert rong.post(f"{there}/strike", data={"reason": "x"}).status_code == 409


def test_the_minutes_have_numbers_and_no_name_against_a_wish(cast: Cast, tx: Db) -> None:
    found = received(tx, cast)
    here = found.meeting
    accounts.grant(tx, None, cast.shu.id, Role.SECRETARY, found.stream)
    bob = seated(tx, cast, found, Who(cast.bob.id))
    mei = seated(tx, cast, found, Who(None, "Mei"))
    said = ((bob, NOISE._replace(named=True)), (mei, DARK))
    words = [service.record_word(tx, cast.clerk, here, who, one) for who, one in said]
    service.handle(tx, cast.rong, here, words[0], Handling(Route.STREET))
    meetings.step(tx, cast.alice, here, Step.ADJOURN)
    record = minutes.gathered(tx, here, 1, 1, "")
    entries = list(record.entries().values())
    heard = [entry for entry in entries if entry.kind is EntryKind.RECEPTION]
    assert [(entry.person, bool(entry.text)) for entry in heard] == [
        (cast.bob.id, True),
        (None, False),
    ]
    total = next(entry for entry in entries if entry.kind is EntryKind.RECEPTION_SUM)
    lines = [minuted.sentence(one, {cast.bob.id: "Bob"}, "UTC") for one in (*heard, total)]
    assert "Bob" in lines[0]
    assert "Through street or town" in lines[0]
    assert "visitor 2 at Community hall" in lines[1]
    assert "Community hall: 2 visitors received, 2 opinions and suggestions" in lines[2]
    assert "Through street or town to the government 1, Not decided yet 1" in lines[2]


def test_a_name_at_one_word_is_none_where_another_is_private(cast: Cast, tx: Db) -> None:
    """Both words have the visitor's number."""
    found = received(tx, cast)
    here = found.meeting
    bob = seated(tx, cast, found, Who(cast.bob.id))
    first = service.record_word(tx, cast.clerk, here, bob, NOISE._replace(named=True))
    assert queries.named(tx, here) == {first: cast.bob.id}
    second = service.record_word(tx, cast.clerk, here, bob, DARK)
    assert queries.named(tx, here) == {}
    service.strike(tx, cast.clerk, here, second, "A slip")
    assert queries.named(tx, here) == {first: cast.bob.id}


def test_a_word_is_judged_as_the_desk_before_left_it(
    cast: Cast, tx: Db, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = received(tx, cast)
    here = found.meeting
    visitor = seated(tx, cast, found, Who(None, "Mei"))
    word = service.record_word(tx, cast.clerk, here, visitor, NOISE)
    locked = locking.hold

    def waited(tx: Db, actor: Actor, meeting: int) -> tuple[MeetingAccess, Meeting]:
        tx.execute(text("UPDATE reception_word SET struck = true"))
        return locked(tx, actor, meeting)

    monkeypatch.setattr(common, "hold", waited)
    with pytest.raises(Conflict, match="struck"):
        service.handle(tx, cast.rong, here, word, Handling(Route.STREET))


def test_what_is_taken_back_takes_its_task_along(cast: Cast, tx: Db) -> None:
    found = received(tx, cast)
    here = found.meeting
    visitor = seated(tx, cast, found, Who(cast.bob.id))
    word = service.record_word(tx, cast.clerk, here, visitor, NOISE)
    service.handle(tx, cast.rong, here, word, Handling(Route.STREET))
    task = service.promise(tx, cast.rong, here, word, promise(cast))
    followups.access(tx, None, task)
    service.correct(tx, cast.clerk, here, word, NOISE._replace(open=False))
    for reader in (None, cast.charlie):
        with pytest.raises(NotFound):
            followups.access(tx, reader, task)
    assert followups.access(tx, cast.bob, task).stand.concerned


def test_programs_read_no_more_of_a_word_than_the_page_shows(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        found = received(tx, cast)
        here = found.meeting
        visitor = seated(tx, cast, found, Who(cast.bob.id))
        word = service.record_word(tx, cast.clerk, here, visitor, NOISE._replace(open=False))
        service.handle(
            tx, cast.rong, here, word, Handling(Route.STREET, "Ask the office.", answer="Soon.")
        )
        service.promise(tx, cast.rong, here, word, promise(cast))
        # Everybody may read it now; the task stays with those whose it is.
        service.correct(tx, cast.clerk, here, word, NOISE)
    for reader, sees in ((None, ["published"]), ("bob", ["published", "own"])):
        answer = client(reader).get(f"{found.register}/numbers.json").json()
        for part in sees:
            (row,) = answer[part]
            assert [note["body"] for note in row["notes"]] == ["Soon."]
            assert not {"visitor_id", "named", "open", "at", "task_id"} & set(row)
            assert bool(row["task"]) == bool(row["promise"]) == (reader == "bob")
        assert "Ask the office." not in str(answer)


def test_venues_of_an_earlier_day_stay_in_the_register(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        found = received(tx, cast)
        here = found.meeting
        meetings.check_in(tx, cast.clerk, here, found.main, [cast.charlie.id])
        mei = seated(tx, cast, found, Who(None, "Aunt Mei"))
        said = service.record_word(tx, cast.clerk, here, mei, NOISE)
        service.take_number(tx, cast.bob, here)
        school = service.come(tx, cast.hui, here, found.hall, Who(None, "Uncle Wu"))
        when = clock.now() + timedelta(days=7)
        meetings.step(
            tx, cast.alice, here, Step.SUSPEND, until=when, ends=when + timedelta(hours=2)
        )
        # With somebody checked in, and with visitors alone: both are left, neither is renamed.
        library = meetings.Place(VenueKind.MAIN, "Library", "Lilac Road 11")
        assert meetings.set_venue(tx, cast.alice, here, library, venue=found.main) != found.main
        meetings.drop_venue(tx, cast.alice, here, found.hall)
        meetings.drop_venue(tx, cast.alice, here, found.online)
        with pytest.raises(NotFound):
            service.come(tx, cast.clerk, here, found.main, Who())
        service.handle(tx, cast.rong, here, said, Handling(Route.STREET))
        halls = {venue.id: venue for venue in queries.tally(tx, here).venues}
        assert (halls[found.main].words, halls[found.main].former) == (1, True)
    base, clerk = found.register, client("shu")
    for page in (base, f"{base}/{mei}", f"{base}/{mei}/print", f"{base}/print"):
        assert "Aunt Mei" in clerk.get(page).text, page
        assert "Community hall" in clerk.get(page).text, page
    assert client("rong").get(f"{base}/words/{said}").status_code == 200
    assert client("hui").get(f"{base}/{school}").status_code == 403
    assert "Community hall" not in client(None).get(f"{base}/screen").text
    mine = f"/meetings/{here}"
    assert "Your number" in client("bob").get(mine).text
    with transaction() as tx:
        meetings.step(tx, cast.alice, here, Step.START)
        meetings.step(tx, cast.alice, here, Step.ADJOURN)
    assert "Your number" not in client("bob").get(mine).text
