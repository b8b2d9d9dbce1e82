"""Votes given to others in a poll: what its rule keeps, and what a represented ballot says. Pure.

A represented ballot says what its holder's own says, without their reason: that is theirs alone.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from forum.base.refs import ref
from voting.boxes.queries import NamedRow
from voting.methods.majority import ABSTAIN
from voting.methods.method import Ballot, Rule

KEY = "delegations"  # where a poll's rule keeps how many votes one person carries at most; 0: any


def scopes(poll: int, item: int, consultation: int) -> tuple[str, str, str]:
    """Within what a vote in a poll may have been given away, the most specific first."""
    return ref("poll", poll), ref("item", item), ref("consultation", consultation)


def asked(most: int | None) -> dict[str, Any]:
    """What a poll's rule keeps of it from its making on; nothing where votes are not passed on."""
    return {} if most is None else {KEY: most}


def followed(rule: Rule) -> bool:
    """Whether votes that were given to others are counted."""
    return KEY in rule


def cap(rule: Rule) -> int | None:
    """How many votes of others one person carries at most; None where any number."""
    return rule.get(KEY) or None


def takes_side(choice: str) -> bool:
    """Whether an answer says something: an abstention and a blank ballot do not."""
    return choice not in (ABSTAIN, "")


def same(mine: Ballot, holder: Ballot | None) -> bool:
    """Whether a represented ballot says what its holder's own says, and nothing more."""
    return holder is not None and dict(mine) == {"vote": holder["vote"]}


def changed(rows: Iterable[NamedRow]) -> list[int]:
    """Whose vote does not say what the ballot of the one who carried it says."""
    by = {row.voter_id: row for row in rows}
    wrong = []
    for row in by.values():
        if row.through_id is None:
            continue
        holder = by.get(row.through_id)
        own: Mapping[str, str] | None = holder.ballot if holder and not holder.through_id else None
        if not same(row.ballot, own):
            wrong.append(row.voter_id)
    return sorted(wrong)
