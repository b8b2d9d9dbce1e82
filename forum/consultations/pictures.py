"""The life of a consultation on a line: its stages, and what was held, decided and promised."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from markupsafe import Markup

from forum.base import clock, geometry, i18n, kinds, pictures
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.i18n import _, pgettext
from forum.base.pictures import Event, Lane, Picture, Tick
from forum.base.refs import parse
from forum.base.registry import Span, Step, spans
from forum.consultations import pages, queries, words
from forum.consultations.pages import StageRow
from forum.consultations.queries import Access

# What has a lane of its own, in the order of the chain, and its colour.
TONES = {
    "meeting": "info",
    "poll": "question",
    "minutes": "neutral",
    "decision": "good",
    "outcome": "for",
    "task": "warn",
}


class Line(NamedTuple):
    """Something with a beginning and an end, which may lie ahead."""

    kind: str
    title: str
    url: str
    state: str
    start: datetime
    end: datetime | None


def life(
    db: Db, access: Access, stages: Sequence[StageRow], steps: Sequence[Step]
) -> Picture | None:
    """The consultation and what of its chain the reader sees; None while nothing has happened."""
    lines = [*_stages(stages), *_things(db, steps)]
    if not any(line.kind in TONES for line in lines):
        return None
    minute = clock.now().replace(second=0, microsecond=0)
    return drawn(tuple(lines), access.consultation.zone, minute, i18n.current())


def of_steps(db: Db, actor: Actor | None, steps: Sequence[Step]) -> Picture | None:
    """The life of the consultation that a chain runs through, if it is one alone."""
    found = [parse(step.ref)[1] for step in steps if step.kind == "consultation"]
    if len(found) != 1:
        return None
    access = queries.access(db, actor, found[0])
    return life(db, access, pages.timeline(db, access), steps)


def _stages(rows: Iterable[StageRow]) -> list[Line]:
    """The stages that have begun, each until the next one."""
    begun = [row for row in rows if row.began_at and (row.over or row.current)]
    ends = [row.began_at for row in begun[1:]]
    return [
        Line("stage", words.stage(row.stage), "", "", start, end)
        for row, end in zip(begun, [*ends, None], strict=True)
        if (start := row.began_at)
    ]


def _things(db: Db, steps: Sequence[Step]) -> list[Line]:
    lines = []
    for kind in TONES:
        seen = {parse(step.ref)[1]: step for step in steps if step.kind == kind}
        when: dict[int, Span] = spans[kind](db, list(seen)) if seen and kind in spans else {}
        for ident, span in sorted(when.items(), key=lambda pair: pair[1].start):
            step = seen[ident]
            lines.append(Line(kind, step.title, step.url, step.state, span.start, span.end))
    return lines


@lru_cache(maxsize=200)
def drawn(lines: tuple[Line, ...], zone: str, now: datetime, lang: str) -> Picture:
    """The picture of these lines and the present moment, in the language that is spoken."""
    first = min(line.start for line in lines)
    last = max([now, *(line.end or line.start for line in lines)])
    room = max((last - first) / 40, timedelta(hours=1))
    first, last = first - room, last + room
    lanes = [
        Lane(
            kinds.name(kind),
            TONES.get(kind, "accent"),
            [_event(line, now) for line in lines if line.kind == kind],
        )
        for kind in dict.fromkeys(line.kind for line in lines)
    ]
    title = _("How it went")
    svg = pictures.timeline(
        title,
        lanes,
        _at(first),
        _at(last),
        [Tick(_at(moment), label) for moment, label in _ticks(first, last, zone)],
        Tick(_at(now), _("Today")),
    )
    head = (pgettext("chart", "Kind"), pgettext("chart", "What"), _("Begun"), _("Ended or due"))
    rows = [
        (
            kinds.name(line.kind),
            _linked(line),
            i18n.date(line.start, zone),
            i18n.date(line.end, zone) if line.end else "",
        )
        for line in lines
    ]
    return Picture(title, svg, head, rows)


def _event(line: Line, now: datetime) -> Event:
    """A stage that lasts reaches to the present; everything else is as long as it is."""
    end = line.end or (now if line.kind == "stage" else line.start)
    return Event(line.title, _at(line.start), _at(end), ahead=end > now)


def _linked(line: Line) -> str:
    state = f" ({line.state})" if line.state else ""
    if not line.url:
        return line.title
    return Markup('<a href="{}">{}</a>{}').format(line.url, line.title, state)


def _at(moment: datetime) -> int:
    return int(moment.timestamp())


def _ticks(first: datetime, last: datetime, zone: str) -> list[tuple[datetime, str]]:
    """Round days between two moments, as the place's wall has them."""
    here = ZoneInfo(zone)
    days = first.astimezone(here).date() + timedelta(1), last.astimezone(here).date()
    return [
        (datetime.combine(day, time(), here).astimezone(UTC), i18n.day(day))
        for day in geometry.ticks(*days)
    ]
