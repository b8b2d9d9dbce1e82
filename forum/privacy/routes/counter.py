"""At the counter: a guardian signs on paper or takes it back; a child is 14 by now."""

from forum.base.db import Db, reading, transaction
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.refs import parse
from forum.base.registry import panel
from forum.base.web import Request, Response
from forum.members import counter
from forum.privacy import queries, words
from forum.privacy.routes.child import paper
from forum.privacy.routes.data import routes
from forum.privacy.service import guardians


def _back(request: Request, member: int, note: str) -> Response:
    return request.done(f"/counter/{member}#child", note=note)


@panel("members:identity", order=40)
def of_child(db: Db, request: Request, subject: str) -> str | None:
    """On the clerk's page of a person: whether they are a child, and what the guardian said."""
    member = parse(subject)[1]
    found = queries.child(db, member)
    how = words.way(found.consent) if found and found.consent else ""
    return request.fragment(
        db, "privacy/counter_panel.html", child=found, member_id=member, how=how
    )


@routes.post("/counter/{member:int}/child")
def declare_child(request: Request, member: int) -> Response:
    """Note that somebody is under 14."""
    with transaction() as tx:
        guardians.declare_at_counter(tx, request.member, member)
    return _back(request, member, _("It is noted. Now the guardian has the word."))


@routes.get("/counter/{member:int}/guardian/form")
def counter_form(request: Request, member: int) -> Response:
    """The form for the guardian to sign."""
    with reading() as db:
        if counter.place_for(db, request.member, member) is None:
            raise NotFound(_("There is no such person."))
    return paper(request, member, f"/counter/{member}")


@routes.post("/counter/{member:int}/guardian")
def signed(request: Request, member: int) -> Response:
    """Note that the guardian signed on paper."""
    with transaction() as tx:
        guardians.consent_on_paper(tx, request.member, member)
    return _back(request, member, _("It is noted, with your name and the day."))


@routes.post("/counter/{member:int}/guardian/withdraw")
def taken_back(request: Request, member: int) -> Response:
    """Note that the guardian took the consent back."""
    with transaction() as tx:
        guardians.withdraw_at_counter(tx, request.member, member)
    return _back(request, member, _("It is noted. The child can only read now."))


@routes.post("/counter/{member:int}/grown")
def grown(request: Request, member: int) -> Response:
    """Confirm that somebody is 14 by now."""
    with transaction() as tx:
        guardians.confirm_grown(tx, request.member, member)
    return _back(request, member, _("It is noted: they decide alone from now on."))
