"""Votes among options: what they are between, and what came of them."""

from typing import Any

from cast import Cast

from forum.base import db
from voting.methods.method import Option, methods
from voting.polls import queries

OPTIONS = (Option("o1", "桂花 Osmanthus"), Option("o2", "Plane trees"), Option("o3", "<b>Plum</b>"))
AMONG = sorted(name for name, way in methods().items() if not way.choices_fixed)


def options(way: str) -> tuple[Option, ...]:
    """Those of the test, with a price where the method asks for one."""
    if not methods()[way].costs:
        return OPTIONS
    return tuple(one._replace(cost="12.50") for one in OPTIONS)


def result(cast: Cast, poll: int) -> dict[str, Any]:
    """The result as whoever leads the vote knows it."""
    with db.reading() as tx:
        found = queries.poll_access(tx, cast.alice, poll).poll.result
    assert found is not None
    return found
