"""What a place says to those who come, and the button by which its rules are accepted."""

from urllib.parse import quote

from forum.base import idempotency
from forum.base.db import Db, reading, transaction
from forum.base.errors import Forbidden, SignInNeeded
from forum.base.i18n import _
from forum.base.registry import Step, panel
from forum.base.web import Request, Response, Routes
from forum.members import conduct, queries, service
from forum.members.models import PLATFORM, TextKind

routes = Routes("forum.members.routes")


def _place(db: Db, request: Request) -> tuple[Step, bool]:
    """The place that is meant, and whether the reader writes its words."""
    wish = str(request.form.value("place") or request.query.value("place") or PLATFORM)
    writes = conduct.require_place(db, request.actor, wish)
    return queries.place_names(db, request.actor, [wish])[wish], writes


@routes.get("/rules")
def rules(request: Request) -> Response:
    """A place's welcome and its rules of conduct."""
    with reading() as db:
        place, writes = _place(db, request)
        texts = conduct.texts(db, [place.ref])
        found = next((text for text in texts if text.kind is TextKind.RULES), None)
        return request.page(
            db,
            place=place,
            writes=writes,
            texts=texts,
            rules=found,
            accepted_at=conduct.accepted_at(db, request.actor, found) if found else None,
            here=request.address_line,
        )


@routes.get("/rules/edit")
def edit_rules(request: Request) -> Response:
    """The form for a place's words."""
    with reading() as db:
        place, writes = _place(db, request)
        if not writes:
            words = _("Only those who lead this place write its rules.")
            raise Forbidden(words) if request.actor else SignInNeeded(_("Please sign in first."))
        now = {text.kind: text.body for text in conduct.texts(db, [place.ref])}
        return request.page(
            db,
            place=place,
            welcome=now.get(TextKind.WELCOME, ""),
            body=now.get(TextKind.RULES, ""),
        )


@routes.post("/rules", page="edit_rules")
def write_rules(request: Request) -> Response:
    """Write a place's welcome and rules; empty ones are taken back."""
    form, actor = request.form, request.member
    place = form.text("place", max=64, default=PLATFORM)
    welcome = form.text("welcome", max=4000, optional=True)
    body = form.text("body", max=8000, optional=True)
    form.check()
    with transaction() as tx:
        service.write_text(tx, actor, place, TextKind.WELCOME, welcome)
        service.write_text(tx, actor, place, TextKind.RULES, body)
    return request.done(f"/rules?place={place}", note=_("Saved."))


@routes.post("/rules/accept")
def accept_rules(request: Request) -> Response:
    """Accept the rules that were shown; what was typed before then goes where it was going."""
    form = request.form
    to = str(form.value("_to", "/"))
    idempotency.pending.set(None)  # the key belongs to the post that is sent on
    with transaction() as tx:
        service.accept(tx, request.member, form.lists("_accepted"))
    if not form.flag("_again") or not to.startswith("/") or to.startswith("//"):
        return request.done(to, note=_("You accepted the rules."))
    # 307: the browser sends the same form on to its own address.
    return Response(status_code=307, headers={"location": quote(to, safe="/?&=%:,@+")})


def _linked(db: Db, request: Request, subject: str) -> str | None:
    """On a place's page: its welcome, and the way to its rules or to writing some."""
    texts = conduct.texts(db, [subject])
    writes = conduct.require_place(db, request.actor, subject)
    if not (texts or writes):
        return None
    return request.fragment(
        db, "members/conduct_panel.html", place=subject, texts=texts, writes=writes
    )


for page in ("stations:station", "consultations:consultation"):
    panel(page, order=10)(_linked)
