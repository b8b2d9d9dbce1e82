"""What pages show of a procedure: the line of its stages, what comes next, and for whom."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from forum.base import clock, links, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.i18n import N_, _
from forum.base.links import Relation
from forum.base.refs import parse, ref
from forum.base.registry import Step
from forum.consultations.models import Stage as Phase
from voting.methods.common.profiles import PROCEDURES, PROFILES, Profile
from voting.polls import drafting
from voting.polls import queries as polls
from voting.procedures import queries, words
from voting.procedures.models import StageState, State
from voting.procedures.queries import Found
from voting.procedures.rows import StageRow
from voting.procedures.rules import USUAL_DAYS, Way

LATE = timedelta(hours=6)  # a meeting may last longer than it was planned
NEEDS_MEETING = N_("It counts those present, so it is taken in a meeting.")


class Line(NamedTuple):
    """One stage on the line, as `ui.timeline` draws it."""

    title: str
    url: str
    state: str  # done, current, failed, next
    text: str
    at: datetime | None = None
    who: str = ""


class Offer(NamedTuple):
    """A way to prepare the vote of a stage; without an address it says why not."""

    label: str
    hint: str
    url: str


def lines(found: Found) -> list[Line]:
    """The stages in their order, with how each stands."""
    made = []
    for one in found.stages:
        now, way = one.position == found.at, found.course.ways[one.position]
        made.append(
            Line(
                words.stage(found.course, one),
                f"/procedures/stages/{one.id}",
                _mark(one, now=now),
                words.state(one, way, now=now, going=found.at is not None),
                one.passed_at,
            )
        )
    return made


def _mark(one: StageRow, *, now: bool) -> str:
    if one.state is StageState.FAILED:
        return "failed"
    if one.state in (StageState.PASSED, StageState.KEPT):
        return "done"
    return "current" if now else "next"


def summary(found: Found) -> dict[str, Any]:
    """A procedure as a panel shows it: how it stands, its line, and the one next step."""
    course = found.course
    at = found.at
    stage = found.stages[at] if at is not None else None
    return {
        "id": course.id,
        "title": words.title(course),
        "state": words.standing(course, found.stages, at),
        "tone": words.TONES[course.state],
        "lines": lines(found),
        "step": step(found, stage) if stage else None,
        "next": upcoming(found, stage) if stage else "",
        "renews": found.manages and course.state in (State.FAILED, State.STOPPED),
    }


def step(found: Found, stage: StageRow) -> tuple[str, str] | None:
    """The button of whoever may go on: (where, what it says)."""
    way = found.course.ways[stage.position]
    may = found.manages if way is Way.VOTE else found.records
    if not may or shut(found) or stage.state is StageState.UP:
        return None
    return f"/procedures/stages/{stage.id}", _(words.BUTTONS[way])


def upcoming(found: Found, stage: StageRow) -> str:
    """What happens next, in words for everybody."""
    if stage.state is StageState.UP:
        return _("When its time is over, the stage has passed.")
    return _(words.NEXT[found.course.ways[stage.position]])


def shut(found: Found) -> bool:
    """Whether nothing is done in its consultation any more."""
    consultation = found.access.consultation
    return consultation.archived_at is not None or consultation.stage is Phase.CLOSED


def votes(db: Db, actor: Actor | None, stages: Sequence[StageRow]) -> dict[int, list[Step]]:
    """The votes of these stages with how each stands."""
    tied = queries.polls(db, [one.id for one in stages])
    known = polls.resolve(db, actor, [poll for some in tied.values() for poll in some])
    return {stage: [known[poll] for poll in some if poll in known] for stage, some in tied.items()}


def tasks(db: Db, actor: Actor | None, found: Found, one: StageRow) -> list[Step]:
    """At the last stage: the follow-up tasks whose outcome is disclosed, or is to be."""
    if one.position != len(found.stages) - 1:
        return []
    tied = links.linked(db, ref("stage", one.id), Relation.TOLD_IN, "in")
    if not tied:
        some = queries.polls(db, [stage.id for stage in found.stages])
        every = [poll for each in some.values() for poll in each]
        tied = queries.tasks(db, found.item.id, every)
    return links.steps(db, actor, tied)


def offers(db: Db, actor: Actor, found: Found, one: StageRow) -> list[Offer]:
    """How the vote of a stage is prepared: here, or in one of the item's meetings."""
    stage = PROCEDURES[found.course.name].stages[one.position]
    here = f"/items/{found.item.id}/polls/new"
    why_not = {each.profile.name: each.why_not for each in drafting.offers(meeting=False)}
    held = _meetings(db, actor, found.item.id)
    made = []
    for law in (PROFILES[name] for name in stage.profiles):
        if not why_not[law.name]:
            made.append(_offer(law, f"{here}?profile={law.name}"))
            continue
        made += [
            _offer(law, f"{each.url}/polls/new?profile={law.name}", each.title) for each in held
        ] or [Offer(_(law.label), _(NEEDS_MEETING), "")]
    if not all(offer.url for offer in made):
        plan = f"/consultations/{found.course.consultation_id}/meetings/new"
        made.append(Offer(_("Prepare a meeting"), _("Then put this item on its agenda."), plan))
    return made


def _meetings(db: Db, actor: Actor, item: int) -> list[Step]:
    """The meetings that deal with an item and are not over."""
    tied = links.linked(db, ref("item", item), Relation.HELD_IN)
    ids = [ident for kind, ident in map(parse, tied) if kind == "meeting"]
    times = registry.spans["meeting"](db, ids) if ids else {}
    late = clock.now() - LATE
    gone = {ref("meeting", ident) for ident, time in times.items() if time.end and time.end < late}
    return [each for each in links.steps(db, actor, tied) if each.ref not in gone]


def _offer(law: Profile, url: str, meeting: str = "") -> Offer:
    label = _(law.label)
    if meeting:
        label = _("%(law)s, in the meeting “%(meeting)s”") % {"law": label, "meeting": meeting}
    return Offer(label, _(law.hint), url)


def days(found: Found, one: StageRow) -> tuple[int, int]:
    """For how many days a notice is up: at least, and as a form proposes it."""
    least = max(PROCEDURES[found.course.name].stages[one.position].days, 1)
    return least, max(least, USUAL_DAYS)
