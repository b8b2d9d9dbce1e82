"""Who is told what about a vote: those on the roll, those who took part, those who lead it."""

from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.base.news import Feed, news
from forum.base.refs import parse
from forum.base.registry import Group, notify, silent
from voting.boxes import queries as boxes
from voting.polls import events, queries
from voting.polls.models import Poll

MOST = 100_000


def _maker(db: Db, poll: int) -> list[int]:
    found = db.execute(select(col(Poll.created_by)).where(col(Poll.id) == poll))
    return list(found.scalars())


def on_roll(db: Db, stored: Stored) -> list[int]:
    """Everybody who may vote."""
    return queries.on_roll(db, parse(stored.subject)[1])


def took_part(db: Db, stored: Stored) -> list[int]:
    """Everybody who voted, and whoever made the poll."""
    poll = parse(stored.subject)[1]
    voters = [voter for voter, _channel in boxes.participants(db, poll, limit=MOST)]
    return sorted({*voters, *_maker(db, poll)})


def maker(db: Db, stored: Stored) -> list[int]:
    """Whoever made the poll, unless they did it themselves."""
    made = _maker(db, parse(stored.subject)[1])
    return [member for member in made if member != stored.actor_id]


notify(
    events.PollOpened,
    group=Group.INVITED,
    others=N_("A vote is open: %(title)s"),
    who=on_roll,
    words=N_("You can vote now: %(title)s"),
)
notify(
    events.PollPublished,
    others=N_("The result is out: %(title)s"),
    who=took_part,
    words=N_("The result is out: %(title)s"),
)
notify(
    events.PollVoided,
    group=Group.INVITED,
    others=N_("A vote was declared void: %(title)s"),
    who=on_roll,
    words=N_("A vote was declared void: %(title)s"),
)
notify(
    events.PollFinished,
    group=Group.WORK,
    who=maker,
    words=N_("Counted, and ready to publish: %(title)s"),
)
notify(
    events.OpeningMissed,
    group=Group.WORK,
    who=maker,
    words=N_("A vote could not be opened as planned: %(title)s"),
)
silent(events.PollCreated, because="Those who may vote are told when they can.")
silent(events.TurnoutCounted, because="It stands on the poll's page.")
silent(events.RightMoved, because="The person stands at the desk that recorded it.")
silent(events.HandsEntered, because="The tellers see it on their page.")
silent(events.HandsConfirmed, because="The tellers see it on their page.")
silent(events.VenueExcepted, because="It stands with its reason beside the result.")
silent(events.PollClosed, because="The result follows.")
silent(events.TieBroken, because="The result follows.")

news(events.PollOpened, Feed.VOTES, N_("A vote is open: %(title)s"))
news(events.PollPublished, Feed.VOTES, N_("The result is out: %(title)s"))
news(events.PollVoided, Feed.VOTES, N_("A vote was declared void: %(title)s"))
