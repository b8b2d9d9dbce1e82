"""Languages as readers meet them: chosen, written in either Chinese, mirrored and lengthened."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from forum.base import i18n, pseudo, settings

MESSAGE = (
    'Sent to <a href="/people/3">%(name)s</a> &amp; %(num)s others; 100%% of https://a.example'
)
WHOLE = ['<a href="/people/3">', "%(name)s", "</a>", "&amp;", "%(num)s", "%%", "https://a.example"]


@pytest.mark.parametrize("lang", pseudo.NAMES)
def test_a_pseudo_locale_leaves_whole_what_is_filled_in(lang: str) -> None:
    said = i18n.translations(lang).gettext(MESSAGE)
    places = [said.index(piece) for piece in WHOLE]
    assert places == sorted(places)
    assert said % {"name": "Lin", "num": 3}
    assert said != MESSAGE


def test_long_words_are_longer_and_mirrored_ones_turn() -> None:
    long = i18n.translations("en_XA").ngettext("%(num)s vote", "%(num)s votes in this hall", 2)
    assert long.startswith("[%(num)s ṽöţéš")
    assert len(long) >= 1.4 * len("%(num)s votes in this hall")
    turned = i18n.translations("ar_XB").pgettext("vote", "Cast it")
    assert re.sub("[\u200f\u202c\u202e]", "", turned) == "Cast it"
    assert turned.count("\u202e") == turned.count("\u202c") == 2
    with i18n.using("ar_XB"):
        assert i18n.direction() == "rtl"
    with i18n.using("zh_Hant_TW"):
        assert i18n.direction() == "ltr"


def test_pseudo_locales_are_offered_where_they_are_set_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert i18n.choose("ar_XB", accept="en") == "en"
    monkeypatch.setattr(settings.settings(), "pseudo_locales", True)
    assert i18n.choose("ar_XB", accept="en") == "ar_XB"
    assert i18n.choose(None, accept="ar-XB,en;q=0.5") == "en"


def test_taiwan_reads_its_own_words_and_dates() -> None:
    with i18n.using("zh_Hant_TW"):
        assert i18n._("Settings") == "設定"
        assert i18n._("The chair has ruled on this already.") == "主席已作出裁定。"
        moment = datetime(2026, 3, 5, 11, 2, tzinfo=UTC)
        assert i18n.datetime_(moment, "Asia/Taipei").startswith("2026年3月5日 19:02（")
        assert i18n.duration(7200) == "2 小時"


def test_a_page_says_its_language_and_direction(app: object, data: Path) -> None:
    browser = TestClient(app)  # type: ignore[arg-type]
    page = browser.get("/sign-in", headers={"accept-language": "zh-TW"}).text
    assert '<html lang="zh-TW" dir="ltr"' in page
    assert "登入" in page
    for code, name in i18n.LANGUAGES.items():
        assert f'lang="{i18n.TAGS[code]}"' in page
        assert name in page
    assert "ar_XB" not in page


def test_a_number_is_written_as_its_language_does() -> None:
    with i18n.using("en"):
        shown = [i18n.number(value) for value in (-0.0, 0, 1234567, 2.5, Fraction(2, 3))]
        assert shown == ["0", "0", "1,234,567", "2.5", "2/3"]
        assert i18n.number(Decimal("0.12345678")) == "0.12345678"
    with i18n.using("zh_Hans_CN"):
        assert i18n.number(1234567) == "1,234,567"
