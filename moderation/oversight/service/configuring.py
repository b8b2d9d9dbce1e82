"""What a place looks for in texts, and how it words its rules."""

from collections.abc import Mapping
from typing import Any

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Forbidden
from forum.base.events import record
from forum.base.i18n import LANGUAGES, _
from forum.base.refs import ref
from forum.members.models import PLATFORM
from moderation.oversight import events
from moderation.oversight.models import ReasonText, ScreenSetting
from moderation.oversight.screens.screen import screens
from moderation.reports.models import Rule
from moderation.sanctions import queries as sanctions


def set_screens(tx: Db, actor: Actor, place: str, chosen: Mapping[str, Mapping[str, Any]]) -> None:
    """Set the screens of a place; what is not named stays as it is."""
    _gate(tx, actor, place)
    known = screens()
    for name, values in chosen.items():
        kept = known[name].complete(values)
        tx.merge(ScreenSetting(place=place, screen=name, chosen=kept))
    _tell(tx, actor, place)


def set_reasons(tx: Db, actor: Actor, place: str, texts: Mapping[Rule, Mapping[str, str]]) -> None:
    """Word rules in a place, by language; an empty text is the platform's own again."""
    _gate(tx, actor, place)
    for rule, lang, text in (
        (rule, lang, text)
        for rule, spoken in texts.items()
        for lang, text in spoken.items()
        if lang in LANGUAGES
    ):
        row = tx.get(ReasonText, (place, rule.value, lang))
        if text:
            tx.merge(ReasonText(place=place, rule=rule, lang=lang, body=text))
        elif row is not None:
            tx.delete(row)
    _tell(tx, actor, place)


def _gate(tx: Db, actor: Actor, place: str) -> None:
    if not sanctions.moderates(tx, actor, place):
        raise Forbidden(_("Only the moderators of this place may do this."))


def _tell(tx: Db, actor: Actor, place: str) -> None:
    tx.flush()
    stream = place if place != PLATFORM else ref("member", actor.id)
    record(tx, actor, events.SettingsChanged(place), stream=stream, subject=stream)
