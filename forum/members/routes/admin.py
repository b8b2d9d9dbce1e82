"""Administrators' pages: the settings of the platform and its places, and the server's health."""

from forum.base.db import Db, reading, transaction
from forum.base.i18n import _
from forum.base.web import Request, Response
from forum.members import environment, grounds, options, service
from forum.members.models import PLATFORM
from forum.members.options import Option
from forum.members.routes.people import place_asked, routes


@routes.get("/admin")
def admin(request: Request) -> Response:
    """What can be set for a place, each with a sentence of help; the platform has more to tell."""
    with reading() as db:
        ground = grounds.ruled(db, request.actor, place_asked(request))
        whole = ground.place == PLATFORM
        return request.page(
            db,
            subject=ground.place if not whole else options.STREAM,
            ground=ground,
            groups=_groups(db, ground),
            environment=environment.facts() if whole else [],
            health=environment.health() if whole else [],
            software=environment.version() if whole else "",
        )


def _groups(db: Db, ground: grounds.Ground) -> list[tuple[str, list[dict[str, object]]]]:
    """The settings under their headings, each as the form shows it."""
    groups: dict[str, list[dict[str, object]]] = {}
    for each in options.of_kind(ground.kind):
        groups.setdefault(_(each.group), []).append(_shown(db, each, ground.around))
    return list(groups.items())


def _shown(db: Db, each: Option, places: tuple[str, ...]) -> dict[str, object]:
    return {
        "field": each.field,
        "kind": each.kind,
        "words": _(each.words),
        "help": _(each.help),
        "value": options.value(db, each, *places),
        "choices": [(value, _(words)) for value, words in each.choices().items()],
        "least": each.least,
        "most": each.most,
    }


@routes.post("/admin", page="admin")
def set_options(request: Request) -> Response:
    """Set what was chosen: the fields of one group, named by the form."""
    actor, place = request.member, place_asked(request)
    with reading() as db:
        kind = grounds.ruled(db, actor, place).kind
    fields = set(request.form.lists("field"))
    chosen = {
        each.key: options.read(request.form, each)
        for each in options.of_kind(kind)
        if each.field in fields
    }
    request.form.check()
    with transaction() as tx:
        changed = service.set_options(tx, actor, place, chosen)
    note = _("Saved.") if changed else _("Nothing was changed.")
    back = "/admin" + (f"?place={place}" if place != PLATFORM else "")
    return request.done(back, note=note, changed=changed)
