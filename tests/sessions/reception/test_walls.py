"""A reception's numbers on the walls of its meeting."""

from cast import Cast
from conftest import Client
from receiving import received, seated

from forum.base.db import transaction
from sessions.floor import service as floor
from sessions.floor.screen_models import Shows
from sessions.reception import service
from sessions.reception.service import Who


def test_a_wall_shows_whose_number_it_is(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        found = received(tx, cast)
        floor.set_projector(tx, cast.alice, found.meeting, "Wall")
        chosen = floor.prepare(tx, cast.alice, found.meeting, 1, Shows.NUMBERS)
        floor.put_up(tx, cast.alice, found.meeting, 1, chosen)
        seated(tx, cast, found, Who(None, "Aunt Mei"))
        service.come(tx, cast.clerk, found.meeting, found.main, Who())
    shown = client(None).get(f"/meetings/{found.meeting}/screen/1").text
    assert "Now serving" in shown
    assert "1 waits" in shown
    assert "Next: 2" in shown
    assert "Aunt Mei" not in shown
