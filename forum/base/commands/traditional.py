"""For developers: the traditional Chinese catalogues, made from the simplified ones.

`.venv/bin/python -m forum.base.commands.traditional` writes them anew; a test compares them.
OpenCC converts characters and words (s2twp); locales/zh_Hant_TW/overrides.toml has the last word.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cached_property
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from opencc import OpenCC

from forum.base.i18n import LOCALES

SOURCE, TARGET = "zh_Hans_CN", "zh_Hant_TW"
OVERRIDES = LOCALES / TARGET / "overrides.toml"
HEADER = r"""# Made from zh_Hans_CN by `python -m forum.base.commands.traditional`.
# Change overrides.toml, not this file.
msgid ""
msgstr ""
"Language: zh_Hant_TW\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"""


class Overrides:
    """The reviewed file: phrases, phrases where the English says so, whole messages."""

    def __init__(self, path: Path = OVERRIDES) -> None:
        with path.open("rb") as stream:
            parts = tomllib.load(stream)
        self.phrases: dict[str, str] = parts["phrases"]
        self.where: dict[str, dict[str, str]] = parts["where"]
        self.messages: dict[str, str] = parts["messages"]
        self.unused = set(self.messages)

    @cached_property
    def convert(self) -> Callable[[str], str]:
        """OpenCC for what no phrase covers."""
        return OpenCC("s2twp").convert

    def words(self, english: str, chinese: str) -> str:
        """A translation in traditional characters and Taiwan's words."""
        phrases = dict(self.phrases)
        for beginning, special in self.where.items():
            if re.search(rf"\b{beginning}", english, re.IGNORECASE):
                phrases |= special
        longest = sorted(phrases, key=len, reverse=True)
        pieces = re.split(f"({'|'.join(map(re.escape, longest))})", chinese)
        return "".join(phrases.get(piece) or self.convert(piece) for piece in pieces)

    def message(self, message: Message) -> str:
        """What stands in the traditional catalogue for a message of the simplified one."""
        english, chinese = first(message.id), first(message.string)
        key = f"{message.context}|{english}" if message.context else english
        self.unused.discard(key)
        return self.messages.get(key) or self.words(english, chinese)


def first(words: object) -> str:
    """The singular of a message; Chinese has no other form."""
    return str(words[0]) if isinstance(words, (tuple, list)) else str(words)


def made(overrides: Overrides) -> Iterator[tuple[str, bytes]]:
    """Each catalogue's file name and its text as it should be."""
    for path in sorted((LOCALES / SOURCE).glob("*.po")):
        with path.open("rb") as stream:
            source = read_po(stream, locale=SOURCE)
        target = Catalog(locale=TARGET)
        for message in source:
            if message.id:
                words = overrides.message(message)
                plural = isinstance(message.id, (tuple, list))
                string = (words,) if plural else words
                target.add(message.id, string, flags=message.flags, context=message.context)
        text = BytesIO()
        write_po(text, target, width=0, omit_header=True)
        yield path.name, HEADER.encode() + b"\n" + text.getvalue().rstrip(b"\n") + b"\n"


if __name__ == "__main__":
    reviewed = Overrides()
    files = dict(made(reviewed))
    for stale in (LOCALES / TARGET).glob("*.po"):
        if stale.name not in files:
            stale.unlink()
    for name, text in files.items():
        (LOCALES / TARGET / name).write_bytes(text)
    print(f"{LOCALES / TARGET}: {len(files)} catalogues")
    for english in sorted(reviewed.unused):
        print(f"overrides.toml: no message says {english!r}")
