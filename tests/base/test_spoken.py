"""The language of a text is told where it is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.base import i18n, pages, spoken
from forum.base.markup import render

KNOWN = {
    "电梯加装方案": "zh-CN",
    "電梯加裝方案": "zh-TW",
    "中山路": "zh",
    "Who pays for the second lift?": "en",
    "用 Markdown 写的说明": "zh-CN",
    "The word 电梯 means lift": "en",
    '<p>见 <a href="https://a.example/one/two">https://a.example/one/two</a> 的说明</p>': "zh-CN",
    "エレベーターの設置": "ja",
    "엘리베이터": "ko",
    "بىنا لىفتى توغرىسىدا سۆز": "ug",
    "19:30 – 21:00": None,
    "": None,
}


@pytest.mark.parametrize(("text", "tag"), KNOWN.items())
def test_the_characters_tell(text: str, tag: str | None) -> None:
    assert spoken.language_of(text) == tag


@pytest.mark.parametrize(
    ("text", "page", "said"),
    [
        ("电梯加装方案", "zh_Hans_CN", ""),
        ("电梯加装方案", "zh_Hant_TW", ' lang="zh-CN"'),
        ("电梯加装方案", "en", ' lang="zh-CN"'),
        ("电梯加装方案", "ar_XB", ' lang="zh-CN" dir="ltr"'),
        ("中山路", "zh_Hant_TW", ""),
        ("中山路", "en", ' lang="zh"'),
        ("Building seven", "zh_Hans_CN", ' lang="en"'),
        ("Building seven", "en_XA", ""),
        ("المصعد الثاني", "en", ' lang="ar" dir="rtl"'),
        (None, "en", ""),
    ],
)
def test_only_another_language_than_the_pages_is_named(
    text: str | None, page: str, said: str
) -> None:
    with i18n.using(page):
        assert spoken.attribute(text) == said


def test_a_paragraph_in_another_language_says_so() -> None:
    html = render("关于电梯的说明，请大家阅读。\n\nThe same in English.\n\n- 第一条\n- the second")
    assert '<p lang="en">The same in English.</p>' in html
    assert '<li lang="en">the second</li>' in html
    assert html.count("lang=") == 2


def test_building_blocks_name_the_language_of_what_people_wrote() -> None:
    page = pages.environment().from_string(
        '{% import "ui/ui.html" as ui with context %}'
        '{{ ui.header("加装电梯", kicker=_("Meeting")) }}'
        '{% call ui.rows() %}{{ ui.row("/items/3", "加装电梯") }}{% endcall %}'
        '{{ ui.prose("<p>费用怎么分摊？</p>"|safe) }}'
    )
    with i18n.using("en"):
        html = page.render(pages.shared_context())
    assert '<h1 lang="zh-CN">加装电梯</h1>' in html
    assert '<p class="row-title" lang="zh-CN">' in html
    assert '<div class="prose" lang="zh-CN">' in html
    assert '<p class="kicker">Meeting</p>' in html
    with i18n.using("zh_Hans_CN"):
        assert "lang=" not in page.render(pages.shared_context())


@given(st.text(max_size=300))
def test_every_text_is_taken(text: str) -> None:
    with i18n.using("en"):
        assert spoken.attribute(text) == spoken.attribute(text)
    assert spoken.language_of(render(text)) in {None, "zh", *KNOWN.values(), "ar", "bo", "mn", "ru"}
