"""The draft of a vote, from the fields of its form and back: turnout, times, majorities of law."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from forum.base.forms import Form
from forum.base.i18n import _
from forum.base.request import Request
from voting.methods.common.election import options as options_of
from voting.methods.common.least import Least
from voting.methods.common.profiles import PROFILES, Profile
from voting.methods.majority import threshold
from voting.methods.method import Method, Rule, methods
from voting.polls import passing, setting, weighing, words
from voting.polls.models import Secrecy
from voting.polls.queries import PollRow
from voting.polls.rules import Fault, Of, Quorum
from voting.polls.service import Draft

SHARES = (">=1/5", ">=1/4", ">=1/3", ">1/2", ">=1/2", ">=2/3", ">=3/4")


class Offer(NamedTuple):
    """A majority of law, and why it cannot be met here; empty where it can."""

    profile: Profile
    why_not: str


def secrecies() -> list[tuple[str, str, str]]:
    """Who can know how somebody voted, to choose from."""
    return [
        (kind.value, _(words.SECRECIES[kind]), _(words.SECRECY_HINTS[kind]))
        for kind in (Secrecy.SECRET, Secrecy.OPEN)
    ]


def quorums(more: Quorum | None = None) -> list[tuple[str, str]]:
    """The quorums to choose from, with one more where it is none of the usual."""
    usual = [Quorum(Of.CAST, threshold(share)) for share in SHARES]
    if more and not isinstance(more.share, Least) and more not in usual:
        usual.append(more)
    return [(_written(one), words.quorum(one).say()) for one in usual]


def _written(one: Quorum) -> str:
    packed = one.pack()
    return f"{packed['of']} {packed['share']}"


def quorum(form: Form) -> Quorum | None:
    """The quorum of a form: a share that was chosen, or a bare number of votes."""
    least = form.integer("least", optional=True, min=1, max=10**6)
    known = {_written(Quorum.read(one.quorum)) for one in PROFILES.values() if one.quorum}
    offered = ["", *known, *(f"cast {share}" for share in SHARES)]
    kept = form.choice("quorum", offered, default="")
    if kept and least:
        form.wrong("least", _("Either a share or a number, not both."))
    if least:
        return Quorum(Of.CAST, Least(least))
    of, _space, share = kept.partition(" ")
    return Quorum.read({"of": of, "share": share}) if kept else None


def offers(*, meeting: bool, weights: bool = False) -> list[Offer]:
    """The majorities of law, those that can be met here first."""
    found = [
        Offer(one, _why_not(one, meeting=meeting, weights=weights)) for one in PROFILES.values()
    ]
    return sorted(found, key=lambda one: bool(one.why_not))


def _why_not(one: Profile, *, meeting: bool, weights: bool) -> str:
    if methods()[one.method].two_weights and not weights:
        return words.fault(Fault.ONE_WEIGHT)
    present = "present" in (one.settings.get("base"), one.quorum.get("of"))
    return words.fault(Fault.NO_PRESENCE) if present and not meeting else ""


def chosen(request: Request, *, meeting: bool, weights: bool = False) -> Profile | None:
    """The majority of law that an address or a refused form names; None where none is."""
    name = request.query.value("profile") or request.form.value("profile")
    offered = offers(meeting=meeting, weights=weights)
    return next(
        (one.profile for one in offered if one.profile.name == name and not one.why_not), None
    )


def kept_profile(name: str, way: Method, typed: Mapping[str, str], asked: Quorum | None) -> str:
    """Its name where the vote is still decided as it says; what was changed is not the law's."""
    one = PROFILES.get(name)
    if one is None or one.method != way.name:
        return ""
    same = all(typed.get(field) == value for field, value in one.settings.items())
    return name if same and (asked.pack() if asked else {}) == dict(one.quorum) else ""


def asks(one: Profile | None) -> Quorum | None:
    """The quorum of a majority of law, where it has one."""
    return Quorum.read(one.quorum) if one and one.quorum else None


def of_profile(one: Profile) -> dict[str, Any]:
    """What a form shows where a majority of law was chosen."""
    quorum = asks(one)
    return {"settings": dict(one.settings), "quorum": _written(quorum) if quorum else ""}


def of_poll(row: PollRow, explanation: str, zone: str) -> dict[str, Any]:
    """What a form shows of a draft that is mended."""
    asked = Quorum.read(row.quorum) if row.quorum else None
    least = asked.share.number if asked and isinstance(asked.share, Least) else None
    return {
        "question": row.question,
        "explanation": explanation,
        "settings": row.way.typed(row.rule),
        "options": _lines(row.way, row.rule),
        "lot": row.rule.get("lot", ""),
        "profile": row.rule.get("profile", ""),
        "secrecy": row.secrecy.value,
        "quorum": _written(asked) if asked and not least else "",
        "least": least or "",
        "opens_at": _wall(row.opens_at, zone),
        "closes_at": _wall(row.closes_at, zone),
        "delegations": passing.followed(row.rule),
        "carry_most": passing.cap(row.rule) or "",
    }


def _carried(form: Form) -> int | None:
    """How many votes of others one person carries at most; None where none are followed."""
    most = form.integer("carry_most", optional=True, min=1, max=10**6)
    return (most or 0) if form.flag("delegations") else None


def _lines(way: Method, rule: Rule) -> str:
    if way.choices_fixed:
        return ""
    return "\n".join(
        f"{one.name} | {one.cost}" if one.cost else one.name for one in options_of(rule)
    )


def _wall(moment: datetime | None, zone: str) -> str:
    """A moment as the field of a form holds it."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") if moment else ""


def draft(form: Form, zone: str, *, kept: PollRow | None = None) -> Draft:
    """What a form asks for; `kept` is the draft that is mended, whose way to decide stays."""
    known = [one.name for among in (False, True) for one in setting.ways(among=among)]
    name = kept.method if kept else form.choice("method", known, default="majority")
    way = methods()[name]
    typed, asked = setting.settings(form, way), quorum(form)
    weighed = kept is not None and kept.rule.get(weighing.KEY) == {"by": weighing.By.WEIGHT}
    profile = form.text("profile", max=40, optional=True)
    return Draft(
        question=form.text("question", max=200),
        explanation=form.text("explanation", max=10_000, optional=True),
        method=name,
        options=setting.options(form, way),
        rule=typed,
        lot=form.text("lot", max=200, optional=True),
        secrecy=form.choice("secrecy", Secrecy),
        quorum=asked,
        opens_at=form.moment("opens_at", optional=True, zone=zone),
        closes_at=form.moment("closes_at", optional=True, zone=zone),
        weighed=weighed,
        carry_most=_carried(form),
        profile=kept_profile(profile, way, typed, asked),
    )
