"""What the meeting itself adds: opening, quorum, items, recesses, lost links, the close."""

from forum.base import clock
from forum.base.events import Stored
from sessions.arrivals.events import DeskBack, DeskSilent
from sessions.convening.events import NoticeShortened
from sessions.meetings import events
from sessions.meetings import sitting_events as sittings
from sessions.meetings.models import Link
from sessions.minutes.projection.draft import Draft, Held, numbers, on
from sessions.minutes.record import EntryKind


@on(events.MeetingConvened)
def convened(draft: Draft, stored: Stored) -> None:
    """How many are entitled is known from here on."""
    draft.entitled = stored.payload["entitled"]


@on(events.MeetingStarted)
def started(draft: Draft, stored: Stored) -> None:
    """The chair opened the meeting."""
    draft.chair = draft.chair or stored.actor_id
    _begin(draft, stored, 1)
    draft.add(
        stored,
        EntryKind.OPENED,
        person=stored.actor_id,
        facts=numbers(stored.payload, "entitled", "present"),
    )


def _begin(draft: Draft, stored: Stored, number: int) -> None:
    draft.entitled = stored.payload["entitled"]
    there = stored.payload["venues"]
    draft.held.append(Held(number, stored.at, draft.entitled, there, there))


@on(sittings.MeetingContinued)
def continued(draft: Draft, stored: Stored) -> None:
    """A further sitting: a section of its own, with its own numbers."""
    number = stored.payload["sitting"]
    draft.begin_sitting(stored, number)
    _begin(draft, stored, number)
    draft.add(
        stored,
        EntryKind.CONTINUED,
        person=stored.actor_id,
        facts=numbers(stored.payload, "sitting", "entitled", "present"),
    )


@on(sittings.MeetingSuspended)
def suspended(draft: Draft, stored: Stored) -> None:
    """The meeting goes on another day: when it was announced for stands here."""
    draft.add(
        stored,
        EntryKind.SUSPENDED,
        person=stored.actor_id,
        facts=numbers(stored.payload, "sitting", "starts_at", "present"),
    )
    draft.end_sitting(stored)


@on(sittings.MeetingUnopened)
def unopened(draft: Draft, stored: Stored) -> None:
    """The meeting had not begun: this is no sitting, but that it was opened stays to be read."""
    draft.add(stored, EntryKind.UNOPENED, person=stored.actor_id)
    draft.held.pop()


@on(sittings.SittingDropped)
def dropped(draft: Draft, stored: Stored) -> None:
    """The sitting that was announced does not take place."""
    facts = numbers(stored.payload, "sitting")
    draft.add(stored, EntryKind.DROPPED, person=stored.actor_id, facts=facts)


@on(events.AttendanceCounted)
def counted(draft: Draft, stored: Stored) -> None:
    """The numbers move on until the close; no entry is made of them."""
    draft.entitled = stored.payload["entitled"]
    if draft.sits:
        draft.held[-1].entitled = draft.entitled
        draft.held[-1].at_close = stored.payload["venues"]


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
    draft.open_item(stored, stored.payload["item"])


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
    """The chair closed the meeting; between two sittings there was none to be closed."""
    if not draft.sits:
        return
    draft.held[-1].adjourned_at = stored.at
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
    draft.go_on()
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
    if desk not in draft.keys:
        if not draft.sits or ("venue", venue) in draft.keys:
            return
        facts = {"venue": venue, "hall": _hall(draft, venue), "silent": True}
        draft.add(stored, EntryKind.LINK_LOST, of=desk, facts=facts)
        began = draft.held[-1].opened_at
        draft.change(desk, at=max(clock.parse(stored.payload["since"]), began))
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
