"""The life of a motion in words, from the log."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from forum.base.db import Db
from forum.base.events import Audience, Stored, of_subject
from forum.base.i18n import N_, _
from forum.base.refs import ref
from forum.members import queries as members
from sessions.motions import events, words
from sessions.motions.models import Cause
from sessions.motions.queries.texts import NoteRow

# What each event says; %(name)s is whoever it is about.
SAID = {
    events.MotionMoved.kind: N_("%(name)s moved it."),
    events.MotionSeconded.kind: N_("%(name)s seconded it."),
    events.MotionReworded.kind: N_("It has another wording."),
    events.MotionAmended.kind: N_("An amendment was carried: it reads otherwise now."),
    events.AmendmentConfirmed.kind: N_("It stands as worded, though the text under it changed."),
    events.MotionWithdrawn.kind: N_("It was withdrawn."),
    events.MotionDivided.kind: N_("The chair divided the question into parts."),
    events.MotionOrdered.kind: N_("The chair put it before the others."),
    events.MotionPut.kind: N_("It was put to the vote."),
    events.ConsensusSought.kind: N_("The chair asked whether anybody objects."),
    events.ConsensusRefused.kind: N_("%(name)s objected."),
    events.MotionRejected.kind: N_("It was not carried."),
    events.MotionReturned.kind: N_("The vote decided nothing: it was before the meeting again."),
    events.MotionPostponed.kind: N_("It was left for a later meeting."),
    events.MotionReferred.kind: N_("It was referred elsewhere."),
    events.MotionReconsidered.kind: N_("What was decided on it is open again."),
}
CARRIED = {
    True: N_("It was carried by vote."),
    False: N_("It was carried: nobody objected."),
}


class Moment(NamedTuple):
    """Something that happened to a motion; a timeline takes it as it is."""

    title: str
    at: datetime
    text: str
    state: str = "done"


def life(db: Db, motion: int, audience: Audience, notes: Sequence[NoteRow] = ()) -> list[Moment]:
    """Everything that happened to a motion, in order, with what the chair said."""
    found = of_subject(db, ref("motion", motion), audience=audience, limit=200)
    people = {_person(stored) for stored in found}
    names = members.names(db, [person for person in people if person is not None])
    said = {note.id: note.body for note in notes}
    return [
        Moment(sentence, stored.at, said.get(stored.payload.get("note") or 0, ""))
        for stored in found
        if (sentence := _sentence(stored, names))
    ]


def _person(stored: Stored) -> int | None:
    who = stored.payload.get("mover") or stored.payload.get("member")
    return int(who) if who else None


def _sentence(stored: Stored, names: Mapping[int, str]) -> str:
    if stored.kind == events.MotionCarried.kind:
        by_vote = stored.payload["poll"] is not None
        return _(CARRIED[by_vote])
    if stored.kind == events.MotionFell.kind:
        return _(words.CAUSES[Cause(stored.payload["cause"])])
    message = SAID.get(stored.kind)
    return _(message) % {"name": names.get(_person(stored) or 0, "")} if message else ""
