"""Settings of places: a typed list to which every room adds its own, kept in one table.

    WELCOME = option("station.welcome", Kind.LONG, "", N_("Words"), N_("One sentence of help."), …)
    options.value(db, WELCOME, "station:3", "platform")     # the nearest place that set it

What is set for the platform and has an `env` stands over the environment's own setting of that
name in every process of this server.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from typing import Any, NamedTuple
from zoneinfo import available_timezones

from sqlalchemy import select
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlmodel import col

from forum.base import i18n, settings, ticker, workdays
from forum.base.db import Db, on_commit, reading
from forum.base.errors import Forbidden
from forum.base.forms import Form
from forum.base.i18n import N_, _
from forum.members.models import PLATFORM, Entry, PlaceSetting

KEPT = "members.options"
STREAM = "platform:1"  # where the log keeps what concerns the platform itself


class Kind(StrEnum):
    """How a setting is asked for."""

    TEXT = "text"
    LONG = "long"
    FLAG = "flag"
    NUMBER = "number"
    CHOICE = "choice"


class Option(NamedTuple):
    """One setting, in the words of those who choose it."""

    key: str
    kind: Kind
    default: Any
    words: str
    help: str
    group: str
    at: tuple[str, ...]
    choices: Callable[[], Mapping[str, str]]
    least: int
    most: int
    env: str
    fault: Callable[[str], str]  # what is wrong with words that were typed

    @property
    def field(self) -> str:
        """The name of its field in a form."""
        return self.key.replace(".", "_")

    @property
    def preset(self) -> Any:
        """What holds where nothing is set."""
        return getattr(settings.given(), self.env) if self.env else self.default


options: dict[str, Option] = {}


def _none() -> Mapping[str, str]:
    return {}


def _sound(_typed: str) -> str:
    return ""


def option(
    key: str,
    kind: Kind,
    default: Any,
    words: str,
    help: str,
    *,
    group: str,
    at: tuple[str, ...] = (PLATFORM,),
    choices: Callable[[], Mapping[str, str]] = _none,
    least: int = 0,
    most: int = 200,
    env: str = "",
    fault: Callable[[str], str] = _sound,
) -> Option:
    """Declare a setting for these kinds of places; `choices` gives value → words to mark."""
    if key in options:
        raise RuntimeError(f"{key!r} is declared twice")
    made = Option(key, kind, default, words, help, group, at, choices, least, most, env, fault)
    options[key] = made
    return made


def of_kind(kind: str) -> list[Option]:
    """The settings that a place of this kind has, in the order in which they were declared."""
    return [each for each in options.values() if kind in each.at]


def kept(db: Db, places: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What these places have set, by place and key; asked of the database once a session."""
    known: dict[str, dict[str, Any]] = db.info.setdefault(KEPT, {})
    if fresh := [place for place in places if place not in known]:
        known.update({place: {} for place in fresh})
        columns = (col(PlaceSetting.place), col(PlaceSetting.key), col(PlaceSetting.value))
        found = db.execute(select(*columns).where(col(PlaceSetting.place).in_(fresh)))
        for place, key, value in found:
            known[place][key] = value
    return {place: known[place] for place in places}


def value(db: Db, wanted: Option, *places: str) -> Any:
    """What holds: the first of these places (the nearest first) that set it, else the default."""
    found = kept(db, places or (PLATFORM,))
    for place in found:
        if wanted.key in found[place]:
            return found[place][wanted.key]
    return wanted.preset


def read(form: Form, wanted: Option) -> Any:
    """What was typed for a setting, checked as it says."""
    match wanted.kind:
        case Kind.FLAG:
            return form.flag(wanted.field)
        case Kind.NUMBER:
            return form.integer(wanted.field, min=wanted.least, max=wanted.most)
        case Kind.CHOICE:
            return form.choice(wanted.field, list(wanted.choices()))
        case _:
            typed = form.text(wanted.field, max=wanted.most, optional=wanted.least == 0)
            if wanted.env == "zone" and typed not in available_timezones():
                form.wrong(wanted.field, _("Please write a time zone like Asia/Shanghai."))
            if wrong := wanted.fault(typed):
                form.wrong(wanted.field, wrong)
            return typed


