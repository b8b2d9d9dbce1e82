"""Lists of people: looked at first, taken in at one press, taken out again."""

import io

import pytest
from cast import Cast
from conftest import Client
from sqlalchemy import func, select
from starlette.testclient import TestClient

from forum.base import clock, ticker
from forum.base.db import Db, reading, transaction
from forum.base.errors import Invalid
from forum.base.events import Audience, Stored, head, history
from forum.members import grounds, intake, options, queries, roster, service, sheets
from forum.members.models import Member, PeopleSheet, Role, Verdict

HEAD = "name,login,role,place,category,note\n"


def neighbours(count: int, bad: int) -> str:
    """A list with so many people, and after them so many lines that cannot be taken in."""
    good = [f"Neighbour {n},neighbour-{n},,,owner,Block {n % 9}" for n in range(count)]
    faults = [",,,,,", "Ann,x,,,,", "Bo,,king,,,", "Cy,,,Nowhere,,", f"{'Long' * 20},,,,,"]
    wrong = [f"{faults[n % 5]}".replace(",,,,,", f",lost-{n},,,,") for n in range(bad)]
    return HEAD + "\n".join([*good, *wrong]) + "\n"


def read(browser: TestClient, place: str, data: bytes) -> str:
    """The address of the page that shows what a list would come to."""
    sent = browser.post(
        "/people/import", data={"place": place}, files={"sheet": ("people.csv", io.BytesIO(data))}
    )
    assert sent.status_code == 303, sent.text
    return sent.headers["location"]


def newest(db: Db, stream: str) -> Stored:
    """The last event of a stream."""
    return history(db, stream, after=head(db, stream) - 1, audience=Audience.MODERATOR)[0]


def accounts() -> int:
    with reading() as db:
        return int(db.execute(select(func.count()).select_from(Member)).scalar_one())


def test_five_hundred_with_ten_bad_lines(client: Client, cast: Cast) -> None:
    admin, place = client("admin"), f"station:{cast.station}"
    text, before = neighbours(500, 10), accounts()
    page = read(admin, place, text.encode())
    shown = admin.get(page).text
    assert "10 lines cannot be taken in" in shown
    for words in ("A name has one to forty", "There is no role called “king”", "called “Nowhere”"):
        assert words in shown
    assert accounts() == before
    data = admin.get(f"{page}.json?show=new&page=5").json()
    assert data["counted"] == {"bad": 10, "new": 500, "role": 0, "noted": 0, "known": 0}
    assert [line["number"] for line in data["lines"]][:2] == [402, 403]
    assert admin.post(page).status_code == 303
    assert accounts() == before + 500
    with reading() as db:
        people, total = roster.people(db, place, text="Neighbour 7")
        last = newest(db, place)
        kept = db.get_one(PeopleSheet, int(page.rpartition("/")[2]))
        assert (total, people[0].category, people[0].note) == (11, "owner", "Block 7")
        assert last.kind == "members:people:taken"
        assert last.payload == {"place": place, "new": 500, "roles": 0, "left_out": 10}
        assert kept.body == ""
    assert admin.post(page).status_code == 409
    again = admin.post(read(admin, place, text.encode()))
    assert accounts() == before + 500
    assert "Nothing has changed" in admin.get(again.headers["location"]).text


@pytest.mark.parametrize(
    "data",
    [
        "\ufeff姓名;身份;备注\r\n张伟;居民;一号楼\r\n".encode(),
        "姓名,身份,备注\n张伟,居民,一号楼\n".encode("gb18030"),
        "sep=;\nname;role;note\n张伟;Resident;一号楼\n".encode(),
        "name\trole\tnote\n张伟\tresident\t一号楼\n".encode("utf-16"),
    ],
)
def test_what_spreadsheets_write_is_read(data: bytes) -> None:
    (line,) = sheets.lines(sheets.decoded(data))
    assert (line.name, line.note, sheets.role(line.role)) == ("张伟", "一号楼", Role.RESIDENT)


@pytest.mark.parametrize("text", ["", "name\n", "login,role\nbob,resident\n", "name,name\na,b\n"])
def test_what_is_no_list_is_said(text: str) -> None:
    with pytest.raises(Invalid):
        sheets.lines(text)


def test_a_line_is_named_by_where_it_stands_in_the_file() -> None:
    found = sheets.lines('name,note\n\n"Ann","two\nlines"\nBo,\n')
    assert [(line.number, line.name) for line in found] == [(3, "Ann"), (5, "Bo")]


