"""What people write, made safe HTML: Markdown and sanitising behind one door.

Called when a text is written; the HTML is stored beside it. HTML that somebody types is shown as
typed, never taken as markup.
"""

import re
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING, Literal

from forum.base.spoken import differs, language_of

if TYPE_CHECKING:
    from forum.base.converters import Tools

Level = Literal["rich", "plain"]

# What a stored HTML was made by; a change here tells old from new.
VERSION = 2

_TAG = re.compile(r"<[^>]*>")
# A block that holds words itself, up to where the next block begins or it ends.
_BLOCK = re.compile(
    r"<(p|li|h[3-6]|t[dh]|pre)>(.*?)(?=</?(?:p|li|h[3-6]|t[dhr]|pre|[ou]l|blockquote|table|hr)\b)",
    re.DOTALL,
)
_SPACE = re.compile(r"\s+")


@cache
def _tools() -> "Tools":
    from forum.base.converters import Tools  # noqa: PLC0415

    return Tools()


def _paragraphs(text: str) -> str:
    """A text as typed: paragraphs and line breaks, nothing else is markup."""
    parts = [part.strip("\n") for part in re.split(r"\n\s*\n", text.strip())]
    return "\n".join(f"<p>{escape(part)}</p>".replace("\n", "<br>") for part in parts if part)


def _converted(text: str) -> str:
    """Markdown as HTML; what is nested deeper than the library can follow is shown as typed."""
    try:
        return _tools().markdown.reset().convert(text)
    except RecursionError:
        # It stopped in the middle of its lists, and `reset` does not lead it out of them: the
        # next text of this thread would come out wrong.
        _tools().renew()
        return _paragraphs(text)


def _with_languages(html: str) -> str:
    """Mark the paragraphs that are in another language than the text as a whole."""
    whole = language_of(html)

    def marked(block: re.Match[str]) -> str:
        tag = language_of(block[2])
        return f'<{block[1]} lang="{tag}">{block[2]}' if differs(tag, whole) else block[0]

    return _BLOCK.sub(marked, html) if whole else html


def render(text: str, *, level: Level = "rich") -> str:
    """Sanitised HTML: "rich" takes Markdown, "plain" keeps what was typed and links addresses."""
    if level == "plain":
        html = _paragraphs(text)
    else:
        html = _converted(text)
    cleaned: str = _tools().cleaner.clean(html)
    return _with_languages(cleaned)


def excerpt(text: str, n: int = 120) -> str:
    """The first `n` characters of a Markdown text as plain words, on one line."""
    # A paragraph's head may be a long word of markup: convert somewhat more than is shown.
    html = _converted(text[: 4 * n + 200])
    words = _SPACE.sub(" ", unescape(_TAG.sub(" ", html.replace("\n", " ")))).strip()
    words = re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", words)
    if len(words) <= n:
        return words
    cut = words[: n - 1]
    head, space, _tail = cut.rpartition(" ")
    if space and words[n - 1].isalnum() and cut[-1].isascii() and len(head) > n // 2:
        cut = head
    return cut.rstrip(" ,.;:，。；：、") + "…"
