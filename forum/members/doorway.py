"""The step over the threshold that all ways in share: the cookie, and where one goes on."""

from datetime import timedelta

from forum.base import auth
from forum.base.db import Db
from forum.base.i18n import _
from forum.base.web import Request, Response
from forum.members import devices, second, service
from forum.members.identities import Purpose
from forum.members.service import links

SHARED_LASTS = timedelta(hours=2)
STEP = "step"  # the cookie of a sign-in that waits for its second step
GUARDIAN = "/settings/guardian"  # where a child reads how to get a guardian's consent
STEP_PAGE = "/sign-in/code"


def back(request: Request) -> str:
    """Where the reader was before; an address on this site."""
    wish = request.form.value("back") or request.query.value("back") or request.query.value("next")
    return str(wish) if str(wish).startswith("/") else "/"


def enter(request: Request, tx: Db, member_id: int, *, shared: bool, to: str = "/") -> str:
    """Sign this browser in, or lead to the second step first; returns where to go on."""
    if not second.has(tx, member_id):
        open_door(request, tx, member_id, shared=shared)
        return to
    token = links.make(
        tx, Purpose.SECOND, lasts=links.STEP, member_id=member_id, back=to, shared=shared
    )
    request.set_cookie(STEP, token, max_age=int(links.STEP.total_seconds()))
    return STEP_PAGE


def open_door(request: Request, tx: Db, member_id: int, *, shared: bool) -> None:
    """Sign this browser in; a device that others use forgets it soon."""
    label = devices.label(request.headers.get("user-agent", ""))
    lasts = SHARED_LASTS if shared else auth.LASTS
    token = service.sign_in(tx, member_id, label=label, lasts=lasts)
    age = None if shared else int(auth.LASTS.total_seconds())
    request.set_cookie(auth.COOKIE, token, max_age=age)
    # Pages then keep nothing on the device: no drafts, no copies.
    request.set_cookie("shared", "1" if shared else "", max_age=None if shared else 0)


def entered(request: Request, to: str, *, shared: bool, note: str = "") -> Response:
    """The answer to whoever came in, or has one step to go."""
    if to == STEP_PAGE:
        return request.done(to)
    answer = request.done(to, note=note or _("You are signed in."))
    return swept(answer) if shared else answer


def swept(answer: Response) -> Response:
    """A device of many keeps nothing of anybody, with or without our script.

    On one's own device the script clears what is this member's: another one's post may wait there.
    """
    answer.headers["clear-site-data"] = '"storage"'
    return answer
