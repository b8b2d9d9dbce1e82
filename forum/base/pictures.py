"""Pictures: inline SVG from whole numbers, each beside the table of what it shows.

Positions are exact hundredths of a per cent of the width and heights are in em, so that a picture
grows with its page and with the reader's type. Colours and hatching are classes of
static/css/components/pictures.css: they follow light, dark and paper, and read in black and white.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import segno
from markupsafe import Markup

from forum.base.geometry import FINE, cuts, packed, place, shortened, tenths

FULL = ("for", "good")  # what is drawn without hatching
WIDE = 480  # tenths of an em: how wide a timeline is at least
# Heights in tenths of an em.
TEXT, BASE, BAR, GAP, THIN = 15, 11, 11, 6, 6
ROW = TEXT + THIN + 4
LABEL = 170  # how wide a name in a picture may be; the table has the whole
LEAST = 100  # positions: what is shorter is still seen


class Picture(NamedTuple):
    """A drawing and its table; a cell may be markup."""

    title: str
    svg: Markup
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    note: str = ""


class Bar(NamedTuple):
    """A bar with its name and number; with `inner` so much of it is full and the rest hatched."""

    label: str
    size: int
    tone: str
    shown: str
    inner: int | None = None


class Mark(NamedTuple):
    """A line across the bars, and what it says."""

    size: int
    label: str


class Event(NamedTuple):
    """Something on a timeline, in any unit of time; `ahead` where its end is not reached."""

    label: str
    start: int
    end: int
    ahead: bool = False


class Lane(NamedTuple):
    """Events of one kind."""

    label: str
    tone: str
    events: Sequence[Event]


class Tick(NamedTuple):
    """A moment with its name at the foot of a timeline."""

    at: int
    label: str


def _share(position: int) -> str:
    return f"{position // 100}.{position % 100:02}%"


def _em(height: int) -> str:
    return f"{height // 10}.{height % 10}em"


def _svg(title: str, told: str, height: int, parts: Iterable[Markup], name: str) -> Markup:
    return Markup(
        '<svg class="picture-svg {}" width="100%" height="{}" role="img">'
        "<title>{}</title><desc>{}</desc>{}</svg>"
    ).format(name, _em(height), title, told, Markup("").join(parts))


def _box(
    left: int, right: int, top: int, height: int, tone: str, *, hatched: bool = False
) -> Markup:
    """A piece of a bar. The hatching is a thick dashed line: a pattern would need an id."""
    drawn = Markup('<rect class="fill-{}" x="{}" y="{}" width="{}" height="{}"/>').format(
        tone, _share(left), _em(top), _share(right - left), _em(height)
    )
    if not hatched:
        return drawn
    middle = _em(top + height // 2)
    return drawn + Markup(
        '<line class="picture-hatch hatch-{}" x1="{}" x2="{}" y1="{}" y2="{}"/>'
    ).format(tone, _share(left), _share(right), middle, middle)


def _text(words: str, at: int, top: int, name: str = "", anchor: str = "") -> Markup:
    return Markup('<text{}{} x="{}" y="{}">{}</text>').format(
        Markup(' class="{}"').format(name) if name else "",
        Markup(' text-anchor="{}"').format(anchor) if anchor else "",
        _share(at),
        _em(top + BASE),
        words,
    )


def _anchor(at: int) -> str:
    """A text beside a line: it must not run over the edge to which the line is near."""
    return "" if at < FINE // 4 else "end" if at > FINE * 3 // 4 else "middle"


def told(rows: Iterable[tuple[str, ...]]) -> str:
    """A table in one sentence, for those who do not see the picture."""
    return "; ".join(" ".join(str(cell) for cell in row) for row in rows)


def bars(
    title: str,
    rows: Sequence[Bar],
    whole: int,
    *,
    mark: Mark | None = None,
    apart: Sequence[Bar] = (),
) -> Markup:
    """Bars of one measure, one under the other; those `apart` stand below the line that counts."""
    parts: list[Markup] = []
    top = 0
    for bar in rows:
        parts.append(_bar(bar, whole, top))
        top += TEXT + BAR + GAP
    if mark is not None:
        at = place(mark.size, whole)
        parts.append(
            Markup('<line class="picture-mark" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>').format(
                _share(at), _em(TEXT - 3), _em(top)
            )
        )
        parts.append(_text(mark.label, at, top, "picture-strong", _anchor(at)))
        top += TEXT + GAP
    for bar in apart:
        parts.append(_bar(bar, whole, top))
        top += TEXT + BAR + GAP
    said = told((bar.label, bar.shown) for bar in (*rows, *apart))
    said += f"; {mark.label}" if mark else ""
    return _svg(title, said, top, parts, "picture-bars")


def _bar(bar: Bar, whole: int, top: int) -> Markup:
    words = _text(shortened(bar.label, LABEL), 0, top)
    words += _text(bar.shown, FINE, top, "picture-strong", "end")
    under, end = top + TEXT, place(bar.size, whole)
    drawn = words + _box(0, FINE, under, BAR, "none")
    if bar.inner is None:
        return drawn + _box(0, end, under, BAR, bar.tone, hatched=bar.tone not in FULL)
    drawn += _box(0, end, under, BAR, bar.tone, hatched=True)
    return drawn + _box(0, place(bar.inner, whole), under, BAR, "for")


def stack(title: str, parts: Sequence[Bar]) -> Markup:
    """One bar in pieces, each as long as its share; what it says stands in the table beside it."""
    whole = sum(part.size for part in parts)
    edges = cuts((part.size for part in parts), whole)
    drawn = [_box(0, FINE, 0, BAR, "none")]
    for part, (left, right) in zip(parts, pairwise(edges), strict=True):
        if part.size:
            drawn.append(_box(left, right, 0, BAR, part.tone, hatched=part.tone not in FULL))
    return _svg(title, told((p.label, p.shown) for p in parts), BAR, drawn, "picture-stack")


def swatch(tone: str) -> Markup:
    """The look of a piece, for the table that names it."""
    return Markup('<svg class="picture-swatch" aria-hidden="true">{}</svg>').format(
        _box(0, FINE, 0, BAR, tone, hatched=tone not in FULL)
    )


def timeline(
    title: str,
    lanes: Sequence[Lane],
    first: int,
    last: int,
    marks: Sequence[Tick],
    now: Tick | None,
) -> Markup:
    """What lay when, a lane for each kind; names that would run into each other get rows."""
    span = max(last - first, 1)
    parts: list[Markup] = []
    top = 0
    body: list[Markup] = []
    for lane in lanes:
        drawn, rows = _lane(lane, first, span, top)
        body += drawn
        top += rows * ROW + GAP
    for tick in marks:
        at = place(tick.at - first, span)
        parts.append(_rule("picture-tick", at, top))
        parts.append(_text(tick.label, at, top, "picture-quiet", _anchor(at)))
    if now is not None:
        at = place(now.at - first, span)
        parts.append(_rule("picture-now", at, top))
        parts.append(_text(now.label, at, top + TEXT, "picture-strong", _anchor(at)))
    said = "; ".join(f"{lane.label}: {told((e.label,) for e in lane.events)}" for lane in lanes)
    return _svg(title, said, top + 2 * TEXT, [*parts, *body], "picture-timeline")


def _rule(name: str, at: int, height: int) -> Markup:
    return Markup('<line class="{0}" x1="{1}" x2="{1}" y1="0" y2="{2}"/>').format(
        name, _share(at), _em(height)
    )


class _Laid(NamedTuple):
    """An event where it is drawn: its bar, and how far it reaches with its name."""

    name: str
    left: int
    right: int
    reach: tuple[int, int]

    @property
    def turned(self) -> bool:
        """Whether its name ends with the bar, for lack of room after its beginning."""
        return self.reach[0] < self.left


def _laid(event: Event, first: int, span: int) -> _Laid:
    name = shortened(event.label, LABEL)
    left = min(place(event.start - first, span), FINE - LEAST)
    right = max(place(event.end - first, span), left + LEAST)
    wide = tenths(name) * FINE // WIDE + LEAST
    if left + wide > FINE:
        return _Laid(name, left, right, (min(left, right - wide) - 1, right))
    return _Laid(name, left, right, (left, max(right, left + wide)))


def _lane(lane: Lane, first: int, span: int, top: int) -> tuple[list[Markup], int]:
    """The lane's name and its events from `top` on, and how many rows they take."""
    laid = [_laid(event, first, span) for event in lane.events]
    reach = (-1, tenths(lane.label) * FINE // WIDE + LEAST)  # the name comes before them all
    _row, *rows = packed([reach, *(one.reach for one in laid)])
    drawn = [_text(lane.label, 0, top, "picture-lane")]
    for event, one, row in zip(lane.events, laid, rows, strict=True):
        at, under = top + row * ROW, top + row * ROW + TEXT
        side, anchor = (one.right, "end") if one.turned else (one.left, "")
        drawn.append(_text(one.name, side, at, anchor=anchor))
        drawn.append(_box(one.left, one.right, under, THIN, lane.tone, hatched=event.ahead))
    return drawn, max(rows, default=0) + 1


def qr(address: str) -> Markup:
    """An address as a picture that a phone reads; always dark on light, as large as its place."""
    drawn = segno.make_qr(address, error="m").svg_inline(
        omitsize=True, border=2, dark="#000", light="#fff", svgclass="qr", lineclass="qr-line"
    )
    return Markup(drawn)  # noqa: S704 - drawn by the library from an escaped path
