"""The notice of a meeting as a letter says it: when, where, on what."""

from forum.base.db import Db
from forum.base.i18n import _, datetime_, ngettext
from forum.base.refs import parse
from sessions.meetings import program, queries, rules, words
from sessions.meetings.models import VenueKind
from sessions.meetings.program import Slot
from sessions.meetings.queries import VenueRow


def told(db: Db, here: str) -> list[str]:
    """The lines of a meeting's notice; none where it has begun meanwhile, or is over."""
    row = queries.meeting_row(db, parse(here)[1])
    if row.state not in rules.AHEAD:
        return []
    lines = [_labelled(_("Begins"), datetime_(row.starts_at, row.zone))]
    if row.ends_at:
        lines.append(_labelled(_("Planned end"), datetime_(row.ends_at, row.zone)))
    lines += [_where(venue) for venue in queries.venues(db, row.id)]
    lines.append(_labelled(_("Quorum"), words.quorum(row.quorum)))
    slots = program.slots(db, row.id)
    if slots:
        lines.append(_labelled(_("Order of the day"), ""))
        lines += [_item(slot) for slot in slots]
    return lines


def _labelled(label: str, value: str) -> str:
    return (_("%(label)s: %(value)s") % {"label": label, "value": value}).rstrip()


def _where(venue: VenueRow) -> str:
    kind = words.venue(venue.kind)
    if venue.kind is VenueKind.ONLINE:
        return _labelled(kind, _("on the page of the meeting"))
    return _labelled(kind, _(", ").join(part for part in (venue.name, venue.address) if part))


def _item(slot: Slot) -> str:
    line = f"{slot.position}. {slot.title}"
    if not slot.minutes:
        return line
    lasts = ngettext("%(num)s minute", "%(num)s minutes", slot.minutes) % {"num": slot.minutes}
    return _("%(said)s (%(more)s)") % {"said": line, "more": lasts}
