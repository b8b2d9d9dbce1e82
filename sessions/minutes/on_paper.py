"""What the minutes say of counts that were left out, and of ballots on paper."""

from collections.abc import Callable, Mapping

from forum.base.i18n import N_, _
from sessions.minutes.record import Entry, EntryKind

_LATE = N_("Papers that came too late and did not count: %(papers)s. Reason:")


def _exception(_entry: Entry, facts: Mapping[str, object], _zone: str) -> str:
    if facts.get("adds_up") is False:
        return _("A box of papers did not add up, because:")
    if facts.get("unreturned"):
        return _("Papers that did not come back to their box: %(unreturned)s. Reason:") % facts
    return _("The count of one venue was left out.")


def _boxes(_entry: Entry, facts: Mapping[str, object], _zone: str) -> str:
    if not facts["whole"]:  # of too few to be told apart
        return _("Boxes of papers: %(boxes)s. Given out: %(issued)s.") % facts
    said = _(
        "Boxes of papers: %(boxes)s. Given out: %(issued)s; ballots: %(ballots)s, blank: "
        "%(blank)s, invalid: %(invalid)s, not returned: %(unreturned)s."
    )
    votes = [
        _("%(answer)s %(number)s") % {"answer": _(name.split(":", 2)[2]), "number": facts[name]}
        for name in sorted(facts)
        if name.startswith("of:")
    ]
    return _joined(said % facts, votes)


def _joined(said: str, votes: list[str]) -> str:
    if not votes:
        return said
    return _("%(said)s Of these: %(votes)s.") % {"said": said, "votes": _(", ").join(votes)}


def _late(_entry: Entry, facts: Mapping[str, object], _zone: str) -> str:
    return _(_LATE) % facts


SENTENCES: Mapping[EntryKind, Callable[[Entry, Mapping[str, object], str], str]] = {
    EntryKind.EXCEPTION: _exception,
    EntryKind.PAPERS: _boxes,
    EntryKind.PAPERS_LATE: _late,
}
