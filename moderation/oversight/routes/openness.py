"""What everybody may know of moderation: how it works, and how often what was done."""

from forum.base.db import reading
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.consultations import queries as consultations
from forum.members import queries as members
from forum.members.models import PLATFORM
from moderation.oversight import words
from moderation.oversight.models import AppealState
from moderation.oversight.queries import counts
from moderation.oversight.rules import LEAST_SHOWN
from moderation.reports.models import Rule
from moderation.reports.queries import led
from moderation.reports.words import rule_words

routes = Routes("moderation.oversight.routes")


@routes.get("/moderation")
def openness(request: Request) -> Response:
    """Counts by month, act and rule, and what became of appeals; one place at a time."""
    place = request.query.text("place", max=64, optional=True) or PLATFORM
    with reading() as db:
        known = members.is_place(place) and not place.startswith("member:")
        named = members.place_names(db, request.actor, [place] if known else []).get(place)
        if named is None:
            raise NotFound(_("There is no such place."))
        found, _total = consultations.consultations(db, request.actor, limit=50)
        return request.page(
            db,
            place=place,
            title=named.title,
            url=named.url,
            places=[(f"consultation:{row.id}", row.title) for row in found],
            acts=[{**row._asdict(), "act": words.act(row.act)} for row in counts.acts(db, place)],
            appeals=counts.appeals(db, place),
            _rules=[(rule, rule_words(rule)) for rule in Rule],
            _outcomes=[(state, words.appeal(state)) for state in AppealState],
            least=LEAST_SHOWN,
            moderates=bool(led(db, request.actor)),
        )
