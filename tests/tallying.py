"""Arranging large counts: what is large, what happens in the middle, what came of it."""

from collections.abc import Callable
from typing import Any

import pytest
from cast import Cast
from optioning import OPTIONS
from polling import make, vote

from forum.base import db
from forum.base.events import Audience, Stored, of_subject
from forum.base.verify import Report
from voting.boxes import queries as boxes
from voting.boxes import unboxing
from voting.polls import counting, verify
from voting.polls.models import Poll, Secrecy

MARKS = {
    "majority": ("yes", "no", "yes", "abstain"),
    "irv": ("o1>o2", "o2", "o2>o1", "o1>o2"),
    "majority_judgment": ("o1:4,o2:1,o3:0", "o1:2,o2:5,o3:3", "o1:1,o2:0,o3:0"),
}
EVERYBODY = ("alice", "bob", "dana", "rong", "hui", "shu", "clerk")


class Killed(BaseException):
    """The machine dies here."""


def voted(cast: Cast, way: str, secrecy: Secrecy) -> int:
    """Seven have voted, some alike."""
    options = () if way == "majority" else OPTIONS
    poll = make(cast, method=way, options=options, secrecy=secrecy)
    for at, name in enumerate(EVERYBODY):
        vote(cast[name], poll, MARKS[way][at % len(MARKS[way])])
    return poll


def row(poll: int) -> Poll:
    with db.reading() as tx:
        return tx.get_one(Poll, poll)


def facts(poll: int) -> dict[str, Any]:
    """The closing record without what is another each time."""
    with db.reading() as tx:
        closing = boxes.closing(tx, poll)
    assert closing is not None
    return {name: said for name, said in closing.facts.items() if name != "salt"}


def told(poll: int, kind: str) -> list[Stored]:
    with db.reading() as tx:
        found = of_subject(tx, f"poll:{poll}", audience=Audience.MODERATOR)
    return [event for event in found if event.kind == kind]


def sound() -> bool:
    report = Report()
    with db.reading() as tx:
        verify.check(tx, report)
    return not report.faults


def interrupted(
    monkeypatch: pytest.MonkeyPatch, act: Callable[[], None], *, after: int = 1
) -> list[int]:
    """Something happens once, when so many portions have been read; returns the counts begun."""
    begun: list[int] = []
    left = [after]

    def read(poll: Poll, source: unboxing.Source, **more: Any) -> unboxing.Box:
        begun.append(poll.id)
        tell = more.pop("tell", lambda _counted: None)

        def portion(counted: int) -> None:
            tell(counted)
            left[0] -= 1
            if left[0] == 0:
                act()

        return whole(poll, source, tell=portion, **more)

    whole = counting.read
    monkeypatch.setattr(counting, "read", read)
    return begun
