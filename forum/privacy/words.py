"""Purposes and consents in the reader's language."""

from typing import NamedTuple

from forum.base import i18n
from forum.base.i18n import N_, _
from forum.base.purposes import ASKED, BASES, BY_KEY, PURPOSES, Basis, Purpose
from forum.privacy.models import Way
from forum.privacy.queries import Given

WAYS = {
    Way.SELF: N_("by yourself"),
    Way.COUNTER: N_("noted by %(name)s at the counter"),
    Way.GUARDIAN: N_("by the guardian, %(name)s"),
}


class Shown(NamedTuple):
    """A purpose that asks for consent, and how it stands with one person."""

    key: str
    data: str
    use: str
    ask: str
    loses: str
    page: str
    given: Given | None
    how: str


def translated(purpose: Purpose) -> Purpose:
    """A purpose in the reader's language."""
    return purpose._replace(
        data=_(purpose.data),
        use=_(purpose.use),
        seen=_(purpose.seen),
        kept=_(purpose.kept),
        ask=_(purpose.ask) if purpose.ask else "",
        loses=_(purpose.loses) if purpose.loses else "",
    )


def table() -> list[tuple[str, list[Purpose]]]:
    """All purposes under the words of their basis, as the privacy page shows them."""
    return [
        (_(BASES[basis]), [translated(each) for each in PURPOSES if each.basis is basis])
        for basis in Basis
    ]


def way(given: Given) -> str:
    """Who consented, and how it is known."""
    return _(WAYS[given.way]) % {"name": given.by}


def told(given: Given) -> str:
    """A consent in one line, for the copy of one's data."""
    known = BY_KEY.get(given.purpose)
    what = f"{_(known.data)} – {_(known.use)}" if known else given.purpose
    words = _("%(what)s: given on %(date)s, %(how)s, wording %(number)s") % {
        "what": what,
        "date": i18n.date(given.given_at),
        "how": way(given),
        "number": given.version,
    }
    if given.ended_at is None:
        return words
    return words + _("; ended on %(date)s") % {"date": i18n.date(given.ended_at)}


def shown(given: list[Given]) -> list[Shown]:
    """Every purpose that asks this person themselves for consent, with what they said to it."""
    last = {each.purpose: each for each in given}
    found = []
    for purpose in ASKED:
        theirs = last.get(purpose.key)
        if purpose.key == "child" and theirs is None:
            continue
        each = translated(purpose)
        how = way(theirs) if theirs else ""
        found.append(
            Shown(each.key, each.data, each.use, each.ask, each.loses, each.page, theirs, how)
        )
    return found
