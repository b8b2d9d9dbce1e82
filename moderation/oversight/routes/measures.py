"""A measure: what was done, the rule, the reason, the appeal and its outcome."""

from forum.base import clock
from forum.base.db import Db, reading, transaction
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.links import steps
from forum.base.registry import panel
from forum.base.web import Request, Response, Routes
from forum.members import queries as members
from forum.members.paging import page
from moderation.oversight import rules, service, words
from moderation.oversight.models import AppealState
from moderation.oversight.queries import measures as queries
from moderation.oversight.routes.queue import moderator
from moderation.reports.words import rule_words

routes = Routes("moderation.oversight.routes")


@routes.get("/measures/{measure:int}")
def measure(request: Request, measure: int) -> Response:
    """What was done and why; for the person concerned the way to appeal, for others to decide."""
    actor = request.member
    with reading() as db:
        row = queries.measure(db, actor, measure)
        appeal = queries.appeal(db, measure)
        own = row.member_id == actor.id
        leads = queries.leads(db, actor, measure)
        judges = leads and rules.may_judge(actor.id, taken_by=row.taken_by, concerned=row.member_id)
        things = {step.ref: step for step in steps(db, actor, [row.about])}
        people = [row.member_id, row.taken_by] if leads else []
        called = members.names(db, [member for member in people if member is not None])
        near = {row.place, appeal.place if appeal else ""} - {""}
        places = members.place_names(db, actor, near)
        open_appeal = appeal is not None and appeal.state is AppealState.OPEN
        return request.page(
            db,
            measure=row,
            title=words.act(row.act, row.kind),
            rule=rule_words(row.rule),
            thing=things.get(row.about),
            place=places.get(row.place),
            own=own,
            person=called.get(row.member_id or 0, ""),
            by=called.get(row.taken_by or 0, ""),
            appeal=appeal,
            outcome=words.appeal(appeal.state) if appeal else "",
            stays=words.stays() if row.stays else "",
            instance=places.get(appeal.place) if appeal else None,
            appeals=own
            and appeal is None
            and rules.appealable(row.act, row.undone_at, row.at, clock.now()),
            days=rules.APPEAL_WITHIN.days,
            judges=judges and open_appeal,
            waits=leads and not judges and open_appeal,
            results=[
                (AppealState.UPHELD.value, _("It stands")),
                (AppealState.OVERTURNED.value, _("Take it back"), _("It is made as it was.")),
            ],
        )


@routes.post("/measures/{measure:int}/appeal", page="measure")
def appeal(request: Request, measure: int) -> Response:
    """Ask that somebody else look at it."""
    body = request.form.text("body", max=2000)
    request.form.check()
    with transaction() as tx:
        service.appeal(tx, request.member, measure, body)
    note = _("Somebody else looks at it, and you will be told.")
    return request.done(f"/measures/{measure}", note=note)


@routes.post("/measures/{measure:int}/decide", page="measure")
def decide(request: Request, measure: int) -> Response:
    """Decide about an appeal, with the reason."""
    result = request.form.choice("result", [AppealState.UPHELD, AppealState.OVERTURNED])
    answer = request.form.text("answer", max=2000)
    request.form.check()
    with transaction() as tx:
        service.decide(tx, request.member, measure, AppealState(result), answer)
        stays = queries.measure(tx, request.member, measure).stays
    note = words.stays() if stays else _("Decided; both sides are told.")
    return request.done(f"/measures/{measure}", note=note)


@routes.get("/moderation/appeals")
def appeals(request: Request) -> Response:
    """The appeals that one may judge; with `decided`, those that have been."""
    decided = request.query.flag("decided")
    number = request.query.integer("page", optional=True, min=1) or 1
    with reading() as db:
        actor = moderator(db, request.member)
        offset = (number - 1) * queries.PAGE
        found, total = queries.appeals(db, actor, decided=decided, offset=offset)
        called = members.names(db, {row.member_id for _measure, row in found})
        return request.page(
            db,
            decided=decided,
            appeals=[
                {
                    "id": row.id,
                    "title": words.act(row.act, row.kind),
                    "rule": rule_words(row.rule),
                    "name": called[appeal.member_id],
                    "at": appeal.at,
                    "state": words.appeal(appeal.state),
                    "open": appeal.state is AppealState.OPEN,
                }
                for row, appeal in found
            ],
            pager=page(
                "/moderation/appeals",
                number=number,
                total=total,
                size=queries.PAGE,
                decided="1" if decided else "",
            ),
        )


@panel("arguments:held")
@panel("agenda:proposal")
@panel("sanctions:sanction")
def own_measure(db: Db, request: Request, subject: str) -> str | None:
    """On a thing of one's own: the measure about it, with the way to appeal."""
    if request.actor is None:
        raise NotFound(_("There is no such page."))
    row = queries.mine(db, request.actor, subject)
    if row is None:
        return None
    return request.fragment(db, "oversight/own_measure.html", measure=row)
