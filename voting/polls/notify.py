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
from voting.delegations import queries as delegations
from voting.polls import events, queries, waiting
from voting.polls.models import Poll, Secrecy

MOST = 100_000


def _maker(db: Db, poll: int) -> list[int]:
    found = db.execute(select(col(Poll.created_by)).where(col(Poll.id) == poll))
    return list(found.scalars())


def on_roll(db: Db, stored: Stored) -> list[int]:
    """Everybody who may vote."""
    return queries.on_roll(db, parse(stored.subject)[1])


def still_asked(db: Db, stored: Stored) -> list[int]:
    """Those who have not voted; of a secret vote everybody who can vote online."""
    poll = parse(stored.subject)[1]
    query = select(col(Poll.secrecy)).where(col(Poll.id) == poll)
    secret = db.execute(query).scalar_one() == Secrecy.SECRET
    return waiting.asked(db, poll, secret=secret)


def took_part(db: Db, stored: Stored) -> list[int]:
    """Everybody who voted, and whoever made the poll."""
    poll = parse(stored.subject)[1]
    voters = [voter for voter, _channel in boxes.participants(db, poll, limit=MOST)]
    return sorted({*voters, *delegations.kept(db, poll), *_maker(db, poll)})


def unrepresented(db: Db, stored: Stored) -> list[int]:
    """Whose vote nobody could cast for them."""
    kept = delegations.kept(db, parse(stored.subject)[1])
    return [giver for giver, one in kept.items() if one.holder_id is None]


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
    events.DelegationsCounted,
    group=Group.INVITED,
    who=unrepresented,
    words=N_("You gave your vote to another, but it could not be cast: %(title)s"),
    because=N_("You had given your vote to somebody."),
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
    words=N_("Counted, look at the result and publish it: %(title)s"),
)
notify(
    events.PollExtended,
    group=Group.INVITED,
    others=N_("There is more time to vote: %(title)s"),
    who=still_asked,
    words=N_("There is more time to vote: %(title)s"),
)
notify(
    events.VotersReminded,
    group=Group.INVITED,
    who=still_asked,
    words=N_("If you have not voted yet, you still can: %(title)s"),
)
notify(
    events.OpeningMissed,
    group=Group.WORK,
    who=maker,
    words=N_("A vote could not be opened as planned: %(title)s"),
)
silent(events.PollCreated, because="Those who may vote are told when they can.")
silent(events.PollChanged, because="Those who may vote are told when they can.")
silent(events.LotEntered, because="A second person looks at the vote's page to confirm it.")
silent(events.TurnoutCounted, because="It stands on the poll's page.")
silent(events.RightMoved, because="The person stands at the desk that recorded it.")
silent(events.HandsEntered, because="The tellers see it on their page.")
silent(events.HandsConfirmed, because="The tellers see it on their page.")
silent(events.VenueExcepted, because="It stands with its reason beside the result.")
silent(events.PollClosed, because="The result follows.")
silent(events.BallotsCounted, because="It stands on the poll's page.")
silent(events.PublicationAsked, because="The result follows.")
silent(events.LotDrawn, because="The result follows.")
silent(events.TieBroken, because="The result follows.")

news(events.PollOpened, Feed.VOTES, N_("A vote is open: %(title)s"))
news(events.PollPublished, Feed.VOTES, N_("The result is out: %(title)s"))
news(events.PollVoided, Feed.VOTES, N_("A vote was declared void: %(title)s"))
