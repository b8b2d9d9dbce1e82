"""Papers against the roll: one right, one channel; unused ones come back."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from cast import Cast
from conftest import Client
from papering import YES, box, counted, figures
from polling import VOTERS, close, credential, make, secret, vote

from forum.base import db
from forum.base.auth import Actor
from forum.base.errors import Conflict, Forbidden, NotFound, Refusal
from forum.base.events import Audience, history
from forum.base.writer import write_now
from forum.members import service as members
from voting.boxes import queries as boxes
from voting.boxes.models import Channel
from voting.papers import queries, service
from voting.polls import queries as polls
from voting.polls.rules import RollEntry
from voting.polls.service import Cast as Vote
from voting.polls.service import cast_batch


def issue(cast: Cast, batch: int, who: str, *, by: str = "shu") -> None:
    with db.transaction() as tx:
        service.issue(tx, cast[by], batch, cast[who].id)


def test_a_paper_uses_up_the_right_and_gives_it_back(cast: Cast) -> None:
    poll = secret(cast)
    made = box(cast, poll, "bob")
    with pytest.raises(Conflict, match="venue"):
        vote(cast.bob, poll)
    with pytest.raises(Conflict, match="has a paper"):
        issue(cast, made, "bob")
    vote(cast.dana, poll)
    with pytest.raises(Conflict, match="online already"):
        issue(cast, made, "dana")
    with pytest.raises(NotFound):
        issue(cast, made, "charlie")
    with db.transaction() as tx:
        service.hand_back(tx, cast.shu, poll, cast.bob.id)
    assert vote(cast.bob, poll).commit
    with db.reading() as tx:
        row = queries.batches(tx, poll)[0]
        assert (row.issued, row.returned) == (0, 1)
        assert polls.tallies(tx, poll) == []  # an empty box holds up nothing
        told = history(tx, cast.place, audience=Audience.DESK)
        assert [one.kind for one in told][-3:] == [
            "papers:box:opened",
            "papers:paper:issued",
            "papers:paper:returned",
        ]
    close(cast, poll)
    with pytest.raises(Conflict):
        issue(cast, made, "hui")


def test_who_may_give_out_papers(cast: Cast, client: Client) -> None:
    poll = make(cast)
    made = box(cast, poll)
    with pytest.raises(Forbidden):
        issue(cast, made, "hui", by="bob")
    with db.transaction() as tx, pytest.raises(NotFound):
        service.issue(tx, cast.shu, 999, cast.hui.id)
    here = f"/polls/{poll}/papers"
    for who, status in (("shu", 200), ("bob", 403), (None, 303)):
        assert client(who).get(here).status_code == status
    assert client("shu").get("/polls/999/papers").status_code == 404
    found = client("shu").get(f"{here}?q=hui&box={made}").text
    assert "May take a paper" in found
    form = {"member": str(cast.hui.id), "box": str(made)}
    assert client("shu").post(f"{here}/issue", data=form).status_code == 303
    assert "Has a paper: Box 1" in client("shu").get(f"{here}?q=hui").text
    assert "1 paper was given out." in client(None).get(f"/polls/{poll}").text
    assert "papers/issue" not in client(None).get(f"/polls/{poll}").text


def test_a_box_of_another_vote_takes_no_papers_of_this_one(cast: Cast, client: Client) -> None:
    poll, other = make(cast), make(cast, question="Shall the yard be lit?")
    mine, theirs = box(cast, poll), box(cast, other)
    shu, form = client("shu"), {"member": str(cast.hui.id), "box": str(theirs)}
    assert shu.post(f"/polls/{poll}/papers/issue", data=form).status_code == 404
    assert client("bob").post(f"/polls/{poll}/papers/issue", data=form).status_code == 403
    with db.reading() as tx:
        assert queries.takers(tx, poll) == queries.takers(tx, other) == []
    shown = shu.get(f"/polls/{poll}/papers.json?q=hui&box={theirs}").json()
    assert shown["chosen"] == mine


def used_once(poll: int, won: list[tuple[int, str]]) -> int:
    """What everybody was told is what stands in the box and on the lists; how many have papers."""
    with db.reading() as tx:
        for voter, way in won:
            assert boxes.part(tx, poll, voter) == Channel(way)
        papers = sum(way == "paper" for _voter, way in won)
        assert sum(one.issued for one in queries.batches(tx, poll)) == papers
        assert boxes.turnout(tx, poll) == len(won) - papers
        assert len(queries.takers(tx, poll)) == papers
    return papers


def test_one_right_one_channel(anywhere: Cast) -> None:
    """A hundred threads vote online, by proxy and on paper, for the same people."""
    with db.transaction() as tx:
        crowd = [
            Actor(members.register(tx, login=f"voter{n}", name=f"Voter {n}", password=None), "")
            for n in range(25)
        ]
    poll = secret(anywhere, roll=[RollEntry(one.id, holder_id=anywhere.alice.id) for one in crowd])
    made = box(anywhere, poll)
    proxy = credential(anywhere.alice)
    tokens = {voter.id: credential(voter) for voter in crowd}
    won: list[tuple[int, str]] = []
    start = threading.Barrier(4 * len(crowd))

    def online(voter: int, n: int) -> None:
        item = Vote(tokens[voter], poll, "yes", "", f"{voter * 10 + n:032x}")
        write_now(cast_batch, item)
        won.append((voter, "online"))

    def through(voter: int, n: int) -> None:
        write_now(cast_batch, Vote(proxy, poll, "no", "", f"{voter * 10 + n:032x}", voter))
        won.append((voter, "online"))

    def paper(voter: int, _n: int) -> None:
        with db.transaction() as tx:
            service.issue(tx, anywhere.shu, made, voter)
        won.append((voter, "paper"))

    faults: list[BaseException] = []

    def run(way: Callable[[int, int], None], voter: int, n: int) -> None:
        start.wait()
        try:
            way(voter, n)
        except Refusal:
            return
        except BaseException as fault:  # noqa: BLE001 - told by the test's own thread
            faults.append(fault)

    threads = [
        threading.Thread(target=partial(run, way, voter.id, n))
        for voter in crowd
        for way, n in ((online, 1), (paper, 1), (through, 2), (paper, 2))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert sorted(voter for voter, _way in won) == sorted(voter.id for voter in crowd)
    papers = used_once(poll, won)
    close(anywhere, poll)
    if papers:
        counted(anywhere, made, [YES] * papers)
    assert figures(anywhere, poll)["cast"] == len(crowd)


def test_nobody_stands_on_a_paper(cast: Cast) -> None:
    """Who took one is known; nothing numbers it."""
    poll = secret(cast)
    box(cast, poll, *VOTERS[:5])
    with db.reading() as tx:
        rows = tx.connection().exec_driver_sql("select * from paper_issue").mappings().all()
        assert {tuple(row) for row in rows} == {("poll_id", "member_id", "batch_id", "venue")}
