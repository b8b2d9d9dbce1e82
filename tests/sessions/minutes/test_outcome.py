"""The outcome: drafted, published, revised, and told once to everybody who took part."""

from typing import Any

import minuting
import pytest
from cast import Cast
from conftest import Client

from forum.base.db import reading, transaction
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.links import Relation, linked
from forum.base.verify import verify
from sessions.minutes import service
from sessions.minutes.account import Account, Fate, Reply, unanswered, unpack
from sessions.minutes.queries import outcomes, participants

PLAIN = Account("Block 7 gets a lift", "It **will** be built.", "Most wanted it.")


def test_what_an_outcome_says_is_one_sealed_text() -> None:
    full = PLAIN._replace(decisions=(1,), replies=(Reply(5, Fate.DECLINED, "Too dear."),))
    assert unpack(full.pack()) == full
    assert unanswered(full, [4, 5]) == [4]


def test_who_writes_it_and_when(cast: Cast) -> None:
    with transaction() as tx, pytest.raises(Conflict):
        service.write(tx, cast.rong, cast.consultation, PLAIN)
    minuting.approved(cast)
    with transaction() as tx:
        with pytest.raises(Forbidden):
            service.write(tx, cast.bob, cast.consultation, PLAIN)
        with pytest.raises(NotFound):
            service.write(tx, cast.rong, 999, PLAIN)
        made = service.write(tx, cast.rong, cast.consultation, PLAIN)
        with pytest.raises(NotFound):
            outcomes.outcome_access(tx, cast.bob, made)
        with pytest.raises(NotFound):
            service.publish(tx, cast.bob, made)


def test_a_no_needs_its_reason_and_decisions_their_approval(cast: Cast) -> None:
    sat = minuting.approved(cast)
    with transaction() as tx:
        silent = PLAIN._replace(replies=(Reply(2, Fate.DECLINED, ""),))
        with pytest.raises(Invalid) as refused:
            service.write(tx, cast.rong, cast.consultation, silent)
        assert "words_2" in refused.value.fields
        with pytest.raises(Invalid):
            service.write(tx, cast.rong, cast.consultation, PLAIN._replace(decisions=(99,)))
        with pytest.raises(Invalid):
            gone = PLAIN._replace(replies=(Reply(99, Fate.TAKEN_UP, ""),))
            service.write(tx, cast.rong, cast.consultation, gone)
        good = PLAIN._replace(
            decisions=(sat.decision,), replies=(Reply(2, Fate.DECLINED, "It is paid for."),)
        )
        made = service.write(tx, cast.rong, cast.consultation, good)
        service.publish(tx, cast.rong, made)
        here = f"outcome:{made}"
        assert linked(tx, here, Relation.OUTCOME_OF) == [cast.place]
        assert linked(tx, here, Relation.NAMES) == ["argument:2", f"decision:{sat.decision}"]


def test_told_once_to_everybody_who_took_part(cast: Cast, client: Client) -> None:
    minuting.approved(cast)
    with transaction() as tx:
        took_part = participants.of_consultation(tx, cast.consultation)
        made = service.write(tx, cast.rong, cast.consultation, PLAIN)
        service.publish(tx, cast.rong, made)
        with pytest.raises(Conflict):
            service.publish(tx, cast.rong, made)
        service.write(tx, cast.rong, cast.consultation, PLAIN._replace(summary="It is built."))
        service.publish(tx, cast.rong, made)
    # Who argued, spoke, voted or was there; hui and charlie did none of it.
    assert {cast[name].id for name in ("alice", "bob", "rong", "shu", "dana")} <= took_part
    assert cast.charlie.id not in took_part
    for name, times in (("bob", 1), ("shu", 1), ("charlie", 0)):
        assert client(name).get("/inbox").text.count("What came of it, and why") == times
    with transaction() as tx:
        assert verify(tx).sound


def test_revisions_stay_readable(cast: Cast, client: Client) -> None:
    minuting.approved(cast)
    with transaction() as tx:
        made = service.write(tx, cast.rong, cast.consultation, PLAIN)
        service.publish(tx, cast.rong, made)
        service.write(tx, cast.rong, cast.consultation, PLAIN._replace(summary="A secret draft."))
    guest = client(None)
    assert "<strong>will</strong>" in guest.get(f"/outcomes/{made}").text
    assert guest.get(f"/outcomes/{made}?revision=2").status_code == 404
    assert "A secret draft." in client("rong").get(f"/outcomes/{made}?revision=2").text
    with transaction() as tx:
        service.publish(tx, cast.rong, made)
    assert "A secret draft." in guest.get(f"/outcomes/{made}").text
    assert "<strong>will</strong>" in guest.get(f"/outcomes/{made}?revision=1").text
    assert "Block 7 gets a lift" in guest.get(f"/consultations/{cast.consultation}").text


def test_the_form_answers_every_leading_argument(cast: Cast, client: Client) -> None:
    sat = minuting.approved(cast)
    rong = client("rong")
    page = rong.get(f"/consultations/{cast.consultation}/outcome").text
    assert "Knees get older." in page
    assert client("bob").get(f"/consultations/{cast.consultation}/outcome").status_code == 403
    form: dict[str, Any] = {
        "title": "Block 7 gets a lift",
        "summary": "It will be built.",
        "reasons": "Most wanted it.",
        "decision": sat.decision,
        "fate_1": "taken_up",
        "fate_2": "declined",
        "words_2": "",
    }
    address = f"/consultations/{cast.consultation}/outcome"
    assert rong.post(address, data=form).status_code == 422
    made = rong.post(address, data={**form, "words_2": "The city pays half."})
    assert made.status_code == 303
    draft = rong.get(made.headers["location"]).text
    assert "The city pays half." in draft
    assert "no answer yet" not in draft
    with reading() as db:
        (row,) = outcomes.revisions(db, 1, published=False)
    assert row.account.decisions == (sat.decision,)
