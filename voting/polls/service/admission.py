"""Who may cast in which poll, and what their vote is: everything before a ballot is written."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from forum.base.among import among
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound, Refusal, SignInNeeded
from forum.base.i18n import _
from forum.base.minors import GuardianFirst
from forum.base.tables import metadata
from voting.boxes import ballots
from voting.boxes.ballots import Blank
from voting.boxes.models import Channel
from voting.methods.method import Method, method
from voting.polls.models import PollState, Secrecy


class Cast(NamedTuple):
    """A vote as it came in: by whom (the digest of their sign-in), in which poll, for what.

    `principal` is somebody absent for whom it is cast.
    """

    credential: str | None
    poll: int
    value: str
    reason: str = ""
    nonce: str = ""
    principal: int | None = None


class NotOnRoll(Forbidden):
    """Not on the frozen roll; whether they may even know of the poll is for the caller to say."""


@dataclass(frozen=True)
class Asked:
    """What casting needs to know of a poll; `known` are the answers that have come up."""

    id: int
    way: Method
    method_id: str
    rule: Mapping[str, Any]
    secret: bool
    state: PollState
    closes_at: datetime | None
    presence: bool
    known: dict[tuple[str, str], tuple[dict[str, str], Blank] | Invalid]

    def said(self, value: str, reason: str) -> tuple[dict[str, str], Blank] | Invalid:
        """An answer as it is stored, made once for all who give it; or why it cannot be."""
        key = (value, reason)
        if key not in self.known:
            try:
                ballot = self.way.ballot(self.rule, value, reason)
                self.known[key] = (ballot, ballots.blank(self.id, self.method_id, ballot))
            except Invalid as refusal:
                self.known[key] = refusal
        return self.known[key]

    def shut(self, now: datetime) -> bool:
        """Whether nothing can be cast now, even if the closing has yet to be carried out."""
        late = self.closes_at is not None and self.closes_at <= now
        return late or self.state != PollState.STARTED


class Line(NamedTuple):
    """A line of the roll."""

    weight: int
    channel: str
    present: bool
    share: int | None = None
    holder: int | None = None


class Vote(NamedTuple):
    """A vote whose caster may cast it."""

    at: int  # its place in the batch
    poll: Asked
    pair: tuple[int, int]  # the key of the participation: poll and voter
    weight: int
    ballot: dict[str, str]
    canonical: str = ""
    key: tuple[int, str] = (0, "")  # of the secret ballot: poll and commitment
    share: int | None = None
    through: int | None = None  # who casts it for the voter


# The statements of every batch, made once.
_POLL, _LINE = metadata.tables["poll"].c, metadata.tables["poll_entitlement"].c
_KNOWN = ("id", "method", "version", "rule", "secrecy", "state", "closes_at", "present")
_ASKED = (
    select(*(_POLL[name] for name in _KNOWN))
    .where(among(_POLL.id, "polls"))
    .order_by(_POLL.id)
    .with_for_update(read=True)
)
_SAYS = ("poll_id", "member_id", "weight", "channel", "present", "share", "holder_id")
_ROLL = select(*(_LINE[name] for name in _SAYS)).where(
    among(_LINE.poll_id, "polls"), among(_LINE.member_id, "members")
)


def asked(tx: Db, idents: Collection[int]) -> dict[int, Asked]:
    """These polls, kept from closing until the transaction ends."""
    return {
        row.id: Asked(
            row.id,
            method(row.method),
            f"{row.method}/{row.version}",
            row.rule,
            row.secrecy == Secrecy.SECRET,
            PollState(row.state),
            row.closes_at,
            row.present is not None,
            {},
        )
        for row in tx.execute(_ASKED, {"polls": idents})
    }


def roll_of(
    tx: Db, polls: Collection[int], members: Collection[int]
) -> dict[tuple[int, int], Line]:
    """What the rolls of these polls say of these people."""
    found = tx.execute(_ROLL, {"polls": polls, "members": members})
    return {(poll, member): Line(*rest) for poll, member, *rest in found.all()}


def _line(line: Line | None, through: int | None) -> Line | Refusal:
    """The voter's line of the roll; `through` is who casts for them."""
    if through and (line is None or line.holder != through):
        return NotOnRoll(_("You do not stand in for this person in this vote."))
    return line or NotOnRoll(_("You are not on the roll of this vote."))


def admit(
    at: int,
    item: Cast,
    actor: Actor | None,
    polls: Mapping[int, Asked],
    roll: Mapping[tuple[int, int], Line],
) -> Vote | Refusal:
    """The vote, if this person may cast it in this poll at all; else why not."""
    if actor is None:
        return SignInNeeded(_("Please sign in first."))
    if actor.asleep:
        return GuardianFirst()
    poll = polls.get(item.poll)
    if poll is None:
        return NotFound(_("There is no such poll."))
    voter = item.principal or actor.id
    through = actor.id if voter != actor.id else None
    pair = (item.poll, voter)
    line = _line(roll.get(pair), through)
    if isinstance(line, Refusal):
        return line
    if poll.presence and not line.present:
        return Forbidden(_("Only those who were present at the opening vote here."))
    if line.channel != Channel.ONLINE:
        return Conflict(_("You vote at your venue, so not online."))
    said = poll.said(item.value, item.reason)
    if isinstance(said, Invalid):
        return said
    ballot, blank = said
    if not poll.secret:
        return Vote(at, poll, pair, line.weight, ballot, share=line.share, through=through)
    if not ballots.is_nonce(item.nonce):
        return Invalid(_("The ballot has no valid random number. Please load the page again."))
    text = blank.filled(item.nonce)
    commit = ballots.commitment(text.encode())
    return Vote(at, poll, pair, line.weight, ballot, text, (poll.id, commit), through=through)
