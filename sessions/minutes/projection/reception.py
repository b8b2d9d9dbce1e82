"""What a reception adds: each word by its number and way, and the numbers at the end."""

from forum.base.events import Stored
from sessions.minutes.projection.draft import Draft, on
from sessions.minutes.record import EntryKind
from sessions.reception import events
from sessions.reception.models import NoteKind

NUMBERS = ("reception", 0)


@on(events.WordRecorded)
def recorded(draft: Draft, stored: Stored) -> None:
    """By number; with the name and the words only where the visitor lets them stand."""
    payload = stored.payload
    word = payload["word"]
    draft.add(
        stored,
        EntryKind.RECEPTION,
        of=("word", word),
        person=draft.facts.heard.get(word),
        facts={
            "number": payload["number"],
            "visitor": payload["visitor_number"],
            "venue": payload["venue"],
            "hall": _halls(draft).get(payload["venue"], ""),
            "category": payload["category"],
            "route": None,
            "refusal": None,
            "promised": False,
        },
        text=draft.text("word", word),
    )


@on(events.WordCorrected)
def corrected(draft: Draft, stored: Stored) -> None:
    """The record has what was meant, not the slip."""
    facts = {"category": stored.payload["category"]}
    draft.change(("word", stored.payload["word"]), facts=facts)


@on(events.WordRouted)
def routed(draft: Draft, stored: Stored) -> None:
    """Which way it goes joins the entry; said anew, the last one counts."""
    facts = {"route": stored.payload["route"], "refusal": stored.payload["refusal"]}
    draft.change(("word", stored.payload["word"]), facts=facts)


@on(events.WordPromised)
def promised(draft: Draft, stored: Stored) -> None:
    """Something was promised on it, and is a task."""
    draft.change(("word", stored.payload["word"]), facts={"promised": True})


@on(events.WordStruck)
def struck(draft: Draft, stored: Stored) -> None:
    """Recorded by mistake: the entry stays, struck, with the reason."""
    reason = draft.text(f"word_{NoteKind.STRIKE}", stored.payload["note"])
    draft.change(("word", stored.payload["word"]), struck=reason)


@on(events.ReceptionSummed)
def summed(draft: Draft, stored: Stored) -> None:
    """Whom each venue received and what was said there, and which way it went."""
    payload, halls = stored.payload, _halls(draft)
    facts: dict[str, int | str | bool | None] = {"unrouted": payload["unrouted"]}
    for venue, received in payload["received"].items():
        facts[f"hall_{venue}"] = halls.get(int(venue), "")
        facts[f"received_{venue}"] = received
        facts[f"words_{venue}"] = payload["words"].get(venue, 0)
    for route, number in payload["routes"].items():
        facts[f"route_{route}"] = number
    draft.add(stored, EntryKind.RECEPTION_SUM, of=NUMBERS, facts=facts)


def _halls(draft: Draft) -> dict[int, str]:
    return {ident: name for ident, _kind, name in draft.facts.venues}
