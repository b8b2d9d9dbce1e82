"""Conducting a consultation: its stages, its briefing, who takes part and who works in it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from forum.base.db import Db, reading, transaction
from forum.base.i18n import _
from forum.base.web import Request, Response
from forum.consultations import pages, queries, rules, service, words
from forum.consultations.models import Stage
from forum.consultations.queries import Access
from forum.consultations.routes.process import routes
from forum.members.models import Role
from forum.members.paging import page
from forum.members.rules import folded, may_grant
from forum.members.words import role_words

SIZE = 100
LOGINS_MOST = 200


def _moderated(db: Db, request: Request, consultation: int) -> Access:
    access = queries.access(db, request.member, consultation)
    queries.require_moderator(access)
    return access


@routes.get("/consultations/{consultation:int}/stages")
def stages(request: Request, consultation: int) -> Response:
    """The forms that move the stage on, and that plan the coming ones."""
    with reading() as db:
        access = _moderated(db, request, consultation)
        row, zone = access.consultation, access.consultation.zone
        return request.page(
            db,
            consultation=row,
            stage=words.stage(row.stage),
            targets=[
                (stage.value, words.stage(stage), _move_hint(row.stage, stage))
                for stage in Stage
                if stage is not row.stage
            ],
            timeline=(found := pages.timeline(db, access)),
            planned={row.stage.value: _wall(row.planned_at, zone) for row in found},
            moves=pages.moves(db, consultation),
            _words=words,
        )


def _wall(moment: datetime | None, zone: str) -> str:
    """A moment as the browser's field writes it."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") if moment else ""


def _move_hint(stage: Stage, target: Stage) -> str:
    if not rules.follows(stage, target):
        return _("Back: needs a reason")
    return words.explained(target)


@routes.post("/consultations/{consultation:int}/stage", page="stages")
def move_stage(request: Request, consultation: int) -> Response:
    """Bring it to another stage by hand."""
    stage = request.form.choice("stage", Stage)
    reason = request.form.text("reason", max=500, optional=True)
    request.form.check()
    with transaction() as tx:
        service.move_stage(tx, request.member, consultation, stage, reason)
    note = _("The stage is now “%(stage)s”.") % {"stage": words.stage(stage)}
    return request.done(f"/consultations/{consultation}", note=note)


@routes.post("/consultations/{consultation:int}/plan", page="stages")
def plan(request: Request, consultation: int) -> Response:
    """Set when the coming stages begin by themselves; an empty date takes the plan away."""
    with reading() as db:
        zone = _moderated(db, request, consultation).consultation.zone
    form = request.form
    dates = {
        stage: form.moment(stage.value, optional=True, zone=zone)
        for stage in Stage
        if stage.value in form.values
    }
    form.check()
    with transaction() as tx:
        service.plan(tx, request.member, consultation, dates)
    return request.done(f"/consultations/{consultation}", note=_("The dates are set."))


@routes.get("/consultations/{consultation:int}/briefing/new")
def new_briefing(request: Request, consultation: int) -> Response:
    """The form for another text of the briefing."""
    with reading() as db:
        access = _moderated(db, request, consultation)
        return request.page(
            db,
            consultation=access.consultation,
            text=None,
            title="",
            body="",
            template="consultations/briefing.html",
        )


@routes.post("/consultations/{consultation:int}/briefing", page="new_briefing")
def add_briefing(request: Request, consultation: int) -> Response:
    """Add a text to the briefing."""
    title, body = _briefing_form(request)
    with transaction() as tx:
        made = service.write_briefing(tx, request.member, consultation, title, body)
    address = f"/consultations/{consultation}#briefing"
    return request.done(address, note=_("The text stands in the briefing."), id=made)


@routes.get("/consultations/{consultation:int}/briefing/{text:int}")
def edit_briefing(request: Request, consultation: int, text: int) -> Response:
    """The form with a text of the briefing as it stands."""
    with reading() as db:
        access = _moderated(db, request, consultation)
        title, body = pages.briefing_source(db, consultation, text)
        return request.page(
            db,
            consultation=access.consultation,
            text=text,
            title=title,
            body=body,
            template="consultations/briefing.html",
        )


