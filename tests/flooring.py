"""A meeting with all that the floor knows, for the tests that look at every page."""

import sitting as hall
from cast import Cast

from forum.base.db import transaction
from sessions.floor import service
from sessions.floor.models import Card, Lane, Ruling, Side

Pages = dict[str | None, list[str]]


def flooring(cast: Cast) -> Pages:
    """Bob speaks over questions, an appeal and raised cards; names the pages that show it."""
    sitting = hall.debating(cast)
    meeting = sitting.meeting
    with transaction() as tx:
        service.set_groups(tx, cast.alice, meeting, ["Tenants", "Owners"], 3)
        service.set_limits(
            tx, cast.alice, meeting, rule="openslides", seconds=90, times=3, item_seconds=600
        )
        point = service.raise_order(tx, cast.shu, meeting, "That was settled last week.")
        service.rule_on(tx, cast.alice, point, Ruling.NOT_UPHELD, "It was not.")
        bob = service.request(tx, cast.bob, meeting, side=Side.PRO)
        service.recognise(tx, cast.alice, bob)
        service.interject(tx, cast.rong, meeting, Lane.QUESTION)
        service.interject(tx, cast.shu, meeting, Lane.INTERVENTION)
        service.appeal(tx, cast.shu, point)
        service.hold_card(tx, cast.bob, meeting, Card.WARM)
        service.hold_card(tx, cast.rong, meeting, Card.MOVE_ON)
    here = f"/meetings/{meeting}"
    return {
        None: [f"{here}/timer", f"{here}/screen"],
        "bob": [here],
        "rong": [here],
        "alice": [f"{here}/console"],
        "clerk": [f"{here}/desk/{sitting.main}"],
    }
