"""How people are dealt out, who leads, what may be read and done when: pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

from forum.base.errors import Conflict, Invalid
from forum.base.i18n import _
from sessions.workshop.models import Form, Gives, Stance, WorkshopState

K = TypeVar("K")

MINUTES = range(1, 241)  # of one step
NAME_MOST = 80
PROMPT_MOST = 600
NOTE_MOST = 280  # a card that is read across a table
THEME_MOST = 120
OPTION_MOST = 1_000
REASON_MOST = 500
NOTES_MOST = 40  # by one person in one step
GROUPS_MOST = 60
TABLE_MOST = 12  # a larger group is told of its notes when its people look again
OVER = 0  # the step that a page shows once the session is over
OPTIONS_MOST = 12  # more, nobody weighs on a phone
THEMES_MOST = 40


def leads(*, chairs: bool, named: bool, banned: bool) -> bool:
    """Whether somebody leads the session: the chair, or whom the chair named."""
    return chairs or (named and not banned)


def deal(halls: Mapping[K, Sequence[int]], number: int) -> list[tuple[K, list[int]]]:
    """Small groups, as people sit: each hall is dealt out for itself, like cards.

    Everybody lands in one group, and the groups of a hall differ by one person at most. A hall
    with anybody in it has a group, even where fewer were asked for; no group is empty. Beyond
    that each further group goes to the hall whose groups would be the largest.
    """
    here = {hall: list(people) for hall, people in halls.items() if people}
    shares = dict.fromkeys(here, 1)
    while sum(shares.values()) < number:
        room = [hall for hall in here if shares[hall] < len(here[hall])]
        if not room:
            break
        fullest = max(room, key=lambda hall: len(here[hall]) / shares[hall])
        shares[fullest] += 1
    return [(hall, here[hall][n :: shares[hall]]) for hall in here for n in range(shares[hall])]


class Sized(NamedTuple):
    """A group, where it is, and how many sit in it."""

    id: int
    venue: int
    size: int


def smallest(groups: Sequence[Sized], venue: int) -> int | None:
    """Where a latecomer sits down: the smallest group there, the first of equals."""
    there = [group for group in groups if group.venue == venue]
    return min(there, key=lambda group: (group.size, group.id)).id if there else None


def on_the_table(form: Form, *, under_way: bool) -> bool:
    """Whether everybody reads a step's notes: in the plenary at once, else when it is over."""
    return form is Form.PLENARY or not under_way


def require_running(state: WorkshopState) -> None:
    """A Conflict unless the session is under way."""
    if state == WorkshopState.PREPARED:
        raise Conflict(_("The session has not begun."))
    if state == WorkshopState.FINISHED:
        raise Conflict(_("The session is over."))


def require_step(seen: int, now: int) -> None:
    """A Conflict where the page that was pressed on showed another step."""
    if seen != now:
        raise Conflict(_("The session is at another step already. Please look again."))


def require_giving(gives: Gives, asked: Gives) -> None:
    """A Conflict where this step asks for something else."""
    if gives == asked:
        return
    if asked is Gives.NOTES:
        raise Conflict(_("No notes are written in this step."))
    raise Conflict(_("Nobody is asked for a position in this step."))


class Stand(NamedTuple):
    """Where somebody stands on an option, and why not, with their name or without."""

    stance: Stance
    reason: str = ""
    named: bool = False


def checked(stands: Mapping[int, Stand]) -> dict[int, Stand]:
    """The same with nothing said beside an objection; Invalid where one has no reason."""
    if not stands:
        raise Invalid(_("Choose where you stand on one option at least."))
    clean, wrong = {}, {}
    for option, stand in stands.items():
        reason = stand.reason.strip() if stand.stance is Stance.OBJECT else ""
        if stand.stance is Stance.OBJECT and not reason:
            wrong[f"reason-{option}"] = _("Say why you object: that is what the others can act on.")
        if len(reason) > REASON_MOST:
            wrong[f"reason-{option}"] = _("At most %(n)s characters.") % {"n": REASON_MOST}
        clean[option] = Stand(stand.stance, reason, bool(reason) and stand.named)
    if wrong:
        raise Invalid(_("Please look at the marked fields."), fields=wrong)
    return clean


def bounded(text: str, most: int, field: str = "words") -> str:
    """A text that must not be empty or too long."""
    clean = text.strip()
    sentence = ""
    if not clean:
        sentence = _("Please fill this in.")
    elif len(clean) > most:
        sentence = _("At most %(n)s characters.") % {"n": most}
    if sentence:
        raise Invalid(sentence, fields={field: sentence})
    return clean
