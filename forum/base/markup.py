"""What people write, made safe HTML: Markdown and sanitising behind one door.

Called when a text is written; the HTML is stored beside it. HTML that somebody types is shown as
typed, never taken as markup.
"""

import re
import threading
from collections.abc import MutableMapping
from functools import partial
from html import escape, unescape
from typing import Literal
from xml.etree.ElementTree import Element

from bleach.linkifier import LinkifyFilter
from bleach.sanitizer import Cleaner
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor
from markdown.treeprocessors import Treeprocessor

from forum.base.spoken import differs, language_of

Attributes = MutableMapping[tuple[str | None, str], str]
Level = Literal["rich", "plain"]

# What a stored HTML was made by; a change here tells old from new.
VERSION = 2

_FLOW = "p br hr blockquote pre ul ol li h3 h4 h5 h6 table thead tbody tr th td"
_WORDS = "a code em strong del"
_TAGS = frozenset(f"{_FLOW} {_WORDS} img".split())
_HEADING = re.compile(r"h([1-6])")
# An address ends where ASCII does: in Chinese text nothing else parts it from the sentence.
_ADDRESS = re.compile(r"(?<![A-Za-z0-9])https?://[!#-;=?-\[\]_a-z~]+", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
# A block that holds words itself, up to where the next block begins or it ends.
_BLOCK = re.compile(
    r"<(p|li|h[3-6]|t[dh]|pre)>(.*?)(?=</?(?:p|li|h[3-6]|t[dhr]|pre|[ou]l|blockquote|table|hr)\b)",
    re.DOTALL,
)
_SPACE = re.compile(r"\s+")
_LINK = (
    r"(!?)\[([^\[\]]{0,300})\]"
    r"\(\s{0,9}(<[^<>\s]{0,2000}>|[^\s()<>]{0,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,200})?)"
    r"(?:\s{1,9}\"([^\"]{0,200})\")?\s{0,9}\)"
)
_REPLACED = "html link image_link reference image_reference short_reference short_image_ref".split()
_OWN_LINK = re.compile(r"/(?![/\\])|#")
_OWN_PICTURE = re.compile(r"/files/[\w./-]+", re.ASCII)


class _House(Treeprocessor):
    """Headings below the page's own, and pictures of this server alone; others become links."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for node in root.iter():
            if heading := _HEADING.fullmatch(node.tag):
                node.tag = f"h{min(6, int(heading[1]) + 2)}"
            elif node.tag == "img" and not _OWN_PICTURE.fullmatch(node.get("src", "")):
                address, words = node.get("src", ""), node.get("alt", "")
                for name in list(node.keys()):
                    del node.attrib[name]
                node.tag = "a"
                node.set("href", address)
                node.text = words or address


class _Link(InlineProcessor):
    """`[words](address "title")` and `![…](…)`, each part bounded.

    The library's own search runs to the end of the text from every bracket: a page of brackets
    would keep it busy for minutes.
    """

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self, match: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        """The element of one link or picture."""
        picture, words, address, title = match.groups()
        address = self.unescape(address.strip("<>"))
        node = Element("img" if picture else "a")
        node.set("src" if picture else "href", address)
        if picture:
            node.set("alt", self.unescape(words))
        else:
            node.text = words
        if title:
            node.set("title", self.unescape(title))
        return node, match.start(0), match.end(0)


class _Ours(Extension):
    """Markdown as we take it: no raw HTML, ~~struck out~~, tables, a line break is a line break."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Called once per converter."""
        md.preprocessors.deregister("html_block")
        md.parser.blockprocessors.deregister("reference")
        for name in _REPLACED:
            md.inlinePatterns.deregister(name)
        md.inlinePatterns.register(_Link(_LINK, md), "link", 160)
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"()~~(.+?)~~", "del"), "del", 30)
        md.treeprocessors.register(_House(md), "house", 1)


def _allowed(tag: str, name: str, value: str) -> bool:
    if tag == "a":
        return name in ("href", "title")
    if tag == "img":
        return name == "alt" or (name == "src" and bool(_OWN_PICTURE.fullmatch(value)))
    return tag == "ol" and name == "start" and value.isdigit()


def _link(attributes: Attributes, new: bool = False, /) -> Attributes:
    """Links that lead away earn nothing by standing here and learn nothing of where they stood."""
    if not _OWN_LINK.match(attributes.get((None, "href"), "")):
        attributes[(None, "rel")] = "nofollow noopener"
    return attributes


class _Tools(threading.local):
    """The converters: neither library's may be shared by threads."""

    def __init__(self) -> None:
        self.renew()
        links = partial(
            LinkifyFilter, callbacks=[_link], skip_tags={"pre", "code"}, url_re=_ADDRESS
        )
        self.cleaner = Cleaner(
            tags=_TAGS,
            attributes=_allowed,
            protocols={"http", "https", "mailto", "tel"},
            strip=True,
            filters=[links],
        )

    def renew(self) -> None:
        """A converter that has no text half done."""
        extensions: list[str | Extension] = [
            "tables",
            "sane_lists",
            "nl2br",
            "fenced_code",
            _Ours(),
        ]
        self.markdown = Markdown(extensions=extensions, output_format="html")


_tools = _Tools()


def _paragraphs(text: str) -> str:
    """A text as typed: paragraphs and line breaks, nothing else is markup."""
    parts = [part.strip("\n") for part in re.split(r"\n\s*\n", text.strip())]
    return "\n".join(f"<p>{escape(part)}</p>".replace("\n", "<br>") for part in parts if part)


def _converted(text: str) -> str:
    """Markdown as HTML; what is nested deeper than the library can follow is shown as typed."""
    try:
        return _tools.markdown.reset().convert(text)
    except RecursionError:
        # It stopped in the middle of its lists, and `reset` does not lead it out of them: the
        # next text of this thread would come out wrong.
        _tools.renew()
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
    cleaned: str = _tools.cleaner.clean(html)
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
