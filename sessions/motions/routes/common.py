"""Where a verb leads back to: the page of the meeting on which its button stands."""

import re
from collections.abc import Callable

from forum.base.auth import Actor
from forum.base.db import Db, reading, transaction
from forum.base.web import Form, Request, Response
from sessions.motions import queries

_PAGES = re.compile(r"console|motions|desk/[1-9]\d{0,9}")


def back(form: Form, meeting: int, motion: int | None = None) -> str:
    """The page named by the hidden field `back`; else the motion's own, else everybody's."""
    wanted = str(form.value("back"))
    if _PAGES.fullmatch(wanted):
        return f"/meetings/{meeting}/{wanted}"
    return f"/motions/{motion}" if wanted == "motion" and motion else f"/meetings/{meeting}"


def acted(
    request: Request, motion: int, verb: Callable[[Db, Actor], object], note: str
) -> Response:
    """Do something to a motion, and lead back to where that was asked for."""
    with transaction() as tx:
        verb(tx, request.member)
    with reading() as db:
        meeting = queries.of_ids(db, [motion])[0].meeting_id
    return request.done(back(request.form, meeting, motion), note=note, id=motion)
