"""Mending a draft before its vote opens: nothing of what it was is lost."""

from typing import Any

from forum.base import clock, ticker
from forum.base.auth import Actor
from forum.base.canonical import canonical, sha256hex
from forum.base.db import Db
from forum.base.errors import Conflict
from forum.base.events import seal
from forum.base.i18n import _
from forum.base.markup import render
from voting.polls import events, queries
from voting.polls.models import Poll, PollRevision
from voting.polls.rules import Verb
from voting.polls.service.common import OPEN, locked, owned, tell
from voting.polls.service.opening import Draft, checked_rule

KEPT = ("question", "method", "version", "rule", "secrecy", "quorum", "opens_at", "closes_at")


def change(tx: Db, actor: Actor, poll: int, draft: Draft) -> None:
    """Take the draft in place of the one before; the text is sealed anew, the old one stays."""
    queries.poll_access(tx, actor, poll)
    ticker.hold(tx, (OPEN,), f"poll:{poll}")  # whoever opens it by schedule holds that first
    row = locked(tx, actor, poll, Verb.CHANGE)
    if owned(tx, row):
        raise Conflict(_("The text of this vote is that of the motion or appeal it is about."))
    before = _kept(row)
    way, rule = checked_rule(draft, row.meeting)
    text = f"{draft.question}\n\n{draft.explanation}".strip()
    sealed = seal(text)
    row.question, row.html = draft.question, render(draft.explanation)
    row.method, row.version, row.rule = way.name, way.version, rule
    row.secrecy = draft.secrecy
    row.quorum = draft.quorum.pack() if draft.quorum else None
    row.opens_at, row.closes_at = draft.opens_at, draft.closes_at
    revision = PollRevision(
        poll_id=poll,
        body=text,
        salt=sealed.salt,
        before=before,
        author_id=actor.id,
        at=clock.now(),
    )
    tx.add(revision)
    tx.flush()
    if draft.opens_at is None:
        ticker.cancel(tx, OPEN, row.ref)
    else:
        ticker.schedule(tx, OPEN, draft.opens_at, row.ref)
    changed = events.PollChanged(
        poll=poll,
        item=row.item_id,
        method=way.id,
        secrecy=draft.secrecy,
        rule=sha256hex(canonical({"rule": rule, "quorum": row.quorum})),
        revision=revision.id,
        text=sealed.digest,
    )
    tell(tx, actor, row, changed)


def _kept(row: Poll) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(row, name) for name in KEPT}
    for name in ("opens_at", "closes_at"):
        found[name] = clock.iso(found[name]) if found[name] else ""
    return {**found, "secrecy": str(row.secrecy)}
