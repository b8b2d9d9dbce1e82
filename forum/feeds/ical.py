"""Entries as iCalendar (RFC 5545, 7986), in UTC; its lines are the library's to fold."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from icalendar import Calendar, Event, Parameters, Todo, vUri

from forum.base import keys
from forum.base.calendars import Entry, Kind, State
from forum.base.i18n import _

AGAIN = timedelta(hours=1)  # how often calendars are asked to look
DONE = {State.COMPLETED: 100, State.IN_PROCESS: 50, State.NEEDS_ACTION: 0}


def calendar(name: str, entries: Sequence[Entry], origin: str) -> bytes:
    """A whole calendar; `origin` is where the pages of its entries are."""
    made = Calendar()
    made.add("prodid", "-//Folkmoot//Calendar//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    for entry in entries:
        made.add_component(_component(entry, origin))
    whole: bytes = made.to_ical()
    return whole


def _component(entry: Entry, origin: str) -> Event | Todo:
    todo = entry.kind is Kind.TODO
    part = Todo() if todo else Event()
    day = f"-{entry.part}" if entry.part > 1 else ""
    part.add("uid", f"{entry.ref.replace(':', '-')}{day}@{_house()}")
    part.add("dtstamp", entry.changed)
    part.add("last-modified", entry.changed)
    part.add("sequence", entry.sequence)
    part.add("summary", entry.title)
    part.add("status", entry.state.value)
    part.add("url", f"{origin}{entry.url}")
    part.add("dtstart", entry.start)
    part.add("due" if todo else "dtend", entry.end)
    if todo:
        part.add("percent-complete", DONE[entry.state])
    if entry.location:
        part.add("location", entry.location)
    if entry.online:
        how = Parameters(
            {"VALUE": "URI", "FEATURE": ["AUDIO", "VIDEO"], "LABEL": _("Online venue")}
        )
        address = entry.online if "://" in entry.online else f"{origin}{entry.online}"
        part.add("conference", vUri(address), parameters=how)
    if entry.details:
        part.add("description", entry.details)
    return part


def _house() -> str:
    """This installation, under whatever address it is reached."""
    return f"{sha256(keys.public_key().encode()).hexdigest()[:16]}.folkmoot"
