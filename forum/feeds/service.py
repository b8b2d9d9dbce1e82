"""Making and taking back calendar links; noting which events are news of which places."""

import secrets

from sqlalchemy import delete, insert
from sqlmodel import col

from forum.base import auth, clock, links, news, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict
from forum.base.events import Audience, Event, Stored, record
from forum.base.i18n import _
from forum.base.news import News
from forum.base.refs import ref
from forum.feeds import events
from forum.feeds.models import CalendarLink, NewsItem
from forum.members import grounds
from forum.members.models import PLATFORM


def make_link(tx: Db, actor: Actor) -> str:
    """A new secret for one's calendar, shown this once; the link before it ends."""
    secret = secrets.token_urlsafe(24)
    _forget(tx, actor)
    tx.add(CalendarLink(member_id=actor.id, digest=auth.digest(secret), made_at=clock.now()))
    tx.flush()
    _tell(tx, actor, events.CalendarLinked(actor.id))
    return secret


def revoke_link(tx: Db, actor: Actor) -> None:
    """Let nobody read one's calendar by a link any more."""
    if not _forget(tx, actor):
        raise Conflict(_("Your calendar has no link."))
    _tell(tx, actor, events.CalendarUnlinked(actor.id))


def _forget(tx: Db, actor: Actor) -> bool:
    gone = delete(CalendarLink).where(col(CalendarLink.member_id) == actor.id)
    return bool(tx.execute(gone.returning(col(CalendarLink.member_id))).all())


def _tell(tx: Db, actor: Actor, event: Event) -> None:
    own = ref("member", actor.id)
    record(tx, actor, event, stream=own, subject=own)


@registry.react(Event)
def note(tx: Db, stored: Stored, _event: Event) -> None:
    """Note news under every place around what it happened to."""
    found = news.declared.get(stored.kind)
    if found is None or stored.audience > Audience.PUBLIC:
        return
    row = {
        "feed": found.feed.value,
        "event_id": stored.id,
        "kind": stored.kind,
        "about": about(found, stored),
        "at": stored.at,
    }
    tx.execute(insert(NewsItem), [{"place": place, **row} for place in around(tx, stored)])


def about(found: News, stored: Stored) -> str:
    """What an event is news of."""
    return stored.subject if found.about == "subject" else str(stored.payload[found.about])


def around(tx: Db, stored: Stored) -> list[str]:
    """The places with feeds that an event belongs to, up to the platform."""
    found = {PLATFORM}
    for place in links.origins(tx, {stored.subject, stored.stream} - {PLATFORM}):
        if place.partition(":")[0] in news.PLACES:
            found.update(grounds.around(tx, place))
    return sorted(found)
