"""Putting consultations away and bringing them back; keeping them as patterns for others."""

from forum.base.db import transaction
from forum.base.i18n import _
from forum.base.web import Request, Response
from forum.consultations import service
from forum.consultations.routes.process import routes


@routes.post("/consultations/{consultation:int}/archive")
def archive(request: Request, consultation: int) -> Response:
    """Put a closed one away."""
    with transaction() as tx:
        service.archive(tx, request.member, consultation)
    note = _("It is in the archive: read-only, in no list, its address stays.")
    return request.done(f"/consultations/{consultation}", note=note)


@routes.post("/consultations/{consultation:int}/restore")
def restore(request: Request, consultation: int) -> Response:
    """Bring one back."""
    with transaction() as tx:
        service.restore(tx, request.member, consultation)
    return request.done(f"/consultations/{consultation}", note=_("It stands in the lists again."))


@routes.post("/consultations/{consultation:int}/template", page="stages")
def save_template(request: Request, consultation: int) -> Response:
    """Keep it as a pattern for others of its place."""
    name = request.form.text("name", max=80)
    request.form.check()
    with transaction() as tx:
        made = service.save_template(tx, request.member, consultation, name)
    note = _("Kept: it is offered where consultations of this place are set up.")
    return request.done(f"/consultations/{consultation}/stages", note=note, id=made)


@routes.post("/consultations/templates/{template:int}/remove")
def remove_template(request: Request, template: int) -> Response:
    """Offer a pattern no longer."""
    with transaction() as tx:
        service.remove_template(tx, request.member, template)
    return request.done("/consultations/setup", note=_("The template is taken out."))
