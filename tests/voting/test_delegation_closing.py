"""What a closing poll makes of the votes that were given to others, whatever happens at once."""

from datetime import timedelta
from functools import partial

import pytest
from cast import Cast
from delegating import cast_by, fates, faults, followed, give, row
from polling import VOTERS, close, people, vote
from proxying import together
from sqlalchemy import event, text

from forum.base import clock, db, ticker
from forum.base.errors import Refusal
from forum.base.events import Audience, of_subject
from forum.consultations import service as consultations
from forum.members import service as members
from forum.members.queries import actor_of
from voting.boxes import queries as boxes
from voting.boxes.models import Channel
from voting.delegations import service
from voting.delegations.models import Fate
from voting.polls import service as voting
from voting.polls.rules import RollEntry


def test_the_closing_casts_what_was_given(anywhere: Cast) -> None:
    poll = followed(anywhere)
    give(anywhere, "bob", "dana")
    give(anywhere, "dana", "rong")
    give(anywhere, "hui", "shu")
    give(anywhere, "clerk", "rong")
    vote(anywhere.rong, poll, "no")
    vote(anywhere.clerk, poll, "yes")  # one's own vote comes first
    close(anywhere, poll, publish=True)
    assert cast_by(anywhere, poll) == {
        "rong": ("no", None),
        "dana": ("no", "rong"),
        "bob": ("no", "rong"),
        "clerk": ("yes", None),
    }
    assert fates(anywhere, poll) == {"dana": Fate.CAST, "bob": Fate.CAST, "hui": Fate.NOBODY}
    found = row(anywhere, poll).result
    assert found is not None
    assert (found["figures"]["no"], found["figures"]["cast"], found["through"]) == (3, 4, 2)
    assert faults() == ""
    with db.reading() as tx:
        assert boxes.turnout(tx, poll) == 2
        told = of_subject(tx, f"poll:{poll}", audience=Audience.PUBLIC)
    assert [one.payload for one in told if one.kind == "polls:delegation:counted"] == [
        {"poll": poll, "carried": 2, "lost": 1}
    ]


def test_the_most_specific_word_counts(cast: Cast) -> None:
    first, second = followed(cast), followed(cast)
    give(cast, "bob", "dana")
    give(cast, "bob", "rong", f"item:{cast.item}")
    give(cast, "bob", "shu", f"poll:{second}")
    for poll in (first, second):
        for name, choice in (("dana", "abstain"), ("rong", "no"), ("shu", "yes")):
            vote(cast[name], poll, choice)
        close(cast, poll)
    assert cast_by(cast, first)["bob"] == ("no", "rong")
    assert cast_by(cast, second)["bob"] == ("yes", "shu")


def test_abstaining_passes_it_on(cast: Cast) -> None:
    poll = followed(cast)
    for giver, to in (("bob", "dana"), ("dana", "rong"), ("hui", "shu")):
        give(cast, giver, to)
    vote(cast.dana, poll, "abstain")
    vote(cast.rong, poll, "yes")
    vote(cast.shu, poll, "abstain")
    close(cast, poll)
    found = cast_by(cast, poll)
    assert found["bob"] == ("yes", "rong")
    assert found["hui"] == ("abstain", "shu")
    assert found["dana"] == ("abstain", None)


def test_one_person_carries_no_more_than_the_cap(cast: Cast) -> None:
    poll = followed(cast, most=2)
    for giver, to in (("bob", "alice"), ("dana", "alice"), ("rong", "bob")):
        give(cast, giver, to)
    vote(cast.alice, poll)
    close(cast, poll)
    assert fates(cast, poll) == {"bob": Fate.CAST, "dana": Fate.CAST, "rong": Fate.TOO_MANY}


def test_weights_stay_ones_own(cast: Cast) -> None:
    roll = [*people(cast, "alice", weight=70), *people(cast, "bob", "dana", weight=20)]
    poll = followed(cast, roll=roll)
    give(cast, "bob", "dana")
    vote(cast.dana, poll, "no")
    vote(cast.alice, poll, "yes")
    close(cast, poll)
    found = row(cast, poll).result
    assert found is not None
    assert (found["figures"]["yes"], found["figures"]["no"]) == (70, 40)


