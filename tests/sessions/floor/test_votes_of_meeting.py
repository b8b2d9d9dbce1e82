"""After a meeting its page shows what was put to the vote, drawn; while it sits, it does not."""

import minuting
import sitting as hall
from cast import Cast
from conftest import Client


def test_votes_stand_on_the_page_when_the_meeting_is_over(cast: Cast, client: Client) -> None:
    sat = minuting.adjourned(cast)
    page = client(None).get(f"/meetings/{sat.meeting}").text
    assert "Votes of this meeting" in page
    assert "<desc>For 3 · 75.0%; Against 1 · 25.0%; Abstain 0; needed: 3</desc>" in page


def test_while_it_sits_its_votes_are_where_they_happen(cast: Cast, client: Client) -> None:
    sitting = hall.debating(cast)
    page = client(None).get(f"/meetings/{sitting.meeting}").text
    assert "Votes of this meeting" not in page
