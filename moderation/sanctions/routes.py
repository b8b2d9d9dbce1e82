"""Restricting somebody in a place, and what a sanction says."""

from forum.base import clock
from forum.base.db import Db, reading, transaction
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.web import Request, Response, Routes
from forum.members import queries as members
from forum.members.models import StandingKind
from forum.members.paging import page
from forum.members.words import standing_words
from moderation.reports.models import Rule
from moderation.reports.words import rule_choices, rule_words
from moderation.sanctions import queries, rules, service
from moderation.sanctions.queries import SanctionRow
from moderation.sanctions.rules import Term
from moderation.sanctions.words import term_choices

routes = Routes(__name__)


def _shown(db: Db, request: Request, rows: list[SanctionRow]) -> list[dict[str, object]]:
    called = members.names(db, {row.member_id for row in rows})
    places = members.place_names(db, request.actor, {row.place for row in rows})
    return [
        {
            "id": row.id,
            "name": called[row.member_id],
            "kind": standing_words(row.kind),
            "rule": rule_words(row.rule),
            "reason": row.reason,
            "at": row.at,
            "until": row.until,
            "lifted_at": row.lifted_at,
            "holds": row.holds,
            "place": places.get(row.place),
        }
        for row in rows
    ]


@routes.get("/sanctions")
def sanctions(request: Request) -> Response:
    """What was imposed in a place."""
    actor = request.member
    place = request.query.text("place", max=64)
    number = request.query.integer("page", optional=True, min=1) or 1
    with reading() as db:
        rows, total = queries.sanctions(db, actor, place, offset=(number - 1) * queries.PAGE)
        return request.page(
            db,
            place=members.place_names(db, actor, [place])[place],
            sanctions=_shown(db, request, rows),
            pager=page("/sanctions", number=number, total=total, size=queries.PAGE, place=place),
        )


@routes.get("/sanctions/new")
def new_sanction(request: Request) -> Response:
    """The form: what, for how long, under which rule, why."""
    actor = request.member
    source = request.form if "place" in request.form.values else request.query
    place = source.text("place", max=64)
    member = source.integer("member")
    with reading() as db:
        if not queries.moderates(db, actor, place):
            raise NotFound(_("There is no such page."))
        called = members.names(db, [member])
        if member not in called:
            raise NotFound(_("There is no such person."))
        return request.page(
            db,
            member_id=member,
            name=called[member],
            place=members.place_names(db, actor, [place])[place],
            place_ref=place,
            kinds=[
                (
                    StandingKind.MUTED.value,
                    _("Mute"),
                    _("Reads and votes, but does not speak or write."),
                ),
                (
                    StandingKind.BANNED.value,
                    _("Ban"),
                    _("Takes part in nothing here, and does not vote."),
                ),
            ],
            terms=term_choices(),
            rules=rule_choices(),
        )


@routes.post("/sanctions", page="new_sanction")
def impose(request: Request) -> Response:
    """Mute or ban somebody."""
    form = request.form
    member, place = form.integer("member"), form.text("place", max=64)
    kind = form.choice("kind", StandingKind)
    rule, term = form.choice("rule", Rule), form.choice("term", Term)
    reason = form.text("reason", max=1000)
    form.check()
    with transaction() as tx:
        until = rules.end(term, clock.now())
        new = service.impose(
            tx, request.member, member, place, kind, rule=rule, reason=reason, until=until
        )
    return request.done(f"/sanctions/{new}", note=_("In force, and told to the person."), id=new)


@routes.get("/sanctions/{sanction:int}")
def sanction(request: Request, sanction: int) -> Response:
    """What holds, since when, until when, under which rule, why."""
    actor = request.member
    with reading() as db:
        row = queries.sanction(db, actor, sanction)
        own = row.member_id == actor.id
        return request.page(
            db,
            subject=ref("sanction", sanction),
            sanction=_shown(db, request, [row])[0],
            own=own,
            lifts=row.holds and not own and queries.moderates(db, actor, row.place),
        )


@routes.post("/sanctions/{sanction:int}/lift")
def lift(request: Request, sanction: int) -> Response:
    """End it before its time."""
    with transaction() as tx:
        service.lift(tx, request.member, sanction)
    return request.done(f"/sanctions/{sanction}", note=_("Lifted, and told to the person."))
