"""Who is told what about minutes, decisions and outcomes."""

from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.base.news import Feed, news
from forum.base.refs import parse
from forum.base.registry import Group, notify, silent
from sessions.minutes import events
from sessions.minutes.models import CorrectionRequest, Decision
from sessions.minutes.queries import outcomes, participants

THERE = N_("You were at the meeting.")
PART = N_("You took part in it.")


def there(db: Db, stored: Stored) -> list[int]:
    """Everybody who was at the meeting."""
    return sorted(participants.of_meeting(db, parse(stored.stream)[1]))


def secretaries(db: Db, stored: Stored) -> list[int]:
    """Who keeps the minutes of this meeting."""
    return participants.keepers(db, parse(stored.stream)[1])


def asker(db: Db, stored: Stored) -> list[int]:
    """Whoever asked for the correction."""
    query = select(col(CorrectionRequest.author_id)).where(
        col(CorrectionRequest.id) == stored.payload["request"]
    )
    return list(db.execute(query).scalars())


def part_in_item(db: Db, stored: Stored) -> list[int]:
    """Everybody who argued, voted or spoke on the decision's item."""
    query = select(col(Decision.item_id)).where(col(Decision.id) == stored.payload["decision"])
    return sorted(participants.of_item(db, db.execute(query).scalar_one()))


def newly(db: Db, stored: Stored) -> list[int]:
    """Everybody who took part in the consultation and has not been told of its outcome before."""
    return outcomes.told(db, stored.payload["revision"])


notify(
    events.MinutesCirculated,
    group=Group.WORK,
    who=there,
    words=N_("Please read, and ask for corrections if need be: %(title)s"),
    because=THERE,
)
notify(
    events.MinutesApproved,
    others=N_("Approved: %(title)s"),
    who=there,
    words=N_("Approved: %(title)s"),
    because=THERE,
)
notify(
    events.MinutesAmending,
    who=there,
    words=N_("A new version is being written: %(title)s"),
    because=THERE,
)
notify(
    events.CorrectionAsked,
    group=Group.WORK,
    who=secretaries,
    words=N_("A correction is asked for: %(title)s"),
    because=N_("You keep these minutes."),
)
notify(
    events.CorrectionAnswered,
    group=Group.ANSWERS,
    who=asker,
    words=N_("Your request for a correction has an answer: %(title)s"),
    because=N_("You asked for a correction."),
)
notify(
    events.DecisionApproved,
    others=N_("It is decided: %(title)s"),
    who=part_in_item,
    words=N_("It is decided: %(title)s"),
    because=PART,
)
notify(
    events.DecisionWithdrawn,
    others=N_("A decision was withdrawn: %(title)s"),
    who=part_in_item,
    words=N_("A decision was withdrawn: %(title)s"),
    because=PART,
)
notify(
    events.OutcomePublished,
    others=N_("What came of it, and why: %(title)s"),
    who=newly,
    words=N_("What came of it, and why: %(title)s"),
    because=PART,
)
silent(events.MinutesBegun, because="Nobody has to do anything yet.")
silent(events.MinutesCorrected, because="Whoever asked for it gets an answer; all read the result.")
silent(events.MinutesSigned, because="The approval that follows is told.")
silent(events.DecisionRecorded, because="It is told when it is approved.")
silent(events.OutcomeWritten, because="It is told when it is published.")

news(events.MinutesApproved, Feed.MINUTES, N_("The minutes are published: %(title)s"))
news(events.MinutesAmending, Feed.MINUTES, N_("A new version is being written: %(title)s"))
news(events.DecisionApproved, Feed.DECISIONS, N_("It is decided: %(title)s"))
news(events.DecisionWithdrawn, Feed.DECISIONS, N_("A decision was withdrawn: %(title)s"))
news(events.OutcomePublished, Feed.OUTCOMES, N_("What came of it, and why: %(title)s"))
