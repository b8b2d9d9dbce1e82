"""What the list of speakers adds: who spoke and how long, points of order, rulings, appeals."""

from forum.base.events import Stored
from sessions.floor import events
from sessions.floor.models import AppealState, Lane
from sessions.minutes.projection.draft import Draft, numbers, on
from sessions.minutes.record import EntryKind


@on(events.SpeechRecognised)
def recognised(draft: Draft, stored: Stored) -> None:
    """Somebody has the floor; whoever raised a point of order stands in that entry."""
    payload = stored.payload
    if payload["lane"] == Lane.ORDER:
        return
    names = ("venue", "side") if payload["lane"] == Lane.SPEECH else ("venue", "side", "lane")
    draft.add(
        stored,
        EntryKind.SPEECH,
        of=("speech", payload["speech"]),
        item=payload["item"],
        person=payload["member"],
        facts=numbers(payload, *names),
    )


@on(events.SpeechContinued)
def continued(draft: Draft, stored: Stored) -> None:
    """The speech was ended by mistake: it goes on."""
    draft.change(("speech", stored.payload["speech"]), until=None)


@on(events.SpeechFinished)
def finished(draft: Draft, stored: Stored) -> None:
    """The speech is over; what counts is the time spoken, pauses left out."""
    facts = {"ms": stored.payload["spent_ms"]}
    draft.change(("speech", stored.payload["speech"]), until=stored.at, facts=facts)


@on(events.SpeechPreferred)
def preferred(draft: Draft, stored: Stored) -> None:
    """The chair's override, with its reason; whom it was for is known when they speak."""
    draft.add(
        stored,
        EntryKind.PREFERENCE,
        item=stored.payload["item"],
        person=draft.facts.speakers.get(stored.payload["speech"]),
        facts={"chair": stored.actor_id},
        text=draft.text("preference", stored.payload["preference"]),
    )


@on(events.OrderRaised)
def raised(draft: Draft, stored: Stored) -> None:
    """A point of order in the words of who raised it; the ruling joins the entry."""
    draft.add(
        stored,
        EntryKind.ORDER,
        of=("point", stored.payload["point"]),
        item=stored.payload["item"],
        person=stored.payload["member"],
        facts=numbers(stored.payload, "venue"),
        text=draft.text("point", stored.payload["point"]),
    )


@on(events.OrderRuled)
def ruled(draft: Draft, stored: Stored) -> None:
    """What the chair ruled, and why."""
    draft.change(
        ("point", stored.payload["point"]),
        until=stored.at,
        facts={
            "ruling": stored.payload["ruling"],
            "chair": stored.actor_id,
            "why": draft.text("ruling", stored.payload["ruled"]),
        },
    )


@on(events.RulingAppealed)
def appealed(draft: Draft, stored: Stored) -> None:
    """Somebody appealed from the ruling; what came of it joins the entry."""
    payload = stored.payload
    facts = {"appellant": payload["member"], "appeal": payload["state"]}
    draft.change(("point", payload["point"]), facts=facts)


@on(events.AppealSeconded)
def seconded(draft: Draft, stored: Stored) -> None:
    """Who supported the appeal."""
    facts = {"seconder": stored.payload["member"], "appeal": AppealState.OPEN.value}
    draft.change(("point", stored.payload["point"]), facts=facts)


@on(events.AppealDecided)
def decided(draft: Draft, stored: Stored) -> None:
    """Whether the ruling stands."""
    draft.change(("point", stored.payload["point"]), facts={"appeal": stored.payload["state"]})
