"""The result of a vote as bars, and who took part where. Both only once the result is public."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlmodel import col

from forum.base import pictures
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.i18n import _, number, percent, pgettext
from forum.base.pictures import Bar, Mark, Picture
from voting.boxes.models import Channel, SealedParticipation
from voting.methods.common.result import Result
from voting.methods.majority import ABSTAIN
from voting.polls import marking, page, queries, small
from voting.polls.models import Entitlement, PollState, TallyState
from voting.polls.queries import PollRow
from voting.polls.rules import Count, Outcome


class Answer(NamedTuple):
    """An answer of a vote, its name, how many gave it, and its colour."""

    value: str
    label: str
    votes: int
    tone: str


def result(row: PollRow) -> Picture | None:
    """How the votes stand against what was needed; None before everybody may know it."""
    if row.state is not PollState.PUBLISHED or row.result is None:
        return None
    found = Result.unpack(row.result)
    if found.rounds:
        return _rounds(row, found)
    figures = found.figures
    asked = row.way.choices(row.rule)
    answers = [
        Answer(one.value, one.called, figures.get(one.value, 0), page.TONES[one.tone])
        for one in asked
    ]
    return vote(answers, figures)


def _rounds(row: PollRow, found: Result) -> Picture:
    """What the options had at first as bars; the table has every round.

    Later rounds leave options out, and may count something else (purchases, a run-off): bars of
    them beside each other would say what nobody counted.
    """
    called = {one.value: one.called for one in row.way.answers(row.rule)}
    first = found.rounds[0]
    order = sorted(called, key=lambda one: first.counts.get(one, 0), reverse=not row.way.fewest)
    chosen = found.winners if row.result and row.result["outcome"] == Outcome.CHOSEN else ()
    drawn = [
        Bar(
            called[ident],
            first.counts.get(ident, 0),
            "for" if ident in chosen else "neutral",
            marking.units(first.counts.get(ident, 0), first.scale),
        )
        for ident in order
    ]
    several = len(found.rounds) > 1
    title = _("What each option has in the first round") if several else _("What each option has")
    heads = [_("Round %(number)s") % {"number": n + 1} for n in range(len(found.rounds))]
    rows = [
        (
            called[ident],
            *(
                marking.units(one.counts[ident], one.scale) if ident in one.counts else "–"
                for one in found.rounds
            ),
        )
        for ident in order
    ]
    if any(one.exhausted for one in found.rounds):
        spent = (marking.units(one.exhausted, one.scale) for one in found.rounds)
        rows.append((_("Reach no option any more"), *spent))
    most, votes = max(first.counts.values(), default=0), found.figures["valid"] * first.scale
    return Picture(
        title,
        pictures.bars(title, drawn, max(votes, most, 1)),
        (pgettext("chart", "Option"), *(heads if several else [pgettext("chart", "Count")])),
        rows,
    )


def vote(answers: Sequence[Answer], figures: Mapping[str, int]) -> Picture:
    """Bars for the answers that are measured, a line at what is needed, the rest apart from it."""
    needed, base = figures.get("needed"), figures.get("base", 0)
    if "support" in figures:  # reached by several answers together, so by no bar alone
        needed = None
    rest = (("blank", pgettext("vote", "Blank")), ("invalid", pgettext("vote", "Invalid")))
    beside = [Answer(n, label, figures[n], "question") for n, label in rest if figures.get(n)]
    beside = [one for one in answers if one.value == ABSTAIN] + beside
    counted = [one for one in answers if one.value != ABSTAIN]
    whole = max(base, needed or 0, 1, *(one.votes for one in (*counted, *beside)))
    title = _("Votes by answer")
    words = _("needed: %(count)s") % {"count": number(needed or 0)}
    svg = pictures.bars(
        title,
        [_bar(one, base) for one in counted],
        whole,
        mark=Mark(needed, words) if needed is not None else None,
        apart=[_bar(one, 0) for one in beside],
    )
    rows = [(one.label, number(one.votes), _share(one.votes, base)) for one in counted]
    if needed is not None:
        rows.append((_("Needed"), number(needed), ""))
    rows += [(one.label, number(one.votes), "") for one in beside]
    head = (pgettext("chart", "Answer"), pgettext("chart", "Votes"), pgettext("chart", "Share"))
    return Picture(title, svg, head, rows)


def _bar(one: Answer, base: int) -> Bar:
    share = _share(one.votes, base)
    shown = f"{number(one.votes)} · {share}" if share else number(one.votes)
    return Bar(one.label, one.votes, one.tone, shown)


def _share(votes: int, base: int) -> str:
    return percent(Fraction(votes, base)) if base else ""


class Place(NamedTuple):
    """One venue, or those online, or those who stayed away."""

    name: str
    present: int
    voted: int


def turnout(db: Db, actor: Actor | None, row: PollRow) -> Picture | None:
    """Who was there and who voted, by venue; None where there was but one place, or no result."""
    if row.state is not PollState.PUBLISHED or not row.heads:
        return None
    places = _places(db, actor, row)
    if len(places) < 2:
        return None
    present = [place.present for place in places]
    voted = [place.voted for place in places]
    shown = list(zip(*(shielded(c) if row.secret else c for c in (present, voted)), strict=True))
    all_of = _("In all")
    lines = [(all_of, sum(present), sum(voted))]
    lines += [(place.name, *pair) for place, pair in zip(places, shown, strict=True)]
    drawn = [
        Bar(name, there or 0, "neutral", _of(cast, there), min(cast or 0, there or 0))
        for name, there, cast in lines
    ]
    title = _("Turnout by venue")
    note = _("%(count)s were entitled to vote.") % {"count": number(row.heads)}
    if any(None in pair for pair in shown):
        left_out = _("Of a secret vote, figures below five are left out.")
        note = f"{note} {left_out}"
    return Picture(
        title,
        pictures.bars(title, drawn, max(row.heads, sum(present), 1)),
        (_("Venue"), pgettext("vote", "Present"), pgettext("vote", "Voted")),
        [(name, _figure(there), _figure(cast)) for name, there, cast in lines],
        note,
    )


def _of(cast: int | None, there: int | None) -> str:
    return f"{_figure(cast)} / {_figure(there)}"


def _figure(value: int | None) -> str:
    return "–" if value is None else number(value)


def shielded(cells: Sequence[int]) -> list[int | None]:
    """Figures without those that would tell of a few, alone or by subtracting the others."""
    told = small.shielded(dict(enumerate(cells)))
    return [figure if at in told else None for at, figure in enumerate(cells)]


def _places(db: Db, actor: Actor | None, row: PollRow) -> list[Place]:
    """The places of the roll: halls by their counts, electronic votes by who took part."""
    took_part = and_(
        col(SealedParticipation.poll_id) == col(Entitlement.poll_id),
        col(SealedParticipation.voter_id) == col(Entitlement.member_id),
        col(SealedParticipation.channel) == Channel.ONLINE,
    )
    found = db.execute(
        select(
            col(Entitlement.venue),
            func.count().label("present"),
            func.count(col(SealedParticipation.voter_id)).label("voted"),
        )
        .join(SealedParticipation, took_part, isouter=True)
        .where(col(Entitlement.poll_id) == row.id, col(Entitlement.present))
        .group_by(col(Entitlement.venue))
        .order_by(col(Entitlement.venue) == "", col(Entitlement.venue))
    ).all()
    halls: dict[str, int] = {}
    for tally in queries.tallies(db, row.id, known=True):
        if tally.counted is not None and tally.state is TallyState.CONFIRMED:
            counted = Count.unpack(tally.counted).returned
            halls[tally.venue] = halls.get(tally.venue, 0) + counted
    names = page.venue_names(db, actor, [venue for venue, _there, _cast in found])
    return [
        Place(names.get(venue) or _("Online"), there, cast + halls.get(venue, 0))
        for venue, there, cast in found
    ]
