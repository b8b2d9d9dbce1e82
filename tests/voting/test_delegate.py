"""Giving one's vote to another: who may, what holds, and taking it back."""

from functools import partial

import pytest
from cast import Cast
from delegating import cast_by, followed, give
from polling import close, make, people, vote
from proxying import together

from forum.base import db
from forum.base.erasure import erase
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import Audience, of_subject
from voting.delegations import queries, service
from voting.polls import service as voting
from voting.polls.models import Secrecy


def test_polls_that_do_not_follow_are_as_before(cast: Cast) -> None:
    plain = make(cast)
    give(cast, "bob", "dana")
    vote(cast.dana, plain)
    close(cast, plain)
    assert cast_by(cast, plain) == {"dana": ("yes", None)}
    with pytest.raises(Conflict, match="nobody votes for others"):
        give(cast, "hui", "dana", f"poll:{make(cast)}")
    for draft, meeting in (
        (voting.Draft("?", carry_most=0, secrecy=Secrecy.SECRET), None),
        (voting.Draft("?", carry_most=0), "meeting:1"),
    ):
        with db.transaction() as tx, pytest.raises(Invalid) as refused:
            voting.create(tx, cast.alice, cast.item, draft, meeting=meeting)
        assert set(refused.value.fields) == {"delegations"}


def test_who_may_give_to_whom(cast: Cast) -> None:
    with pytest.raises(Forbidden):  # not on the list of those who take part
        give(cast, "charlie", "bob")
    for delegate in ("charlie", "bob"):
        with pytest.raises(Invalid):
            give(cast, "bob", delegate)
    for place in ("item:999", "poll:999", "meeting:1", "station:1", "nonsense"):
        with pytest.raises(NotFound):
            give(cast, "bob", "dana", place)
    poll = followed(cast, roll=people(cast, "alice", "bob", "dana"))
    with pytest.raises(Invalid):
        give(cast, "bob", "shu", f"poll:{poll}")
    with pytest.raises(Forbidden):
        give(cast, "shu", "bob", f"poll:{poll}")
    close(cast, poll)
    with pytest.raises(Conflict, match="closed"):
        give(cast, "bob", "dana", f"poll:{poll}")


def test_taking_back_and_declining(cast: Cast) -> None:
    made = give(cast, "bob", "dana")
    assert give(cast, "bob", "dana") == made
    other = give(cast, "bob", "rong")
    with db.transaction() as tx:
        with pytest.raises(Conflict):  # it went to somebody else
            service.withdraw(tx, cast.bob, made)
        for who, verb, wrong in (
            ("hui", service.withdraw, NotFound),
            ("rong", service.withdraw, Forbidden),
            ("bob", service.decline, Forbidden),
        ):
            with pytest.raises(wrong):
                verb(tx, cast[who], other)
        service.decline(tx, cast.rong, other)
    with pytest.raises(Conflict, match="declined"):
        give(cast, "bob", "rong")
    last = give(cast, "bob", "shu")
    with db.transaction() as tx:
        service.withdraw(tx, cast.bob, last)
        told = of_subject(tx, f"delegation:{last}", audience=Audience.MEMBER)
        assert [one.kind.rpartition(":")[2] for one in told] == ["given", "withdrawn"]
        assert told[0].stream == f"member:{cast.bob.id}"
        assert queries.mine(tx, cast.bob) == ([], [])


def test_what_was_given_for_one_vote_is_over_with_it(cast: Cast) -> None:
    poll, other = followed(cast), followed(cast)
    made = give(cast, "bob", "dana", f"poll:{poll}")
    wide = give(cast, "hui", "dana")
    give(cast, "shu", "dana", f"poll:{other}")
    close(cast, poll)
    with db.transaction() as tx:
        with pytest.raises(Conflict):
            service.withdraw(tx, cast.bob, made)
        voting.void(tx, cast.alice, other, "It was asked wrongly.")
        assert [one.id for one in queries.mine(tx, cast.dana)[1]] == [wide]


def test_nobody_votes_for_somebody_erased(cast: Cast) -> None:
    poll = followed(cast)
    give(cast, "bob", "dana")
    with db.transaction() as tx:
        erase(tx, cast.bob.id)
    vote(cast.dana, poll)
    close(cast, poll)
    assert cast_by(cast, poll) == {"dana": ("yes", None)}


def test_two_clicks_give_one_vote(anywhere: Cast) -> None:
    together(*(partial(give, anywhere, "bob", name) for name in ("dana", "rong", "dana", "shu")))
    with db.reading() as tx:
        given, _held = queries.mine(tx, anywhere.bob)
    assert len(given) == 1