@ticker.each_look
def refresh() -> None:
    """Let what is set for the platform stand over the environment in this process."""
    with suppress(OperationalError, ProgrammingError), reading() as db:  # no tables: no settings
        found = kept(db, (PLATFORM,))[PLATFORM]
        over = {o.env: found[o.key] for o in options.values() if o.env and o.key in found}
        settings.overlay(over)


@on_commit
def _changed(streams: frozenset[str]) -> None:
    if STREAM in streams:
        refresh()


NAME = option(
    "site.name",
    Kind.TEXT,
    "",
    N_("Name of the platform"),
    N_("It stands in every title and on what is printed."),
    group=N_("Name and language"),
    least=1,
    most=60,
    env="name",
)
LANGUAGE = option(
    "site.language",
    Kind.CHOICE,
    "",
    N_("Language"),
    N_("For readers whose browser asks for none that is spoken here."),
    group=NAME.group,
    choices=lambda: i18n.LANGUAGES,
    env="language",
)
ZONE = option(
    "site.zone",
    Kind.TEXT,
    "",
    N_("Time zone"),
    N_("Times are shown in it where a place has no zone of its own; for example Asia/Shanghai."),
    group=NAME.group,
    least=1,
    env="zone",
)


DAYS_OFF = option(
    "site.days_off",
    Kind.LONG,
    "",
    N_("Holidays"),
    N_(
        "Public holidays and days taken off in exchange, one on each line: 2026-10-01, or a first "
        "and a last day, 2026-10-01 to 2026-10-08. Words may follow. Without them working days are "
        "Monday to Friday."
    ),
    group=N_("Working days"),
    most=4000,
    fault=workdays.fault,
)
DAYS_ON = option(
    "site.days_on",
    Kind.LONG,
    "",
    N_("Make-up workdays"),
    N_("Saturdays and Sundays that are worked to make up for holidays, one on each line."),
    group=DAYS_OFF.group,
    most=4000,
    fault=workdays.fault,
)


def working_days(db: Db) -> workdays.Workdays:
    """Which days count as working days on this platform."""
    off, on = value(db, DAYS_OFF), value(db, DAYS_ON)
    return workdays.Workdays(workdays.typed(off), workdays.typed(on))


REGISTRATION = option(
    "members.registration",
    Kind.CHOICE,
    Entry.OPEN.value,
    N_("Opening an account"),
    N_("Who is let in at the counter, by a card or by a list of people always gets one."),
    group=N_("Getting in"),
    choices=lambda: {
        Entry.OPEN: N_("Everybody may open an account"),
        Entry.INVITED: N_("Only with an invitation or a card of a station"),
        Entry.CLOSED: N_("Nobody by themselves; staff enter people"),
    },
)
SECOND = option(
    "members.second_factor",
    Kind.FLAG,
    False,
    N_("Staff sign in with a second step"),
    N_("Whoever holds an office also types a code from an authenticator on their telephone."),
    group=REGISTRATION.group,
    env="staff_second_factor",
)
INBOX_DAYS = option(
    "keep.inbox",
    Kind.NUMBER,
    365,
    N_("Days that read messages stay in the inbox"),
    N_("Older ones go by themselves; unread ones stay. 0 keeps them for good."),
    group=N_("How long things are kept"),
    most=3650,
)
CONTACT = option(
    "station.contact",
    Kind.LONG,
    "",
    N_("How to reach us"),
    N_("Shown on the page of the place below its address and duty hours."),
    group=N_("Words of the place"),
    at=("station",),
    most=400,
)


def require_open(db: Db) -> None:
    """Raise unless people may open accounts by themselves."""
    match value(db, REGISTRATION):
        case Entry.INVITED:
            raise Forbidden(_("Accounts are opened with an invitation or a card of a station."))
        case Entry.CLOSED:
            raise Forbidden(_("Accounts are opened by the staff; please ask at your station."))
