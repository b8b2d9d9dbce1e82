"""In which language a text is written, so that screen readers speak it right.

It is told from the characters where the text is shown: nobody has to say it in a form, and old
texts have it too. Chinese is told apart by characters that only one of its two ways has.
"""

import re
from collections import Counter
from functools import lru_cache

from markupsafe import Markup

from forum.base import i18n, pseudo

# One sign of Chinese, Japanese or Tibetan weighs as much as a word of other scripts.
_SIGNS = re.compile(
    "(?P<zh>[\u3400-\u9fff\U00020000-\U0003ffff])"
    "|(?P<en>[A-Za-z\u00c0-\u024f]{2,})"
    "|(?P<ja>[\u3041-\u30fa])"
    "|(?P<ko>[\uac00-\ud7af]+)"
    "|(?P<ug>[\u0600-\u06ff]*[\u06c6-\u06c8\u06cb\u06d0\u06d5][\u0600-\u06ff]*)"
    "|(?P<ar>[\u0600-\u06ff]+)"
    "|(?P<bo>[\u0f00-\u0f0a\u0f0c-\u0fbc]+)"
    "|(?P<mn>[\u1800-\u18aa]+)"
    "|(?P<ru>[\u0400-\u04ff]+)"
)
_HAN = re.compile("[^\u3400-\u9fff]+")
_NO_WORDS = re.compile(r"</?[a-z][^<>]*(?:>|$)|&#?\w+;|https?://[!-~]+|\S+@\S+", re.IGNORECASE)
_RIGHT_TO_LEFT = ("ar", "ug")
_ENOUGH = 600  # characters tell; a cache of whole texts would grow large


def language_of(text: str) -> str | None:
    """The tag of a text's language ("zh" if either way of writing it fits); None without words."""
    words = _NO_WORDS.sub(" ", text[:_ENOUGH])
    found = Counter(sign.lastgroup or "" for sign in _SIGNS.finditer(words))
    if not found:
        return None
    if found["ja"] * 5 >= found["zh"] > 0:
        return "ja"  # its Chinese characters are Japanese too
    if found["ug"]:
        found["ug"] += found.pop("ar", 0)
    language = max(found, key=lambda name: (found[name], name == "zh"))
    if language != "zh":
        return language
    han = _HAN.sub("", words)
    # The old national sets hold one way of writing each: what only one of them has tells.
    simplified, traditional = (len(han.encode(name, "ignore")) for name in ("gb2312", "big5"))
    if simplified == traditional:
        return "zh"
    return "zh-CN" if simplified > traditional else "zh-TW"


def differs(tag: str | None, other: str | None) -> bool:
    """Whether a reader must change the voice between two languages."""
    if tag is None or other is None or tag == other:
        return False
    return tag.partition("-")[0] != other.partition("-")[0] or "zh" not in (tag, other)


@lru_cache(maxsize=8192)
def _attribute(text: str, page: str) -> Markup:
    tag = language_of(text)
    # Pseudo-locales are English in disguise.
    if not differs(tag, "en" if page in pseudo.NAMES else i18n.TAGS[page]):
        return Markup()
    way = "rtl" if tag in _RIGHT_TO_LEFT else "ltr"
    turn = "" if way == i18n.direction() else f' dir="{way}"'
    return Markup(f' lang="{tag}"{turn}')  # noqa: S704 - a tag of ours


def attribute(text: object) -> Markup:
    """` lang="…"` for the element that holds a text, where it is not in the page's language."""
    return _attribute(str(text)[:_ENOUGH], i18n.current()) if text else Markup()
