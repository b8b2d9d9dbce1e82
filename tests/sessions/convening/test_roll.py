"""The roll with weight, household and organisation: looked at first, exact, and safe as a file."""

from fractions import Fraction

import preparing
import pytest
import sitting as hall
from cast import Cast
from conftest import Client

from forum.base.db import Db, reading, transaction
from forum.base.errors import Forbidden, Invalid, NotFound
from sessions.convening import service
from sessions.convening.queries import roll
from sessions.meetings import presence
from sessions.meetings import service as meetings

LIST = """number,name,login,weight,household,organisation
1,Bob,,86.57,7-1,=Firm
2,,dana,3/4,7-1,
3,Nobody at all,,1,,
4,"Rong the representative",,minus,,
5,Charlie from elsewhere,charlie,1/3,7-2,
6,Bob,bob,1,,
"""


def test_a_list_is_looked_at_before_anything_is_done(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        meeting = hall.convened(tx, cast).meeting
    here, alice = f"/meetings/{meeting}", client("alice")
    read = alice.post(f"{here}/roll/lists", data={"pasted": LIST})
    sheet = read.headers["location"]
    page = alice.get(sheet).text
    assert "Nobody here has this name" in page
    assert "A weight is a number above 0" in page
    assert "Stands in line 2 already." in page
    with reading() as db:
        assert roll.detailed(db, meeting) == {}
    assert client("shu").get(sheet).status_code == 404
    assert client("shu").post(sheet).status_code == 404
    assert alice.post(sheet).status_code == 303
    assert alice.post(sheet).status_code == 409
    with reading() as db:
        known = roll.detailed(db, meeting)
        assert presence.entitled(db, meeting, [cast.charlie.id]) == {cast.charlie.id: True}
        figures = roll.figures(db, meeting)
    assert known[cast.bob.id][3:] == ("1", "86.57", "7-1", "=Firm")
    assert figures.weight is not None
    assert figures.weight.entitled == Fraction("86.57") + Fraction(3, 4) + Fraction(1, 3) + 5
    assert figures.households is not None
    assert figures.households.entitled == 2
    taken = alice.post(f"{here}/roll/export")
    text = taken.content.decode("utf-8-sig")
    assert text.startswith("number,name,login,weight,household,organisation\r\n")
    assert "'=Firm" in text
    # What was taken out can be taken in again and says nothing new.
    again = alice.post(f"{here}/roll/lists", data={"pasted": text}).headers["location"]
    assert "Nothing would change" in alice.get(again).text


def test_totals_follow_who_is_there(cast: Cast, tx: Db) -> None:
    found = preparing.answered(tx, cast)
    meeting = found.meeting
    service.describe(tx, cast.alice, meeting, cast.dana.id, service.Facts("8", "1/3", "7-1", ""))
    meetings.check_in(tx, cast.clerk, meeting, found.main, [cast.bob.id, cast.rong.id])
    now = roll.figures(tx, meeting)
    assert now.weight is not None
    assert now.weight.present == Fraction("87.57")
    assert now.weight.represented == Fraction(1, 3)
    # Dana is represented, but somebody of her household has come.
    assert now.households is not None
    assert now.households.texts == ("1", "1", "0")


def test_who_describes_the_roll(cast: Cast, tx: Db) -> None:
    meeting = hall.convened(tx, cast).meeting
    with pytest.raises(Forbidden):
        service.describe(tx, cast.bob, meeting, cast.bob.id, service.Facts(weight="9"))
    with pytest.raises(NotFound):
        service.describe(tx, cast.alice, meeting, cast.charlie.id, service.Facts())
    with pytest.raises(Invalid):
        service.describe(tx, cast.alice, meeting, cast.bob.id, service.Facts(weight="1e3"))


def test_the_pages_are_for_those_who_prepare(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        found = preparing.answered(tx, cast)
    here = f"/meetings/{found.meeting}/roll"
    for who, status in ((None, 303), ("bob", 403), ("hui", 403), ("shu", 200)):
        assert client(who).get(here).status_code == status
    page = client("alice").get(f"{here}?q=charlie").text
    assert "Put on the roll" in page
    assert "86.57" in client("alice").get(f"{here}?q=7-1").text
    assert client("bob").post(f"{here}/export").status_code == 403
    facts = {"weight": "0", "household": "7-1"}
    assert client("alice").post(f"{here}/people/{cast.bob.id}", data=facts).status_code == 422
    sheet = client("clerk").get(f"/meetings/{found.meeting}/attendance/print").text
    assert "86.57" in sheet
    assert "7-1, Block 7" in sheet
