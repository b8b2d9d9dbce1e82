"""The colours and sizes of the pages, computed from the sheet itself."""

import re
from pathlib import Path

import pytest

SHEET = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"
LIGHT = r":root \{"
DARK = r':root\[data-theme="dark"\] \{'
DARK_BY_DEVICE = r':root\[data-theme="auto"\] \{'
ELDER = r':root\[data-mode="elder"\] \{'

TEXT = 4.5  # WCAG 1.4.3
SHAPE = 3.0  # WCAG 1.4.11
TONES = ("good", "warn", "bad", "info", "for", "against", "neutral", "question", "official")
GROUNDS = ("paper", "sheet", "sunk")

PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "ink-2", "ink-3", "accent") for ground in GROUNDS),
    *((tone, f"{tone}-soft", TEXT) for tone in TONES),
    *((tone, ground, TEXT) for tone in TONES for ground in ("paper", "sheet")),
    *((ink, "accent-soft", TEXT) for ink in ("ink", "ink-2", "ink-3", "accent", "accent-strong")),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-strong", TEXT),
    ("sheet", "official", TEXT),
    *((shape, ground, SHAPE) for shape in ("edge", "focus") for ground in GROUNDS),
]


def block(selector: str) -> dict[str, str]:
    """The tokens that a rule of the sheet sets."""
    found = re.search(rf"^\s*{selector}\n(.*?)^\s*\}}", SHEET.read_text(), re.DOTALL | re.MULTILINE)
    assert found, selector
    text = re.sub(r"/\*.*?\*/", "", found[1], flags=re.DOTALL)
    return {
        name: " ".join(value.split()) for name, value in re.findall(r"--([\w-]+):([^;]+);", text)
    }


def tokens(*selectors: str) -> dict[str, str]:
    """The tokens in force where all of these rules apply, the later ones winning."""
    merged: dict[str, str] = {}
    for selector in selectors:
        merged |= block(selector)
    return merged


def resolve(known: dict[str, str], name: str) -> str:
    value = known[name]
    reference = re.fullmatch(r"var\(--([\w-]+)\)", value)
    return resolve(known, reference[1]) if reference else value


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def pixels(value: str) -> float:
    number = float(re.match(r"[\d.]+", value)[0])  # type: ignore[index]
    return number * 16 if value.endswith("rem") else number


LOOKS = {
    "light": (LIGHT,),
    "dark": (LIGHT, DARK),
    "elder": (LIGHT, ELDER),
    "elder dark": (LIGHT, DARK, ELDER),
}


@pytest.mark.parametrize("look", LOOKS)
def test_contrast(look: str) -> None:
    known = tokens(*LOOKS[look])
    failing = {
        (front, back): round(contrast(resolve(known, front), resolve(known, back)), 2)
        for front, back, least in PAIRS
        if contrast(resolve(known, front), resolve(known, back)) < least
    }
    assert failing == {}


def test_elder_text_is_stronger_than_asked() -> None:
    known = tokens(LIGHT, ELDER)
    for ink in ("ink", "ink-2", "ink-3"):
        assert contrast(resolve(known, ink), resolve(known, "paper")) >= 7


def test_elder_sizes() -> None:
    known = tokens(LIGHT, ELDER)
    sizes = [value for name, value in known.items() if name.startswith("text-")]
    assert min(map(pixels, sizes)) >= 18
    assert pixels(known["target"]) >= 60
    assert float(known["leading"]) >= 1.5
    assert float(known["leading-tight"]) >= 1.3


def test_usual_sizes() -> None:
    known = tokens(LIGHT)
    assert pixels(known["target"]) >= 44
    assert pixels(known["text-m"]) >= 16
    assert float(known["leading"]) >= 1.5


def test_dark_by_device_is_dark_by_choice() -> None:
    assert block(DARK_BY_DEVICE) == block(DARK)


def test_known_contrast() -> None:
    assert round(contrast("#666666", "#ffffff"), 2) == 5.74


def test_every_colour_comes_from_the_tokens() -> None:
    """Other sheets name tokens only, but for print and for transparency."""
    for sheet in SHEET.parent.glob("*.css"):
        if sheet.name in ("tokens.css", "print.css"):
            continue
        assert not re.findall(r"#[0-9a-f]{3,8}\b(?![^{]*\{)", sheet.read_text()), sheet.name


def test_every_named_token_exists() -> None:
    known = tokens(LIGHT)
    for sheet in SHEET.parent.glob("*.css"):
        named = set(re.findall(r"var\(--([\w-]+)\)", sheet.read_text()))
        assert named <= known.keys(), sheet.name
