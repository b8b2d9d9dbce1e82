"""What facilitated sessions add: their steps, themes, and options with the counts of positions."""

from forum.base.events import Stored
from sessions.minutes.projection.draft import Draft, numbers, on
from sessions.minutes.record import EntryKind
from sessions.workshop import events, result_events


@on(events.WorkshopStarted)
def started(draft: Draft, stored: Stored) -> None:
    """The session; its groups join the entry when it is over."""
    draft.add(
        stored,
        EntryKind.WORKSHOP,
        of=("workshop", stored.payload["workshop"]),
        item=stored.payload["item"],
        person=stored.payload["facilitator"],
        facts=numbers(stored.payload, "workshop", "script", "steps", "present"),
    )


@on(events.WorkshopFinished)
def finished(draft: Draft, stored: Stored) -> None:
    """When it ended, and how large its groups were."""
    sizes = list(stored.payload["groups"].values())
    facts: dict[str, int | str | bool | None] = {
        "groups": len(sizes),
        "sizes": " ".join(map(str, sizes)),
    }
    draft.change(("workshop", stored.payload["workshop"]), until=stored.at, facts=facts)


@on(events.StepBegan)
def began(draft: Draft, stored: Stored) -> None:
    """A step; one that is gone back to goes on in its own entry."""
    payload = stored.payload
    step = ("workshop_step", payload["step"])
    draft.change(("workshop", payload["workshop"]), until=None)
    if draft.find(step) is not None:
        draft.change(step, until=None, facts={"again": True})
        return
    title = {"step_name": draft.text(*step)}
    draft.add(
        stored,
        EntryKind.WORKSHOP_STEP,
        of=step,
        facts=title | numbers(payload, "workshop", "number", "form", "gives"),
    )


@on(events.StepEnded)
def ended(draft: Draft, stored: Stored) -> None:
    """Until when, and what was given in it."""
    facts = numbers(stored.payload, "notes", "people")
    draft.change(("workshop_step", stored.payload["step"]), until=stored.at, facts=facts)


@on(result_events.ThemeKept)
def theme(draft: Draft, stored: Stored) -> None:
    """A heading with the number of its notes, as it last stood."""
    payload = stored.payload
    _keep(draft, stored, EntryKind.THEME, "theme", numbers(payload, "workshop", "number", "notes"))


@on(result_events.OptionCounted)
def option(draft: Draft, stored: Stored) -> None:
    """An option with the counts, as they last were."""
    facts = numbers(stored.payload, "workshop", "number", "support", "live", "object")
    entry = draft.find(("option", stored.payload["option"]))
    if entry is not None and "reworded" in entry.facts:
        facts["reworded"] = False
    _keep(draft, stored, EntryKind.OPTION, "option", facts)


@on(result_events.OptionReworded)
def reworded(draft: Draft, stored: Stored) -> None:
    """Counts on other words do not stand beside the new ones."""
    draft.change(
        ("option", stored.payload["option"]),
        facts={"reworded": True, "support": None, "live": None, "object": None},
        text=draft.text("workshop_wording", stored.payload["wording"]),
    )


def _keep(
    draft: Draft,
    stored: Stored,
    kind: EntryKind,
    what: str,
    facts: dict[str, int | str | bool | None],
) -> None:
    of = (what, stored.payload[what])
    text = draft.text("workshop_wording", stored.payload["wording"])
    if draft.find(of) is not None:
        draft.change(of, facts=facts, text=text)
    else:
        draft.add(stored, kind, of=of, facts=facts, text=text)


@on(result_events.ThemeDropped, result_events.OptionDropped)
def dropped(draft: Draft, stored: Stored) -> None:
    """What stood in the minutes already was taken back."""
    what = "theme" if stored.kind == result_events.ThemeDropped.kind else "option"
    draft.change((what, stored.payload[what]), facts={"dropped": True})


@on(result_events.ObjectionKept)
def objection(draft: Draft, stored: Stored) -> None:
    """A reason against an option, with a name only where that was wished."""
    payload = stored.payload
    draft.add(
        stored,
        EntryKind.OBJECTION,
        of=("objection", payload["objection"]),
        person=payload["member"],
        facts=numbers(payload, "workshop", "number"),
        text=draft.text("objection", payload["objection"]),
    )


@on(result_events.ObjectionStruck)
def struck(draft: Draft, stored: Stored) -> None:
    """Whose words were taken out of sight stands there without them."""
    of = ("objection", stored.payload["objection"])
    draft.change(of, facts={"struck": True}, text="", person=None)


@on(result_events.ObjectionWithdrawn)
def withdrawn(draft: Draft, stored: Stored) -> None:
    """An objection that is no longer upheld: neither words nor name stay."""
    of = ("objection", stored.payload["objection"])
    draft.change(of, facts={"dropped": True}, text="", person=None)
