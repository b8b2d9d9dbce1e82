"""What a moderator does from the queue: about the thing, about its author, or both at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from forum.agenda import queries as agenda
from forum.agenda.service import proposing
from forum.arguments import held as waiting
from forum.arguments import queries as arguments
from forum.arguments import service as arguments_service
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid
from forum.base.i18n import _
from forum.base.refs import parse
from forum.members.models import StandingKind
from moderation.oversight import rules
from moderation.oversight.models import Act
from moderation.oversight.queries import settings
from moderation.oversight.service import measuring
from moderation.oversight.service.claiming import handled, others_claim
from moderation.oversight.service.flagging import answered, settle
from moderation.reports import service as reports
from moderation.reports import subjects
from moderation.reports.models import ReportState, Rule
from moderation.reports.subjects import Subject
from moderation.sanctions import service as sanctions

RESULTS = {
    Act.HIDE: ReportState.HIDDEN,
    Act.RELEASE: ReportState.DISMISSED,
    Act.ASK: ReportState.ASKED,
    Act.MOVE: ReportState.MOVED,
}
# After these others read it: what is out of sight is so, whatever it says by now.
OUT = (Act.RELEASE, Act.MOVE)
STANDINGS = {Act.MUTE: StandingKind.MUTED, Act.BAN: StandingKind.BANNED}


# What is kept of how it was before.
Detail = Mapping[str, int | str | None]


class Deed(NamedTuple):
    """What is done about a thing (None: nothing yet), what about its author, and on what grounds.

    `words` are added to what the place says about the rule. `over`: although somebody else is
    on it. `seen`: the version that was read; another one is not let out (empty: whatever it says).
    """

    thing: Act | None
    person: Act | None = None
    rule: Rule = Rule.OTHER
    words: str = ""
    until: datetime | None = None
    item: int | None = None
    over: bool = False
    seen: str = ""


def act(tx: Db, actor: Actor, about: str, deed: Deed) -> None:
    """Do it; the person concerned is told the rule, the reason and the way to appeal."""
    kind, ident = parse(about)
    if kind == "held":
        arguments_service.lock(tx, ident)  # nobody rewords it between the look and the deed
    subject = handled(tx, actor, about)
    if deed.thing is not None and deed.thing not in rules.THING_ACTS[kind]:
        raise Conflict(_("This cannot be done with it."))
    name = others_claim(tx, actor, about)
    if name and not deed.over:
        raise Conflict(_("%(name)s is on it.") % {"name": name})
    if deed.thing not in (None, Act.RELEASE) and subject.hidden:
        raise Conflict(_("Somebody has decided about it already."))
    if deed.seen and deed.thing in OUT and deed.seen != subjects.version(tx, subject):
        raise Conflict(_("It was changed while you read it. Please read it again, then decide."))
    reason = settings.reason(tx, deed.rule, deed.words, subject)
    if deed.person is not None:
        _to_person(tx, actor, subject, deed, reason)
    if deed.thing is None:
        return
    if deed.thing is Act.HIDE:
        _hide(tx, actor, subject, deed, reason)
    else:
        detail = _do(tx, actor, kind, ident, deed, hidden=subject.hidden)
        told = deed.words if deed.thing is Act.RELEASE else reason
        _write(tx, actor, subject, deed.thing, deed.rule, told, detail)
    answer = deed.words if deed.thing is Act.RELEASE else reason
    result = RESULTS[deed.thing]
    reports.settle(tx, actor, about, result, answer, stream=subject.stream)
    settle(tx, about)


def _write(
    tx: Db, actor: Actor, subject: Subject, act: Act, rule: Rule, reason: str,
    detail: Detail | None = None,
) -> None:  # fmt: skip
    measuring.take(
        tx,
        actor,
        subject.ref,
        act,
        member=subject.author_id,
        places=subject.places,
        rule=rule,
        reason=reason,
        detail=detail,
    )


def _hide(tx: Db, actor: Actor, subject: Subject, deed: Deed, reason: str) -> None:
    kind, ident = parse(subject.ref)
    before = agenda.item_access(tx, actor, ident).item.state.value if kind == "item" else None
    subjects.hide(tx, actor, subject.ref, reason)
    if kind == "argument":
        # The event of the hiding has left a measure behind; it knows no rule yet.
        measuring.latest(tx, subject.ref, Act.HIDE).rule = deed.rule
        tx.flush()
    else:
        detail = {"state": before} if before else None
        _write(tx, actor, subject, Act.HIDE, deed.rule, reason, detail)


def _do(tx: Db, actor: Actor, kind: str, ident: int, deed: Deed, *, hidden: bool) -> Detail:
    if deed.thing is Act.MOVE:
        return _move(tx, actor, kind, ident, deed.item)
    if deed.thing is Act.ASK:
        ask = arguments_service.ask_held if kind == "held" else arguments_service.ask
        ask(tx, actor, ident)
    elif kind in rules.WAITING:
        if hidden:
            raise Conflict(_("Somebody has decided about it already."))
        if kind == "proposal":
            return {"item": proposing.release(tx, actor, ident)}
        answered(tx, ident)
        return {"argument": arguments_service.release(tx, actor, ident)}
    return {}


def _move(tx: Db, actor: Actor, kind: str, ident: int, item: int | None) -> Detail:
    sentence = _("Choose the topic where it belongs.")
    if item is None:
        raise Invalid(sentence, fields={"item": sentence})
    agenda.item_access(tx, actor, item)
    if kind == "held":
        text = waiting.texts(tx, [ident])[ident]
        made = arguments_service.release(tx, actor, ident, item=item)
        return {"item": text.item_id, "parent": text.parent_id, "argument": made}
    row = arguments.in_full(tx, [ident], moderates=True)[ident]
    arguments_service.move(tx, actor, ident, item)
    return {"item": row.item_id, "parent": row.parent_id}


def _to_person(tx: Db, actor: Actor, subject: Subject, deed: Deed, reason: str) -> None:
    if subject.author_id is None or deed.person is None:
        raise Conflict(_("Nobody is known to have written it."))
    if deed.person is Act.WARN:
        _write(tx, actor, subject, Act.WARN, deed.rule, reason)
        return
    sanctions.impose(
        tx,
        actor,
        subject.author_id,
        subject.stream,
        STANDINGS[deed.person],
        rule=deed.rule,
        reason=reason,
        until=deed.until,
    )
