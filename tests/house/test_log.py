"""The log's grammar: services record, every event is documented and has one verdict."""

import ast
import inspect

import pytest
from house.tree import ROOMS, modules, tree_of

from forum.base import registry
from forum.base.commands.reference import FILES, PAGES
from forum.base.events import Event

registry.load()
KINDS = sorted(registry.events)


def room_of(cls: type[Event]) -> str:
    """The room in which an event class stands."""
    return ".".join(cls.__module__.split(".")[:2])


def test_only_services_record() -> None:
    """A change and its event belong to one verb; nobody else writes to the log."""
    wrong = []
    for module in modules():
        parts = module.name.split(".")
        if module.room not in ROOMS or "service" in parts[2:3]:
            continue
        for node in ast.walk(tree_of(module.path)):
            if isinstance(node, ast.ImportFrom) and node.module == "forum.base.events":
                wrong += [module.place for alias in node.names if alias.name == "record"]
            if isinstance(node, ast.Attribute) and ast.unparse(node) == "events.record":
                wrong.append(f"{module.place}:{node.lineno}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("kind", KINDS)
def test_an_event_says_what_happened(kind: str) -> None:
    """Its docstring stands in docs/events.md; its kind begins with its room's name."""
    cls = registry.events[kind]
    words = inspect.getdoc(cls) or ""
    assert words, f"{cls.__qualname__} has no docstring"
    assert not words.startswith(f"{cls.__name__}("), f"{cls.__qualname__} has no docstring"
    assert kind.startswith(f"{cls.__module__.split('.')[1]}:")


@pytest.mark.parametrize("kind", KINDS)
def test_an_event_has_one_verdict(kind: str) -> None:
    """Its room's notify.py says who is told, or that nobody is, and why."""
    told, silent = kind in registry.notices, kind in registry.silences
    assert told or silent, f"{kind} has no verdict in {room_of(registry.events[kind])}.notify"
    assert not (told and silent), f"{kind} has two verdicts"
    if silent:
        assert registry.silences[kind].strip()


def test_a_notice_names_what_it_is_about() -> None:
    """`about` is the subject or a field that the payload has."""
    for kind, notice in registry.notices.items():
        fields = set(getattr(registry.events[kind], "__dataclass_fields__", ()))
        assert notice.about == "subject" or notice.about in fields, kind


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_reference_is_of_today(name: str) -> None:
    """Pages of docs/ that are made from the code; the command below makes them anew."""
    words = "run .venv/bin/python -m forum.base.commands.reference"
    assert FILES[name].exists(), words
    assert FILES[name].read_text(encoding="utf-8") == PAGES[name](), words
