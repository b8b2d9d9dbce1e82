"""People at the door of a meeting, for the tests that look at every page."""

from datetime import timedelta

from cast import Cast
from sitting import convened

from forum.base import clock
from forum.base.db import transaction
from sessions.arrivals import service
from sessions.arrivals.models import DeskSeen, Proof
from sessions.arrivals.rules import Deed, DeedKind

Pages = dict[str | None, list[str]]


def arriving(cast: Cast) -> Pages:
    """A guest asks for more, somebody is let in, one desk is missed; the pages that show it."""
    with transaction() as tx:
        sitting = convened(tx, cast)
        meeting, hall = sitting.meeting, sitting.hall
        service.admit(tx, cast.hui, meeting, hall, cast.charlie.id, Proof.DOCUMENT, asks=True)
        service.enter(tx, cast.hui, meeting, hall, Deed(DeedKind.IN, cast.bob.id, clock.now()))
        before = clock.now() - timedelta(minutes=5)
        tx.add(DeskSeen(venue_id=sitting.main, meeting_id=meeting, at=before, silent_since=before))
    here = f"/meetings/{meeting}"
    desk = f"{here}/desk/{hall}"
    people = [f"{desk}/people/{one.id}" for one in (cast.bob, cast.rong, cast.charlie)]
    return {
        None: [f"{here}/arrive"],
        "hui": [desk, f"{desk}/wall", f"{desk}/door", f"{desk}/door?q=a", *people],
        "rong": [here, f"{here}/ticket", f"{here}/arrive"],
        "alice": [f"{here}/console"],
    }
