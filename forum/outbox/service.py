"""Saying what one wants to be told; importing this room's ears and ways out registers them."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from zoneinfo import available_timezones

from sqlalchemy import select, update
from sqlmodel import col

from forum.base import clock, deliveries
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Invalid, NotFound
from forum.base.events import record
from forum.base.i18n import _
from forum.base.refs import parse, ref
from forum.base.registry import Group
from forum.members.models import Member
from forum.members.queries import place_names
from forum.outbox import channels, queries, rules, sorting, telling
from forum.outbox.events import AddressRefused
from forum.outbox.models import Follow, Habit, Pace, Preference, Verb, Waiting
from forum.outbox.rules import Hours, Preset
from forum.outbox.tokens import Stop

__all__ = ["sorting", "telling"]  # imported for what they register

FOLLOWABLE = ("consultation", "item", "task", "station", "meeting")

for _found in iter_modules(channels.__path__):
    import_module(f"{channels.__name__}.{_found.name}")


def wish(tx: Db, actor: Actor, about: str, verb: Verb | None) -> None:
    """Follow or mute a thing, or (None) neither; it must be one that the person sees."""
    try:
        known = parse(about)[0] in FOLLOWABLE
    except ValueError:
        known = False
    mine = tx.get(Follow, (actor.id, about))
    if mine is None and (not known or about not in place_names(tx, actor, [about])):
        raise NotFound(_("There is nothing at this address."))
    if mine is not None:
        tx.delete(mine)
        tx.flush()
    if verb is not None:
        tx.add(Follow(member_id=actor.id, ref=about, verb=verb, at=clock.now()))
        tx.flush()


def choose(tx: Db, actor: Actor, place: str, paces: Mapping[Group, Pace | None]) -> None:
    """Say how soon one wants to be told, in a place or everywhere; None: as everywhere."""
    if place:
        queries.whole(tx, actor, place)
    for group in rules.CHOSEN:
        if group in paces:
            _set(tx, actor.id, group, place, paces[group])
    _sort_again(tx, actor.id)


def choose_preset(tx: Db, actor: Actor, preset: Preset) -> None:
    """Take one of the ready-made answers, for everywhere; what was said of places stays."""
    paces = rules.PACES[preset]
    choose(tx, actor, "", {group: paces[group] for group in rules.CHOSEN})


def set_hours(tx: Db, actor: Actor, hours: Hours) -> None:
    """Say when one reads letters."""
    if hours.zone not in available_timezones():
        words = _("There is no such time zone.")
        raise Invalid(words, fields={"zone": words})
    row = tx.get(Habit, actor.id)
    if row is None:
        tx.add(Habit(member_id=actor.id, **hours._asdict()))
    else:
        for name, value in hours._asdict().items():
            setattr(row, name, value)
    tx.flush()
    _sort_again(tx, actor.id)


def stop(tx: Db, wanted: Stop) -> None:
    """End letters of a group, or all of a pace, as the letter's own address says."""
    alive = select(col(Member.id)).where(
        col(Member.id) == wanted.member, col(Member.erased_at).is_(None)
    )
    if tx.execute(alive).first() is None:
        raise NotFound(_("There is nothing at this address."))
    if isinstance(wanted.what, Group):
        _set(tx, wanted.member, wanted.what, wanted.place, Pace.NEVER)
    else:
        wishes = queries.wishes(tx, [wanted.member]).get(wanted.member, {})
        said: dict[tuple[Group, str], Pace] = dict(wishes)
        said |= {(group, ""): rules.pace(wishes, group, ()) for group in rules.CHOSEN}
        for (group, place), pace in said.items():
            if pace is wanted.what:
                _set(tx, wanted.member, group, place, Pace.NEVER)
    _sort_again(tx, wanted.member)


def _set(tx: Db, member: int, group: Group, place: str, pace: Pace | None) -> None:
    row = tx.get(Preference, (member, group, place))
    if row is None and pace is not None:
        tx.add(Preference(member_id=member, group=group, place=place, pace=pace))
    elif row is not None and pace is not None:
        row.pace = pace
    elif row is not None:
        tx.delete(row)
    tx.flush()


def _sort_again(tx: Db, member: int) -> None:
    """What waits for somebody leaves as they now want it."""
    mine = update(Waiting).where(col(Waiting.member_id) == member)
    tx.execute(mine.values(due=None, pace=None))


@deliveries.on_refusal
def tell_refusal(tx: Db, member: int, channel: str) -> None:
    """Say in the inbox that letters come back."""
    here = ref("member", member)
    record(tx, None, AddressRefused(member, channel), stream=here, subject=here)
