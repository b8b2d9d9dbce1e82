"""Another round of a vote that was void or decided nothing: a new draft, tied to the former."""

from collections.abc import Mapping
from typing import Any

from forum.base import links
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict
from forum.base.i18n import _
from forum.base.links import Relation
from voting.methods.common.profiles import PROFILES
from voting.methods.method import method
from voting.polls import counting, lasting, weighing
from voting.polls.models import Poll, Secrecy
from voting.polls.rules import Outcome, Quorum, Verb
from voting.polls.service.common import locked, owned
from voting.polls.service.opening import Draft, Former, create


def again(tx: Db, actor: Actor, poll: int) -> int:
    """Prepare it outside of any meeting; a meeting holds its next round itself (`next_round`)."""
    draft = next_round(tx, actor, poll)
    row = tx.get_one(Poll, poll)
    if row.meeting is not None:
        raise Conflict(_("The next round of a meeting's vote is held in the meeting."))
    return create(tx, actor, row.item_id, draft)


def next_round(tx: Db, actor: Actor, poll: int) -> Draft:
    """The draft of the next round; the former one is locked, so that there is only one."""
    row = locked(tx, actor, poll, Verb.AGAIN)
    outcome = Outcome(row.result["outcome"]) if row.result else None
    if not lasting.again(row.state, outcome):
        raise Conflict(_("This vote has decided something: there is no other round."))
    if owned(tx, row):
        raise Conflict(_("Put the motion or appeal itself to the vote again."))
    if links.linked(tx, row.ref, Relation.CONTINUES, "in"):
        raise Conflict(_("There is another round of this vote already."))
    return Draft(
        question=row.question,
        explanation=counting.text(tx, row).removeprefix(row.question).strip(),
        method=row.method,
        secrecy=Secrecy(row.secrecy),
        quorum=_quorum(row),
        former=Former(poll, row.round or 1, _rule(row, outcome)),
    )


def _quorum(row: Poll) -> Quorum | None:
    """That of a meeting is asked of the next round anew; a majority of law keeps its own."""
    law = PROFILES.get(row.rule.get("profile", ""))
    kept = row.quorum if row.meeting is None else law.quorum if law else None
    return Quorum.read(kept) if kept else None


def _rule(row: Poll, outcome: Outcome | None) -> dict[str, Any]:
    """As it was set, without what came about at the former opening; after a tie among the tied."""
    drawn = {counting.APART, weighing.KEY, "lot"}
    kept = {name: value for name, value in row.rule.items() if name not in drawn}
    if weighing.wanted(row.rule):
        kept[weighing.KEY] = {"by": row.rule[weighing.KEY]["by"]}
    result: Mapping[str, Any] = row.result if row.result and outcome is Outcome.TIED else {}
    return method(row.method).again(kept, result.get("winners", ()), result.get("ties", ()))
