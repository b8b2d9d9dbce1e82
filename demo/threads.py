"""Reading the demo's texts: people, and threads of arguments as they are written in texts/*.txt."""

import re
from pathlib import Path
from typing import NamedTuple

from forum.arguments.models import Stance

TEXTS = Path(__file__).parent / "texts"
SIGNS = {"+": Stance.PRO, "-": Stance.CON, "~": Stance.NEUTRAL, "?": Stance.QUESTION}
LINE = re.compile(r"^(?P<indent> *)(?P<sign>[-+~?]) (?P<login>[a-z0-9]+): (?P<text>.+)$")


class Persona(NamedTuple):
    """One person of the demo."""

    login: str
    name: str
    station: str
    lang: str
    part: str


class Said(NamedTuple):
    """One argument: who says what, how deep it stands."""

    depth: int
    stance: Stance
    login: str
    text: str


def _lines(name: str) -> list[str]:
    text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def people() -> list[Persona]:
    """Everybody in the demo."""
    found = [[part.strip() for part in line.split("|")] for line in _lines("people")]
    languages = {"zh": "zh_Hans_CN", "en": "en"}
    return [
        Persona(login, name, place, languages[lang], part)
        for login, name, place, lang, part in found
    ]


def thread(name: str) -> list[Said]:
    """A thread in the order in which it was said; a line that does not parse is a mistake."""
    found = []
    for line in _lines(name):
        match = LINE.match(line)
        if match is None:
            raise ValueError(f"{name}.txt: {line!r}")
        depth, odd = divmod(len(match["indent"]), 2)
        if odd:
            raise ValueError(f"{name}.txt: two spaces for each level: {line!r}")
        found.append(Said(depth, SIGNS[match["sign"]], match["login"], match["text"]))
    return found
