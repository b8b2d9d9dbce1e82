"""For developers: the pages of docs/ that are made from the code.

`.venv/bin/python -m forum.base.commands.reference` writes them anew; a test compares them.
"""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import fields

from forum.base import registry
from forum.base.settings import HOME

FILES = {"events": HOME / "docs" / "events.md"}


def sentence(text: str | None) -> str:
    """A docstring as one line of a table."""
    return " ".join((text or "").split()).replace("|", "\\|")


def rooms() -> Iterator[tuple[str, list[str]]]:
    """The kinds of each room, from the ground up."""
    for room in registry.rooms():
        kinds = [k for k, c in registry.events.items() if c.__module__.startswith(f"{room}.")]
        if kinds:
            yield room, sorted(kinds)


def events_page() -> str:
    """Every event of the log: its kind, its payload, who may see it, what it says."""
    registry.load()
    lines = [
        "# Events",
        "",
        "Every change is an event of the log. A payload holds ids and public facts, never a",
        "person's words. The audience is the widest class of readers; an event may be recorded",
        "for a narrower one. This page is made from the code.",
    ]
    for room, kinds in rooms():
        lines += ["", f"## {room.replace('.', '/')}", ""]
        lines += ["| kind | payload | audience | |", "| --- | --- | --- | --- |"]
        for kind in kinds:
            cls = registry.events[kind]
            payload = ", ".join(f"`{field.name}`" for field in fields(cls)) or "–"
            audience = cls.audience.name.lower()
            words = sentence(inspect.getdoc(cls))
            lines.append(f"| `{kind}` | {payload} | {audience} | {words} |")
    return "\n".join(lines) + "\n"


PAGES: dict[str, Callable[[], str]] = {"events": events_page}


if __name__ == "__main__":
    for name, path in FILES.items():
        path.write_text(PAGES[name](), encoding="utf-8")
        print(path)
