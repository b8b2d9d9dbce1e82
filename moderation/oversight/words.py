"""Acts, flags, rules and outcomes in the reader's words."""

from collections.abc import Mapping
from typing import Any

from forum.base.i18n import N_, _, pgettext
from moderation.oversight.models import Act, AppealState
from moderation.oversight.rules import WAITING
from moderation.oversight.screens.screen import screens
from moderation.reports.models import Rule

REPORT, EDITED = "report", "edited"

ACTS: Mapping[Act, str] = {
    Act.HIDE: N_("Hidden"),
    Act.RELEASE: N_("Released, or left as it is"),
    Act.ASK: N_("Asked to edit"),
    Act.MOVE: N_("Moved"),
    Act.WARN: N_("Warned"),
    Act.MUTE: N_("Muted"),
    Act.BAN: N_("Banned"),
}
DEEDS: Mapping[Act, tuple[str, str]] = {
    Act.HIDE: (N_("Hide it"), N_("Its place and your reason stay to be seen.")),
    Act.RELEASE: (N_("Leave it as it is"), N_("Nothing is wrong with it.")),
    Act.ASK: (N_("Ask its author to edit it"), N_("It says so; edited, it comes back here.")),
    Act.MOVE: (N_("Move it to another topic"), N_("Its answers go along; its address leads on.")),
    Act.WARN: (N_("Warn"), N_("They are told the rule; nothing is taken from them.")),
    Act.MUTE: (N_("Mute"), N_("Reads and votes, but does not speak or write.")),
    Act.BAN: (N_("Ban"), N_("Takes part in nothing here, and does not vote.")),
}
HELD: Mapping[Act, tuple[str, str]] = {
    Act.RELEASE: (N_("Publish it"), N_("Now, in its author's name.")),
    Act.HIDE: (N_("Do not publish it"), N_("Its author keeps it, and is told why.")),
    Act.ASK: (N_("Ask its author to edit it"), N_("Edited, it comes back here.")),
    Act.MOVE: (N_("Publish it on another topic"), N_("Now, where it belongs.")),
}
# What a rule says to whoever broke it, where their place has no words of its own.
REASONS: Mapping[Rule, str] = {
    Rule.ATTACK: N_("We argue about matters, not against people. Please leave persons out of it."),
    Rule.OFF_TOPIC: N_("This does not belong to the topic at hand."),
    Rule.SPAM: N_("Advertising and repetition take room from others. Say it once."),
    Rule.PRIVACY: N_("Names, numbers, addresses and pictures of others are not ours to publish."),
    Rule.UNTRUE: N_("This is untrue, or written in somebody else's name."),
    Rule.UNLAWFUL: N_("This is against the law, so it cannot stand here."),
    Rule.OTHER: N_("This does not keep to the rules of this place."),
}
APPEALS: Mapping[AppealState, str] = {
    AppealState.OPEN: N_("Being looked at"),
    AppealState.UPHELD: N_("The measure stands"),
    AppealState.OVERTURNED: N_("The measure was taken back"),
}


def act(value: Act, kind: str = "") -> str:
    """What was done; a text that never was out was not hidden."""
    if kind in WAITING and value is Act.HIDE:
        return _("Not published")
    return _(ACTS[value])


def deeds(acts: tuple[Act, ...], kind: str) -> list[tuple[str, str, str]]:
    """Acts as a form offers them: value, name, hint."""
    words = {**DEEDS, **HELD} if kind in WAITING else DEEDS
    return [(value.value, _(words[value][0]), _(words[value][1])) for value in acts]


def reason(rule: Rule) -> str:
    """What a rule says, where the place has no words of its own."""
    return _(REASONS[rule])


def appeal(state: AppealState) -> str:
    """What became of an appeal."""
    return _(APPEALS[state])


def stays() -> str:
    """A measure that was found wrong, where nothing can be changed any more."""
    return _("It was found wrong, but nothing can be changed there any more: it stays as it is.")


def kind(name: str) -> str:
    """What brought a thing here, in a word or two."""
    if name == REPORT:
        return pgettext("queue", "Reported")
    if name == EDITED:
        return pgettext("queue", "Edited as asked")
    found = screens().get(name)
    return _(found.title) if found else name


def evidence(name: str, facts: Mapping[str, Any]) -> str:
    """What speaks for a flag, in a sentence."""
    found = screens().get(name)
    if found is None:
        return ""
    said = {key: "、".join(it) if isinstance(it, list) else it for key, it in facts.items()}
    return _(found.words) % said


def kinds() -> list[tuple[str, str]]:
    """Everything that brings a thing here, for the filter."""
    return [(name, kind(name)) for name in (REPORT, EDITED, *screens())]