def test_who_votes_in_a_hall_casts_for_nobody(cast: Cast) -> None:
    poll = followed(cast)
    give(cast, "bob", "dana")
    give(cast, "dana", "rong")
    with db.transaction() as tx:
        voting.take_in_hall(tx, cast.alice, poll, cast.dana.id, "venue:1", channel=Channel.HANDS)
    vote(cast.rong, poll, "no")
    close(cast, poll)
    assert cast_by(cast, poll) == {"rong": ("no", None), "bob": ("no", "rong")}


@pytest.mark.parametrize(
    "sql",
    [
        "update named_ballot set choice = 'no' where through_id is not null",
        "update named_ballot set through_id = 1 where through_id is not null",
        "update named_ballot set reason = 'mine' where through_id is not null",
    ],
)
def test_verify_names_whose_vote_was_changed(cast: Cast, sql: str) -> None:
    poll = followed(cast)
    give(cast, "bob", "dana")
    vote(cast.dana, poll)
    close(cast, poll, publish=True)
    assert faults() == ""
    with db.transaction() as tx:
        tx.execute(text(sql))
    assert f"member:{cast.bob.id}" in faults()


def test_many_votes_take_no_query_each(cast: Cast) -> None:
    """As many statements for sixty as for six."""

    def statements(size: int) -> int:
        with db.transaction() as tx:
            crowd = [
                members.register(tx, login=f"p{size}n{n}", name="Somebody", password=None)
                for n in range(size)
            ]
            for one in crowd:
                consultations.enlist(tx, cast.alice, cast.consultation, one)
        poll = followed(cast, roll=[RollEntry(one) for one in (*crowd, cast.dana.id)])
        with db.transaction() as tx:
            for one in crowd:
                service.give(tx, actor_of(tx, one), f"poll:{poll}", cast.dana.id)
        vote(cast.dana, poll)
        told: list[str] = []

        def note(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
            told.append(statement)

        engine = db.storage().write_engine
        event.listen(engine, "before_cursor_execute", note)
        close(cast, poll)
        event.remove(engine, "before_cursor_execute", note)
        found = row(cast, poll).result
        assert found is not None
        assert found["through"] == size
        return len(told)

    assert statements(60) == statements(6)


def test_taking_back_while_it_closes(anywhere: Cast) -> None:
    """It is taken back before the count or after it: never half."""
    poll = followed(anywhere)
    made = {name: give(anywhere, name, "dana") for name in VOTERS if name != "dana"}
    vote(anywhere.dana, poll)
    back: list[str] = []

    def take_back(name: str) -> None:
        with db.transaction() as tx:
            service.withdraw(tx, anywhere[name], made[name])
        back.append(name)

    def end() -> None:
        close(anywhere, poll)

    together(end, *(partial(take_back, name) for name in made))
    assert set(back) == set(made)
    found = row(anywhere, poll).result
    assert found is not None
    kept = cast_by(anywhere, poll)
    assert found["figures"]["cast"] == len(kept) == 1 + len(fates(anywhere, poll))
    assert all(choice == "yes" for choice, _through in kept.values())
    assert faults() == ""


def test_voting_while_it_closes(anywhere: Cast) -> None:
    """Whoever voted in time is counted as they voted; the others by those they chose."""
    poll = followed(anywhere)
    others = [name for name in VOTERS if name != "dana"]
    for name in others:
        give(anywhere, name, "dana")
    vote(anywhere.dana, poll, "yes")
    in_time: list[str] = []

    def cast_no(name: str) -> None:
        try:
            vote(anywhere[name], poll, "no")
        except Refusal:
            return
        in_time.append(name)

    together(partial(close, anywhere, poll), *(partial(cast_no, name) for name in others))
    kept = cast_by(anywhere, poll)
    assert len(kept) == len(VOTERS)
    assert {name for name, (choice, _by) in kept.items() if choice == "no"} == set(in_time)


def test_a_late_closing_counts_what_held_in_time(cast: Cast) -> None:
    """The machine was down when it should have closed: what changed since does not count."""
    now = clock.now()
    poll = followed(cast, closes_at=now + timedelta(hours=1))
    made = give(cast, "bob", "dana")
    vote(cast.dana, poll)
    vote(cast.rong, poll, "no")
    with clock.travel(hours=2):
        with db.transaction() as tx:
            service.withdraw(tx, cast.bob, made)
        give(cast, "bob", "rong")
        give(cast, "hui", "rong")
        ticker.run_due()
        assert cast_by(cast, poll) == {
            "dana": ("yes", None),
            "rong": ("no", None),
            "bob": ("yes", "dana"),
        }
