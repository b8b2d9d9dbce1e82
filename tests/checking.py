"""Votes that anybody can check: a secret one, one of too few ballots, one that is still open."""

from cast import Cast
from delegating import elsewhere
from optioning import OPTIONS
from polling import VOTERS, close, secret, vote


def checking(cast: Cast) -> dict[str | None, list[str]]:
    """Let them happen in a place of their own; the pages that show them."""
    cast = elsewhere(cast)
    many = secret(cast, question="Shall the lift be of glass?")
    few = secret(cast, question="Which tree for the court?", method="irv", options=OPTIONS)
    going = secret(cast, question="Shall we plant this autumn?")
    for name in VOTERS:
        vote(cast[name], many)
    for name in VOTERS[:3]:
        vote(cast[name], few, "o2>o1")
    close(cast, many, publish=True)
    close(cast, few, publish=True)
    seen = [f"/polls/{poll}/check" for poll in (many, few, going)]
    return {None: [*seen, f"/polls/{few}/ballots"], "bob": [f"/polls/{many}", f"/polls/{going}"]}
