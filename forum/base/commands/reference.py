"""For developers: the pages of docs/ that are made from the code.

`.venv/bin/python -m forum.base.commands.reference` writes them anew; a test compares them.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import fields

from forum.base import i18n, registry
from forum.base.i18n import _
from forum.base.purposes import BASES, PURPOSES
from forum.base.settings import HOME

FILES = {"events": HOME / "docs" / "events.md", "privacy": HOME / "docs" / "privacy.md"}
MADE = re.compile(r"(?<=<!-- purposes -->\n).*(?=<!-- /purposes -->)", re.DOTALL)


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


def privacy_page() -> str:
    """The privacy statement with its tables of purposes, in the language of those who need it."""
    with i18n.using("zh_Hans_CN"):
        lines = []
        heads = [_("What"), _("What for"), _("Who sees it"), _("How long")]
        for basis, words in BASES.items():
            lines += ["", f"## {_(words)}", "", f"| {' | '.join(heads)} |", "|---" * 4 + "|"]
            lines += [
                f"| {' | '.join(_(text) for text in (each.data, each.use, each.seen, each.kept))} |"
                for each in PURPOSES
                if each.basis is basis
            ]
    made = "\n".join([*lines, "", ""])
    return MADE.sub(lambda _found: made, FILES["privacy"].read_text(encoding="utf-8"))


PAGES: dict[str, Callable[[], str]] = {"events": events_page, "privacy": privacy_page}


if __name__ == "__main__":
    for name, path in FILES.items():
        path.write_text(PAGES[name](), encoding="utf-8")
        print(path)
