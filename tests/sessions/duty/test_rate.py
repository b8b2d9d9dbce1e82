"""Rating: one a person, changed while open, shown when closed, of few only how many."""

import pytest
from cast import Cast
from conftest import Client
from dutying import over, running

from forum.base import clock, ticker
from forum.base.db import reading, transaction
from forum.base.errors import Conflict
from forum.base.events import Audience, history
from sessions.duty import queries, service
from sessions.duty.models import Rating

VOTERS = ("alice", "bob", "dana", "shu", "hui", "clerk")


def test_who_may_rate_and_nobody_sees_it_before_it_closes(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        duty = over(tx, cast)
    post = f"{duty.url}/rating"
    people = {None: 401, "charlie": 403, "rong": 403, "bob": 303, "dana": 303}
    for name, status in people.items():
        data = {"rating": "dissatisfied", "words": "Nothing came of it."}
        assert client(name).post(post, data=data).status_code == status, name
    assert client("bob").post(post, data={"rating": "great"}).status_code == 422
    for name in (None, "rong", "alice"):
        shown = client(name).get(f"{duty.url}.json").json()
        assert (shown["result"], shown["remarks"]) == (None, []), name
        assert "Nothing came" not in str(shown)
    assert "Nothing came of it." in client("bob").get(duty.url).text
    with reading() as db:
        found = history(db, duty.sitting.stream, audience=Audience.MODERATOR, limit=500)
    rated = [event for event in found if event.kind.startswith("duty:rating")]
    assert [event.kind for event in rated] == ["duty:rating:opened"]


@pytest.mark.parametrize(("voters", "few"), [(4, True), (6, False)])
def test_of_few_only_how_many_they_were(cast: Cast, client: Client, voters: int, few: bool) -> None:
    with transaction() as tx:
        duty = over(tx, cast)
        for name in VOTERS[:voters]:
            service.rate(tx, cast[name], duty.report, Rating.DISSATISFIED, "On second thoughts")
            service.rate(tx, cast[name], duty.report, Rating.MOSTLY, f"So so, {name}")
    with clock.travel(days=8):
        ticker.run_due()
        with pytest.raises(Conflict), transaction() as tx:
            service.rate(tx, cast.bob, duty.report, Rating.SATISFIED)
        with reading() as db:
            (event,) = history(db, duty.sitting.stream, kinds=("duty:rating:closed",))
            remarks = queries.remarks(db, queries.report_access(db, None, duty.report).report)
    assert event.payload["raters"] == voters
    assert event.payload["mostly"] == (None if few else voters)
    assert event.payload["dissatisfied"] == (None if few else 0)
    assert len(remarks) == (0 if few else voters)
    page = client(None).get(f"/people/{cast.rong.id}").text
    assert duty.url in page
    assert ("Mostly satisfied 6" in page) is not few


def test_a_rating_opens_when_the_report_ends(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        duty = running(tx, cast)
    assert client("bob").post(f"{duty.url}/rating", data={"rating": "mostly"}).status_code == 409
    for name, status in ((None, 401), ("bob", 403), ("rong", 403), ("shu", 303), ("alice", 409)):
        assert client(name).post(f"{duty.url}/end").status_code == status, name
    assert client("bob").post(f"{duty.url}/rating", data={"rating": "mostly"}).status_code == 303
