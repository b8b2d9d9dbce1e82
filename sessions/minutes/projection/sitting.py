"""What the meeting itself adds: opening, quorum, items, recesses, lost links, the close."""

from forum.base import clock
from forum.base.events import Stored
from sessions.arrivals.events import DeskBack, DeskSilent
from sessions.convening.events import NoticeShortened
from sessions.meetings import events
from sessions.meetings.models import Link
from sessions.minutes.projection.draft import Draft, numbers, on
from sessions.minutes.record import EntryKind


@on(events.MeetingConvened)
def convened(draft: Draft, stored: Stored) -> None:
    """How many are entitled is known from here on."""
    draft.entitled = stored.payload["entitled"]


@on(events.MeetingStarted)
def started(draft: Draft, stored: Stored) -> None:
    """The chair opened the meeting."""
    draft.opened_at = draft.opened_at or stored.at
    draft.chair = draft.chair or stored.actor_id
    draft.entitled = stored.payload["entitled"]
    draft.at_opening = draft.at_close = stored.payload["venues"]
    draft.add(
        stored,
        EntryKind.OPENED,
        person=stored.actor_id,
        facts=numbers(stored.payload, "entitled", "present"),
    )


@on(events.AttendanceCounted)
def counted(draft: Draft, stored: Stored) -> None:
    """The numbers move on until the close; no entry is made of them."""
    draft.entitled = stored.payload["entitled"]
    if draft.adjourned_at is None:
        draft.at_close = stored.payload["venues"]


@on(events.QuorumDeclared)
def quorum(draft: Draft, stored: Stored) -> None:
    """What the chair declared, with the numbers of that moment."""
    draft.add(
        stored,
        EntryKind.QUORUM,
        person=stored.actor_id,
        facts={
            **numbers(stored.payload, "entitled", "present", "needed", "reached"),
            "represented": stored.payload.get("represented", 0),
        },
    )


@on(NoticeShortened)
def short_notice(draft: Draft, stored: Stored) -> None:
    """Why the meeting was convened later than its type demands."""
    text = draft.text("short_notice", stored.payload["notice"])
    if not text:  # it was said of a meeting that was called off before it began
        return
    draft.add(
        stored,
        EntryKind.SHORT_NOTICE,
        person=stored.actor_id,
        text=text,
        facts=numbers(stored.payload, "given", "wanted", "working"),
    )


@on(events.ItemOpened)
def item_opened(draft: Draft, stored: Stored) -> None:
    """An item begins a section of its own."""
    draft.section(stored, stored.payload["item"])


@on(events.ItemClosed)
def item_closed(draft: Draft, stored: Stored) -> None:
    """The item's section ends, in the state in which the item was left."""
    draft.end_item(stored, stored.payload["how"])


@on(events.MeetingBroken)
def broken(draft: Draft, stored: Stored) -> None:
    """A recess; its end is told when it comes."""
    draft.add(stored, EntryKind.RECESS, person=stored.actor_id, of=("recess", 0))


@on(events.MeetingResumed)
def resumed(draft: Draft, stored: Stored) -> None:
    """The recess is over."""
    facts = numbers(stored.payload, "present")
    draft.change(("recess", 0), until=stored.at, facts=facts)


@on(events.MeetingAdjourned)
def adjourned(draft: Draft, stored: Stored) -> None:
    """The chair closed the meeting."""
    draft.adjourned_at = stored.at
    draft.end_item(stored, "")
    draft.add(
        stored,
        EntryKind.ADJOURNED,
        person=stored.actor_id,
        facts=numbers(stored.payload, "present"),
    )


@on(events.MeetingReopened)
def reopened(draft: Draft, stored: Stored) -> None:
    """A meeting closed by mistake went on."""
    draft.adjourned_at = None
    draft.add(
        stored,
        EntryKind.REOPENED,
        person=stored.actor_id,
        facts=numbers(stored.payload, "present"),
    )


@on(events.LinkChanged)
def linked(draft: Draft, stored: Stored) -> None:
    """A lost link is one entry from the loss to the return."""
    venue = ("venue", stored.payload["venue"])
    if stored.payload["link"] == Link.UP:
        draft.change(venue, until=stored.at)
        draft.keys.pop(venue, None)
        return
    draft.add(
        stored,
        EntryKind.LINK_LOST,
        of=venue,
        facts={**numbers(stored.payload, "venue", "present"), "hall": _hall(draft, venue[1])},
    )


def _hall(draft: Draft, venue: int) -> str:
    return next((name for ident, _kind, name in draft.facts.venues if ident == venue), "")


@on(DeskSilent, DeskBack)
def silent(draft: Draft, stored: Stored) -> None:
    """A desk of which nothing was heard is one entry, from its last word to its next.

    Nothing is added while the desk itself has declared its link lost, nor before the opening.
    """
    venue = stored.payload["venue"]
    desk, back = ("desk", venue), stored.kind == DeskBack.kind
    sits = draft.opened_at is not None and draft.adjourned_at is None
    if desk not in draft.keys:
        if not sits or ("venue", venue) in draft.keys:
            return
        facts = {"venue": venue, "hall": _hall(draft, venue), "silent": True}
        draft.add(stored, EntryKind.LINK_LOST, of=desk, facts=facts)
        draft.change(desk, at=clock.parse(stored.payload["since"]))
    if back:
        draft.change(desk, until=stored.at)
        draft.keys.pop(desk)


@on(events.NoticeShown)
def noticed(draft: Draft, stored: Stored) -> None:
    """A sentence that the chair showed everybody."""
    draft.add(
        stored,
        EntryKind.NOTICE,
        person=stored.actor_id,
        text=draft.text("notice", stored.payload["notice"]),
    )
