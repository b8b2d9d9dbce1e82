"""The record in words: a sentence for each entry, in the reader's language."""

from collections.abc import Callable, Mapping
from datetime import datetime

from forum.base.i18n import N_, _, current, date, duration, pgettext, time
from forum.members.models import Role
from sessions.meetings import words as meetings
from sessions.meetings.models import VenueKind
from sessions.minutes import facilitated, heard, moved, on_paper, reported, sittings
from sessions.minutes.account import Fate
from sessions.minutes.models import Basis, Change, DecisionState, OutcomeState, RequestState, State
from sessions.minutes.record import ROLES, Entry, EntryKind, Section, Vote
from voting.methods.common.words import Words
from voting.polls import words as polls

Names = Mapping[int, str]

STATES = {
    State.LIVE_DRAFT: N_("Draft"),
    State.CIRCULATED: N_("Circulated"),
    State.CORRECTED: N_("Corrected"),
    State.APPROVED: N_("Approved"),
    State.AMENDED: N_("Replaced by a later version"),
}
TONES = {State.CIRCULATED: "info", State.CORRECTED: "info", State.APPROVED: "good"}
CHANGES = {
    Change.REPLACE: N_("Reworded"),
    Change.NOTE: N_("Note added"),
    Change.STRIKE: N_("Struck out"),
    Change.RESTORE: N_("As the log has it"),
    Change.ADD: N_("Entry added"),
}
DOING = {
    Change.REPLACE: N_("Put it in other words"),
    Change.NOTE: N_("Add a note"),
    Change.STRIKE: N_("Strike it out (say why)"),
    Change.RESTORE: N_("Take the log's words again"),
    Change.ADD: N_("Add an entry after it"),
}
REQUESTS = {
    RequestState.OPEN: N_("Waiting for an answer"),
    RequestState.TAKEN: N_("Adopted"),
    RequestState.DECLINED: N_("Not adopted"),
}
DECISIONS = {
    DecisionState.RECORDED: N_("Recorded, minutes not yet approved"),
    DecisionState.APPROVED: N_("Approved"),
    DecisionState.WITHDRAWN: N_("Withdrawn"),
}
BASES = {Basis.POLL: N_("By vote"), Basis.CONSENSUS: N_("By declared consensus")}
FATES = {
    Fate.TAKEN_UP: N_("Adopted"),
    Fate.ANSWERED: N_("Answered"),
    Fate.DECLINED: N_("Not adopted"),
    Fate.DEFERRED: N_("Deferred"),
}
OUTCOMES = {OutcomeState.DRAFT: N_("Draft"), OutcomeState.PUBLISHED: N_("Published")}
OFFICES = {Role.MODERATOR.value: N_("Chair"), Role.SECRETARY.value: N_("Secretary")}
WAITING = {
    "circulation": N_("Circulate the minutes first, so that those who took part can read them."),
    "deadline": N_("Those who took part may still ask for corrections: wait for the date."),
    "requests": N_("Answer the requests for corrections first."),
}


def state(value: State) -> str:
    """What a state of the minutes is called."""
    return _(STATES[value])


def office(role: str) -> str:
    """What an office in the minutes is called."""
    return _(OFFICES.get(role, role))


def resident(position: int) -> str:
    """A name for somebody erased: the same letter throughout a document."""
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return _("Resident %(letter)s") % {"letter": letters}


def heading(section: Section, zone: str | None = None) -> str:
    """The heading of a section; empty between items, unless a sitting begins with it."""
    if section.sitting is not None:
        facts = {"number": section.sitting, "day": date(section.at, zone)}
        return _("Sitting %(number)s, %(day)s") % facts
    if section.item is None:
        return ""
    return f"{section.number}. {section.title}" if section.number else section.title


