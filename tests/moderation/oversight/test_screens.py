"""Screens: each file keeps to the contract; what they see, and what becomes of it."""

from datetime import timedelta
from pathlib import Path

import pytest
from cast import Cast
from conftest import Client
from flagging import screens as chosen
from hypothesis import given
from hypothesis import strategies as st

from forum.arguments import service as arguments
from forum.arguments.models import Stance
from forum.base import clock
from forum.base.db import Db, reading, transaction
from forum.base.screening import Post
from forum.members import service as accounts
from moderation.oversight import rules, screens, service, words
from moderation.oversight.models import Act
from moderation.oversight.queries import queue, settings
from moderation.oversight.screens.screen import screens as known
from moderation.oversight.screens.word_list import matches

FILES = {path.stem for path in Path(screens.__path__[0]).glob("*.py")} - {"__init__", "screen"}


def test_each_file_is_a_screen() -> None:
    assert set(known()) == FILES
    assert all(name == one.name for name, one in known().items())


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_screen_keeps_to_the_contract(tx: Db, cast: Cast, name: str) -> None:
    """It sees nothing in the first quiet text of a resident who has long been here."""
    screen = known()[name]
    assert len(name) <= 20
    assert not (screen.holds and screen.on)  # nothing is held back unless a place wants it
    assert not (screen.holds and screen.on_item)
    for setting in screen.settings:
        assert setting.lines or setting.least <= setting.default <= setting.most
    places = (cast.place, f"station:{cast.station}", "platform")
    post = Post(cast.bob, places, cast.item, "A glass lift, please.")
    with clock.travel(days=40):
        assert screen.look(tx, post, screen.complete({})) is None
    strict = {each.name: ["glass"] if each.lines else each.least for each in screen.settings}
    again = {"days": 365, "posts": 1} if name == "first_posts" else {}
    for n in range(2):
        who = cast[["bob", "rong"][n]]
        arguments.post(tx, who, cast.item, body=post.body, stance=(Stance.PRO, Stance.CON)[n])
    if name == "first_posts":
        post = post._replace(author=cast.hui)
    seen = screen.look(tx, post, screen.complete({**strict, **again}))
    assert seen is not None
    assert words.evidence(name, seen)
    assert "glass lift" not in str(seen)


def test_what_is_not_set_is_as_in_the_place_around(tx: Db, cast: Cast) -> None:
    around = (cast.place, f"station:{cast.station}", "platform")
    assert not settings.effective(tx, around)["pace"]["on"]
    service.set_screens(tx, cast.alice, around[1], {"pace": {"on": True, "posts": 3}})
    assert settings.effective(tx, around)["pace"]["posts"] == 3
    chosen(cast, tx=tx, pace={"on": False})
    assert not settings.effective(tx, around)["pace"]["on"]
    assert settings.effective(tx, around[1:])["pace"]["on"]


@pytest.mark.parametrize(
    "text",
    ["casino", "C A S I N O", "ｃａｓｉｎｏ", "ca\u200bsi\u00adno", "Ca\nsi\tno", "the casino!"],
)
def test_a_word_is_found_however_it_is_written(text: str) -> None:
    assert matches(text, ["Casino"]) == ["Casino"]


def test_chinese_words_and_empty_lines() -> None:
    assert matches("加 微 信 买", ["加微信", " "]) == ["加微信"]
    assert matches("加薇信", ["加微信"]) == []


@given(st.text(alphabet="aBcＡｂ字词 \u3000\u200b\u00ad\n.,！é", max_size=40))
def test_squeezing_twice_changes_nothing(text: str) -> None:
    once = rules.squeezed(text)
    assert rules.squeezed(once) == once
    assert rules.bare(rules.bare(text)) == rules.bare(text)


@given(st.text(alphabet="abc字词 ", min_size=1, max_size=20), st.text(max_size=10))
def test_a_listed_word_is_found_in_any_text_around_it(word: str, around: str) -> None:
    plain = rules.squeezed(word)
    assert bool(matches(f"x{word}x", [word])) == bool(plain)
    assert matches(around, []) == []


def test_a_pace_holds_the_next_one(cast: Cast) -> None:
    chosen(cast, pace={"on": True, "posts": 2, "minutes": 5})
    held = []
    with transaction() as tx:
        for number in range(3):
            made = arguments.submit(
                tx, cast.bob, cast.item, body=f"Reason {number}", stance=Stance.PRO
            )
            held.append(made.held)
    assert held == [False, False, True]
    with clock.travel(minutes=6), transaction() as tx:
        made = arguments.submit(tx, cast.bob, cast.item, body="Calm", stance=Stance.PRO)
        assert not made.held


