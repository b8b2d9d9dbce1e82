"""The scripts that every page needs, joined into one: a line with long round trips fetches it once.

Each file stays a function of its own, under strict rules. Their comments stay at home.
"""

import re
from functools import lru_cache
from pathlib import Path

from starlette.routing import Route

from forum.base.bundles import Bundle

STATIC = Path(__file__).resolve().parents[2] / "static"
LIBRARIES = ("vendor/htmx.min.js", "vendor/idiomorph-ext.min.js")
OWN = ("app", "parts", "forms", "drafts", "device", "steady", "assist", "zones")  # in this order

# Comments on lines of their own, and what indents a line; the files hold no strings of many lines.
_COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/[ \t]*|//[^\n]*)\n", re.DOTALL | re.MULTILINE)
_INDENT = re.compile(r"^\s+", re.MULTILINE)


def _own(name: str) -> str:
    text = (STATIC / "js" / f"{name}.js").read_text(encoding="utf-8")
    return f"(function () {{\n{_INDENT.sub('', _COMMENT.sub('', text))}}}());\n"


def joined() -> str:
    """The bundle."""
    libraries = [(STATIC / path).read_text(encoding="utf-8") + ";\n" for path in LIBRARIES]
    return "".join([*libraries, *map(_own, OWN)])


@lru_cache
def _bundle() -> Bundle:
    return Bundle("folkmoot.js", joined, "text/javascript")


def address() -> str:
    """Where the bundle is fetched, with a digest so that it can be kept for good."""
    return _bundle().address


def routes() -> list[Route]:
    """The address of the bundle; it stands before the folder /static."""
    return [_bundle().route]
