"""Votes that are given to others; on the stream of the giver, since it concerns the two alone."""

from typing import ClassVar

from forum.base.events import Audience, Event


class DelegationGiven(Event):
    """Somebody lets another vote for them: in one vote, on an item, in a whole consultation."""

    kind: ClassVar[str] = "delegations:delegation:given"
    audience: ClassVar[Audience] = Audience.MEMBER
    delegation: int
    place: str
    giver: int
    delegate: int


class DelegationWithdrawn(Event):
    """Its giver took it back, or gave it to somebody else."""

    kind: ClassVar[str] = "delegations:delegation:withdrawn"
    audience: ClassVar[Audience] = Audience.MEMBER
    delegation: int
    place: str
    giver: int
    delegate: int


class DelegationDeclined(Event):
    """Whoever should have voted for them does not."""

    kind: ClassVar[str] = "delegations:delegation:declined"
    audience: ClassVar[Audience] = Audience.MEMBER
    delegation: int
    place: str
    giver: int
    delegate: int
