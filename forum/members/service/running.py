"""Running a place: its settings, what it notes about people, lists of people taken out."""

from collections.abc import Mapping
from typing import Any

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.events import Event, record
from forum.base.i18n import _
from forum.members import events, grounds, options
from forum.members.models import PLATFORM, PersonCard, PlaceSetting


def _tell(tx: Db, actor: Actor | None, event: Event, place: str) -> None:
    stream = options.STREAM if place == PLATFORM else place
    record(tx, actor, event, stream=stream, subject=stream)


def set_options(tx: Db, actor: Actor, place: str, chosen: Mapping[str, Any]) -> list[str]:
    """Set what an administrator chose for a place; returns what is another one now."""
    ground = grounds.ruled(tx, actor, place)
    changed = []
    for key, value in chosen.items():
        wanted = options.options[key]
        if ground.kind not in wanted.at:
            raise NotFound(_("This place has no such setting."))
        if options.value(tx, wanted, *ground.around) == value:
            continue
        fresh = PlaceSetting(
            place=place, key=key, value=value, changed_by=actor.id, changed_at=clock.now()
        )
        tx.merge(fresh)
        tx.flush()
        tx.info.pop(options.KEPT, None)
        _tell(tx, actor, events.SettingChanged(place, key), place)
        changed.append(key)
    return changed


def note_person(
    tx: Db, actor: Actor | None, member_id: int, place: str, category: str, note: str
) -> bool:
    """Note to whom somebody counts in a place, and a remark; the caller has judged who may."""
    row = tx.get(PersonCard, (member_id, place))
    if ((row.category, row.note) if row else ("", "")) == (category, note):
        return False
    tx.merge(PersonCard(member_id=member_id, place=place, category=category, note=note))
    tx.flush()
    _tell(tx, actor, events.CardWritten(place, member_id), place)
    return True


def take_out(tx: Db, actor: Actor | None, place: str, rows: int) -> None:
    """Put into the log that the list of a place's people left it as a file."""
    _tell(tx, actor, events.PeopleExported(place, rows), place)
