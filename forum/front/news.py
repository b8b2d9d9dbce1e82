"""What is news on a home page, and how many of it, in words."""

from collections.abc import Callable, Mapping

from forum.base.i18n import ngettext

# In the order in which they are said.
KINDS: Mapping[str, Callable[[int], str]] = {
    "consultations:stage:moved": lambda n: ngettext(
        "the next stage began", "%(num)s times the next stage began", n
    ),
    "agenda:item:created": lambda n: ngettext("%(num)s new topic", "%(num)s new topics", n),
    "arguments:argument:posted": lambda n: ngettext(
        "%(num)s new argument", "%(num)s new arguments", n
    ),
    "meetings:meeting:convened": lambda n: ngettext(
        "a meeting was called", "%(num)s meetings were called", n
    ),
    "meetings:meeting:adjourned": lambda n: ngettext(
        "a meeting was held", "%(num)s meetings were held", n
    ),
    "polls:poll:opened": lambda n: ngettext("a vote was opened", "%(num)s votes were opened", n),
    "polls:poll:published": lambda n: ngettext(
        "a result was published", "%(num)s results were published", n
    ),
    "minutes:minutes:approved": lambda n: ngettext(
        "minutes were approved", "%(num)s minutes were approved", n
    ),
    "minutes:decision:approved": lambda n: ngettext(
        "a decision stands", "%(num)s decisions stand", n
    ),
    "minutes:outcome:published": lambda n: ngettext(
        "the outcome was published", "%(num)s outcomes were published", n
    ),
    "followups:task:progressed": lambda n: ngettext(
        "progress on a follow-up", "progress on %(num)s follow-ups", n
    ),
    "followups:task:answered": lambda n: ngettext(
        "a follow-up was answered", "%(num)s follow-ups were answered", n
    ),
    "followups:task:closed": lambda n: ngettext(
        "a follow-up was closed", "%(num)s follow-ups were closed", n
    ),
}


def sentences(counted: Mapping[str, int]) -> list[str]:
    """The news of one place, each kind once."""
    return [
        say(counted[kind]) % {"num": counted[kind]}
        for kind, say in KINDS.items()
        if counted.get(kind)
    ]
