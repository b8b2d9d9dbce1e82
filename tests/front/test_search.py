"""Finding by name: every kind, what the reader may see, and nothing else."""

import pytest
from cast import Cast
from conftest import Client
from hypothesis import given
from hypothesis import strategies as st

from forum.agenda import service as agenda
from forum.agenda.models import ItemState
from forum.base.db import reading, transaction
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility
from forum.front import search


def hits(client: Client, name: str | None, text: str, **more: str) -> dict[str, list[str]]:
    """The titles found, by kind."""
    answer = client(name).get("/search.json", params={"q": text, **more})
    assert answer.status_code == 200
    found = answer.json()["found"]
    return {part["kind"]: [step["title"] for step in part["steps"]] for part in found}


def titled(cast: Cast, *titles: str) -> None:
    """Topics of the cast's consultation."""
    with transaction() as tx:
        for title in titles:
            made = agenda.create(tx, cast.alice, cast.consultation, agenda.Draft(title, ""))
            agenda.change_state(tx, cast.alice, made, ItemState.OPEN)


def hidden(cast: Cast, title: str) -> None:
    """A consultation for those who were asked alone."""
    with transaction() as tx:
        draft = consultations.Draft(
            title=title,
            summary="",
            purpose="",
            visibility=Visibility.INVITED,
            eligibility=Eligibility.LISTED,
            zone="Asia/Shanghai",
        )
        consultations.create(tx, cast.alice, draft, station=cast.station, stage=Stage.DELIBERATING)


def test_all_words_in_any_order_and_width(client: Client, cast: Cast) -> None:
    titled(cast, "Roses in the yard", "The yard's gate", "中庭的玫瑰由谁浇水")
    assert hits(client, None, "yard roses") == {"item": ["Roses in the yard"]}
    assert hits(client, None, "ＹＡＲＤ")["item"] == ["The yard's gate", "Roses in the yard"]
    assert hits(client, None, "玫瑰 中庭") == {"item": ["中庭的玫瑰由谁浇水"]}
    assert hits(client, None, "roses gate") == {}
    assert "Nothing is called so" in client(None).get("/search?q=roses+gate").text


def test_names_that_begin_so_come_first(client: Client, cast: Cast) -> None:
    titled(cast, "Gate or fence", "The gate")
    assert hits(client, None, "gate")["item"] == ["Gate or fence", "The gate"]


def test_what_one_may_not_see_is_not_found(client: Client, cast: Cast) -> None:
    hidden(cast, "Quiet talk about the cellar")
    for name in (None, "charlie", "bob"):
        assert hits(client, name, "cellar") == {}
    assert hits(client, "alice", "cellar") == {"consultation": ["Quiet talk about the cellar"]}


def test_signs_of_patterns_are_letters(client: Client, cast: Cast) -> None:
    titled(cast, "100% of owners", "a_b")
    assert hits(client, None, "%") == {"item": ["100% of owners"]}
    assert hits(client, None, "_") == {"item": ["a_b"]}
    assert hits(client, None, "' OR 1=1 --") == {}


def test_a_few_of_each_and_one_kind_page_by_page(client: Client, cast: Cast) -> None:
    titled(cast, *(f"Bench {number:02}" for number in range(search.PAGE + 2)))
    assert len(hits(client, None, "bench")["item"]) == search.FEW
    shown = client(None).get("/search?q=bench").text
    assert f"All {search.PAGE + 2}" in shown
    first = hits(client, None, "bench", kind="item")["item"]
    second = hits(client, None, "bench", kind="item", page="2")["item"]
    assert len(first) == search.PAGE
    assert len(second) == 2
    assert not set(first) & set(second)


def test_representatives_are_found_and_residents_are_not(client: Client, cast: Cast) -> None:
    assert hits(client, None, cast.rong.name)["member"] == [cast.rong.name]
    assert "member" not in hits(client, "alice", cast.bob.name)


@pytest.mark.parametrize("path", ["?kind=nothing&q=a", "?q=a&page=0", "?q=" + "a" * 200])
def test_a_wrong_question_is_told(client: Client, cast: Cast, path: str) -> None:
    assert client(None).get("/search" + path).status_code == 422


@given(st.text())
def test_words_are_few_and_whole(text: str) -> None:
    words = search.words_of(text)
    assert len(words) <= search.WORDS
    assert all(word and not word.isspace() for word in words)


def test_every_kind_has_a_resolver(cast: Cast) -> None:
    with reading() as db:
        for kind in search.KINDS:
            assert search.of_kind(db, cast.alice, kind, "no such name").total == 0
