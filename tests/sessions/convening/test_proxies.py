"""Somebody stands in for another: bounded, without chains, suspended by coming oneself."""

import preparing
import pytest
from cast import Cast
from conftest import Client
from preparing import comes

from forum.base.db import Db, transaction
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from sessions.convening import service
from sessions.convening.models import Answer
from sessions.convening.queries import proxies, replies, roll
from sessions.meetings import presence
from sessions.meetings import service as meetings
from sessions.meetings.rules import Act


def sends(holder: int | None) -> service.Said:
    """The answer of somebody who sends another."""
    return service.Said(Answer.PROXY, holder=holder)


def test_one_is_named_changed_and_taken_back(cast: Cast, tx: Db) -> None:
    found = preparing.called(tx, cast)
    meeting = found.meeting
    assert service.reply(tx, cast.dana, meeting, sends(cast.rong.id))
    service.reply(tx, cast.dana, meeting, sends(cast.bob.id))
    (row,) = proxies.proxies(tx, meeting)
    assert (row.principal_id, row.holder_id, row.paper) == (cast.dana.id, cast.bob.id, False)
    with pytest.raises(Conflict, match="no chains"):
        service.reply(tx, cast.bob, meeting, sends(cast.shu.id))
    with pytest.raises(Conflict, match="no chains"):
        service.reply(tx, cast.shu, meeting, sends(cast.dana.id))
    with pytest.raises(Conflict, match="on the roll"):
        service.reply(tx, cast.shu, meeting, sends(cast.charlie.id))
    with pytest.raises(Invalid):
        service.reply(tx, cast.shu, meeting, sends(None))
    service.reply(tx, cast.dana, meeting, comes(found, found.online))
    assert proxies.proxies(tx, meeting) == []


def test_nobody_stands_in_for_more_than_three(cast: Cast, tx: Db) -> None:
    meeting = preparing.called(tx, cast).meeting
    for who in (cast.dana, cast.bob, cast.shu):
        service.reply(tx, who, meeting, sends(cast.rong.id))
    with pytest.raises(Conflict, match="3 already"):
        service.reply(tx, cast.hui, meeting, sends(cast.rong.id))


def test_the_represented_count_while_their_proxy_is_there(cast: Cast, tx: Db) -> None:
    found = preparing.called(tx, cast)
    meeting = found.meeting
    service.reply(tx, cast.dana, meeting, sends(cast.rong.id))
    service.reply(tx, cast.hui, meeting, sends(cast.rong.id))

    def stands() -> tuple[int, int, bool]:
        now = presence.counts(tx, meeting).quorum(">=2/3")
        return now.present, now.represented, now.reached

    assert stands() == (0, 0, False)
    here = [cast.rong.id, cast.alice.id, cast.bob.id]
    meetings.check_in(tx, cast.clerk, meeting, found.main, here)
    assert stands() == (3, 2, True)
    heads = roll.figures(tx, meeting).heads
    assert heads.texts == ("7", "3", "2")
    meetings.check_in(tx, cast.clerk, meeting, found.main, [cast.dana.id])
    assert stands() == (4, 1, True)
    assert meetings.declare_quorum(tx, cast.alice, meeting)
    meetings.check_out(tx, cast.clerk, meeting, [cast.rong.id])
    assert stands() == (3, 0, False)


def test_where_the_type_does_not_say_so_they_do_not_count(cast: Cast, tx: Db) -> None:
    found = preparing.called(tx, cast, kind="consultation")
    service.reply(tx, cast.dana, found.meeting, sends(cast.rong.id))
    meetings.check_in(tx, cast.clerk, found.meeting, found.main, [cast.rong.id])
    assert presence.counts(tx, found.meeting).represented == 0
    assert roll.figures(tx, found.meeting).heads.represented == 1


def test_it_holds_from_the_beginning_of_the_meeting_on(cast: Cast, tx: Db) -> None:
    found = preparing.called(tx, cast)
    service.reply(tx, cast.dana, found.meeting, sends(cast.rong.id))
    (row,) = proxies.proxies(tx, found.meeting)
    meetings.step(tx, cast.alice, found.meeting, Act.START)
    with pytest.raises(Conflict):
        service.revoke_proxy(tx, cast.dana, row.id)
    with pytest.raises(Conflict):
        service.reply(tx, cast.hui, found.meeting, sends(cast.rong.id))
    service.reply(tx, cast.dana, found.meeting, comes(found))
    assert proxies.proxies(tx, found.meeting) == [row]


def test_a_paper_is_entered_by_those_who_saw_it(cast: Cast, tx: Db) -> None:
    meeting = preparing.called(tx, cast).meeting
    with pytest.raises(Conflict):
        service.enter_proxy(tx, cast.clerk, meeting, cast.dana.id, cast.bob.id, seen=False)
    with pytest.raises(Forbidden):
        service.enter_proxy(tx, cast.bob, meeting, cast.dana.id, cast.bob.id, seen=True)
    made = service.enter_proxy(tx, cast.clerk, meeting, cast.dana.id, cast.bob.id, seen=True)
    again = service.enter_proxy(tx, cast.clerk, meeting, cast.dana.id, cast.bob.id, seen=True)
    assert made == again
    assert proxies.proxy(tx, made).paper
    assert replies.counted(tx, meeting).proxy == 1
    with pytest.raises(Forbidden):
        service.revoke_proxy(tx, cast.hui, made)
    assert service.revoke_proxy(tx, cast.bob, made) == meeting
    assert replies.reply(tx, meeting, cast.dana.id) is None
    with pytest.raises(NotFound):
        service.revoke_proxy(tx, cast.bob, made)


def test_who_is_struck_off_stands_in_for_nobody(cast: Cast, tx: Db) -> None:
    meeting = preparing.called(tx, cast).meeting
    service.reply(tx, cast.dana, meeting, sends(cast.rong.id))
    meetings.entitle(tx, cast.alice, meeting, cast.rong.id, entitled=False)
    assert proxies.proxies(tx, meeting) == []
    assert replies.reply(tx, meeting, cast.dana.id) is None


def test_by_plain_forms(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        meeting = preparing.called(tx, cast).meeting
    here, dana = f"/meetings/{meeting}", client("dana")
    nobody = dana.post(f"{here}/reply", data={"reply": "proxy", "holder": "Nobody"})
    assert nobody.status_code == 422
    typed = {"reply": "proxy", "holder": "Rong the representative"}
    assert dana.post(f"{here}/reply", data=typed).status_code == 303
    page = dana.get(f"{here}/reply").text
    assert "Rong the representative stands in for Dana, muted." in page
    sheet = client("clerk").get(f"{here}/attendance/print").text
    assert "Represented by Rong the representative" in sheet
    unseen = client("shu").post(f"{here}/replies/{cast.hui.id}/proxy", data={"holder": "bob"})
    assert unseen.status_code == 422
    assert client("hui").post("/proxies/1/revoke").status_code == 403
    assert dana.post("/proxies/1/revoke").status_code == 303
