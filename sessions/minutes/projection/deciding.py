"""What polls and decisions add: the question, the figures, what was resolved."""

from dataclasses import replace
from typing import Any

from forum.base.events import Stored
from sessions.minutes import events as decisions
from sessions.minutes.projection.draft import Draft, counted, numbers, on
from sessions.minutes.projection.facts import Poll
from sessions.minutes.record import EntryKind, Vote
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
    figures = stored.payload["figures"]
    _vote(
        draft,
        stored,
        figures=figures,
        choices=counted(known.choices, figures),
        outcome=stored.payload["outcome"],
        explanation=known.explanation,
        **({"root": stored.payload["root"]} if stored.payload.get("root") else {}),
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
