"""The converters behind `markup`: Markdown to HTML, and what of HTML may stay.

Apart from it, because their libraries are loaded for the first text, not at every start.
"""

import re
import threading
from collections.abc import MutableMapping
from functools import partial
from xml.etree.ElementTree import Element

from bleach.linkifier import LinkifyFilter
from bleach.sanitizer import Cleaner
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor
from markdown.treeprocessors import Treeprocessor

Attributes = MutableMapping[tuple[str | None, str], str]

_FLOW = "p br hr blockquote pre ul ol li h3 h4 h5 h6 table thead tbody tr th td"
_WORDS = "a code em strong del"
_TAGS = frozenset(f"{_FLOW} {_WORDS} img".split())
_HEADING = re.compile(r"h([1-6])")
# An address ends where ASCII does: in Chinese text nothing else parts it from the sentence.
_ADDRESS = re.compile(r"(?<![A-Za-z0-9])https?://[!#-;=?-\[\]_a-z~]+", re.IGNORECASE)
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

    # The library's processors take one argument more than its own base class says.
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


class Tools(threading.local):
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
