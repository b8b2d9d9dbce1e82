"""The commands of meeting bots (Zakim, RRSAgent, scribe tools), as people write them in a log."""

import difflib
import re
from typing import NamedTuple

BOTS = frozenset(
    "zakim rrsagent trackbot voip voip-ld ghurlbot agendabot gb github tracbot bot".split()
)
_TO_BOT = re.compile(
    r"(?:zakim|rrsagent|trackbot|ghurlbot|agendabot|gb)\s*,.*|voip\s*:.*", re.IGNORECASE
)

# In this order: the first that fits is meant.
_COMMANDS = {
    "present": r"present\s*\+\s*:?\s*(.*)",
    "absent": r"present\s*-\s*(.*)",
    "nothing": r"(?:regrets|guests?)\s*[+:]\s*(.*)|(?:scribeoptions|previous meeting)\s*:(.*)"
    r"|q\s*\?(.*)|queue\s*[=?+-]?(.*)|date\s*:\s*(.*)",
    "agenda": r"agenda\s*:\s*(.*)",
    "meeting": r"meeting\s*:\s*(.*)",
    "chair": r"chairs?\s*[:+]\s*(.*)",
    "scribe": r"scribe(?:nick)?\s*:\s*(.*)",
    "scribes": r"scribe\s*\+\s*(.*)",
    "unscribe": r"scribe\s*-\s*(.*)",
    "topic": r"topic\s*:\s*(.*)",
    "subtopic": r"sub-?topic\s*:\s*(.*)",
    "ask": r"q\s*\+\s*(.*)",
    "unask": r"q\s*-\s*(.*)",
    "give": r"ack\s+(.*)",
    "proposal": r"propos(?:al|ed)\s*:\s*(.*)",
    "resolved": r"resol(?:ved|ution)\s*:\s*(.*)",
    "action": r"action\s*(?::|\s(?=[^:]{1,40}:))\s*(.*)",
}
COMMANDS = {name: re.compile(form, re.IGNORECASE | re.DOTALL) for name, form in _COMMANDS.items()}
_CAPITALS = re.compile(r"([A-Z]{5,12})\s*:")
WORDS_MOST = 300
_KNOWN = ("PROPOSAL", "RESOLVED", "RESOLUTION", "ACTION")
_MENDED = re.compile(r"s([/|])(.+?)\1(.*?)\1?[gi]?")
_SPEAKER = re.compile(r"([^\s:][^:\n]{0,39}?):(?:\s+|$)(.*)", re.DOTALL)
_GOES_ON = re.compile(r"(?:\.{2,}|\u2026)\s*(.*)", re.DOTALL)
# What stands before a colon in scribes' notes and is nobody's name.
_NO_NAMES = frozenset(
    "note notes issue http https proposal preproposal pre-proposal resolution summary link links"
    " ps nb re fyi option todo question answer example background q a url see also".split()
)
_DUTY = re.compile(
    r"\s*(.{1,80}?)\s*(?:\bto\b|\bwill\b|\bshould\b|:|\s-+\s|\u2013|\u2014)\s*(.+)", re.DOTALL
)


class Command(NamedTuple):
    """What is to be done, and what with."""

    name: str
    rest: str


def command(text: str) -> Command | None:
    """The command in a line; one to a bot is none of the meeting's business."""
    if _TO_BOT.fullmatch(text):
        return Command("nothing", "")
    for name, form in COMMANDS.items():
        if found := form.fullmatch(text):
            return Command(name, next((part for part in found.groups() if part), "").strip())
    return None


def mistyped(text: str) -> str:
    """The command that a line in capitals nearly is; empty where it is like none."""
    found = _CAPITALS.match(text)
    near = difflib.get_close_matches(found[1], _KNOWN, 1, 0.75) if found else []
    return near[0] if near else ""


def mended(text: str) -> tuple[str, str] | None:
    """What a line like s/Farley/Varley/ takes out of the words before it, and puts in."""
    found = _MENDED.fullmatch(text)
    return (found[2], found[3]) if found else None


def speaker(text: str) -> tuple[str, str] | None:
    """Whose words a scribe writes, and the words."""
    found = _SPEAKER.fullmatch(text)
    if found is None or found[1].casefold().strip() in _NO_NAMES or "/" in found[1][:8]:
        return None
    return found[1], found[2]


def named(name: str) -> bool:
    """Whether what stands before a colon can be a name: up to three words in capitals."""
    words = name.replace("_", " ").split()
    return 1 <= len(words) <= 3 and all(word[:1].isupper() for word in words)


def goes_on(text: str) -> str | None:
    """The words of a line that goes on with what the speaker before it said."""
    found = _GOES_ON.fullmatch(text)
    return found[1] if found else None


def duty(text: str) -> tuple[list[str], str]:
    """The names of those who are to do something, as written, and the whole task."""
    found = _DUTY.fullmatch(text)
    if found is None:
        return [], text
    names = re.split(r"\s*(?:,|&|\band\b|/)\s*", found[1])
    return [name.strip("*_ ") for name in names if name.strip("*_ ")], text


def alike(one: str, other: str) -> float:
    """How much two wordings share, from 0 to 1."""
    mine, theirs = (text.casefold().split()[:WORDS_MOST] for text in (one, other))
    return difflib.SequenceMatcher(None, mine, theirs).ratio()


_NEGATIONS = frozenset("not no never without nor cannot don't doesn't won't".split())


def reworded(one: str, other: str) -> bool:
    """Whether a proposal is another one in other words, and not its opposite."""

    def denied(text: str) -> int:
        return sum(word in _NEGATIONS for word in text.casefold().split())

    return alike(one, other) >= 0.85 and denied(one) == denied(other)
