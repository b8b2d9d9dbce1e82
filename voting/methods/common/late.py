"""What is said of a lot whose seed was written down after the count, and not announced before.

A count does not know when its seed came about. Methods say both at once (`either`), and where the
seed came late the sentences are exchanged in the result (`told`).
"""

from collections.abc import Sequence
from dataclasses import replace

from voting.methods.common.result import Result
from voting.methods.common.words import Words

_LATE: dict[str, str] = {}


def either(announced: str, late: str) -> str:
    """The sentence for a seed that was announced, which knows the one for a late seed."""
    _LATE[announced] = late
    return announced


def told(found: Result) -> Result:
    """The result in the sentences for a late seed."""
    rounds = tuple(replace(one, said=_said(one.said)) for one in found.rounds)
    return replace(found, explanation=_said(found.explanation), rounds=rounds)


def _said(sentences: Sequence[Words]) -> tuple[Words, ...]:
    return tuple(one._replace(text=_LATE.get(one.text, one.text)) for one in sentences)