@routes.post("/consultations/{consultation:int}/briefing/{text:int}", page="edit_briefing")
def change_briefing(request: Request, consultation: int, text: int) -> Response:
    """Change a text of the briefing."""
    title, body = _briefing_form(request)
    with transaction() as tx:
        service.write_briefing(tx, request.member, consultation, title, body, briefing=text)
    return request.done(f"/consultations/{consultation}#briefing", note=_("Saved."))


def _briefing_form(request: Request) -> tuple[str, str]:
    title = request.form.text("title", max=120)
    body = request.form.text("body", max=50_000)
    request.form.check()
    return title, body


@routes.post("/consultations/{consultation:int}/briefing/{text:int}/remove")
def remove_briefing(request: Request, consultation: int, text: int) -> Response:
    """Take a text out of the briefing."""
    with transaction() as tx:
        service.remove_briefing(tx, request.member, consultation, text)
    note = _("The text is no longer part of the briefing.")
    return request.done(f"/consultations/{consultation}#briefing", note=note)


@routes.get("/consultations/{consultation:int}/participants")
def participants(request: Request, consultation: int) -> Response:
    """Who is on the list and who holds a role here; for moderators."""
    number = request.query.integer("page", optional=True, min=1) or 1
    with reading() as db:
        access = _moderated(db, request, consultation)
        found, total = pages.participants(db, consultation, offset=(number - 1) * SIZE, limit=SIZE)
        grantable = [role for role in Role if may_grant(access.roles, role, access.stream)]
        return request.page(
            db,
            consultation=access.consultation,
            participants=found,
            pager=page(request.path, number=number, total=total, size=SIZE),
            terms=words.eligibility(access.consultation.eligibility),
            holders=[
                (role.value, role_words(role), person, role in grantable)
                for role, person in pages.named_here(db, access.stream)
            ],
            grantable=[(role.value, role_words(role)) for role in grantable],
        )


def _members(db: Db, request: Request, field: str) -> list[int]:
    """The accounts that a field names by their login names, one a line."""
    typed = request.form.text(field, max=10_000)
    logins = [line.strip() for line in typed.replace(",", "\n").split("\n") if line.strip()]
    found = pages.by_logins(db, logins[:LOGINS_MOST])
    unknown = [login for login in logins if folded(login) not in found]
    if len(logins) > LOGINS_MOST:
        request.form.wrong(field, _("At most %(n)s at once.") % {"n": LOGINS_MOST})
    elif unknown:
        sentence = _("Nobody has these login names: %(names)s")
        request.form.wrong(field, sentence % {"names": ", ".join(unknown[:10])})
    request.form.check()
    return list(dict.fromkeys(found[folded(login)] for login in logins))


@routes.post("/consultations/{consultation:int}/participants", page="participants")
def enlist(request: Request, consultation: int) -> Response:
    """Put people on the list."""
    with transaction() as tx:
        _moderated(tx, request, consultation)
        people = _members(tx, request, "logins")
        fresh = [person for person in people if not pages.is_listed(tx, consultation, person)]
        for person in fresh:
            service.enlist(tx, request.member, consultation, person)
    note = _("%(count)s people were put on the list.") % {"count": len(fresh)}
    return request.done(f"/consultations/{consultation}/participants", note=note)


@routes.post("/consultations/{consultation:int}/participants/{member:int}/remove")
def strike(request: Request, consultation: int, member: int) -> Response:
    """Take somebody off the list."""
    with transaction() as tx:
        service.strike(tx, request.member, consultation, member)
    note = _("No longer on the list.")
    return request.done(f"/consultations/{consultation}/participants", note=note)


@routes.post("/consultations/{consultation:int}/roles", page="participants")
def appoint(request: Request, consultation: int) -> Response:
    """Give people a role in this consultation."""
    role = request.form.choice("role", Role)
    with transaction() as tx:
        _moderated(tx, request, consultation)
        for person in _members(tx, request, "role_logins"):
            service.appoint(tx, request.member, consultation, person, role)
    note = _("The role is given.")
    return request.done(f"/consultations/{consultation}/participants", note=note)


@routes.post("/consultations/{consultation:int}/roles/end")
def dismiss(request: Request, consultation: int) -> Response:
    """End somebody's role in this consultation."""
    member = request.form.integer("member")
    role = request.form.choice("role", Role)
    request.form.check()
    with transaction() as tx:
        service.dismiss(tx, request.member, consultation, member, role)
    note = _("The role is taken away.")
    return request.done(f"/consultations/{consultation}/participants", note=note)
