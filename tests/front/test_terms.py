"""Words of procedure: explained where they stand, and all on the help page."""

import re

from cast import Cast
from conftest import Client
from house.tree import templates
from polling import make, secret

from forum.base import i18n, terms

USED = re.compile(r"ui\.terms?\(\[?([^\])]*)")
KEY = re.compile(r'"(\w+)"')


def test_the_help_page_explains_every_word(client: Client) -> None:
    page = client(None).get("/help").text
    for term in terms.all_terms():
        assert f'id="term-{term.key}"' in page
        assert term.name in page


def test_every_word_has_a_meaning_in_chinese() -> None:
    with i18n.using("zh_Hans_CN"):
        for term in terms.all_terms():
            assert re.search(r"[\u4e00-\u9fff]", term.name + term.words), term.key


def test_templates_ask_for_words_that_are_there() -> None:
    asked = {
        key
        for path in templates()
        for call in USED.findall(path.read_text(encoding="utf-8"))
        for key in KEY.findall(call)
    }
    assert {"quorum", "order", "supervision", "lead_unit"} <= asked
    assert {key for key in asked if key in terms.TERMS} >= {"minutes", "rating"}


def test_a_poll_explains_its_own_words(client: Client, cast: Cast) -> None:
    named = client("bob").get(f"/polls/{make(cast)}").text
    assert "What does “Named vote” mean?" in named
    assert "Secret ballot” mean" not in named
    hidden = client("bob").get(f"/polls/{secret(cast)}").text
    assert "What does “Secret ballot” mean?" in hidden
    assert "What does “Check code” mean?" in hidden
