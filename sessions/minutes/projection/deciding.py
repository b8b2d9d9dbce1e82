"""What polls and decisions add: the question, the figures, what was resolved."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from forum.base.events import Stored
from sessions.minutes import events as decisions
from sessions.minutes.projection.draft import Draft, counted, numbers, on
from sessions.minutes.projection.facts import Poll
from sessions.minutes.record import EntryKind, Vote
from voting.papers import events as papers
from voting.polls import events as polls

WITHOUT = "–"  # an erased reason leaves its place
UNKNOWN = Poll("", "", (), [])


@on(polls.PollOpened)
def opened(draft: Draft, stored: Stored) -> None:
    """A question is put; the figures come when they are public."""
    payload = stored.payload
    known = draft.facts.polls.get(payload["poll"], UNKNOWN)
    draft.add(
        stored,
        EntryKind.POLL,
        of=("poll", payload["poll"]),
        item=payload["item"],
        vote=Vote(
            poll=payload["poll"],
            question=known.question,
            method=known.method,
            secret=payload["secrecy"] == "secret",
            entitled=payload["eligible"],
            present=payload["present"],
            figures={},
            choices=(),
            outcome="",
            explanation=[],
        ),
    )


@on(polls.PollClosed)
def closed(draft: Draft, stored: Stored) -> None:
    """Casting ended."""
    draft.change(("poll", stored.payload["poll"]), until=stored.at)


@on(polls.PollFinished)
def finished(draft: Draft, stored: Stored) -> None:
    """The root of the ballots stands in the minutes, so that anybody can recount them."""
    _vote(draft, stored, root=stored.payload["root"])


@on(polls.PollPublished)
def published(draft: Draft, stored: Stored) -> None:
    """The result as it was made public."""
    known = draft.facts.polls.get(stored.payload["poll"], UNKNOWN)
    more = {name: stored.payload.get(name, 0) for name in ("represented", "through")}
    figures = stored.payload["figures"] | {name: n for name, n in more.items() if n}
    _vote(
        draft,
        stored,
        figures=figures,
        choices=counted(known.choices, figures),
        outcome=stored.payload["outcome"],
        explanation=known.explanation,
        **({"root": stored.payload["root"]} if stored.payload.get("root") else {}),
    )
    if stored.payload.get("lot"):
        draft.add(
            stored,
            EntryKind.LOT,
            item=stored.payload["item"],
            facts=numbers(stored.payload, "poll", "lot"),
        )


@on(polls.PollExtended)
def extended(draft: Draft, stored: Stored) -> None:
    """More time to vote, and why."""
    draft.add(
        stored,
        EntryKind.EXTENDED,
        item=stored.payload["item"],
        person=stored.actor_id,
        text=draft.text("poll_note", stored.payload["note"]),
    )


@on(polls.PollVoided)
def voided(draft: Draft, stored: Stored) -> None:
    """A poll that decides nothing, and why."""
    poll = ("poll", stored.payload["poll"])
    text = draft.text("poll_note", stored.payload["note"])
    draft.change(poll, facts={"void": True}, text=text)


@on(polls.VenueExcepted)
def excepted(draft: Draft, stored: Stored) -> None:
    """A venue's count was left out, and why."""
    draft.add(
        stored,
        EntryKind.EXCEPTION,
        person=stored.actor_id,
        facts=numbers(stored.payload, "poll", "venue", "channel"),
        text=draft.text("poll_note", stored.payload["note"]),
    )


@on(polls.HandsConfirmed)
def summed(draft: Draft, stored: Stored) -> None:
    """A box that tellers counted, of which papers did not come back, and why."""
    if note := stored.payload.get("note"):
        draft.add(
            stored,
            EntryKind.EXCEPTION,
            person=stored.actor_id,
            facts=numbers(stored.payload, "poll", "venue", "channel", "unreturned"),
            text=draft.text("poll_note", note),
        )


@on(papers.BatchConfirmed)
def box_closed(draft: Draft, stored: Stored) -> None:
    """A box of papers that was short or did not add up, and the reason."""
    if stored.payload["note"]:
        whole = stored.payload["whole"]
        facts = numbers(stored.payload, "poll", "box", "unreturned") | {"adds_up": whole}
        draft.add(
            stored,
            EntryKind.EXCEPTION,
            person=stored.actor_id,
            facts=facts,
            text=draft.text("poll_note", stored.payload["note"]),
        )


@on(papers.BatchRejected)
def box_late(draft: Draft, stored: Stored) -> None:
    """Papers that came too late: how many, and why; they did not count."""
    draft.add(
        stored,
        EntryKind.PAPERS_LATE,
        person=stored.actor_id,
        facts=numbers(stored.payload, "poll", "box", "papers"),
        text=draft.text("poll_note", stored.payload["note"]),
    )


@on(papers.ChannelsTold)
def on_paper(draft: Draft, stored: Stored) -> None:
    """With the result: what became of the papers that were given out."""
    told = stored.payload["boxes"]
    names = ("issued", "ballots", "blank", "invalid", "unreturned")
    sums = {name: sum(box.get(name, 0) for box in told) for name in names}
    whole = all("unreturned" in box for box in told if box["state"] == "confirmed")
    sums["ballots"] += sum(n for box in told for of, n in box.items() if of.startswith("vote:"))
    facts = {"poll": stored.payload["poll"], "boxes": len(told), "whole": whole, **sums}
    draft.add(
        stored,
        EntryKind.PAPERS,
        item=stored.payload["item"],
        facts=facts | _answers(draft.facts.polls.get(stored.payload["poll"], UNKNOWN), told),
    )


def _answers(known: Poll, told: Sequence[Mapping[str, int | str]]) -> dict[str, int]:
    """What papers say in sum, by number and name of the answer; where every box tells its own."""
    votes: Counter[str] = Counter()
    for box in told:
        sums = {of: int(n) for of, n in box.items() if of.startswith(("of:", "vote:"))}
        if box.get("ballots") and not sums:
            return {}
        votes.update({of.partition(":")[2]: n for of, n in sums.items()})
    if not votes:
        return {}
    return {f"of:{n:02d}:{one.label}": votes[one.value] for n, one in enumerate(known.choices)}


@on(decisions.DecisionRecorded)
def decided(draft: Draft, stored: Stored) -> None:
    """What was resolved, and on what it rests."""
    draft.add(
        stored,
        EntryKind.DECISION,
        of=("decision", stored.payload["decision"]),
        item=stored.payload["item"],
        facts={
            **numbers(stored.payload, "decision", "basis", "poll", "item"),
            "title": draft.text("decision_title", stored.payload["decision"]),
        },
        text=draft.text("decision", stored.payload["decision"]),
    )


@on(decisions.DecisionWithdrawn)
def withdrawn(draft: Draft, stored: Stored) -> None:
    """A decision that was recorded wrongly is out, and says so."""
    reason = draft.text("withdrawal", stored.payload["decision"])
    draft.change(("decision", stored.payload["decision"]), struck=reason or WITHOUT)


def _vote(draft: Draft, stored: Stored, **changes: Any) -> None:
    poll = ("poll", stored.payload["poll"])
    entry = draft.find(poll)
    if entry is not None and entry.vote is not None:
        draft.change(poll, vote=replace(entry.vote, **changes))
