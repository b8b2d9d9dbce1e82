"""Telling somebody on a device of theirs, and no more."""

import json
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, delete, exists, func, select
from sqlmodel import col

from forum.base import clock, deliveries, sealing, ticker
from forum.base.auth import Actor, Credential
from forum.base.db import Db
from forum.base.errors import Invalid, NotFound
from forum.base.events import Event, record
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.settings import settings
from forum.members.service.common import require_grown
from forum.push import encryption, events
from forum.push.models import PushSubscription

MOST = 10  # devices of one person; the oldest makes room


class Browser(NamedTuple):
    """Where a browser takes messages, its key and the secret that it shares with us."""

    endpoint: str
    key: str
    secret: str


def address(member: int, device: int) -> str:
    """How deliveries name a device: with its owner, for the number may become another's device."""
    return f"{member}:{device}"


def addressed(to: str) -> tuple[int, int]:
    """Owner and device of an address."""
    member, _colon, device = to.partition(":")
    return int(member), int(device or 0)


def signed_in() -> ColumnElement[bool]:
    """Which devices still have their owner's sign-in; of older ones it is not known."""
    way_in = (col(Credential.id) == col(PushSubscription.credential_id)) & (
        col(Credential.member_id) == col(PushSubscription.member_id)
    )
    holds = exists().where(way_in, col(Credential.expires_at) > clock.now())
    return col(PushSubscription.credential_id).is_(None) | holds


def checked(browser: Browser) -> Browser:
    """A browser to which messages can go; Invalid for anything else."""
    parts = urlsplit(browser.endpoint)
    try:
        encryption.browser_key(browser.key)
        whole = len(encryption.unpacked(browser.secret)) == 16
    except ValueError:
        whole = False
    safe = parts.scheme == "https" or settings().allow_private_addresses
    if not (whole and safe and parts.hostname and len(browser.endpoint) <= 1000):
        raise Invalid(_("This browser cannot be told anything."))
    return browser


def add(tx: Db, actor: Actor, browser: Browser, label: str) -> int:
    """Tell somebody on this browser from now on; whoever had it before is told there no more."""
    require_grown(tx, actor.id)
    checked(browser)
    digest = sealing.keyed(f"push\0{browser.endpoint}")
    gone = delete(PushSubscription).where(col(PushSubscription.digest) == digest)
    for member, device in tx.execute(gone.returning(*_WHOSE)):
        if member != actor.id:
            _tell(tx, actor, events.DeviceRemoved(member, device), member)
    _make_room(tx, actor)
    row = PushSubscription(
        member_id=actor.id,
        digest=digest,
        sealed=sealing.sealed(json.dumps(browser)),
        label=label[:120],
        made_at=clock.now(),
        credential_id=actor.credential_id,
    )
    tx.add(row)
    tx.flush()
    deliveries.forgive(tx, "push", address(actor.id, row.id))
    _tell(tx, actor, events.DeviceAdded(actor.id, row.id), actor.id)
    return row.id


_WHOSE = (col(PushSubscription.member_id), col(PushSubscription.id))


def _make_room(tx: Db, actor: Actor) -> None:
    own = col(PushSubscription.member_id) == actor.id
    count = tx.execute(select(func.count()).select_from(PushSubscription).where(own)).scalar_one()
    if count >= MOST:
        oldest = select(func.min(col(PushSubscription.id))).where(own)
        remove(tx, actor, tx.execute(oldest).scalar_one())


def remove(tx: Db, actor: Actor, device: int) -> None:
    """Tell somebody nothing more on one of their devices."""
    mine = (col(PushSubscription.id) == device, col(PushSubscription.member_id) == actor.id)
    gone = delete(PushSubscription).where(*mine).returning(col(PushSubscription.id))
    if tx.execute(gone).first() is None:
        raise NotFound(_("There is no such device."))
    _tell(tx, actor, events.DeviceRemoved(actor.id, device), actor.id)


def forget(tx: Db, to: str) -> None:
    """A browser takes nothing more: its push service says so."""
    member, device = addressed(to)
    _forget(tx, (col(PushSubscription.id) == device) & (col(PushSubscription.member_id) == member))


@ticker.every("push:signed-out", timedelta(days=1))
def forget_signed_out(tx: Db, _subject: str) -> None:
    """Browsers on which somebody's sign-in has ended tell them nothing more."""
    _forget(tx, ~signed_in())


def _forget(tx: Db, which: ColumnElement[bool]) -> None:
    gone = delete(PushSubscription).where(which)
    for member, device in tx.execute(gone.returning(*_WHOSE)).all():
        _tell(tx, None, events.DeviceRemoved(member, device), member)


def remove_all(tx: Db, actor: Actor | None, member: int) -> None:
    """Tell somebody nothing more on any device; what waits to be sent there is not sent."""
    gone = delete(PushSubscription).where(col(PushSubscription.member_id) == member)
    for whose, device in tx.execute(gone.returning(*_WHOSE)).all():
        _tell(tx, actor, events.DeviceRemoved(whose, device), whose)
    deliveries.withdraw(tx, member, "push")


def _tell(tx: Db, actor: Actor | None, event: Event, member: int) -> None:
    own = ref("member", member)
    record(tx, actor, event, stream=own, subject=own)
