"""A reception by a representative: a main venue, the school kept by hui, and people online."""

from dataclasses import dataclass
from datetime import timedelta

import preparing
from cast import Cast

from forum.base import clock
from forum.base.db import Db, transaction
from sessions.convening import service as convening
from sessions.floor import service as floor
from sessions.floor.screen_models import Shows
from sessions.meetings import queries as meetings
from sessions.meetings import service as attendance
from sessions.meetings.models import VenueKind
from sessions.meetings.rules import Act as Step
from sessions.reception import service
from sessions.reception.categories import Category
from sessions.reception.models import Route
from sessions.reception.rules import Act
from sessions.reception.service import Handling, Promise, Said, Who

Pages = dict[str | None, list[str]]
NOISE = Said("The pump hums all <b>night</b>.", Category.ENVIRONMENT, "Block 3", open=True)
DARK = Said("The lamp by the gate is broken.", Category.SAFETY)


@dataclass(frozen=True)
class Reception:
    """A reception in session, with its three venues."""

    meeting: int
    main: int
    hall: int
    online: int

    @property
    def stream(self) -> str:
        """Where its events go."""
        return f"meeting:{self.meeting}"

    @property
    def register(self) -> str:
        """Its page."""
        return f"/meetings/{self.meeting}/reception"


def received(tx: Db, cast: Cast) -> Reception:
    """It is in session; nobody has come."""
    meeting = preparing.drafted(tx, cast, kind="reception")
    hall = attendance.Place(VenueKind.SUB, "School", "Lilac Road 9", cast.hui.id)
    attendance.set_venue(tx, cast.alice, meeting, hall)
    convening.convene(tx, cast.alice, meeting)
    attendance.step(tx, cast.alice, meeting, Step.START)
    venues = {venue.kind: venue.id for venue in meetings.venues(tx, meeting)}
    kinds = (VenueKind.MAIN, VenueKind.SUB, VenueKind.ONLINE)
    return Reception(meeting, *(venues[kind] for kind in kinds))


def seated(tx: Db, cast: Cast, found: Reception, who: Who, venue: int | None = None) -> int:
    """Somebody came and sits before rong."""
    where = venue or found.main
    return service.come(tx, cast.clerk, found.meeting, where, who, receivers=[cast.rong.id])


def promise(cast: Cast) -> Promise:
    """Hui is to do it within nine days, under rong's eye."""
    due = clock.now() + timedelta(days=9)
    return Promise("Quieten the pump", "A rubber foot.", cast.rong.id, due, cast.hui.id)


def receiving(cast: Cast) -> Pages:
    """Let it happen; returns the pages."""
    with transaction() as tx:
        found = received(tx, cast)
        here = found.meeting
        bob = seated(tx, cast, found, Who(cast.bob.id, contact="138 0000 0000"))
        said = service.record_word(tx, cast.clerk, here, bob, NOISE)
        service.handle(tx, cast.rong, here, said, Handling(Route.STREET, "A rubber foot?"))
        service.promise(tx, cast.rong, here, said, promise(cast))
        service.correct(tx, cast.clerk, here, said, NOISE._replace(body="It hums."))
        service.read_back(tx, cast.clerk, here, bob, confirmed=True)
        mei = seated(tx, cast, found, Who(None, "Aunt <Mei>", "0571 1234", "Block 9"))
        dark = service.record_word(tx, cast.clerk, here, mei, DARK)
        answered = Handling(Route.ON_THE_SPOT, answer="It is mended tomorrow.")
        service.handle(tx, cast.clerk, here, dark, answered)
        service.move(tx, cast.clerk, here, mei, Act.FINISH)
        service.come(tx, cast.clerk, here, found.main, Who())
        service.come(tx, cast.hui, here, found.hall, Who())
        service.take_number(tx, cast.shu, here)
        floor.set_projector(tx, cast.alice, here, "Wall")
        wall = floor.prepare(tx, cast.alice, here, 1, Shows.NUMBERS)
        floor.put_up(tx, cast.alice, here, 1, wall)
    base = found.register
    return {
        "clerk": [
            base, f"{base}?q=bob", f"{base}/{bob}", f"{base}/{mei}", f"{base}/words/{said}",
            f"{base}/words/{dark}", f"{base}/{bob}/print", f"{base}/print", f"{base}/empty/print",
        ],
        "rong": [base],
        "shu": [f"/meetings/{here}", f"{base}/numbers"],
        "bob": [f"{base}/numbers", f"/people/{cast.bob.id}"],
        None: [
            f"{base}/numbers", f"{base}/screen", f"/meetings/{here}", f"/meetings/{here}/screen/1",
        ],
    }  # fmt: skip
