"""The devices that somebody is told on."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base import sealing
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.purposes import PUSH
from forum.privacy.service import consents
from forum.push import service
from forum.push.models import PushSubscription
from forum.push.service import Browser, signed_in


class Device(NamedTuple):
    """One of them, as its owner sees it."""

    id: int
    label: str
    made_at: datetime


def devices(db: Db, actor: Actor) -> list[Device]:
    """One's own, the latest first."""
    columns = [col(getattr(PushSubscription, name)) for name in Device._fields]
    query = select(*columns).where(col(PushSubscription.member_id) == actor.id)
    found = db.execute(query.order_by(col(PushSubscription.id).desc()))
    return [Device(*row) for row in found]


def reached(db: Db, members: Sequence[int]) -> dict[int, list[str]]:
    """The devices of these people, as deliveries name them; of those alone who consent to it."""
    found: dict[int, list[str]] = defaultdict(list)
    columns = (col(PushSubscription.member_id), col(PushSubscription.id))
    agreed = consents.in_force(db, PUSH, members)
    query = select(*columns).where(col(PushSubscription.member_id).in_(agreed), signed_in())
    for member, device in db.execute(query):
        found[member].append(service.address(member, device))
    return found


def browser(db: Db, to: str) -> Browser | None:
    """Where a device takes messages; None when it is gone, or its seal cannot be opened."""
    member, device = service.addressed(to)
    query = select(col(PushSubscription.sealed)).where(
        col(PushSubscription.id) == device, col(PushSubscription.member_id) == member, signed_in()
    )
    sealed = db.execute(query).scalar_one_or_none()
    opened = sealing.unsealed(sealed) if sealed else None
    return Browser(*json.loads(opened)) if opened else None
