"""What the chair does next: one button, found from where the meeting stands. Pure."""

from typing import NamedTuple

from forum.base.i18n import _
from sessions.floor.ballots import PollView
from sessions.floor.models import AppealState, Lane
from sessions.floor.situation import Situation
from sessions.meetings import rules
from sessions.meetings.models import MeetingState
from sessions.meetings.rules import Act
from sessions.motions.queries import Sight
from voting.polls.models import PollState, TallyState

CONSOLE = {"back": "console"}


class Button(NamedTuple):
    """A button: where it posts what, or, with `href`, where it leads."""

    text: str
    action: str = ""
    fields: dict[str, str] = {}  # noqa: RUF012 - never changed
    href: str = ""
    hint: str = ""
    confirm: str = ""


STEP_WORDS = {
    Act.CONVENE: lambda: _("Convene the meeting"),
    Act.CALL_OFF: lambda: _("Call the meeting off"),
    Act.START: lambda: _("Open the meeting"),
    Act.UNDO_START: lambda: _("Opened by mistake: take it back"),
    Act.BREAK: lambda: _("Take a break"),
    Act.RESUME: lambda: _("Go on after the break"),
    Act.ADJOURN: lambda: _("Close the meeting"),
    Act.DROP: lambda: _("It does not go on: close the meeting"),
    Act.REOPEN: lambda: _("Reopen: closed by mistake"),
    Act.ARCHIVE: lambda: _("Archive the meeting"),
}


def _step(found: Situation, act: Act, hint: str = "") -> Button:
    asks = {
        Act.CONVENE: _("Everybody on the roll is invited now."),
        Act.CALL_OFF: _("Everybody on the roll is told that it does not take place."),
        Act.UNDO_START: _("It stands in the minutes that the meeting had not begun."),
        Act.ADJOURN: _("The meeting ends for everybody."),
        Act.DROP: _("The meeting ends for everybody."),
        Act.REOPEN: _(
            "Whoever was there at the close counts as present; the desks check out who has gone."
        ),
        Act.ARCHIVE: _("Nothing in the meeting can be changed after this."),
    }
    fields = {**CONSOLE, "act": act.value}
    action = f"/meetings/{found.meeting.id}/step"
    text = STEP_WORDS[act]()
    if act is Act.START and found.meeting.number > 1:
        text = _("Open sitting %(number)s") % {"number": found.meeting.number}
    return Button(text, action, fields, hint=hint, confirm=asks.get(act, ""))


# What has a form of its own: it asks for a time.
TIMED = frozenset({Act.BREAK, Act.SUSPEND})


def others(found: Situation, *, undo: bool = False) -> list[Button]:
    """What else can be done to the meeting as a whole; `undo`: its opening can be taken back."""
    first = next_step(found)
    taken = first.fields.get("act") if first else None
    state = found.meeting.state
    acts = [act for act in rules.offered(state) if act != taken and act not in TIMED]
    if not undo:
        acts = [act for act in acts if act is not Act.UNDO_START]
    if found.current is not None:
        acts = [act for act in acts if act not in (Act.ADJOURN, Act.DROP)]
    return [_step(found, act) for act in acts]


def next_step(found: Situation) -> Button | None:
    """The likeliest next thing; None where the chair waits for others, or nothing is left."""
    state = found.meeting.state
    here = f"/meetings/{found.meeting.id}"
    if state is MeetingState.DRAFT and not found.venues:
        return Button(_("Say where it takes place"), href=f"{here}/edit")
    if state is MeetingState.DRAFT:
        return _step(found, Act.CONVENE)
    if state in rules.AHEAD:
        return _step(found, Act.START, _quorum_hint(found))
    if state is MeetingState.RECESS:
        return _step(found, Act.RESUME)
    if state is not MeetingState.IN_SESSION:
        return None
    if found.current is None:
        return _next_item(found)
    if found.poll is not None and found.poll.state is not PollState.PUBLISHED:
        return _next_of_poll(found.poll, here)
    return _next_appeal(found) or _next_speech(found)


