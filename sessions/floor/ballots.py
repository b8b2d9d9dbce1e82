"""The vote on the current item, as everybody in the meeting sees it."""

from datetime import datetime
from typing import NamedTuple

from forum.base.db import Db
from forum.base.i18n import _
from sessions.meetings import program
from sessions.meetings.queries import MeetingRow
from voting.boxes.models import Channel
from voting.polls import page, queries, words
from voting.polls.models import PollState, TallyState
from voting.polls.page import Outline, Shown
from voting.polls.progress import Progress, progress
from voting.polls.queries import PollRow


class HallCount(NamedTuple):
    """How far the count of one venue is."""

    venue_id: int
    name: str
    channel: Channel
    issued: int
    state: TallyState
    state_name: str


class PollView(NamedTuple):
    """The vote on the current item."""

    id: int
    question: str
    html: str
    state: PollState
    state_name: str
    tone: str
    secret: bool
    entitled: int | None
    present: int | None
    turnout: int
    channel: Channel
    halls: list[HallCount]
    choices: list[Shown]
    decided_by: list[str]
    closes_at: datetime | None
    result: Outline | None
    tied: bool
    progress: Progress | None


def current_poll(
    db: Db, row: MeetingRow, *, led: bool = False
) -> tuple[PollRow, program.Held] | None:
    """The last vote on the current item that was not declared void."""
    held = {one.poll_id: one for one in program.held(db, row.id)}
    found = [
        poll
        for poll in queries.of_meeting(db, f"meeting:{row.id}", manages=led)
        if poll.item_id == row.current_item_id
        and poll.state is not PollState.VOIDED
        and poll.id in held
    ]
    return (found[-1], held[found[-1].id]) if found else None


def poll_view(db: Db, row: MeetingRow, venues: dict[int, str], *, led: bool) -> PollView | None:
    """That vote; its result only once it is public, or for those who announce it (`led`)."""
    found = current_poll(db, row, led=led)
    if found is None:
        return None
    poll, held = found
    known = poll.state is PollState.PUBLISHED or (led and poll.state is PollState.FINISHED)
    outline = page.outline(poll) if known else None
    halls = {f"venue:{venue}": (venue, name) for venue, name in venues.items()}
    return PollView(
        poll.id,
        poll.question,
        poll.html,
        poll.state,
        # Only a public result may show in the words of a state.
        words.standing(poll) if known else words.state(poll.state),
        words.tone(poll) if known else "info",
        poll.secret,
        poll.eligible,
        poll.present,
        queries.turnout(db, poll.id),
        held.channel,
        [
            HallCount(
                *halls[tally.venue],
                tally.channel,
                tally.issued,
                tally.state,
                _(words.TALLY_STATES[tally.state]),
            )
            for tally in queries.tallies(db, poll.id)
            if tally.venue in halls
        ],
        page.choices(poll),
        page.decided_by(poll),
        poll.closes_at,
        outline,
        outline is not None and outline.tied,
        progress(db, poll.id, poll.state),
    )
