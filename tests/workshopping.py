"""Facilitated sessions for tests: attached, brought to a step, and gone through to the end."""

from dataclasses import dataclass

import sitting as hall
from cast import Cast

from forum.base.db import Db, transaction
from sessions.floor import service as floor
from sessions.floor.screen_models import Shows
from sessions.workshop import service
from sessions.workshop.models import Stance, Workshop
from sessions.workshop.rules import Stand

Pages = dict[str | None, list[str]]


@dataclass(frozen=True)
class Session:
    """A session on the item of a sitting that debates it."""

    id: int
    sitting: hall.Sitting

    @property
    def page(self) -> str:
        """Its page for everybody."""
        return f"/workshops/{self.id}"


def attached(cast: Cast, script: str = "red_tea", *, facilitator: int | None = None) -> Session:
    """Alice attached a script to the open item; bob, shu, rong and dana are there beside her."""
    sitting = hall.debating(cast)
    with transaction() as tx:
        made = service.attach(
            tx, cast.alice, sitting.meeting, sitting.item, script, facilitator=facilitator
        )
    return Session(made, sitting)


def at_step(cast: Cast, number: int, script: str = "red_tea", *, groups: int = 3) -> Session:
    """The same, under way and at a step; groups are made before it begins."""
    session = attached(cast, script)
    with transaction() as tx:
        if groups:
            service.deal(tx, cast.alice, session.id, groups)
        service.start(tx, cast.alice, session.id)
        for seen in range(1, number):
            if seen == 4:
                option(tx, cast, session)
            service.next_step(tx, cast.alice, session.id, seen)
    return session


def option(tx: Db, cast: Cast, session: Session, words: str = "A glass lift in the north.") -> int:
    """Alice words an option."""
    return service.make_option(tx, cast.alice, session.id, words)


def row(tx: Db, session: Session) -> Workshop:
    """Its row as it stands now."""
    return tx.get_one(Workshop, session.id, populate_existing=True)


def gone_through(cast: Cast) -> Session:
    """Notes in groups, a theme, two options, positions with an objection; and over."""
    session = at_step(cast, 2)
    ident = session.id
    with transaction() as tx:
        first = service.give(tx, cast.bob, ident, "Knees get older.")
        second = service.give(tx, cast.rong, ident, "It must be quiet.")
        third = service.give(tx, cast.shu, ident, "Who pays?")
        service.reword(tx, cast.shu, ident, third, "Who pays, and when?")
        fourth = service.give(tx, cast.bob, ident, "Twice the same.")
        service.strike(tx, cast.bob, ident, fourth, "It stands there already.")
        service.next_step(tx, cast.alice, ident, 2)
        theme = service.gather(tx, cast.alice, ident, [first, second], words="Living with it")
        service.next_step(tx, cast.alice, ident, 3)
        glass = service.make_option(
            tx, cast.alice, ident, "A glass lift in the north.", theme=theme, note=second
        )
        steel = option(tx, cast, session, "A steel lift in the south.")
        service.next_step(tx, cast.alice, ident, 4)
        takes(tx, cast, session, glass, steel)
        service.next_step(tx, cast.alice, ident, 5)
        service.next_step(tx, cast.alice, ident, 6)
    return session


def takes(tx: Db, cast: Cast, session: Session, glass: int, steel: int) -> None:
    """Bob and shu are for glass, rong can live with it; two object to steel, one by name."""
    quiet = Stand(Stance.OBJECT, "It hums all night.")
    named = Stand(Stance.OBJECT, "It takes my light.", named=True)
    service.stand(tx, cast.bob, session.id, {glass: Stand(Stance.SUPPORT), steel: quiet})
    service.stand(tx, cast.shu, session.id, {glass: Stand(Stance.SUPPORT)})
    service.stand(tx, cast.rong, session.id, {glass: Stand(Stance.LIVE), steel: named})


def workshopping(cast: Cast) -> Pages:
    """One session is over; a second is at its gathering, a third at its positions."""
    over = gone_through(cast)
    gathering = at_step(cast, 2)
    with transaction() as tx:
        note = service.give(tx, cast.bob, gathering.id, "Knees get <b>older</b>.")
        service.give(tx, cast.shu, gathering.id, "Who pays?", member=None)
        service.strike(tx, cast.bob, gathering.id, note, "Too short.")
        meeting = gathering.sitting.meeting
        floor.set_projector(tx, cast.alice, meeting, "Wall")
        floor.put_up(
            tx, cast.alice, meeting, 1, floor.prepare(tx, cast.alice, meeting, 1, Shows.SCRIPT)
        )
    choosing = at_step(cast, 5)
    prepared = attached(cast, "short", facilitator=cast.rong.id)
    return {
        None: [over.page, gathering.page, f"/meetings/{meeting}/screen/1"],
        "bob": [gathering.page, choosing.page, over.page],
        "shu": [gathering.page, choosing.page],
        "alice": [
            f"{gathering.page}/lead",
            f"{over.page}/lead",
            f"{prepared.page}/lead",
            f"/meetings/{meeting}/workshops",
        ],
    }
