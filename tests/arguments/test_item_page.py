"""The page of an item: few queries however long it is, pages, orders, what guests are given."""

from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex

import pytest
from attaching import PDF
from cast import Cast
from conftest import Client
from sqlalchemy import event

from forum.arguments import rules, service
from forum.arguments.models import Opinion, Stance
from forum.attachments import service as attachments
from forum.attachments.along import Along
from forum.base import clock, fragments
from forum.base.db import storage, transaction
from forum.base.filetypes import recognise
from forum.members import service as members

STANCES = list(Stance)


def fill(cast: Cast, count: int) -> list[int]:
    """So many arguments, every third one an answer to the one before."""
    made: list[int] = []
    with transaction() as tx:
        for n in range(count):
            parent = made[-1] if n % 3 == 2 else None
            who = cast[["bob", "alice", "shu", "rong"][n % 4]]
            stance = STANCES[n % 4]
            body = f"Reason {token_hex(8)}"
            made.append(service.post(tx, who, cast.item, body=body, stance=stance, parent=parent))
    return made


@contextmanager
def queries() -> Iterator[list[str]]:
    """The statements that are sent to the database within the block."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    engine = storage().read_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def count_of(client: Client, who: str | None, path: str) -> int:
    browser = client(who)
    with queries() as seen:
        assert browser.get(path).status_code == 200
    return len(seen)


@pytest.mark.parametrize("tab", rules.Order)
def test_a_long_page_asks_no_more_often_than_a_short_one(
    client: Client, cast: Cast, tab: rules.Order
) -> None:
    path = f"/items/{cast.item}?tab={tab}"
    fill(cast, 10)
    short = count_of(client, "bob", path)
    fragments.clear()
    fill(cast, 190)
    long = count_of(client, "bob", path)
    kept = count_of(client, "bob", path)
    assert long == short
    assert kept < long <= 30
    assert client("bob").get(path).text.count("<article") == 200


def test_files_cost_no_query_each(client: Client, cast: Cast) -> None:
    path = f"/items/{cast.item}?tab=thread"
    made = fill(cast, 60)
    fragments.clear()
    bare = count_of(client, "bob", path)
    content = recognise(PDF, "a.pdf")
    with transaction() as tx:
        for n, argument in enumerate(made[:20]):
            author = cast[["bob", "alice", "shu", "rong"][n % 4]]
            attachments.add(tx, author, f"argument:{argument}", Along("a.pdf", "", content))
    fragments.clear()
    assert count_of(client, "bob", path) == bare
    assert client("bob").get(path).text.count("download>a.pdf") == 20


def test_pages_hold_everything_once(client: Client, cast: Cast) -> None:
    made = fill(cast, 450)
    for tab in rules.Order:
        path: str | None = f"/items/{cast.item}?tab={tab}"
        seen: list[int] = []
        while path:
            data = client(None).get(path.replace("?", ".json?", 1)).json()
            seen += [each["id"] for each in data["arguments"]]
            path = data["next"]
        assert sorted(seen) == made
        assert len(seen) == len(set(seen))


def test_one_side_alone(client: Client, cast: Cast) -> None:
    fill(cast, 40)
    data = client(None).get(f"/items/{cast.item}.json?tab=thread&side=con").json()
    assert data["arguments"]
    assert {each["side"] for each in data["arguments"]} == {"con"}


def test_nonsense_in_the_address_is_the_beginning(client: Client, cast: Cast) -> None:
    fill(cast, 5)
    for query in ("after=x", "tab=zzz", "side=zzz", "tab=newest&after=..", "tab=agreed&after=a.b"):
        page = client(None).get(f"/items/{cast.item}?{query}")
        assert page.status_code == 200
    assert client(None).get(f"/items/{cast.item}?under=999").status_code == 404


def test_a_permanent_address_finds_its_page(client: Client, cast: Cast) -> None:
    made = fill(cast, 450)
    for argument in (made[0], made[199], made[449]):
        place = client(None).get(f"/arguments/{argument}").headers["location"]
        path, _hash, anchor = place.partition("#")
        assert f'id="{anchor}"' in client(None).get(path).text


def test_a_guests_page_is_kept_until_something_happens(client: Client, cast: Cast) -> None:
    fill(cast, 10)
    path = f"/items/{cast.item}"
    browser = client(None)
    with clock.at(clock.now()):
        first = browser.get(path)
        with queries() as seen:
            second = browser.get(path)
        assert second.text == first.text
        assert len(seen) <= 3
        etag = {"if-none-match": first.headers["etag"]}
        assert browser.get(path, headers=etag).status_code == 304
        made = fill(cast, 11)[-1]
        third = browser.get(path, headers=etag)
        assert third.status_code == 200
        assert f"argument-{made}" in third.text


def test_a_guests_page_is_soon_made_anew(client: Client, cast: Cast) -> None:
    fill(cast, 1)
    path = f"/items/{cast.item}"
    first = client(None).get(path)
    with transaction() as tx:
        members.rename(tx, cast.bob, "Robert")
    with clock.travel(seconds=11):
        assert "Robert" in client(None).get(path).text
    assert "Robert" not in first.text


def test_one_reader_never_sees_anothers_buttons(client: Client, cast: Cast) -> None:
    argument = fill(cast, 1)[0]
    with transaction() as tx:
        service.react(tx, cast.shu, argument, Opinion.AGREE)
    path = f"/items/{cast.item}"
    pressed = 'value="none" aria-pressed="true"'
    assert pressed in client("shu").get(path).text
    assert pressed not in client("alice").get(path).text
    assert f"/arguments/{argument}/hide" in client("alice").get(path).text
    assert f"/arguments/{argument}/hide" not in client("shu").get(path).text
    assert f"/arguments/{argument}/edit" in client("bob").get(path).text
    assert f"/arguments/{argument}/edit" not in client("shu").get(path).text
    assert f"/arguments/{argument}/reaction" not in client(None).get(path).text
    assert f"/arguments/{argument}/reply" not in client("dana").get(path).text


def test_both_languages(client: Client, cast: Cast) -> None:
    fill(cast, 2)
    browser = client(None)
    english = browser.get(f"/items/{cast.item}").text
    chinese = browser.get(f"/items/{cast.item}", headers={"accept-language": "zh-CN"}).text
    assert "Agree" in english
    assert "Agree" not in chinese
