"""What holds in a place: its own screens and words, else those of the nearest place around."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from forum.base import i18n
from forum.base.db import Db
from forum.members.models import Member
from moderation.oversight import words
from moderation.oversight.models import ReasonText, ScreenSetting
from moderation.oversight.screens.screen import screens
from moderation.reports.models import Rule
from moderation.reports.subjects import Subject


def effective(db: Db, places: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Every screen as it is set nearest to a thing; `places` begin with the nearest."""
    query = select(col(ScreenSetting.place), col(ScreenSetting.screen), col(ScreenSetting.chosen))
    found = db.execute(query.where(col(ScreenSetting.place).in_(places))).all()
    nearest: dict[str, dict[str, Any]] = {}
    for row in sorted(found, key=lambda row: places.index(row.place)):
        nearest.setdefault(row.screen, row.chosen)
    return {name: one.complete(nearest.get(name, {})) for name, one in screens().items()}


def own_reasons(db: Db, place: str) -> dict[tuple[Rule, str], str]:
    """The texts that a place has written itself, by rule and language."""
    query = select(col(ReasonText.rule), col(ReasonText.lang), col(ReasonText.body))
    found = db.execute(query.where(col(ReasonText.place) == place))
    return {(Rule(rule), lang): body for rule, lang, body in found}


def reasons(db: Db, places: Sequence[str], lang: str) -> dict[Rule, str]:
    """What each rule says in a place, in a language."""
    # Who reads traditional characters reads what a place wrote in simplified ones.
    written = "zh_Hans_CN" if lang.startswith("zh") else "en"
    query = select(col(ReasonText.place), col(ReasonText.rule), col(ReasonText.body))
    query = query.where(col(ReasonText.place).in_(places), col(ReasonText.lang) == written)
    nearest: dict[Rule, str] = {}
    for row in sorted(db.execute(query).all(), key=lambda row: places.index(row.place)):
        nearest.setdefault(Rule(row.rule), row.body)
    with i18n.using(lang):
        return {rule: nearest.get(rule) or words.reason(rule) for rule in Rule}


def language(db: Db, subject: Subject) -> str:
    """The language of whoever wrote a thing; the reader's own where that is not known."""
    if subject.author_id is None:
        return i18n.current()
    query = select(col(Member.lang)).where(col(Member.id) == subject.author_id)
    return db.execute(query).scalar_one_or_none() or i18n.current()


def reason(db: Db, rule: Rule, more: str, subject: Subject) -> str:
    """What the person is told: the place's words about the rule, and what the moderator adds."""
    said = reasons(db, subject.places, language(db, subject))[rule]
    return f"{said}\n\n{more}" if more else said
