"""The chain of a thing, from the first word to the kept promise."""

from forum.base import links, registry
from forum.base.db import reading
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.links import ORDER
from forum.base.refs import ref
from forum.base.web import Request, Response, Routes
from forum.consultations import pictures
from forum.front import queries

routes = Routes("forum.front.routes")

# What a chain still lacks while its end is not reached.
TO_COME = ("decision", "outcome", "task")


@routes.get("/chain/{kind}/{ident:int}")
def chain(request: Request, kind: str, ident: int) -> Response:
    """Where a thing came from and what came of it, from the first word to the kept promise."""
    own = ref(kind, ident) if kind.isidentifier() else ""
    with reading() as db:
        # Names of people are shown with what they did, never one number after the other.
        resolve = registry.resolvers.get(kind) if kind in ORDER else None
        thing = resolve(db, request.actor, [ident]).get(ident) if resolve else None
        if thing is None:
            raise NotFound(_("There is nothing to follow here."))
        steps = links.chain(db, request.actor, own)
        kinds = {step.kind for step in steps}
        last = max((ORDER.index(found) for found in kinds if found in ORDER), default=0)
        return request.page(
            db,
            thing=thing,
            steps=steps,
            dates=queries.dates(db, [step.ref for step in steps]),
            to_come=[later for later in TO_COME if ORDER.index(later) > last],
            _life=pictures.of_steps(db, request.actor, steps),
        )
