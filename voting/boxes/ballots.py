"""What a ballot is in bytes, what commits to it, and what a voter gets in return."""

import re
import secrets
from collections.abc import Mapping
from typing import NamedTuple

from forum.base import keys
from forum.base.canonical import canonical
from voting.boxes import tree

_NONCE = re.compile(r"[0-9a-f]{32}")
_GAP = "0" * 32


class Receipt(NamedTuple):
    """What casting answers: for a secret ballot the signed commitment, never the choice."""

    poll: int
    commit: str = ""
    signature: str = ""
    again: bool = False  # the same ballot once more, or a vote changed while that is possible


def fresh_nonce() -> str:
    """128 random bits, for a form that comes without a browser's own."""
    return secrets.token_hex(16)


def is_nonce(text: str) -> bool:
    """Whether this is 128 bits in lower-case hexadecimal digits."""
    return _NONCE.fullmatch(text) is not None


class Blank(NamedTuple):
    """The canonical text of a secret ballot around its random number, made once for many."""

    before: str
    after: str

    def filled(self, nonce: str) -> str:
        """The ballot with this number."""
        return f"{self.before}{nonce}{self.after}"


def blank(poll: int, method: str, choice: Mapping[str, str]) -> Blank:
    """What equal ballots have in common."""
    ballot = {"poll": poll, "method": method, "choice": dict(choice), "nonce": _GAP}
    before, _gap, after = canonical(ballot).decode().rpartition(_GAP)
    return Blank(before, after)


def secret_ballot(poll: int, method: str, choice: Mapping[str, str], nonce: str) -> bytes:
    """The canonical bytes of a secret ballot."""
    return blank(poll, method, choice).filled(nonce).encode()


def named_ballot(
    poll: int,
    method: str,
    choice: Mapping[str, str],
    voter: int,
    weight: int,
    through: int | None = None,
    share: int | None = None,
) -> bytes:
    """The canonical bytes of an open poll's ballot: it names its voter, and who cast it else."""
    ballot = {
        "poll": poll,
        "method": method,
        "choice": dict(choice),
        "voter": voter,
        "weight": weight,
    }
    more = {"through": through, "share": share}
    return canonical(ballot | {name: value for name, value in more.items() if value is not None})


def commitment(ballot: bytes) -> str:
    """SHA-256(0x00 ‖ canonical): the ballot's key in its box and its leaf in the tree."""
    return tree.leaf(ballot)


def receipt_statement(poll: int, commit: str) -> bytes:
    """What is signed at casting."""
    return f'{{"poll":{poll:d},"receipt":"{commit}"}}'.encode()  # canonical as it stands


def receipt(poll: int, commit: str, *, again: bool = False) -> Receipt:
    """The same for the same ballot, however often it is asked for."""
    return Receipt(poll, commit, keys.sign(receipt_statement(poll, commit)), again)
