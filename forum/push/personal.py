"""Whose devices these are, and the consent that they come and go with."""

from sqlalchemy import exists, select
from sqlmodel import col

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.events import Stored
from forum.base.purposes import PUSH
from forum.base.registry import Fate, Rows, personal, react
from forum.members.events import SignInEnded
from forum.members.minors import MinorDeclared
from forum.privacy.service import consents
from forum.push import service
from forum.push.events import DeviceAdded, DeviceRemoved
from forum.push.models import PushSubscription

personal(
    PushSubscription,
    owner="member_id",
    columns={"digest": Fate.ERASE, "sealed": Fate.ERASE, "label": Fate.ERASE},
    rows=Rows.GO,
)


@react(DeviceAdded, DeviceRemoved)
def _followed(tx: Db, stored: Stored, event: DeviceAdded | DeviceRemoved) -> None:
    mine = exists().where(col(PushSubscription.member_id) == event.member)
    there = bool(tx.execute(select(mine)).scalar_one())
    consents.follow(tx, event.member, PUSH, stored.actor_id, there=there)


@consents.ending(PUSH)
def _nothing_more(tx: Db, actor: Actor, member: int) -> None:
    service.remove_all(tx, actor, member)


@react(SignInEnded)
def _signed_out(tx: Db, _stored: Stored, _event: SignInEnded) -> None:
    service.forget_signed_out(tx, "")


@react(MinorDeclared)
def _a_childs(tx: Db, _stored: Stored, event: MinorDeclared) -> None:
    service.remove_all(tx, None, event.member)