def judged(tx: Db, cast: Cast, text: str, who: str = "admin") -> list[tuple[Verdict, str]]:
    place = f"station:{cast.station}"
    found = intake.judge(tx, cast[who], place, sheets.lines(HEAD + text))
    return [(each.verdict, each.reason) for each in found]


def test_who_is_known_and_what_they_get(tx: Db, cast: Cast) -> None:
    place = f"station:{cast.station}"
    service.grant(tx, None, cast.bob.id, Role.RESIDENT, place)
    rows = "Bob,,,,,\nBob,bob,secretary,,,\nThe clerk,,operator,,tenant,\nCharlie,charlie,,,,\n"
    found = judged(tx, cast, rows)
    assert [verdict for verdict, _ in found] == ["known", "role", "noted", "bad"]
    assert "somebody with another name" in found[3][1]


def test_two_people_of_one_name_need_login_names(tx: Db, cast: Cast) -> None:
    found = judged(tx, cast, "Ann,,,,,\nAnn,,,,,\nBo,bo-1,,,,\nBo,bo-2,,,,\nBo,bo-2,secretary,,,\n")
    assert [verdict for verdict, _ in found] == ["new", "bad", "new", "new", "role"]
    assert "Stands in line 2" in found[1][1]


def test_nobody_gives_by_a_list_what_they_may_not_give(tx: Db, cast: Cast) -> None:
    found = judged(tx, cast, "Ann,,moderator,,,\nBo,,secretary,,,\nCy,,,platform,,\n", "alice")
    assert [verdict for verdict, _ in found] == ["bad", "new", "bad"]
    assert [v for v, _ in judged(tx, cast, "Ann,,secretary,,,\nBo,,,,,\n", "clerk")] == [
        "bad",
        "new",
    ]


def test_who_is_new_has_an_account_and_the_role(tx: Db, cast: Cast) -> None:
    place = f"station:{cast.station}"
    _counted, new = service.take_in(tx, cast.admin, place, sheets.lines("name\nAnn\n"))
    actor = queries.actor_of(tx, new[0])
    assert actor.name == "Ann"
    assert queries.roles(tx, actor, [place]) == frozenset({Role.RESIDENT})


def test_who_leads_nothing_reads_no_list(client: Client, cast: Cast) -> None:
    place = f"station:{cast.station}"
    page = read(client("admin"), place, b"name\nAnn\n")
    for who, there in ((None, 401), ("bob", 403), ("charlie", 403)):
        browser = client(who)
        assert browser.get(f"/people/import?place={place}").status_code in (303, there)
        assert browser.post("/people/export", data={"place": place}).status_code == there
        assert browser.post(page).status_code in (401, 404)
        assert browser.get(page).status_code in (303, 404)
    assert client("alice").get(page).status_code == 404
    assert client("alice").get("/people/import").status_code == 404


def test_a_list_is_thrown_away_or_gone_after_a_day(client: Client, cast: Cast) -> None:
    admin, place = client("admin"), f"station:{cast.station}"
    page = read(admin, place, b"name\nAnn\n")
    assert admin.post(f"{page}/drop").status_code == 303
    assert admin.get(page).status_code == 404
    with transaction() as tx:
        sheet = service.keep_sheet(tx, cast.admin, place, "name\nAnn\n")
    with clock.travel(days=1, seconds=1):
        ticker.run_due()
    assert admin.get(f"/people/lists/{sheet}").status_code == 404


def test_an_exported_list_runs_nothing_and_comes_back_as_it_went(
    client: Client, cast: Cast
) -> None:
    admin, place = client("admin"), f"station:{cast.station}"
    with transaction() as tx:
        rows = HEAD + "\"=cmd|'/c calc'!A1\",equals,,,+owner,@note\nAnn,ann-1,secretary,,,\n"
        service.take_in(tx, cast.admin, place, sheets.lines(rows))
    sent = admin.post("/people/export", data={"place": place})
    text = sent.content.decode("utf-8-sig")
    assert "\"'=cmd" in text or "'=cmd" in text
    assert "'+owner,'@note" in text
    with transaction() as tx:
        counted, new = service.take_in(tx, cast.admin, place, sheets.lines(text))
        last = newest(tx, place)
    assert (counted["new"], counted["role"], counted["noted"], new) == (0, 0, 0, [])
    assert counted["bad"] == 0
    assert last.kind == "members:people:exported"
    assert last.actor_id == cast.admin.id


def test_the_platforms_list_goes_to_the_platforms_stream(tx: Db, cast: Cast) -> None:
    service.take_in(tx, cast.admin, "platform", sheets.lines("name\nAnn\n"))
    assert history(tx, options.STREAM, audience=Audience.MODERATOR)
    assert grounds.around(tx, "platform") == ("platform",)
