"""Each method's votes can be checked from the file, and a result that was changed is told."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from cast import Cast
from optioning import options
from polling import VOTERS, close, make, vote
from publishing import found, published, unpacked

from forum.base import db, zips
from simulations.electorate import mark
from voting.methods.method import methods
from voting.polls.models import Poll, Secrecy
from voting.polls.publishing import bundle

WAYS = sorted(name for name, way in methods().items() if not way.two_weights)


def held(cast: Cast, name: str, secrecy: Secrecy, voters: tuple[str, ...]) -> int:
    """A published vote by this method, with the seed of its lots announced."""
    way = methods()[name]
    among: dict[str, Any] = {} if way.choices_fixed else {"options": options(name), "lot": "3 5 1"}
    if way.costs:
        among["rule"] = {"budget": "25"}
    poll = make(cast, secrecy=secrecy, method=name, **among)
    dice = random.Random(name)
    with db.reading() as tx:
        rule = tx.get_one(Poll, poll).rule
    for one in voters:
        vote(cast[one], poll, mark(way, rule, dice))
    close(cast, poll, publish=True)
    return poll


@pytest.mark.parametrize("secrecy", Secrecy)
def test_every_method_is_counted_anew_from_the_file(
    cast: Cast, tmp_path: Path, secrecy: Secrecy
) -> None:
    path = tmp_path / "t.zip"
    for name in WAYS:
        packed = published(cast, held(cast, name, secrecy, VOTERS))
        assert found(path, packed) == [], name
        contents = unpacked(packed, tmp_path)
        result = json.loads(contents[bundle.RESULT])
        result["result"]["figures"]["cast"] += 1
        changed = contents | {bundle.RESULT: json.dumps(result).encode()}
        words = {fault.words for fault in found(path, zips.packed(changed))}
        assert "the ballots do not lead to the published result" in words, name
    for name in ("majority", "approval", "stv_scottish"):  # nobody votes
        assert found(path, published(cast, held(cast, name, secrecy, ()))) == [], name
