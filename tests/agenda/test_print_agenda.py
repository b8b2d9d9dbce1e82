"""A consultation on paper: its agenda with its meetings, and the briefing pack."""

import sitting as hall
from cast import Cast
from conftest import Client

from forum.agenda import service
from forum.agenda.models import ItemState
from forum.base.db import transaction


def test_the_agenda_says_what_stands_on_it_and_when_one_meets(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        hall.convened(tx, cast)
        under = service.Draft("Glass or steel?", "See the *samples*.")
        service.create(tx, cast.alice, cast.consultation, under, parent=cast.item)
        swing = service.create(tx, cast.alice, cast.consultation, service.Draft("A swing", ""))
        service.change_state(tx, cast.alice, swing, ItemState.WITHDRAWN, "Not here.")
    here = f"/consultations/{cast.consultation}"
    page = client(None).get(f"{here}/agenda/print").text
    for words in (
        "<td>1.1</td>",
        "Glass or steel?",
        "Which kind of lift?",
        "Deliberating (Now)",
        "Second session on the lift",
        "Community hall, Lilac Road 7",
        f"testserver{here}</span>",
    ):
        assert words in page, words
    assert "A swing" not in page  # what was withdrawn stands on no agenda
    pack = client(None).get(f"{here}/briefing/print").text
    assert "See the <em>samples</em>." in pack
    assert '<a href="#item-2">1.1 Glass or steel?</a>' in pack
    shown = client(None).get(here).text
    assert f'href="{here}/agenda/print"' in shown
    assert f'href="{here}/briefing/print"' in shown
    assert client(None).get("/consultations/999/agenda/print").status_code == 404
