"""What stances, reactions and orders are called, in the reader's language."""

from forum.arguments.models import Opinion, Review, Stance
from forum.arguments.rules import Order
from forum.base.i18n import N_, _

STANCES = {
    Stance.PRO: N_("For"),
    Stance.CON: N_("Against"),
    Stance.NEUTRAL: N_("Neutral"),
    Stance.QUESTION: N_("Question"),
}

# What the style sheet calls a stance.
TONES = {
    Stance.PRO: "for",
    Stance.CON: "against",
    Stance.NEUTRAL: "neutral",
    Stance.QUESTION: "question",
}

HINTS = {
    Stance.PRO: N_("A reason for it"),
    Stance.CON: N_("A reason against it"),
    Stance.NEUTRAL: N_("A fact or a thought"),
    Stance.QUESTION: N_("Something to be answered"),
}

OPINIONS = {
    Opinion.AGREE: N_("Agree"),
    Opinion.DISAGREE: N_("Disagree"),
    Opinion.PASS: N_("Not sure"),
}

REVIEWS = {
    Review.PENDING: N_("Not reviewed where it comes from"),
    Review.REJECTED: N_("Not accepted where it comes from"),
}

ORDERS = {
    Order.SIDES: N_("Side by side"),
    Order.THREAD: N_("As a thread"),
    Order.NEWEST: N_("Newest"),
    Order.AGREED: N_("Most agreed"),
}


def stance(value: Stance) -> str:
    """What a stance is called."""
    return _(STANCES[value])


def opinion(value: Opinion) -> str:
    """What a reaction is called."""
    return _(OPINIONS[value])


def review(value: Review) -> str:
    """What the platform of origin had judged; empty where it had accepted it."""
    return _(REVIEWS[value]) if value in REVIEWS else ""


def order(value: Order) -> str:
    """What an order of reading is called."""
    return _(ORDERS[value])


def choices() -> list[tuple[str, str, str, str]]:
    """The stances as a form offers them: value, name, hint, tone."""
    return [(s.value, stance(s), _(HINTS[s]), TONES[s]) for s in Stance]
