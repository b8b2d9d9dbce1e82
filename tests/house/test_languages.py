"""Every word that is shown is translated, once, and nothing else stands in the catalogues."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from house.tree import PACKAGES, ROOT, templates

from forum.base import i18n
from forum.base.commands import traditional

LANGUAGES = [lang for lang in i18n.LANGUAGES if lang != "en"]  # English stands in the source
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
JINJA = {"newstyle_gettext": "true", "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols"}
PLACEHOLDER = re.compile(r"%\((\w+)\)")
HAN = re.compile(r"[\u4e00-\u9fff]")
JINJA_CODE = re.compile(
    r"\{#.*?#\}|\{%-?\s*trans\b.*?endtrans\s*-?%\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL
)
# Code and examples, and names that say in which language they are.
TAGS = re.compile(r"<(code|pre|style)\b.*?</\1>|<(\w+) [^>]*\blang=.*?</\2>|<[^>]*>", re.DOTALL)
SPOKEN = re.compile(r"(?:aria-label|title|alt|placeholder)=\"([^\"]*)\"")
ATTRIBUTE = re.compile(r"[\w-]+=\"[^\"]*\"")
WORD = re.compile(r"[^\W\d_]{2}[\w-]*")
NO_WORDS = {"SHA-256", "Ed25519", "required", "WebVTT"}


class Key(NamedTuple):
    """What a message is found by."""

    context: str | None
    words: str


def first(words: object) -> str:
    """The singular of a message, which is its key."""
    return str(words[0]) if isinstance(words, (tuple, list)) else str(words)


@cache
def used() -> dict[Key, str]:
    """Every message of the source, with a place where it stands."""
    found: dict[Key, str] = {}
    pythons = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    files: list[tuple[str, Path]] = [("python", path) for path in pythons]
    files += [("jinja2", path) for path in templates()]
    for method, path in files:
        options = JINJA if method == "jinja2" else {"encoding": "utf-8"}
        for line, words, _comments, context in extract_from_file(
            method, path, keywords=KEYWORDS, options=options
        ):
            if first(words):
                found.setdefault(Key(context, first(words)), f"{path.relative_to(ROOT)}:{line}")
    return found


@cache
def catalogues(lang: str) -> dict[str, Catalog]:
    """A language's catalogues by file name."""
    found = {}
    for path in sorted((i18n.LOCALES / lang).glob("*.po")):
        with path.open("rb") as stream:
            found[path.name] = read_po(stream, locale=lang, abort_invalid=True)
    return found


def entries(lang: str) -> Iterator[tuple[str, Key, Message]]:
    """All entries with their file."""
    for name, catalogue in catalogues(lang).items():
        for message in catalogue:
            if message.id:
                yield name, Key(message.context, first(message.id)), message


def forms(message: Message) -> list[str]:
    """What it is translated to: one form, or one a plural."""
    words = message.string
    return [str(form) for form in words] if isinstance(words, (tuple, list)) else [str(words)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_lacks_its_translation(lang: str) -> None:
    """Each message of templates and Python stands in one of the catalogues."""
    known = {key for _, key, message in entries(lang) if all(forms(message))}
    lacking = [f"{place}: {key}" for key, place in used().items() if key not in known]
    assert not lacking, "\n".join(lacking)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_entry_is_left_over(lang: str) -> None:
    """Unused, outdated and doubtful entries mislead the next translator."""
    left = [f"{name}: {key.words!r}" for name, key, _ in entries(lang) if key not in used()]
    fuzzy = [f"{name}: fuzzy {key.words!r}" for name, key, msg in entries(lang) if msg.fuzzy]
    old = [
        f"{name}: {len(c.obsolete)} obsolete" for name, c in catalogues(lang).items() if c.obsolete
    ]
    assert not left + fuzzy + old, "\n".join(left + fuzzy + old)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rooms_say_the_same_word_alike(lang: str) -> None:
    """One message has one translation; where it has two meanings, pgettext tells them apart."""
    said: dict[Key, dict[tuple[str, ...], str]] = defaultdict(dict)
    for name, key, message in entries(lang):
        said[key][tuple(forms(message))] = name
    torn = [f"{key.words!r}: {words}" for key, words in said.items() if len(words) > 1]
    assert not torn, "\n".join(torn)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_placeholders_come_through(lang: str) -> None:
    """A translation has the same names to fill in; a plural may leave out the number."""
    wrong = []
    for name, key, message in entries(lang):
        whole = message.id[1] if isinstance(message.id, (tuple, list)) else message.id
        wanted = set(PLACEHOLDER.findall(str(whole)))
        wrong += [
            f"{name}: {key.words!r} → {form!r}"
            for form in forms(message)
            if set(PLACEHOLDER.findall(form)) != wanted
        ]
    assert not wrong, "\n".join(wrong)


def test_the_source_speaks_english() -> None:
    """Chinese stands in the catalogues; a message in Chinese could not be translated."""
    wrong = [f"{place}: {key.words}" for key, place in used().items() if HAN.search(key.words)]
    assert not wrong, "\n".join(wrong)


def test_templates_hold_no_words_of_their_own() -> None:
    """What stands between the tags, or is read out from an attribute, went through gettext."""
    wrong = []
    for path in templates():
        bare = JINJA_CODE.sub("", path.read_text(encoding="utf-8"))
        texts = [*SPOKEN.findall(bare), ATTRIBUTE.sub(" ", TAGS.sub(" ", bare))]
        words = set(WORD.findall(" ".join(texts))) - NO_WORDS
        wrong += [f"{path.relative_to(ROOT)}: {word}" for word in sorted(words)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_chinese_has_one_form_for_every_number(lang: str) -> None:
    """A second form would never be shown."""
    for name, catalogue in catalogues(lang).items():
        assert (catalogue.num_plurals, catalogue.plural_expr) == (1, "0"), name
    wrong = [f"{name}: {key}" for name, key, msg in entries(lang) if len(forms(msg)) != 1]
    assert not wrong, "\n".join(wrong)


def test_the_traditional_catalogues_are_todays() -> None:
    """Whoever changed the simplified ones ran `python -m forum.base.commands.traditional`."""
    reviewed = traditional.Overrides()
    wanted = dict(traditional.made(reviewed))
    folder = i18n.LOCALES / traditional.TARGET
    assert {path.name for path in folder.glob("*.po")} == set(wanted)
    old = [name for name, text in wanted.items() if (folder / name).read_bytes() != text]
    assert not old, f"made from other words than today's: {old}"
    assert not reviewed.unused, "overrides of messages that nobody says"


def test_no_simplified_character_is_left() -> None:
    """Each character of the traditional catalogues is one of Taiwan's own set."""
    wrong = []
    for name, _, message in entries(traditional.TARGET):
        strange = [c for c in HAN.findall(forms(message)[0]) if not c.encode("big5", "ignore")]
        wrong += [f"{name}: {strange} in {forms(message)[0]}"] if strange else []
    assert not wrong, "\n".join(wrong)
