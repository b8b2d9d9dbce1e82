"""The colours and sizes of the pages, computed from the sheet itself."""

import re
from pathlib import Path

import pytest
from vendor import wcag_contrast_ratio as wcag

SHEET = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"
PRINTED = ("print", "minutes-file.css")  # black on white
SHEETS = [
    sheet
    for sheet in sorted(SHEET.parent.rglob("*.css"))
    if sheet.name not in PRINTED and sheet.parent.name not in PRINTED
]
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


def contrast(one: str, other: str) -> float:
    channels = [
        (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)
        for colour in (one, other)
    ]
    return wcag.rgb(channels[0], channels[1])


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


def pairs_of(sheet: Path) -> set[tuple[str, str]]:
    """The pairs of letters and ground that the rules of a sheet set."""
    found = set()
    for rule in re.findall(r"\{([^{}]*)\}", sheet.read_text()):
        ink = re.search(r"(?<![-\w])color:\s*var\(--([\w-]+)\)", rule)
        ground = re.search(r"background(?:-color)?:\s*var\(--([\w-]+)\)", rule)
        if ink and ground:
            found.add((ink[1], ground[1]))
    return found


@pytest.mark.parametrize("look", LOOKS)
def test_contrast_of_every_rule_that_sets_letters_and_ground(look: str) -> None:
    known = tokens(*LOOKS[look])
    used = set().union(*map(pairs_of, SHEETS))
    assert len(used) > 10
    failing = {
        pair: round(contrast(*(resolve(known, name) for name in pair)), 2)
        for pair in used
        if not wcag.passes_AA(contrast(*(resolve(known, name) for name in pair)))
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
    for sheet in SHEETS:
        if sheet == SHEET:
            continue
        assert not re.findall(r"#[0-9a-f]{3,8}\b(?![^{]*\{)", sheet.read_text()), sheet.name


def test_every_named_token_exists() -> None:
    known = tokens(LIGHT)
    for sheet in SHEETS:
        text = sheet.read_text()
        own = set(re.findall(r"--([\w-]+):", text))  # a sheet of paper has tokens of its own
        assert set(re.findall(r"var\(--([\w-]+)\)", text)) <= known.keys() | own, sheet.name
