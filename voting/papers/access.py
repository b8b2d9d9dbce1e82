"""Who handles papers: tellers of the vote, and in a meeting whoever keeps one of its desks."""

from collections.abc import Callable

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Forbidden, SignInNeeded
from forum.base.i18n import _
from voting.polls import queries as polls
from voting.polls.queries import PollAccess

Keeps = Callable[[Db, Actor, str], bool]
_desks: list[Keeps] = []


def desk(keeps: Keeps) -> Keeps:
    """Let a room above say whether somebody keeps a desk in a meeting."""
    _desks.append(keeps)
    return keeps


def may(db: Db, actor: Actor | None, found: PollAccess) -> bool:
    """Whether the reader handles the papers of this vote."""
    if found.counts:
        return True
    meeting = found.poll.meeting
    return bool(actor and meeting and any(keeps(db, actor, meeting) for keeps in _desks))


def poll_access(db: Db, actor: Actor | None, poll: int) -> PollAccess:
    """The vote, for those who handle its papers; NotFound where it is invisible."""
    found = polls.poll_access(db, actor, poll)
    if actor is None:
        raise SignInNeeded(_("Please sign in first."))
    if not may(db, actor, found):
        raise Forbidden(_("Only tellers and desks handle papers."))
    return found
