"""What kinds and states of items are called, in the reader's language."""

from forum.agenda.models import ItemKind, ItemState
from forum.base.i18n import N_, _

KINDS = {
    ItemKind.DISCUSSION: N_("For discussion"),
    ItemKind.INFORMATION: N_("For information"),
    ItemKind.DECISION: N_("For decision"),
}

STATES = {
    ItemState.PROPOSED: N_("Proposed"),
    ItemState.PLANNED: N_("Planned"),
    ItemState.OPEN: N_("Open"),
    ItemState.DEBATE: N_("In debate"),
    ItemState.VOTING: N_("Put to the vote"),
    ItemState.DECIDED: N_("Decision taken"),
    ItemState.CLOSED: N_("Concluded"),
    ItemState.POSTPONED: N_("Postponed"),
    ItemState.WITHDRAWN: N_("Withdrawn"),
    ItemState.DECLINED: N_("Not taken up"),
}

# What the button says that leads to the state.
STEPS = {
    ItemState.PLANNED: N_("Put on the agenda"),
    ItemState.OPEN: N_("Open the item"),
    ItemState.DEBATE: N_("Start the debate"),
    ItemState.VOTING: N_("Put to the vote now"),
    ItemState.DECIDED: N_("Mark as decided"),
    ItemState.CLOSED: N_("Conclude the item"),
    ItemState.POSTPONED: N_("Postpone"),
    ItemState.WITHDRAWN: N_("Withdraw"),
    ItemState.DECLINED: N_("Do not take up"),
}

TONES = {
    ItemState.OPEN: "info",
    ItemState.DEBATE: "info",
    ItemState.VOTING: "warn",
    ItemState.DECIDED: "good",
    ItemState.CLOSED: "good",
    ItemState.DECLINED: "bad",
}


def kind(value: ItemKind) -> str:
    """What a kind of item is called."""
    return _(KINDS[value])


def state(value: ItemState) -> str:
    """What a state of an item is called."""
    return _(STATES[value])


def step(value: ItemState) -> str:
    """What to press to bring an item into the state."""
    return _(STEPS[value])


def tone(value: ItemState) -> str:
    """The colour of a state's badge."""
    return TONES.get(value, "neutral")
