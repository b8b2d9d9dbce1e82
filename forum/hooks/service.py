"""Receivers are added and removed by those who run a place; news go to them after the commit."""

import json
import secrets
from base64 import b64encode
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlmodel import col

from forum.base import clock, deliveries, news, registry, sealing
from forum.base.auth import Actor
from forum.base.canonical import canonical
from forum.base.channels import Message
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid, NotFound
from forum.base.events import Audience, Event, Stored, record
from forum.base.i18n import _, using
from forum.base.news import Feed
from forum.base.settings import settings
from forum.feeds import queries as feeds
from forum.feeds import service as feeding
from forum.hooks import events
from forum.hooks.dialects.webhook import PREFIX
from forum.hooks.models import Hook
from forum.hooks.ports import Key, dialects
from forum.members import grounds, options
from forum.members.models import PLATFORM
from forum.outbox.tokens import origin

MOST = 20  # receivers of one place


class Draft(NamedTuple):
    """What is said of a receiver."""

    dialect: str
    label: str
    address: str
    secret: str
    feeds: Sequence[Feed]


class Made(NamedTuple):
    """A new receiver; `secret` where we made one for it, to be shown this once."""

    id: int
    secret: str


def make(tx: Db, actor: Actor, place: str, draft: Draft) -> Made:
    """Let a place's public news go to a receiver."""
    grounds.ruled(tx, actor, place)
    host = _host(draft.address)
    if not draft.feeds:
        words = _("Choose at least one kind of news.")
        raise Invalid(words, fields={"feed": words})
    mine = select(func.count()).select_from(Hook).where(col(Hook.place) == place)
    if tx.execute(mine).scalar_one() >= MOST:
        raise Conflict(_("This place has as many receivers as it can have. Remove one first."))
    key = dialects[draft.dialect].key
    made = PREFIX + b64encode(secrets.token_bytes(32)).decode() if key is Key.MADE else ""
    secret = made or (draft.secret if key is Key.GIVEN else "")
    row = Hook(
        place=place,
        dialect=draft.dialect,
        label=draft.label,
        host=host,
        address=sealing.sealed(draft.address),
        secret=sealing.sealed(secret) if secret else None,
        feeds=[feed.value for feed in draft.feeds],
        made_by=actor.id,
        made_at=clock.now(),
    )
    tx.add(row)
    tx.flush()
    _tell(tx, actor, events.HookMade(row.id, row.dialect, row.feeds), place)
    return Made(row.id, made)


def _host(address: str) -> str:
    """The host of an address that news may be sent to."""
    try:
        parts = urlsplit(address)
        fine = bool(parts.hostname) and parts.port != 0 and parts.username is None
    except ValueError:
        fine = False
    safe = ("https", "http") if settings().allow_private_addresses else ("https",)
    if not fine or parts.scheme not in safe:
        words = _("This must be an address that begins with https://.")
        raise Invalid(words, fields={"address": words})
    return str(parts.hostname)[:255]


def _ruled(tx: Db, actor: Actor, hook: int) -> Hook:
    row = tx.get(Hook, hook)
    if row is None:
        raise NotFound(_("There is no such receiver."))
    grounds.ruled(tx, actor, row.place)
    return row


def remove(tx: Db, actor: Actor, hook: int) -> str:
    """Send a receiver nothing more; returns the place that it was of."""
    row = _ruled(tx, actor, hook)
    place = row.place
    tx.delete(row)
    tx.flush()
    # A later receiver may get its number: nothing that was for this one waits for that one.
    deliveries.abandon(tx, "hook", str(hook))
    _tell(tx, actor, events.HookRemoved(hook), place)
    return place


def test(tx: Db, actor: Actor, hook: int) -> str:
    """Send a receiver a greeting, even one that said no before; returns its place."""
    row = _ruled(tx, actor, hook)
    deliveries.forgive(tx, "hook", str(hook))
    ident = secrets.token_hex(16)
    said = _("News of this place will appear here.")
    data = {"title": said, "url": origin()}
    body = _cloud_event(ident, "folkmoot.hooks.test.v1", row.place, data)
    _send(tx, [hook], Message(said, body, url=origin()), ident)
    return row.place


def _tell(tx: Db, actor: Actor, event: Event, place: str) -> None:
    stream = options.STREAM if place == PLATFORM else place
    record(tx, actor, event, stream=stream, subject=stream)


@registry.react(Event)
def carry(tx: Db, stored: Stored, _event: Event) -> None:
    """Send public news to the receivers of all places around them."""
    found = news.declared.get(stored.kind)
    if found is None or stored.audience > Audience.PUBLIC:
        return
    here = col(Hook.place).in_(feeding.around(tx, stored))
    rows = tx.execute(select(col(Hook.id), col(Hook.feeds)).where(here)).all()
    wanting = [hook for hook, kinds in rows if found.feed.value in kinds]
    if not wanting:
        return
    about = feeding.about(found, stored)
    with using(settings().language):
        step = feeds.public_steps(tx, [about]).get(about)
        if step is None:
            return
        title, url = feeds.sentence(stored.kind, step.title), origin() + step.url
    kind = f"folkmoot.{stored.kind.replace(':', '.')}.v1"
    data = {"title": title, "url": url, "feed": found.feed.value, "state": step.state}
    body = _cloud_event(stored.id, kind, about, data, at=clock.iso(stored.at))
    _send(tx, wanting, Message(title, body, url=url), stored.id)


def _cloud_event(ident: str, kind: str, subject: str, data: dict[str, str], *, at: str = "") -> str:
    """A CloudEvent in its structured form; source and id together are the event's name."""
    return canonical(
        {
            "specversion": "1.0",
            "id": ident,
            "source": origin(),
            "type": kind,
            "subject": subject,
            "time": at or clock.iso(clock.now()),
            "datacontenttype": "application/json",
            "data": data,
        }
    ).decode()


def _send(tx: Db, hooks: Sequence[int], message: Message, ident: str) -> None:
    letters = [deliveries.Outgoing(str(hook), message, json.dumps([hook, ident])) for hook in hooks]
    deliveries.put_all(tx, "hook", letters)
