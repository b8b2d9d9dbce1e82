"""Whoever stands in for somebody absent votes for them too: once, and never over their own vote."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from cast import Cast
from minuting import FACTS, Log
from proxying import put, sitting, together, vote
from starlette.testclient import TestClient

from forum.base import db, i18n
from forum.base.db import transaction
from forum.base.errors import Conflict, Forbidden, Refusal
from forum.base.verify import verify
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Visibility
from sessions.minutes import words
from sessions.minutes.projection import project
from voting.boxes import queries as boxes
from voting.boxes.models import Channel
from voting.polls import events, queries, service
from voting.polls.models import Secrecy
from voting.polls.queries import PollRow
from voting.polls.rules import Count, Outcome

Client = Callable[[str | None], TestClient]


def row(cast: Cast, poll: int) -> PollRow:
    with db.reading() as tx:
        return queries.poll_access(tx, cast.alice, poll).poll


def rows(poll: int) -> dict[int, tuple[str, int | None]]:
    with db.reading() as tx:
        return {one.voter_id: (one.choice, one.through_id) for one in boxes.named(tx, poll)}


def end(cast: Cast, poll: int) -> dict[str, Any]:
    with transaction() as tx:
        service.close(tx, cast.alice, poll)
        service.publish(tx, cast.alice, poll)
    with db.reading() as tx:
        assert verify(tx).faults == []
    found = row(cast, poll).result
    assert found is not None
    return found


def test_the_roll_has_those_who_are_represented(cast: Cast) -> None:
    poll = put(cast, sitting(cast))
    found = row(cast, poll)
    assert (found.eligible, found.present) == (7, 7)  # five are there, two by proxy
    with db.reading() as tx:
        right = queries.right(tx, poll, cast.hui)
    assert right is not None
    assert (right.holder_id, right.present) == (cast.bob.id, True)


def test_who_stands_in_casts_for_both(cast: Cast) -> None:
    poll = put(cast, sitting(cast))
    vote(cast.bob, poll, "yes")
    vote(cast.bob, poll, "no", principal=cast.hui.id)
    assert vote(cast.bob, poll, "abstain", principal=cast.hui.id).again
    assert rows(poll) == {
        cast.bob.id: ("yes", None),
        cast.hui.id: ("abstain", cast.bob.id),
    }
    found = end(cast, poll)
    assert found["through"] == 1
    assert found["figures"]["cast"] == 2


def test_nobody_overrides_a_vote_of_ones_own(cast: Cast) -> None:
    poll = put(cast, sitting(cast))
    vote(cast.bob, poll, "no", principal=cast.hui.id)
    vote(cast.hui, poll, "yes")
    with pytest.raises(Conflict, match="themselves"):
        vote(cast.bob, poll, "no", principal=cast.hui.id)
    assert rows(poll) == {cast.hui.id: ("yes", None)}


@pytest.mark.parametrize("secrecy", list(Secrecy))
def test_for_nobody_elses_people(cast: Cast, secrecy: Secrecy) -> None:
    poll = put(cast, sitting(cast), secrecy=secrecy)
    for who, principal in (("dana", "hui"), ("alice", "bob"), ("bob", "charlie")):
        with pytest.raises(Forbidden):
            vote(cast[who], poll, principal=cast[principal].id)
    with db.reading() as tx:
        assert boxes.turnout(tx, poll) == 0


def test_in_a_secret_vote_the_first_ballot_stays(cast: Cast) -> None:
    poll = put(cast, sitting(cast), secrecy=Secrecy.SECRET)
    first = vote(cast.bob, poll, "no", principal=cast.hui.id)
    assert vote(cast.bob, poll, "no", principal=cast.hui.id) == first._replace(again=True)
    with pytest.raises(Conflict, match="voted already"):
        vote(cast.hui, poll, "yes", nonce="a" * 32)
    vote(cast.clerk, poll, "yes")
    with pytest.raises(Conflict, match="in the box already"):
        vote(cast.dana, poll, "no", principal=cast.clerk.id, nonce="b" * 32)
    vote(cast.bob, poll, "yes")
    end(cast, poll)
    with db.reading() as tx:
        texts = [text for _commit, text in boxes.sealed(tx, poll)]
        assert len(texts) == 3
        assert not any("through" in text or "voter" in text for text in texts)
        assert {voter for voter, _channel in boxes.participants(tx, poll, limit=9)} == {
            cast.bob.id,
            cast.hui.id,
            cast.clerk.id,
        }


def test_at_hands_they_go_where_their_holder_is(cast: Cast) -> None:
    held = sitting(cast)
    poll = put(cast, held, channel=Channel.HANDS)
    main = f"venue:{held.main}"
    with db.reading() as tx:
        issued = {tally.venue: tally.issued for tally in queries.tallies(tx, poll)}
        assert boxes.part(tx, poll, cast.hui.id) is Channel.HANDS
    assert issued == {main: 4, f"venue:{held.hall}": 1}  # alice, bob, shu, and hui through bob
    with pytest.raises(Conflict, match="venue"):
        vote(cast.hui, poll)
    vote(cast.dana, poll, "yes", principal=cast.clerk.id)
    with transaction() as tx:
        for venue, count in ((main, Count({"yes": 4})), (f"venue:{held.hall}", Count({"no": 1}))):
            service.enter_hands(tx, cast.alice, poll, venue, count)
            service.confirm_hands(tx, cast.shu, poll, venue, count)
    assert end(cast, poll)["figures"]["yes"] == 5


def test_who_comes_to_a_hall_takes_along_whom_they_stand_in_for(cast: Cast) -> None:
    held = sitting(cast)
    poll = put(cast, held, channel=Channel.HANDS)
    with transaction() as tx:
        service.take_in_hall(tx, cast.alice, poll, cast.dana.id, f"venue:{held.hall}")
        tallies = {tally.venue: tally.issued for tally in queries.tallies(tx, poll)}
        assert boxes.part(tx, poll, cast.clerk.id) is Channel.HANDS
    assert tallies[f"venue:{held.hall}"] == 3
    with pytest.raises(Conflict):
        vote(cast.clerk, poll)


def test_a_vote_that_is_cast_does_not_move_to_a_hall(cast: Cast) -> None:
    held = sitting(cast)
    poll = put(cast, held, channel=Channel.HANDS)
    vote(cast.clerk, poll, "no")
    with transaction() as tx:
        service.take_in_hall(tx, cast.alice, poll, cast.dana.id, f"venue:{held.hall}")
        tallies = {tally.venue: tally.issued for tally in queries.tallies(tx, poll)}
    assert tallies[f"venue:{held.hall}"] == 2
    assert rows(poll) == {cast.clerk.id: ("no", None)}


def test_who_is_represented_makes_a_quorum_only_where_the_kind_says_so(cast: Cast) -> None:
    poll = put(cast, sitting(cast), rule={"base": "present"})
    vote(cast.bob, poll)
    found = end(cast, poll)
    assert found["figures"]["base"] == 7
    assert found["quorum"]["reached"] == 5


def test_one_vote_each_over_all_ways(anywhere: Cast) -> None:
    """Two people, whoever stands in for them, and a desk all try at once: one vote each."""
    held = sitting(anywhere)
    poll = put(anywhere, held, channel=Channel.HANDS)
    won: list[str] = []

    def online(who: str, principal: str | None, choice: str) -> None:
        ident = anywhere[principal].id if principal else None
        try:
            vote(anywhere[who], poll, choice, principal=ident)
        except Refusal:
            return
        won.append(f"{who}:{principal}")

    def hall(who: str) -> None:
        try:
            with transaction() as tx:
                member = anywhere[who].id
                service.take_in_hall(tx, anywhere.alice, poll, member, f"venue:{held.hall}")
        except Refusal:
            return
        won.append(f"{who}:hall")

    together(
        partial(online, "clerk", None, "yes"),
        partial(online, "dana", "clerk", "no"),
        partial(online, "dana", None, "yes"),
        partial(hall, "clerk"),
        partial(hall, "dana"),
        *(partial(online, "dana", "clerk", "abstain") for _n in range(4)),
    )
    kept = rows(poll)
    with db.reading() as tx:
        issued = {tally.venue: tally.issued for tally in queries.tallies(tx, poll)}
        parts = {name: boxes.part(tx, poll, anywhere[name].id) for name in ("clerk", "dana")}
    by_hand = [name for name, part in parts.items() if part is Channel.HANDS]
    assert issued[f"venue:{held.hall}"] == 1 + len(by_hand)
    assert {anywhere[n].id for n, part in parts.items() if part is Channel.ONLINE} == set(kept)
    if "clerk:None" in won:
        assert kept[anywhere.clerk.id] == ("yes", None)


def test_weights_go_with_the_one_they_belong_to(cast: Cast) -> None:
    held = sitting(cast, weights={"hui": "1/3", "bob": "85.32"})
    poll = put(cast, held, weighed=True)
    vote(cast.bob, poll, "no", principal=cast.hui.id)
    vote(cast.alice, poll, "yes")
    found = end(cast, poll)
    assert found["outcome"] == "carried"
    assert found["figures"]["yes_second"] == 3 * found["figures"]["no_second"]


def test_the_minutes_say_how_many_by_proxy() -> None:
    figures = {"yes": 2, "no": 1, "abstain": 0, "cast": 3}
    log = Log().begun().tell(events.PollOpened(4, 8, Secrecy.OPEN, 12, 12, 9, "", "hash"))
    told = events.PollPublished(4, 8, Outcome.CARRIED, figures, "", through=1, represented=2)
    (shown,) = [e.vote for e in project(log.tell(told).events, FACTS).entries().values() if e.vote]
    with i18n.using("en"):
        said = dict(words.figures(shown))
    assert (said["On the roll by proxy"], said["Votes cast by proxy"]) == (2, 1)


def test_one_form_for_everybody_one_votes_for(cast: Cast, client: Client) -> None:
    held = sitting(cast)
    poll = put(cast, held)
    bob, here = client("bob"), f"/polls/{poll}/ballot"
    page = bob.get(f"/polls/{poll}").text
    assert "For whom do you vote now?" in page
    assert "Vote for Hui the handler" in bob.get(f"/meetings/{held.meeting}").text
    assert "Bob stands in for you" in client("hui").get(f"/polls/{poll}").text
    assert bob.post(here, data={"choice": "no", "principal": cast.hui.id}).status_code == 303
    assert "Bob voted for you: Against." in client("hui").get(f"/polls/{poll}").text
    for who, status in (("alice", 403), ("charlie", 403), (None, 401)):
        answer = client(who).post(
            here, data={"choice": "no", "principal": cast.hui.id}, headers={"accept": "*/*"}
        )
        assert answer.status_code in (status, 303 if who is None else status)
    assert rows(poll) == {cast.hui.id: ("no", cast.bob.id)}
    end(cast, poll)
    assert "Hui the handler, cast by Bob" in client(None).get(f"/polls/{poll}").text


def test_whoever_may_not_know_of_it_is_told_nothing(cast: Cast, client: Client) -> None:
    poll = put(cast, sitting(cast))
    with transaction() as tx:
        terms = (Visibility.INVITED, Eligibility.LISTED, "Asia/Shanghai")
        draft = consultations.Draft("A lift", "A lift", "A lift", *terms)
        consultations.edit(tx, cast.alice, cast.consultation, draft)
    form = {"choice": "no", "principal": cast.hui.id}
    assert client("charlie").post(f"/polls/{poll}/ballot", data=form).status_code == 404
