"""The form for a new meeting: its type brings title, length, quorum and items along."""

from datetime import timedelta

from forum.base.db import reading, transaction
from forum.base.i18n import _, ngettext
from forum.base.web import Request, Response, Routes
from forum.consultations import queries as consultations
from sessions.convening import kinds, rules, service, words
from sessions.convening.queries import preparing
from sessions.convening.rules import Every
from sessions.meetings import service as meetings
from sessions.meetings import words as meeting_words

routes = Routes("sessions.convening.routes")
TITLE_MOST = 120


@routes.get("/consultations/{consultation:int}/meetings/new")
def new_meeting(request: Request, consultation: int) -> Response:
    """The form for a meeting of a consultation."""
    with reading() as db:
        access = consultations.access(db, request.member, consultation)
        consultations.require_moderator(access)
        return request.page(
            db,
            consultation=access.consultation,
            types=[
                (
                    each.key,
                    _(each.name),
                    words.joined(_(each.about), words.lead(each, preparing.counting(db, each))),
                )
                for each in (*kinds.kinds(), kinds.OTHER)
            ],
            first=kinds.FIRST,
            quora=[(share, _(text)) for share, text in meeting_words.QUORA.items()],
            every=[(each.value, _(words.EVERY[each])) for each in Every],
            most=rules.REPEATS_MOST,
        )


@routes.post("/consultations/{consultation:int}/meetings", page="new_meeting")
def create(request: Request, consultation: int) -> Response:
    """Prepare a meeting of a type, or several at the same hour of the place; empty: as usual."""
    form = request.form
    with reading() as db:
        access = consultations.access(db, request.member, consultation)
        consultations.require_moderator(access)
        row = access.consultation
    kind = kinds.known(form.choice("type", ["", *(each.key for each in kinds.kinds())], default=""))
    usual = (_(kind.title) % {"about": row.title})[:TITLE_MOST] if kind.key else ""
    title = form.text("title", max=TITLE_MOST, default=usual)
    starts = form.moment("starts_at", zone=row.zone)
    ends = form.moment("ends_at", optional=True, zone=row.zone)
    if ends is None and kind.key:
        ends = starts + timedelta(minutes=kind.minutes)
    quorum = form.choice("quorum", list(meeting_words.QUORA), default=kind.quorum)
    every = form.choice("every", Every, default=Every.ONCE)
    times = form.integer("times", optional=True, min=2, max=rules.REPEATS_MOST) or 2
    venue = form.text("venue", max=80)
    address = form.text("address", max=200, optional=True)
    form.check()
    plan = service.Plan(
        kind.key,
        meetings.Draft(title, starts, ends, quorum),
        tuple(rules.repeated(starts, row.zone, every, times)),
        venue,
        address,
        online=form.flag("online"),
        items=form.flag("items"),
    )
    with transaction() as tx:
        made = service.prepare(tx, request.member, consultation, plan)
    if len(made) > 1:
        note = ngettext(
            "%(num)s meeting is prepared; convene each in time.",
            "%(num)s meetings are prepared; convene each in time.",
            len(made),
        )
        here = f"/consultations/{consultation}#meetings"
        return request.done(here, note=note % {"num": len(made)}, id=made[0], ids=made)
    note = _("The meeting is prepared. The list says what is still missing.")
    return request.done(f"/meetings/{made[0]}/prepare", note=note, id=made[0])
