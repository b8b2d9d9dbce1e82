"""The style of the pages: every sheet under static/css, bundled into one that a page links.

A sheet belongs to the cascade layer of its name or folder: tokens.css, components/card.css. The
files themselves hold no @layer. The same files are served flat to browsers that know no layers.
What only pages made for paper need stands in a folder of its own, in the same layers, and is a
second bundle that only they link.
"""

import re
from functools import lru_cache, partial
from pathlib import Path

from starlette.routing import Route

from forum.base.bundles import Bundle

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
LAYERS = ("tokens", "base", "components", "layout", "modes", "print")
PAPER = "paper"  # the folder of the second bundle

# The first versions with cascade layers. Browsers of iOS are all Safari inside.
_FIRST = (
    (re.compile(r"(?:CPU|iPhone) OS (\d+)_(\d+)"), (15, 4)),
    (re.compile(r"Chrom(?:e|ium)/(\d+)\.(\d+)"), (99, 0)),
    (re.compile(r"Firefox/(\d+)\.(\d+)"), (97, 0)),
    (re.compile(r"Version/(\d+)\.(\d+)"), (15, 4)),
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINE = re.compile(r"(?<=[;{},])\n|\n(?=\})")
_BLANK = re.compile(r" ?([{>]) ?|([;,:]) ")
# Where a value is parted: at a space outside of brackets (of two levels at most).
_SPACE = re.compile(r"\s+(?![^()]*(?:\([^()]*\)[^()]*)*\))")
_PAIR = re.compile(r"\b(margin|padding)-(inline|block): ([^;}]+);")
_BOTH = re.compile(r"\bborder-(inline|block): ([^;}]+);")
_INSET = re.compile(r"\binset(-inline|-block)?: ([^;}]+);")
_INSETS = (
    ("inset-inline-start:", "left:"),
    ("inset-inline-end:", "right:"),
    ("inset-block-start:", "top:"),
    ("inset-block-end:", "bottom:"),
)


def sheets(layer: str, of: str = "") -> list[Path]:
    """The files of a layer, in order: its own file, then its folder's by name."""
    own = CSS / of / f"{layer}.css"
    return [*([own] if own.exists() else []), *sorted((CSS / of / layer).glob("*.css"))]


def _bare(sheet: Path) -> str:
    text = _COMMENT.sub("", sheet.read_text(encoding="utf-8"))
    return "\n".join(line for raw in text.splitlines() if (line := raw.strip()))


def _written(layer: str, sheet: Path) -> str:
    return f"@media print {{\n{_bare(sheet)}\n}}" if layer == "print" else _bare(sheet)


def layered(of: str = "") -> str:
    """The bundle for browsers of today."""
    parts = [
        "\n".join((f"@layer {layer} {{", *(_written(layer, sheet) for sheet in found), "}"))
        for layer in LAYERS
        if (found := sheets(layer, of))
    ]
    return "\n".join((f"@layer {', '.join(LAYERS)};", *parts, ""))


def _pair(found: re.Match[str]) -> str:
    side, axis, value = found.groups()
    first, *rest = _SPACE.split(value.strip())
    return f"{side}-{axis}-start: {first}; {side}-{axis}-end: {rest[0] if rest else first};"


def _inset(found: re.Match[str]) -> str:
    axis, values = found[1], _SPACE.split(found[2].strip())
    first, last = values[0], values[-1]
    across = {"-inline": ("left", "right"), "-block": ("top", "bottom")}.get(axis or "")
    if across:
        return f"{across[0]}: {first}; {across[1]}: {last};"
    return f"top: {first}; bottom: {first}; left: {last}; right: {last};"


def flat(of: str = "") -> str:
    """The same rules without layers, and without what came to browsers shortly before them."""
    text = "\n".join(_written(layer, sheet) for layer in LAYERS for sheet in sheets(layer, of))
    text = _INSET.sub(_inset, _PAIR.sub(_pair, text))
    text = _BOTH.sub(r"border-\1-start: \2; border-\1-end: \2;", text)
    for logical, physical in _INSETS:  # all pages for such browsers run from left to right
        text = text.replace(logical, physical)
    return f"{text}\n"


def squeezed(text: str) -> str:
    """The same without the blanks that only people need; those within values stay."""
    text = _LINE.sub("", text).replace("\n", " ")
    return _BLANK.sub(r"\1\2", text).replace(";}", "}")


@lru_cache(maxsize=256)
def needs_flat(agent: str) -> bool:
    """Whether a browser (by its User-Agent) is known to be older than cascade layers."""
    for known, first in _FIRST:
        if version := known.search(agent):
            return (int(version[1]), int(version[2])) < first
    return False


def _bundled(of: str, old: bool) -> str:
    return squeezed(flat(of) if old else layered(of))


@lru_cache
def _bundles() -> dict[tuple[str, bool], Bundle]:
    return {
        (of, old): Bundle(f"{name}.css", partial(_bundled, of, old), "text/css")
        for name, of, old in (
            ("folkmoot", "", False),
            ("folkmoot-flat", "", True),
            ("folkmoot-paper", PAPER, False),
            ("folkmoot-paper-flat", PAPER, True),
        )
    }


def address(*, flat: bool = False, of: str = "") -> str:
    """Where the bundle is fetched, with a digest so that it can be kept for good."""
    return _bundles()[of, flat].address


def routes() -> list[Route]:
    """The addresses of the bundles; they stand before the folder /static."""
    return [bundle.route for bundle in _bundles().values()]
