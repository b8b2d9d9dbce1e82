"""What motions add: what was moved by whom and seconded, and what became of it."""

from typing import Any

from forum.base.events import Stored
from sessions.minutes.projection.draft import Draft, on
from sessions.minutes.record import EntryKind
from sessions.motions import events
from sessions.motions.models import Sort


@on(events.MotionMoved)
def moved(draft: Draft, stored: Stored) -> None:
    """A motion in its words; who seconds it joins the entry."""
    payload = stored.payload
    target = draft.find(("motion", payload["target"] or 0))
    draft.add(
        stored,
        EntryKind.MOTION,
        of=("motion", payload["motion"]),
        item=payload["item"],
        person=payload["mover"],
        facts={
            "motion": payload["motion"],
            "sort": payload["sort"],
            "number": payload["number"],
            "target_sort": target.facts["sort"] if target else None,
            "target_number": target.facts["number"] if target else None,
            "again": payload["origin"] is not None,
        },
        text=draft.text("motion", payload["version"]),
    )


@on(events.MotionSeconded)
def seconded(draft: Draft, stored: Stored) -> None:
    """The first to second it is named, the others are counted."""
    motion = ("motion", stored.payload["motion"])
    entry = draft.find(motion)
    if entry is not None:
        first = entry.facts.get("seconder") or stored.payload["member"]
        draft.change(motion, facts={"seconder": first, "seconds": stored.payload["seconds"]})


@on(events.MotionDivided)
def divided(draft: Draft, stored: Stored) -> None:
    """The parts stand in entries of their own, which say of what they are parts."""
    _step(draft, stored, "divided")
    whole = draft.find(("motion", stored.payload["motion"]))
    for part in stored.payload["parts"]:
        draft.change(("motion", part), facts={"part_of": whole.facts["number"] if whole else None})


@on(events.MotionReworded, events.MotionAmended)
def reworded(draft: Draft, stored: Stored) -> None:
    """The new wording in full."""
    amended = stored.kind == events.MotionAmended.kind
    text = draft.text("motion", stored.payload["version"])
    _step(draft, stored, "amended" if amended else "reworded", text=text)


@on(events.AmendmentConfirmed)
def confirmed(draft: Draft, stored: Stored) -> None:
    """An amendment stands, though the text under it has changed."""
    _step(draft, stored, "confirmed")


@on(events.MotionOrdered)
def ordered(draft: Draft, stored: Stored) -> None:
    """The chair's override, with its reason."""
    text = draft.text("motion_note", stored.payload["note"])
    _step(draft, stored, "ordered", person=stored.actor_id, text=text)


@on(events.MotionWithdrawn)
def withdrawn(draft: Draft, stored: Stored) -> None:
    """Taken back, by the mover or with the chair's consent."""
    entry = draft.find(("motion", stored.payload["motion"]))
    step = "withdrawn_by_chair" if stored.payload["consented"] else "withdrawn"
    _step(draft, stored, step, person=entry.person if entry else None)


@on(events.ConsensusRefused)
def objected(draft: Draft, stored: Stored) -> None:
    """Somebody objected to a motion being carried without a vote."""
    _step(draft, stored, "objected", person=stored.payload["member"])


@on(events.MotionCarried)
def carried(draft: Draft, stored: Stored) -> None:
    """By the vote that stands beside it, or since nobody objected."""
    _step(draft, stored, "carried" if stored.payload["poll"] else "consensus")


@on(events.MotionRejected)
def rejected(draft: Draft, stored: Stored) -> None:
    """Not carried by the vote that stands beside it."""
    _step(draft, stored, "rejected")


@on(events.MotionReturned)
def returned(draft: Draft, stored: Stored) -> None:
    """The vote decided nothing."""
    _step(draft, stored, "returned")


@on(events.MotionPostponed, events.MotionReferred)
def sent_away(draft: Draft, stored: Stored) -> None:
    """Left for later, or sent elsewhere, with what was said; its amendments go without a word."""
    entry = draft.find(("motion", stored.payload["motion"]))
    if entry is not None and entry.facts["sort"] == Sort.AMENDMENT:
        return
    referred = stored.kind == events.MotionReferred.kind
    text = draft.text("motion_note", stored.payload["note"] or 0)
    _step(draft, stored, "referred" if referred else "postponed", text=text)


@on(events.MotionFell)
def fell(draft: Draft, stored: Stored) -> None:
    """Off without a vote, and why."""
    _step(draft, stored, f"fell_{stored.payload['cause']}")


@on(events.MotionReconsidered)
def reconsidered(draft: Draft, stored: Stored) -> None:
    """It was decided in this meeting or in an earlier one; named is the motion that it is now."""
    _step(draft, stored, "reconsidered", motion=stored.payload["again"])


def _step(
    draft: Draft, stored: Stored, step: str, *, motion: int | None = None, **more: Any
) -> None:
    ident = motion or stored.payload["motion"]
    entry = draft.find(("motion", ident))
    draft.add(
        stored,
        EntryKind.MOTION_STEP,
        item=stored.payload["item"],
        facts={
            "step": step,
            "motion": ident,
            "sort": entry.facts["sort"] if entry else Sort.MAIN.value,
            "number": entry.facts["number"] if entry else None,
        },
        **more,
    )
