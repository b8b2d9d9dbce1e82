"""What states, ways and reasons of a reception are called, in the reader's language."""

from collections.abc import Mapping

from forum.base.i18n import N_, _, pgettext
from sessions.reception.categories import NAMES, Category
from sessions.reception.models import NoteKind, Refusal, Route, VisitState
from sessions.reception.rules import Act

STATES: Mapping[VisitState, str] = {
    VisitState.WAITING: N_("Waiting to be received"),
    VisitState.RECEIVED: N_("Being received"),
    VisitState.RECORDED: N_("Received"),
    VisitState.LEFT: N_("Left without being received"),
}
TONES: Mapping[VisitState, str] = {
    VisitState.WAITING: "info",
    VisitState.RECEIVED: "good",
    VisitState.RECORDED: "neutral",
    VisitState.LEFT: "warn",
}
ACTS: Mapping[Act, str] = {
    Act.RECEIVE: N_("Receive now"),
    Act.FINISH: N_("All is written down"),
    Act.LEAVE: N_("Has left"),
    Act.WAIT: N_("Back to waiting"),
}
ROUTES: Mapping[Route, tuple[str, str]] = {
    Route.ON_THE_SPOT: (
        N_("Answered on the spot"),
        N_("The answer is written down and kept with the word."),
    ),
    Route.NEIGHBOURHOOD: (
        N_("Neighbourhood or village handles it"),
        N_("The committee of the place takes it on."),
    ),
    Route.STREET: (
        N_("Through street or town to the government"),
        N_("The congress office of the street, or the town's presidium, hands it on."),
    ),
    Route.PROPOSAL: (
        N_("Formal proposal of the representative"),
        N_("The representative puts it to the congress of the district or county."),
    ),
    Route.HIGHER: (
        N_("Passed to a representative at a higher level"),
        N_("It is for the city or above to decide."),
    ),
    Route.DECLINED: (
        N_("Not accepted"),
        N_("Courts and other bodies decide it: say where to go instead."),
    ),
}
REFUSALS: Mapping[Refusal, str] = {
    Refusal.LITIGATION: N_("In court, or for a court"),
    Refusal.RECONSIDERATION: N_("In administrative reconsideration"),
    Refusal.ARBITRATION: N_("In arbitration"),
    Refusal.PRIVATE: N_("A private legal dispute"),
}
NOTES: Mapping[NoteKind, str] = {
    NoteKind.PROPOSED: N_("Proposed handling"),
    NoteKind.ANSWER: N_("Answered on the spot"),
    NoteKind.ELSEWHERE: N_("Where to go instead"),
    NoteKind.STRIKE: N_("Why it was struck"),
}


def state(value: VisitState) -> str:
    """What a visitor's state is called."""
    return _(STATES[value])


def category(value: Category) -> str:
    """What a word is about."""
    return _(NAMES[value])


def route(value: Route | None) -> str:
    """Which way a word goes; said as well where nobody has decided yet."""
    return _(ROUTES[value][0]) if value else pgettext("reception", "Not decided yet")


def refusal(value: Refusal) -> str:
    """Why something is not accepted."""
    return _(REFUSALS[value])


def note(value: NoteKind) -> str:
    """What an official text is."""
    return _(NOTES[value])


def title(number: int, about: Category) -> str:
    """What a word is called where it is named: by its number and matter, never by its words."""
    return _("Word %(number)s: %(category)s") % {"number": number, "category": category(about)}


def act(value: Act) -> str:
    """What doing it is called."""
    return _(ACTS[value])


def categories() -> list[tuple[str, str]]:
    """The list, for a form."""
    return [(value.value, category(value)) for value in Category]


def ways() -> list[tuple[str, str, str]]:
    """The ways with what each means, for a form."""
    return [(value.value, _(name), _(about)) for value, (name, about) in ROUTES.items()]


def reasons() -> list[tuple[str, str]]:
    """Why something is not accepted, for a form."""
    return [(value.value, refusal(value)) for value in Refusal]