def sentence(entry: Entry, names: Names, zone: str) -> str:
    """What an entry says; the secretary's words go before the machine's."""
    if entry.words:
        return entry.words
    facts = {
        **entry.facts,
        "name": names.get(entry.person or 0, ""),
        **{role: names.get(int(entry.facts.get(role) or 0), "") for role in ROLES},
    }
    return _SENTENCES[entry.kind](entry, facts, zone)


def _joined(first: str, second: str) -> str:
    """Two sentences; Chinese sets no blank between them."""
    return first + ("" if current().startswith("zh") else " ") + second


def _quorum(entry: Entry, facts: Mapping[str, object], zone: str) -> str:
    said = (
        _("%(name)s declared the quorum reached: %(present)s of %(entitled)s present.")
        if facts["reached"]
        else _("%(name)s declared that the quorum is not reached: %(present)s of %(entitled)s.")
    )
    needed = _("Needed: %(needed)s.")
    if facts.get("represented"):
        needed = _joined(needed, _("Represented by others: %(represented)s."))
    return _joined(said % facts, needed % facts)


def _recess(entry: Entry, facts: Mapping[str, object], zone: str) -> str:
    if entry.until is None:
        return _("Recess.")
    return _("Recess until %(time)s.") % {"time": time(entry.until, zone)}


def _link(entry: Entry, facts: Mapping[str, object], zone: str) -> str:
    if facts.get("silent"):
        said = (
            _("There was no word from the desk at %(venue)s.")
            if entry.until is None
            else _("There was no word from the desk at %(venue)s for %(duration)s.")
        )
    elif entry.until is None:
        said = _("The link to %(venue)s was lost.")
    else:
        said = _("The link to %(venue)s was lost for %(duration)s.")
    lasted = duration(entry.until - entry.at) if entry.until else ""
    return said % {"venue": facts["hall"] or facts["venue"], "duration": lasted}


SPOKE = N_("%(name)s spoke (%(duration)s).")
SIDES = {
    "pro": N_("%(name)s spoke for it (%(duration)s)."),
    "con": N_("%(name)s spoke against it (%(duration)s)."),
}
LANES = {
    "question": N_("%(name)s put a question to the speaker (%(duration)s)."),
    "intervention": N_("%(name)s made an intervention (%(duration)s)."),
}


def _speech(entry: Entry, facts: Mapping[str, object], zone: str) -> str:
    if entry.until is None:
        return _("%(name)s has the floor.") % facts
    said = _(LANES.get(str(facts.get("lane"))) or SIDES.get(str(facts.get("side")), SPOKE))
    seconds = int(str(facts.get("ms", 0))) // 1000
    return said % {**facts, "duration": clock_words(seconds)}


RULINGS = {
    "upheld": N_("%(chair)s upheld it."),
    "not_upheld": N_("%(chair)s did not uphold it."),
    "noted": N_("%(chair)s took note of it."),
}
APPEALS = {
    "raised": N_("Nobody has seconded the appeal."),
    "open": N_("The appeal is before the meeting."),
    "stands": N_("The meeting let the ruling stand."),
    "overruled": N_("The meeting overruled it."),
    "yielded": N_("%(chair)s withdrew the ruling."),
    "withdrawn": N_("The appeal was withdrawn."),
    "lapsed": N_("The appeal lapsed."),
}


def _order(entry: Entry, facts: Mapping[str, object], zone: str) -> str:
    said = _("%(name)s raised a point of order.") % facts
    ruling = RULINGS.get(str(facts.get("ruling")))
    if ruling:
        said = _joined(said, _(ruling) % facts)
    if facts.get("appeal"):
        said = _joined(said, _("%(appellant)s appealed.") % facts)
        if facts["seconder"]:
            said = _joined(said, _("%(seconder)s seconded the appeal.") % facts)
        said = _joined(said, _(APPEALS[str(facts["appeal"])]) % facts)
    return said


def _poll(entry: Entry, facts: Mapping[str, object], zone: str) -> str:
    question = entry.vote.question if entry.vote else ""
    if facts.get("void"):
        return _("The vote “%(question)s” is void.") % {"question": question}
    if entry.vote is None or not entry.vote.outcome:
        return _("Vote: %(question)s") % {"question": question}
    return _("Vote: %(question)s – %(outcome)s") % {
        "question": question,
        "outcome": outcome(entry.vote),
    }


