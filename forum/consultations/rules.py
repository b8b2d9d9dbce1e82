"""What may be done at which stage, who reads and who takes part: pure."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from forum.consultations.models import Eligibility, Stage, Visibility
from forum.members.models import Role

STAGES = tuple(Stage)


class Deed(StrEnum):
    """What a consultation's stage opens or shuts."""

    PROPOSE = "propose"
    ARGUE = "argue"
    REACT = "react"
    MEET = "meet"
    POLL = "poll"
    DECIDE = "decide"
    PUBLISH = "publish"
    FOLLOW = "follow"


# One row a stage: the whole of what stages mean.
OPEN: Mapping[Stage, frozenset[Deed]] = {
    Stage.PROPOSING: frozenset({Deed.PROPOSE, Deed.ARGUE, Deed.REACT, Deed.MEET}),
    Stage.DELIBERATING: frozenset({Deed.ARGUE, Deed.REACT, Deed.MEET, Deed.POLL}),
    Stage.DECIDING: frozenset({Deed.REACT, Deed.MEET, Deed.POLL, Deed.DECIDE}),
    Stage.PUBLISHING: frozenset({Deed.MEET, Deed.DECIDE, Deed.PUBLISH, Deed.FOLLOW}),
    Stage.FOLLOWING: frozenset({Deed.MEET, Deed.PUBLISH, Deed.FOLLOW}),
    Stage.CLOSED: frozenset(),
}

# What a person does in their own name, and so must be eligible for.
OWN = frozenset({Deed.PROPOSE, Deed.ARGUE, Deed.REACT, Deed.POLL})
# What a mute takes away: words. Reactions and votes stay.
WORDS = frozenset({Deed.PROPOSE, Deed.ARGUE})

# Who works here: they read whatever its visibility, and speak without being on the list.
STAFF = frozenset(Role) - {Role.RESIDENT}
# Who leads the process, and looks after what is said in it.
MODERATING = frozenset({Role.MODERATOR, Role.ADMINISTRATOR})
# Who may begin a consultation in their place.
LEADING = frozenset({Role.ADMINISTRATOR, Role.MODERATOR, Role.REPRESENTATIVE, Role.COMMITTEE})


def leads(roles: Collection[Role]) -> bool:
    """Whether these roles begin consultations where they are held."""
    return not LEADING.isdisjoint(roles)


def serves(roles: Collection[Role]) -> bool:
    """Whether these roles work here."""
    return not STAFF.isdisjoint(roles)


def moderates(roles: Collection[Role]) -> bool:
    """Whether these roles lead the process."""
    return not MODERATING.isdisjoint(roles)


def allowed(stage: Stage, deed: Deed) -> bool:
    """Whether the stage is open for the deed."""
    return deed in OPEN[stage]


def stages_of(deed: Deed) -> tuple[Stage, ...]:
    """The stages in which a deed is open, in order."""
    return tuple(stage for stage in STAGES if deed in OPEN[stage])


def visible(
    visibility: Visibility, *, signed_in: bool, roles: Collection[Role], listed: bool, local: bool
) -> bool:
    """Whether somebody may read it. `local`: it belongs to a station, whose members are meant."""
    if visibility is Visibility.PUBLIC:
        return True
    if not signed_in:
        return False
    if listed or not STAFF.isdisjoint(roles):
        return True
    return visibility is Visibility.MEMBERS and (not local or Role.RESIDENT in roles)


def eligible(
    eligibility: Eligibility, *, signed_in: bool, roles: Collection[Role], listed: bool
) -> bool:
    """Whether somebody may speak and vote."""
    if not signed_in:
        return False
    return eligibility is Eligibility.OPEN or listed or not STAFF.isdisjoint(roles)


def follows(stage: Stage, target: Stage) -> bool:
    """Whether the target lies after the stage."""
    return STAGES.index(target) > STAGES.index(stage)


def move_fits(stage: Stage, target: Stage, reason: str) -> bool:
    """Forward always; back (or out of closed) only with a reason that everybody can read."""
    return stage is not target and (follows(stage, target) or bool(reason.strip()))


def due_stage(
    stage: Stage, planned: Mapping[Stage, datetime | None], now: datetime
) -> Stage | None:
    """The last later stage whose planned beginning has come; None: the stage stays."""
    reached = [
        later
        for later in STAGES
        if follows(stage, later) and (moment := planned.get(later)) is not None and moment <= now
    ]
    return reached[-1] if reached else None


def next_due(stage: Stage, planned: Mapping[Stage, datetime | None]) -> datetime | None:
    """When the plan next moves the stage on by itself."""
    moments = [m for later, m in planned.items() if m is not None and follows(stage, later)]
    return min(moments) if moments else None


def plan_faults(stage: Stage, planned: Mapping[Stage, datetime | None]) -> list[Stage]:
    """The stages whose planned beginning lies before that of an earlier one."""
    faults: list[Stage] = []
    latest: datetime | None = None
    for later in STAGES:
        moment = planned.get(later)
        if moment is None or not follows(stage, later):
            continue
        if latest is not None and moment < latest:
            faults.append(later)
        latest = moment if latest is None else max(latest, moment)
    return faults


INVITATION_LASTS = timedelta(days=30)  # what the form proposes
INVITED_AT_ONCE = 200


def invitation_fits(lasts: timedelta) -> bool:
    """Whether a link may be valid for so long."""
    return timedelta(0) < lasts <= timedelta(days=366)
