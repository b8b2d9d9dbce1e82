"""What people write becomes safe HTML, in both scripts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.base.markup import excerpt, render

PIECES = ["**", "*", "_", "`", "[", "](", ")", "<", ">", "&", "!", "#", "|", "\n", "\n\n", "- "]
PIECES += ["<script>", "javascript:", "//", "/files/1", ' onload="x"', "重点", "，", "a", " ", "~~"]
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=40).map("".join)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**重点**，后面", "<p><strong>重点</strong>，后面</p>"),
        ("这是**重点**的话", "<p>这是<strong>重点</strong>的话</p>"),
        ("他说：**“重点。”**后来", "<p>他说：<strong>“重点。”</strong>后来</p>"),
        ("（**甲**）、*乙*和~~丙~~", "<p>（<strong>甲</strong>）、<em>乙</em>和<del>丙</del></p>"),
        ("第一行\n第二行", "<p>第一行<br>\n第二行</p>"),
        ("# 标题", "<h3>标题</h3>"),
        ("a_b_c", "<p>a_b_c</p>"),
    ],
)
def test_chinese_needs_no_spaces(text: str, html: str) -> None:
    """Emphasis does not wait for a space that the script does not have."""
    assert render(text) == html


@pytest.mark.parametrize("level", ["rich", "plain"])
def test_typed_html_is_shown_as_typed(level: str) -> None:
    """Nobody's angle brackets are markup."""
    html = render("<script>alert(1)</script> 3 < 5 & 7", level=level)  # type: ignore[arg-type]
    assert html == "<p>&lt;script&gt;alert(1)&lt;/script&gt; 3 &lt; 5 &amp; 7</p>"


def test_plain_keeps_what_was_typed() -> None:
    """Signs stay signs; an empty line parts paragraphs."""
    assert render("**a**\nb\n\n- c", level="plain") == "<p>**a**<br>b</p>\n<p>- c</p>"


def test_links_that_lead_away_earn_nothing() -> None:
    """Own addresses stay plain; an address in Chinese text ends where the Chinese goes on."""
    assert 'href="https://a.org/b?c=d" rel="nofollow noopener"' in render(
        "见https://a.org/b?c=d，再说", level="plain"
    )
    assert "nofollow" in render("[x](//evil.org)")
    assert render("[议题](/items/3)") == '<p><a href="/items/3">议题</a></p>'
    assert "javascript" not in render("[x](javascript:alert(1))")
    assert "href" not in render("[x](data:text/html,x)")


def test_pictures_are_our_own() -> None:
    """Another host's picture would tell it who reads; it becomes a link."""
    assert render("![图](/files/3)") == '<p><img alt="图" src="/files/3"></p>'
    other = render("![图](https://a.org/x.png)")
    assert "<img" not in other
    assert 'href="https://a.org/x.png"' in other


@given(texts, st.sampled_from(["rich", "plain"]))
def test_nothing_gets_through(text: str, level: str) -> None:
    """Whatever is typed: no script, no handler, no foreign source."""
    html = render(text, level=level)  # type: ignore[arg-type]
    tags = re.findall(r"<[^>]*>", html)
    assert not any(
        re.search(r"<\s*(script|iframe|style|object|svg)", tag, re.IGNORECASE) for tag in tags
    )
    attributes = [name for tag in tags for name in re.findall(r'\s([\w-]+)="', tag)]
    assert set(attributes) <= {"href", "rel", "title", "src", "alt", "start", "lang"}
    assert not any(
        re.search(r'(href|src)="\s*(javascript|data):', tag, re.IGNORECASE) for tag in tags
    )


@pytest.mark.parametrize("sign", ["[", "![", "**a ", ">", "`", "[a](", "- ", "_a", "~~"])
def test_a_page_of_one_sign_is_soon_done(sign: str) -> None:
    """Every part that is looked for is bounded: this would take minutes otherwise."""
    assert render(sign * 3000)


def test_an_excerpt_is_words() -> None:
    """One line, without markup, cut where it does not tear a word."""
    assert excerpt("**电梯**费用\n\n按楼层 *系数* 分摊", 40) == "电梯费用按楼层系数分摊"
    assert excerpt("一二三四五六七八九十", 6) == "一二三四五…"
    assert excerpt("The ground floor pays nothing at all", 24) == "The ground floor pays…"
    assert excerpt("1 < 2 & 3", 40) == "1 < 2 & 3"


@given(texts, st.integers(min_value=1, max_value=60))
def test_an_excerpt_is_bounded(text: str, n: int) -> None:
    """Never longer than asked for."""
    assert len(excerpt(text, n)) <= n
