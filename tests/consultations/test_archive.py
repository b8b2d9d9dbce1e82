"""Put away and brought back."""

import pytest
from cast import Cast
from conftest import Client

from forum.agenda import service as agenda
from forum.base.db import Db, transaction
from forum.base.errors import Conflict, Forbidden
from forum.base.events import Audience, history
from forum.consultations import queries, service
from forum.consultations.models import Stage
from forum.members.models import Role


def shelve(tx: Db, cast: Cast) -> None:
    """Close it and put it away."""
    service.move_stage(tx, cast.alice, cast.consultation, Stage.CLOSED)
    service.archive(tx, cast.alice, cast.consultation)


def test_only_what_is_closed_goes_there(tx: Db, cast: Cast) -> None:
    with pytest.raises(Conflict):
        service.archive(tx, cast.alice, cast.consultation)
    with pytest.raises(Forbidden):
        service.archive(tx, cast.bob, cast.consultation)


def test_it_is_read_only_and_in_no_list(tx: Db, cast: Cast) -> None:
    shelve(tx, cast)
    assert queries.consultations(tx, cast.alice) == ([], 0)
    assert queries.consultations(tx, cast.bob, archived=True)[1] == 1
    assert queries.access(tx, cast.bob, cast.consultation)
    with pytest.raises(Conflict):
        service.move_stage(tx, cast.alice, cast.consultation, Stage.DECIDING, "Again")
    with pytest.raises(Conflict):
        agenda.create(tx, cast.alice, cast.consultation, agenda.Draft("More", ""))
    with pytest.raises(Conflict):
        service.archive(tx, cast.alice, cast.consultation)
    for office in (service.appoint, service.dismiss):
        with pytest.raises(Conflict):
            office(tx, cast.alice, cast.consultation, cast.shu.id, Role.SECRETARY)
    last = history(tx, cast.place, audience=Audience.PUBLIC)[-1]
    assert (last.kind, last.actor_id) == ("consultations:consultation:archived", cast.alice.id)


def test_it_comes_back(client: Client, cast: Cast) -> None:
    here = f"/consultations/{cast.consultation}"
    with transaction() as tx:
        shelve(tx, cast)
    assert "A lift for block 7" not in client(None).get("/consultations").text
    assert "A lift for block 7" in client("bob").get("/consultations?archived=1").text
    page = client("bob").get(here)
    assert "It is in the archive" in page.text
    assert f"{here}/restore" not in page.text
    assert client("bob").post(f"{here}/restore").status_code == 403
    assert client("alice").post(f"{here}/restore").status_code == 303
    assert client("alice").post(f"{here}/restore").status_code == 409
    assert "A lift for block 7" in client(None).get("/consultations").text
