"""A meeting in which two absent people are stood in for, and its votes."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from cast import Cast
from polling import credential
from sitting import Sitting, convened

from forum.base.auth import Actor
from forum.base.db import transaction
from forum.base.writer import write_now
from sessions.convening import service as convening
from sessions.meetings import service as meetings
from sessions.meetings.rules import Act
from voting.boxes.ballots import Receipt
from voting.boxes.models import Channel
from voting.polls import service
from voting.polls.service import Draft

ABSENT = {"hui": "bob", "clerk": "dana"}  # bob is in the main venue, dana online


def sitting(cast: Cast, *, weights: dict[str, str] | None = None) -> Sitting:
    """In session, with the item called up: hui and the clerk are absent and stood in for."""
    with transaction() as tx:
        held = convened(tx, cast)
        for name, weight in (weights or {}).items():
            facts = convening.Facts(weight=weight)
            convening.describe(tx, cast.alice, held.meeting, cast[name].id, facts)
        for absent, holder in ABSENT.items():
            people = (cast[absent].id, cast[holder].id)
            convening.enter_proxy(tx, cast.alice, held.meeting, *people, seen=True)
        here = [cast.alice.id, cast.bob.id, cast.shu.id]
        meetings.check_in(tx, cast.alice, held.meeting, held.main, here)
        meetings.check_in(tx, cast.alice, held.meeting, held.hall, [cast.rong.id])
        meetings.check_in(tx, cast.alice, held.meeting, held.online, [cast.dana.id])
        meetings.step(tx, cast.alice, held.meeting, Act.START)
        meetings.open_item(tx, cast.alice, held.meeting, held.item)
    return held


def put(cast: Cast, held: Sitting, *, channel: Channel = Channel.ONLINE, **draft: Any) -> int:
    """A vote in it, open."""
    with transaction() as tx:
        asked = Draft(**{"question": "Shall we take the glass lift?", **draft})
        poll = meetings.hold_poll(tx, cast.alice, held.meeting, asked, channel=channel)
        meetings.open_poll(tx, cast.alice, held.meeting, poll)
    return poll


def vote(
    actor: Actor, poll: int, choice: str = "yes", *, principal: int | None = None, nonce: str = ""
) -> Receipt:
    """Cast, for oneself or for somebody absent."""
    number = nonce or f"{poll * 1000 + (principal or actor.id):032x}"
    item = service.Cast(credential(actor), poll, choice, "", number, principal)
    return write_now(service.cast_batch, item)


def together(*deeds: Callable[[], object]) -> None:
    """Do all at once."""
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        start.wait()
        deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        for done in [pool.submit(run, deed) for deed in deeds]:
            done.result()
