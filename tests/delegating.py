"""Votes given to others: arranged through the services."""

from dataclasses import replace
from typing import Any

from cast import Cast
from polling import VOTERS, close, make, vote
from proxying import put, sitting
from proxying import vote as cast_in

from forum.agenda import service as agenda
from forum.agenda.models import ItemState
from forum.base import db
from forum.base.verify import verify
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility
from voting.boxes import queries as boxes
from voting.delegations import queries, service
from voting.delegations.models import Fate
from voting.polls import queries as polls
from voting.polls.models import Secrecy
from voting.polls.queries import PollRow


def followed(cast: Cast, *, most: int = 0, **draft: Any) -> int:
    """An open poll in which votes that were given to others are counted."""
    return make(cast, carry_most=most, **draft)


def give(cast: Cast, giver: str, delegate: str, place: str | None = None) -> int:
    """Within the cast's consultation, unless said otherwise."""
    with db.transaction() as tx:
        return service.give(tx, cast[giver], place or cast.place, cast[delegate].id)


def row(cast: Cast, poll: int) -> PollRow:
    with db.reading() as tx:
        return polls.poll_access(tx, cast.alice, poll).poll


def cast_by(cast: Cast, poll: int) -> dict[str, tuple[str, str | None]]:
    """What each has, and who cast it for them."""
    called = {ident: name for name, ident in cast.people.items()}
    with db.reading() as tx:
        return {
            called[one.voter_id]: (one.choice, called.get(one.through_id or 0))
            for one in boxes.named(tx, poll)
        }


def fates(cast: Cast, poll: int) -> dict[str, Fate]:
    called = {ident: name for name, ident in cast.people.items()}
    with db.reading() as tx:
        return {called[giver]: one.fate for giver, one in queries.kept(tx, poll).items()}


def faults() -> str:
    with db.reading() as tx:
        return "\n".join(fault.words for fault in verify(tx).faults)


def carried(cast: Cast) -> tuple[int, int]:
    """Two polls: one open in which bob's vote is with dana, one published in which she cast it."""
    done = followed(cast, question="Shall the lift have a bench?")
    give(cast, "bob", "dana")
    give(cast, "hui", "rong", f"poll:{done}")
    vote(cast.dana, done)
    close(cast, done, publish=True)
    return followed(cast), done


def elsewhere(cast: Cast) -> Cast:
    """The same people in a consultation of its own, which stays where it is."""
    with db.transaction() as tx:
        draft = consultations.Draft(
            title="The yard by day",
            summary="Trees, and who waters them",
            purpose="To decide on it.",
            visibility=Visibility.PUBLIC,
            eligibility=Eligibility.LISTED,
            zone="Asia/Shanghai",
        )
        stage = Stage.DELIBERATING
        here = consultations.create(tx, cast.alice, draft, station=cast.station, stage=stage)
        for name in VOTERS:
            consultations.enlist(tx, cast.alice, here, cast[name].id)
        item = agenda.create(tx, cast.alice, here, agenda.Draft("Which trees?", ""))
        agenda.change_state(tx, cast.alice, item, ItemState.OPEN)
    return replace(cast, consultation=here, item=item)


def delegating(cast: Cast) -> dict[str | None, list[str]]:
    """Let it happen; returns the pages."""
    cast = elsewhere(cast)
    held = sitting(cast, weights={"bob": "85.32", "hui": "1/3"})
    heavy = put(cast, held, weighed=True)
    cast_in(cast.bob, heavy, principal=cast.hui.id)
    secret = put(cast, held, secrecy=Secrecy.SECRET)
    running, done = carried(cast)
    looked = f"/delegations/new?place={cast.place}&q=an"
    votes = [f"/polls/{poll}" for poll in (running, done, heavy, secret)]
    there = f"/consultations/{cast.consultation}"
    return {
        "alice": [f"/meetings/{held.meeting}/console", f"/items/{cast.item}/polls/new"],
        "bob": ["/delegations", looked, *votes, f"/items/{cast.item}", there],
        "dana": ["/delegations", *votes[:2]],
    }
