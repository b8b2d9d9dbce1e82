"""The living style page: every building block, in a demo only."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from forum.base import pages, samples
from forum.base.settings import DEMO_MARKER, settings

UI = Path(__file__).resolve().parents[2] / "templates" / "ui"
BLOCKS = re.compile(r"^\{% set (\w+) = _\w+\.\w+ %\}|^\{% macro ([a-z]\w*)\(", re.MULTILINE)


@pytest.fixture
def demo(app: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The data folder counts as one that the demo made."""
    monkeypatch.setitem(vars(settings()), "demo", True)


def test_a_real_installation_has_no_style_page(client: Callable[..., Any]) -> None:
    assert not (settings().data / DEMO_MARKER).exists()
    assert client(None).get("/style").status_code == 404


@pytest.mark.parametrize(("lang", "words"), [("en", samples.EN), ("zh_Hans_CN", samples.ZH)])
@pytest.mark.usefixtures("demo")
def test_it_shows_states_in_the_readers_language(
    client: Callable[..., Any], lang: str, words: dict[str, str]
) -> None:
    guest = client(None)
    guest.cookies.set("lang", lang)
    answer = guest.get("/style")
    assert answer.status_code == 200
    for sign in ("field-wrong", " disabled", "aria-busy", "skeleton", "toast-undo", "<progress"):
        assert sign in answer.text
    assert words["long"] in answer.text
    assert words["wrong"] in answer.text  # the form that was refused, beside one that was not
    assert answer.text.count('class="banner banner-bad"') == 2


def test_every_block_has_its_specimen() -> None:
    """What is added to ui.html or form.html is to be seen in all its states."""
    shown = (pages.ROOT / "templates/base/style.html").read_text(encoding="utf-8")
    for name, prefix in (("ui.html", "ui"), ("form.html", "f")):
        source = (UI / name).read_text(encoding="utf-8")
        found = {one or other for one, other in BLOCKS.findall(source)}
        missing = {block for block in found if f"{prefix}.{block}(" not in shown}
        assert missing <= {"icon", "prose", "moment", "password", "hidden", "group"}, name


def test_samples_speak_of_the_same_things() -> None:
    assert samples.ZH.keys() == samples.EN.keys()
    for key in ("headings", "stage_names", "stances"):
        assert samples.ZH[key].count(",") == samples.EN[key].count(",")


def test_every_pair_of_colours_holds() -> None:
    assert [pair for pair in samples.pairs() if min(pair.light, pair.dark) < pair.least] == []
    assert len(samples.pairs()) > 25