def _short_notice(entry: Entry, facts: Mapping[str, object], zone: str) -> str:
    said = (
        _("Short notice: %(given)s of %(wanted)s working days. %(name)s gave the reason:")
        if facts["working"]
        else _("Short notice: %(given)s of %(wanted)s days. %(name)s gave the reason:")
    )
    return said % facts


def _plain(message: str) -> Callable[[Entry, Mapping[str, object], str], str]:
    return lambda _entry, facts, _zone: _(message) % facts


_SENTENCES: Mapping[EntryKind, Callable[[Entry, Mapping[str, object], str], str]] = {
    EntryKind.OPENED: _plain(
        N_("%(name)s opened the meeting: %(present)s of %(entitled)s were present.")
    ),
    EntryKind.QUORUM: _quorum,
    EntryKind.RECESS: _recess,
    EntryKind.ADJOURNED: _plain(N_("%(name)s closed the meeting; %(present)s were present.")),
    EntryKind.REOPENED: _plain(N_("%(name)s reopened the meeting; %(present)s were present.")),
    **sittings.SENTENCES,
    **facilitated.SENTENCES,
    EntryKind.LINK_LOST: _link,
    EntryKind.SPEECH: _speech,
    EntryKind.ORDER: _order,
    EntryKind.PREFERENCE: _plain(N_("%(chair)s called %(name)s before the others.")),
    EntryKind.POLL: _poll,
    **on_paper.SENTENCES,
    EntryKind.LOT: _plain(N_("Options were even, and a lot was drawn from what all saw: %(lot)s.")),
    EntryKind.EXTENDED: _plain(N_("%(name)s gave more time to vote, because:")),
    EntryKind.NOTICE: _plain(N_("%(name)s told everybody:")),
    EntryKind.SHORT_NOTICE: _short_notice,
    EntryKind.MOTION: moved.moved,
    EntryKind.MOTION_STEP: moved.step,
    EntryKind.RECEPTION: heard.word,
    EntryKind.RECEPTION_SUM: heard.numbers,
    EntryKind.DECISION: _plain(N_("Decided: %(title)s")),
    **reported.SENTENCES,
    EntryKind.NOTE: _plain(""),
}


def outcome(vote: Vote) -> str:
    """How a vote ended."""
    return polls.outcome(vote.outcome) if vote.outcome else ""


def explained(vote: Vote) -> list[str]:
    """Why it ended so, in the method's words."""
    return [Words.unpack(packed).say() for packed in vote.explanation]


def figures(vote: Vote) -> list[tuple[str, int]]:
    """The figures beside the answers: entitled, present, cast, blank, invalid."""
    shown = [(_("Entitled to vote"), vote.entitled)]
    if vote.present is not None:
        shown.append((_("Present"), vote.present))
    for name, label in (
        ("cast", _("Votes handed in")),
        ("represented", _("On the roll by proxy")),
        ("through", _("Votes cast by proxy")),
        ("blank", pgettext("vote", "Blank")),
        ("invalid", pgettext("vote", "Invalid")),
    ):
        if name in vote.figures:
            shown.append((label, vote.figures[name]))
    return shown


def venue(kind: str) -> str:
    """What a kind of venue is called."""
    return meetings.venue(VenueKind(kind))


def clock_words(seconds: int) -> str:
    """A length of time as people write it in minutes: 2 min 05 s."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return _("%(seconds)s s") % {"seconds": rest}
    return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": f"{rest:02}"}


def span(start: datetime, end: datetime | None, zone: str) -> str:
    """Day and times of a sitting."""
    if end is None:
        return f"{date(start, zone)} {time(start, zone)}"
    return f"{date(start, zone)} {time(start, zone)}–{time(end, zone)}"