def _next_appeal(found: Situation) -> Button | None:
    """A ruling that is appealed is decided before anything else goes on."""
    for point in found.speakers.points:
        if point.appeal and point.appeal.state is AppealState.OPEN:
            text = _("Put the appeal of %(name)s to the vote") % {"name": point.appeal.name}
            return Button(text, f"/appeals/{point.appeal.id}/put", CONSOLE, hint=point.ruling_name)
    return None


def _quorum_hint(found: Situation) -> str:
    now = found.quorum
    facts = {"entitled": now.entitled, "present": now.present, "needed": now.needed}
    if now.reached:
        return _("Expected %(entitled)s, present %(present)s: quorum reached.") % facts
    return (
        _("Expected %(entitled)s, present %(present)s, needed %(needed)s: no quorum yet.") % facts
    )


def _next_item(found: Situation) -> Button:
    item = found.upcoming
    if item is None:
        return _step(found, Act.ADJOURN, _("The order of the day is done."))
    return Button(
        _("Call up item %(number)s") % {"number": item.position},
        f"/meetings/{found.meeting.id}/items/open",
        {**CONSOLE, "item": str(item.item_id)},
        hint=item.title,
    )


def _next_of_poll(poll: PollView, here: str) -> Button | None:
    verb = f"{here}/polls/{poll.id}"
    if poll.state is PollState.CREATED:
        return Button(_("Open the vote"), f"{verb}/open", CONSOLE, hint=poll.question)
    if poll.state is PollState.STARTED:
        return Button(_("Close the vote"), f"{verb}/close", CONSOLE, hint=_missing(poll))
    if poll.tied:
        among = poll.result is not None and poll.result.ties
        text = _("Draw the lot") if among else _("Give the casting vote")
        hint = _("The votes are even.")
        return Button(text, href=f"/polls/{poll.id}#conduct", hint=hint)
    if poll.progress is not None and not poll.progress.announced:
        hint = _("The ballots are still being counted.")
        text = _("Announce the result as soon as it is there")
        return Button(text, f"{verb}/publish", CONSOLE, hint=hint)
    if poll.state is PollState.FINISHED:
        return Button(_("Announce the result"), f"{verb}/publish", CONSOLE, hint=poll.question)
    return None


def _missing(poll: PollView) -> str:
    open_halls = [hall.name for hall in poll.halls if hall.state is not TallyState.CONFIRMED]
    if not open_halls:
        return poll.question
    return _("Not counted twice yet: %(halls)s") % {"halls": _(", ").join(open_halls)}


def _next_speech(found: Situation) -> Button:
    floor = found.speakers
    ready = [line for line in floor.waiting if line.ready]
    first = ready[0] if ready else None
    if first and first.order:
        text = _("Hear the point of order of %(name)s") % {"name": first.name}
        return Button(text, f"/speakers/{first.id}/recognize", CONSOLE, hint=first.said)
    if first and first.lane is Lane.QUESTION:
        text = _("Hear the question of %(name)s") % {"name": first.name}
        return Button(text, f"/speakers/{first.id}/recognize", CONSOLE, hint=first.why)
    if floor.speaking is not None:
        text = _("End the speech of %(name)s") % {"name": floor.speaking.name}
        return Button(text, f"/speakers/{floor.speaking.id}/finish", CONSOLE)
    if floor.paused is not None:
        text = _("Let %(name)s go on") % {"name": floor.paused.name}
        return Button(text, f"/speakers/{floor.paused.id}/resume", CONSOLE)
    if first is not None:
        text = _("Give the floor to %(name)s") % {"name": first.name}
        return Button(text, f"/speakers/{first.id}/recognize", CONSOLE, hint=first.why)
    if found.motions.first is not None:
        return _next_motion(found.motions.first)
    return Button(
        _("Close the item"),
        f"/meetings/{found.meeting.id}/items/close",
        CONSOLE,
        hint=_("Nobody is waiting to speak."),
    )


def _next_motion(first: Sight) -> Button:
    """Nobody asks for the floor: the question is put, if what it changes still reads so."""
    if first.outdated:
        hint = _("The text under it has changed: its mover confirms or rewords it before the vote.")
        return Button(first.name, href=f"/motions/{first.id}", hint=hint)
    text = _("Put %(motion)s to the vote") % {"motion": first.name}
    return Button(text, f"/motions/{first.id}/put", CONSOLE, hint=first.title)
