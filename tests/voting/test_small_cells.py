"""Of a secret vote nothing stands apart that fewer than five made up: the rule, every outlet."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from cast import Cast
from conftest import Client
from hypothesis import given
from hypothesis import strategies as st
from polling import close, secret, vote
from publishing import found, published, unpacked

from forum.base import db, zips
from forum.base.auth import Actor
from forum.base.events import Audience, history
from forum.base.verify import verify
from forum.members import service as members
from voting.boxes.models import Channel
from voting.polls import service, small
from voting.polls.publishing import bundle
from voting.polls.rules import Count, RollEntry

SIZES = st.integers(0, 12)


@given(SIZES, st.lists(SIZES, max_size=4))
def test_nothing_small_can_be_worked_out(size: int, halls: list[int]) -> None:
    """Whoever subtracts what is shown from the whole gets no remainder of one to four."""
    shown = small.apart(secret=True, size=size, halls=halls)
    whole = size + sum(halls)
    rest = whole
    if shown.ballots:
        assert size not in range(1, 5)
        rest -= size
    if shown.venues:
        assert not any(hall in range(1, 5) for hall in halls)
        rest -= sum(halls)
    assert rest == whole or rest not in range(1, 5)
    assert not shown.venues or shown.ballots
    assert small.apart(secret=False, size=size, halls=halls) == (True, True)


@given(SIZES, st.lists(SIZES, max_size=4))
def test_what_is_large_enough_is_shown(size: int, halls: list[int]) -> None:
    large = [number for number in halls if number >= 5 or number == 0]
    if size >= 5 or size == 0:
        assert small.apart(secret=True, size=size, halls=large) == (True, True)


def test_a_hall_that_was_left_out_tells_nothing() -> None:
    kept = Count({"yes": 30}).pack()
    shown = small.Apart(ballots=True, venues=True)
    assert small.told(kept, "confirmed", shown, secret=True) == kept
    assert small.told(kept, "excepted", shown, secret=True) is None
    assert small.told(kept, "excepted", shown, secret=False) == kept


def voters(number: int) -> list[Actor]:
    with db.transaction() as tx:
        return [
            Actor(members.register(tx, login=f"voter{n}", name=f"Voter {n}", password=None), "")
            for n in range(number)
        ]


def held(cast: Cast, online: int, papers: Mapping[str, Count]) -> int:
    """A secret vote with so many ballots online and these boxes; each box has eight papers."""
    people = voters(online + 8 * len(papers))
    rest = iter(people[online:])
    roll = [RollEntry(one.id) for one in people[:online]]
    for venue in papers:
        roll += [RollEntry(next(rest).id, channel=Channel.PAPER, venue=venue) for _n in range(8)]
    poll = secret(cast, roll=roll)
    for at, one in enumerate(people[:online]):
        vote(one, poll, "no" if at else "yes")
    with db.transaction() as tx:
        for venue, count in papers.items():
            service.enter_hands(tx, cast.alice, poll, venue, count, channel=Channel.PAPER)
            service.confirm_hands(
                tx, cast.shu, poll, venue, count, channel=Channel.PAPER, reason="Taken home."
            )
    close(cast, poll, publish=True)
    return poll


# Figures that appear nowhere else: seven for, one against; three for of three that came back.
LARGE, FEW = Count({"yes": 7, "no": 1}), Count({"yes": 3}, unreturned=5)


@pytest.mark.parametrize(
    ("online", "papers", "ballots", "venues"),
    [
        (6, {"Hall A": LARGE, "Hall B": LARGE}, True, True),
        (6, {"Hall A": LARGE, "Hall B": FEW}, True, False),
        (6, {"Hall A": FEW}, False, False),
        (3, {"Hall A": LARGE}, False, False),
        (0, {"Hall A": LARGE, "Hall B": FEW}, True, False),
    ],
)
def test_every_outlet_keeps_to_it(
    client: Client,
    cast: Cast,
    tmp_path: Path,
    online: int,
    papers: dict[str, Count],
    ballots: bool,
    venues: bool,
) -> None:
    poll = held(cast, online, papers)
    guest, alice = client(None), client("alice")
    contents = unpacked(published(cast, poll), tmp_path)
    assert found(tmp_path / "t.zip", zips.packed(contents)) == []
    with db.reading() as tx:
        assert verify(tx).faults == []
        log = history(tx, cast.place, audience=Audience.MODERATOR)
        told = [str(event.payload) for event in log if event.subject == f"poll:{poll}"]
    outlets = {
        "page": guest.get(f"/polls/{poll}").text,
        "page of the chair": alice.get(f"/polls/{poll}").text,
        "data": guest.get(f"/polls/{poll}.json").text,
        "data of the chair": alice.get(f"/polls/{poll}.json").text,
        "ballots": guest.get(f"/polls/{poll}/ballots").text,
        "ballots as data": guest.get(f"/polls/{poll}/ballots.json").text,
        "file": "".join(
            content.decode()
            for name, content in contents.items()
            if name not in (bundle.README, bundle.TERMS)
        ),
        "log": "".join(told),
    }
    single = re.compile(r'"vote\\?":\\?"(yes|no)|&#34;vote&#34;:&#34;(yes|no)')
    apart = re.compile(r'"vote:(yes|no)|vote:(yes|no)&#34;|\\"vote:(yes|no)')
    for name, text in outlets.items():
        if not ballots or not online:
            assert not single.search(text), name
        if not venues:
            assert not apart.search(text), name
    data = guest.get(f"/polls/{poll}.json").json()
    assert len(data["venues"]) == len(papers)
    assert all((one["counted"] is not None) == venues for one in data["venues"])
    record = json.loads(contents[bundle.RECORD])
    assert all((one["counted"] is not None) == venues for one in record["tally"]["venues"])
    assert bool(single.search(outlets["file"])) == (ballots and bool(online))
    assert data["result"]["cast"] == online + sum(count.returned for count in papers.values())
