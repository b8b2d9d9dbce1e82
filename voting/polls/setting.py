"""What is set before a vote: the way to decide, its settings, and the options to choose among."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from forum.base.errors import Invalid
from forum.base.forms import Form
from forum.base.request import Request
from voting.methods.method import Method, Option, methods

USUAL = ("majority", "consent", "plurality", "approval", "irv", "consensing", "pb_equal_shares")


def ways(*, among: bool, weights: bool = False) -> list[Method]:
    """The methods that decide among options, or those that ask about one proposal; usual first.

    Those that count heads and weights at once only where there are `weights`.
    """
    found = [
        way
        for way in methods().values()
        if way.choices_fixed is not among and (weights or not way.two_weights)
    ]
    return sorted(found, key=lambda way: USUAL.index(way.name) if way.name in USUAL else 99)


def chosen(request: Request) -> Method | None:
    """The method among options that an address or a refused form names; None where none is."""
    name = request.query.value("method") or request.form.value("method")
    return next((way for way in ways(among=True) if way.name == name), None)


def settings(form: Form, way: Method) -> dict[str, str]:
    """The settings of a method as they were typed."""
    names = [setting.name for setting in way.settings]
    return {name: form.text(f"{way.name}_{name}", max=40, optional=True) for name in names}


@contextmanager
def named(way: Method) -> Iterator[None]:
    """What a method refuses is said at the field of the form that it was typed into."""
    try:
        yield
    except Invalid as refusal:
        names = {one.name for one in way.settings}
        fields = {f"{way.name}_{n}" if n in names else n: t for n, t in refusal.fields.items()}
        raise Invalid(refusal.message, fields=fields) from refusal


def options(form: Form, way: Method) -> tuple[Option, ...]:
    """One on each line, with its cost after a vertical bar where a budget is shared out."""
    if way.choices_fixed:
        return ()
    lines = [
        line
        for raw in _plain(form.text("options", max=60_000)).splitlines()
        if (line := raw.strip())
    ]
    # A Chinese keyboard has a bar of its own width.
    parted = [
        line.replace("｜", "|").rpartition("|") if way.costs else ("", "", line) for line in lines
    ]
    return tuple(
        Option(f"o{n}", (name or cost).strip(), cost.strip() if name else "")
        for n, (name, _bar, cost) in enumerate(parted, 1)
    )


def _plain(text: str) -> str:
    """Without characters that nobody sees, so that two names that look alike are the same."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(one for one in composed if unicodedata.category(one) != "Cf")