def test_each_text_that_pace_holds_is_in_the_queue_and_can_be_let_out(cast: Cast) -> None:
    chosen(cast, pace={"on": True, "posts": 2, "minutes": 5})
    with transaction() as tx:
        made = [
            arguments.submit(tx, cast.bob, cast.item, body=f"Reason {n}", stance=Stance.PRO)
            for n in range(5)
        ]
    waits = {f"held:{each.id}" for each in made if each.held}
    assert len(waits) == 3
    with reading() as db:
        assert {row.about for row in queue.rows(db, cast.alice)} == waits
    with transaction() as tx:
        for about in waits:
            service.act(tx, cast.alice, about, service.Deed(Act.RELEASE))
        assert queue.waiting(tx, cast.alice) == 0


def test_the_first_text_of_a_new_account_waits(cast: Cast) -> None:
    chosen(cast, first_posts={"on": True, "posts": 1, "days": 7})
    with transaction() as tx:
        first = arguments.submit(tx, cast.bob, cast.item, body="Hello", stance=Stance.PRO)
        assert first.held
        arguments.release(tx, cast.alice, first.id)
        second = arguments.submit(tx, cast.bob, cast.item, body="Hello again", stance=Stance.PRO)
        assert not second.held


def test_copies_are_one_row_with_all_of_them(cast: Cast) -> None:
    with transaction() as tx:
        made = [
            arguments.submit(
                tx, cast[who], cast.item, body=body, stance=Stance.PRO
            ).id
            for who, body in (
                ("bob", "We all want the glass lift!"), ("rong", "We all want the glass lift"),
                ("hui", "we  all want the GLASS lift."), ("shu", "We all want the glass lift…"),
            )
        ]  # fmt: skip
    with reading() as db:
        (row,) = queue.rows(db, cast.alice)
    assert row.about == f"argument:{made[2]}"
    (mark,) = row.marks
    assert (mark.kind, {step.ref for step in mark.others}) == (
        "same_text", {f"argument:{made[n]}" for n in (0, 1, 3)},
    )  # fmt: skip
    assert "4 people" in mark.words


def test_short_assent_is_no_copy(cast: Cast) -> None:
    with transaction() as tx:
        for who in ("bob", "rong", "hui", "shu"):
            arguments.submit(tx, cast[who], cast.item, body="Agreed.", stance=Stance.PRO)
    with reading() as db:
        assert queue.rows(db, cast.alice) == []


def test_many_texts_of_one_account_are_flagged_together(cast: Cast) -> None:
    chosen(cast, burst={"on": True, "posts": 2, "minutes": 5})
    with transaction() as tx:
        for number in range(5):
            body = f"Reason {number}"
            assert not arguments.submit(tx, cast.bob, cast.item, body=body, stance=Stance.PRO).held
    with reading() as db:
        (row,) = queue.rows(db, cast.alice, queue.Wanted(kind="burst"))
    assert "number 5" in row.marks[0].words


def test_many_new_accounts_flag_the_topic(cast: Cast) -> None:
    chosen(cast, crowd={"on": True, "people": 3, "hours": 1, "days": 1})
    with transaction() as tx:
        with clock.at(clock.now() - timedelta(days=9)):
            old = accounts.register(tx, login="old", name="Old", password=None)
        assert old
        for who in ("bob", "rong", "hui", "shu"):
            arguments.submit(tx, cast[who], cast.item, body=f"I am {who}", stance=Stance.PRO)
    with reading() as db:
        (row,) = queue.rows(db, cast.admin)
    assert row.about == f"item:{cast.item}"
    assert "4 new accounts" in row.marks[0].words


def test_a_place_sets_them_in_a_form(client: Client, cast: Cast) -> None:
    alice = client("alice")
    page = alice.get(f"/moderation/settings?place={cast.place}").text
    for screen in known().values():
        assert screen.title in page
    form = {
        "place": cast.place, "word_list-on": "1", "word_list-words": "casino\n casino \n\nbet",
        "pace-on": "1", "pace-posts": "7", "pace-minutes": "3",
    }  # fmt: skip
    assert alice.post("/moderation/settings", data=form).status_code == 303
    with reading() as db:
        set_ = settings.effective(db, [cast.place])
    assert set_["word_list"] == {"on": True, "words": ["casino", "bet"]}
    assert set_["pace"] == {"on": True, "posts": 7, "minutes": 3}
    assert not set_["burst"]["on"]
    wrong = alice.post("/moderation/settings", data={**form, "pace-posts": "0"})
    assert wrong.status_code == 422
    texts = {"place": cast.place, "attack-en": "Be kind.", "attack-zh_Hans_CN": "请友善。"}
    assert alice.post("/moderation/reasons", data=texts).status_code == 303
    with reading() as db:
        said = {lang: settings.reasons(db, [cast.place], lang) for lang in ("en", "zh_Hans_CN")}
        assert [r["attack"] for r in said.values()] == ["Be kind.", "请友善。"]  # type: ignore[index]
    texts["attack-en"] = ""
    alice.post("/moderation/reasons", data=texts)
    with reading() as db:
        assert settings.reasons(db, [cast.place], "en")["attack"].startswith("We argue")  # type: ignore[index]
