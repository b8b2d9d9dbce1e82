"""The tree as the architecture's tests read it: files, modules, imports, calls."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from forum.base import registry

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("forum", "voting", "sessions", "moderation")
ROOMS = [f"{top}.{room}" for top, line in registry.FLOORS for room in line.split()]


class Module(NamedTuple):
    """One Python file of the application."""

    name: str
    path: Path

    @property
    def room(self) -> str:
        """The room that it belongs to: "forum.members"; its own name above and beside rooms."""
        return ".".join(self.name.split(".")[:2])

    @property
    def place(self) -> str:
        """Its path, for messages."""
        return str(self.path.relative_to(ROOT))


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the rooms and of the ground floor."""
    found = []
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(part for part in parts if part != "__init__")
            found.append(Module(name, path))
    return tuple(found)


@cache
def tree_of(path: Path) -> ast.Module:
    """A parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """What a file imports, each name as a module as far as it is one, with the line."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno


def floor(module: str) -> int | None:
    """How high a module stands: 0 is the ground; None: it is none of ours."""
    parts = module.split(".")
    if parts[0] not in PACKAGES:
        return None
    if parts[:2] == ["forum", "base"]:
        return 0
    room = ".".join(parts[:2])
    return ROOMS.index(room) + 1 if room in ROOMS else None


def templates() -> list[Path]:
    """Every template."""
    return sorted((ROOT / "templates").rglob("*.html"))
