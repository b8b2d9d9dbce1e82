"""A reception in the minutes, in words: each word by its number, and the numbers at the end."""

from collections.abc import Mapping

from forum.base.i18n import _, current
from sessions.minutes.record import Entry
from sessions.reception import words
from sessions.reception.categories import Category
from sessions.reception.models import Refusal, Route


def word(entry: Entry, facts: Mapping[str, object], _zone: str) -> str:
    """Who said something on what, at which venue, and which way it goes."""
    about = words.category(Category(str(facts["category"])))
    told = {**facts, "category": about}
    if entry.person is not None:
        said = _("Word %(number)s, %(category)s: %(name)s, visitor %(visitor)s at %(hall)s.") % told
    else:
        said = _("Word %(number)s, %(category)s: visitor %(visitor)s at %(hall)s.") % told
    if facts["route"] is None:
        return said
    way = words.route(Route(str(facts["route"])))
    if facts["refusal"]:
        way = f"{way} ({words.refusal(Refusal(str(facts['refusal'])))})"
    goes = _("Its way: %(way)s.") % {"way": way}
    if facts["promised"]:
        goes = _("Its way: %(way)s; something was promised on it.") % {"way": way}
    return _joined(said, goes)


def numbers(entry: Entry, facts: Mapping[str, object], _zone: str) -> str:
    """By venue, then by way."""
    venues = [name.removeprefix("hall_") for name in facts if name.startswith("hall_")]
    halls = [
        _("%(hall)s: %(received)s visitors received, %(words)s opinions and suggestions")
        % {
            "hall": facts[f"hall_{venue}"],
            "received": facts[f"received_{venue}"],
            "words": facts[f"words_{venue}"],
        }
        for venue in sorted(venues, key=int)
    ]
    ways = [
        f"{words.route(route)} {facts[f'route_{route}']}"
        for route in Route
        if facts.get(f"route_{route}")
    ]
    if facts["unrouted"]:
        ways.append(f"{words.route(None)} {facts['unrouted']}")
    said = _("The reception in numbers. %(venues)s.") % {"venues": _("; ").join(halls)}
    return _joined(said, _("Ways: %(ways)s.") % {"ways": _(", ").join(ways)}) if ways else said


def _joined(first: str, second: str) -> str:
    return first + ("" if current().startswith("zh") else " ") + second
