"""Events in the reader's words: what happened to what."""

from collections.abc import Mapping
from functools import lru_cache

from forum.base.i18n import current, pgettext


@lru_cache
def _nouns(_lang: str) -> Mapping[str, str]:
    return {
        "agenda": pgettext("log", "Order of the day"),
        "argument": pgettext("log", "Argument"),
        "attendance": pgettext("log", "Attendance"),
        "briefing": pgettext("log", "Briefing"),
        "consultation": pgettext("log", "Consultation"),
        "correction": pgettext("log", "Request for a correction"),
        "decision": pgettext("log", "Decision"),
        "entry": pgettext("log", "Entry of the minutes"),
        "hands": pgettext("log", "Count of hands"),
        "item": pgettext("log", "Agenda item"),
        "limits": pgettext("log", "Speaking limits"),
        "list": pgettext("log", "Speakers' list"),
        "meeting": pgettext("log", "Meeting"),
        "member": pgettext("log", "Account"),
        "minutes": pgettext("log", "Minutes"),
        "name": pgettext("log", "Name"),
        "notice": pgettext("log", "Projection"),
        "opening": pgettext("log", "Planned opening"),
        "order": pgettext("log", "Point of order"),
        "outcome": pgettext("log", "Outcome"),
        "participant": pgettext("log", "Participant"),
        "password": pgettext("log", "Password"),
        "person": pgettext("log", "Person present"),
        "poll": pgettext("log", "Vote"),
        "quorum": pgettext("log", "Quorum"),
        "reaction": pgettext("log", "Reactions"),
        "report": pgettext("log", "Report"),
        "resident": pgettext("log", "Resident"),
        "right": pgettext("log", "Right to vote"),
        "role": pgettext("log", "Role"),
        "roll": pgettext("log", "Roll"),
        "sanction": pgettext("log", "Restriction"),
        "signin": pgettext("log", "Sign-in"),
        "speech": pgettext("log", "Speech"),
        "stage": pgettext("log", "Stage"),
        "standing": pgettext("log", "Standing"),
        "station": pgettext("log", "Station"),
        "task": pgettext("log", "Follow-up"),
        "tie": pgettext("log", "Tie"),
        "time": pgettext("log", "More time"),
        "token": pgettext("log", "Token"),
        "turnout": pgettext("log", "Turnout"),
        "venue": pgettext("log", "Venue"),
    }


@lru_cache
def _verbs(_lang: str) -> Mapping[str, str]:
    return {
        "accepted": pgettext("log, of what", "acknowledged"),
        "adjourned": pgettext("log, of what", "adjourned"),
        "admitted": pgettext("log, of what", "admitted"),
        "amending": pgettext("log, of what", "reopened for an amendment"),
        "answered": pgettext("log, of what", "answered"),
        "approved": pgettext("log, of what", "approved"),
        "archived": pgettext("log, of what", "archived"),
        "asked": pgettext("log, of what", "asked for"),
        "assigned": pgettext("log, of what", "assigned"),
        "began": pgettext("log, of what", "began"),
        "begun": pgettext("log, of what", "begun"),
        "broken": pgettext("log, of what", "broken off"),
        "called_off": pgettext("log, of what", "called off"),
        "changed": pgettext("log, of what", "changed"),
        "checked_in": pgettext("log, of what", "checked in"),
        "checked_out": pgettext("log, of what", "checked out"),
        "circulated": pgettext("log, of what", "circulated"),
        "closed": pgettext("log, of what", "closed"),
        "confirmed": pgettext("log, of what", "confirmed"),
        "convened": pgettext("log, of what", "convened"),
        "corrected": pgettext("log, of what", "corrected"),
        "counted": pgettext("log, of what", "counted"),
        "created": pgettext("log, of what", "created"),
        "declared": pgettext("log, of what", "declared"),
        "drafted": pgettext("log, of what", "drafted"),
        "dropped": pgettext("log, of what", "dropped"),
        "due_soon": pgettext("log, of what", "due soon"),
        "edited": pgettext("log, of what", "edited"),
        "ended": pgettext("log, of what", "ended"),
        "entered": pgettext("log, of what", "entered"),
        "excepted": pgettext("log, of what", "left out, with a reason"),
        "extended": pgettext("log, of what", "extended"),
        "filed": pgettext("log, of what", "filed"),
        "finished": pgettext("log, of what", "finished"),
        "granted": pgettext("log, of what", "granted"),
        "held": pgettext("log, of what", "held"),
        "hidden": pgettext("log, of what", "hidden"),
        "imported": pgettext("log, of what", "imported"),
        "imposed": pgettext("log, of what", "imposed"),
        "joined": pgettext("log, of what", "opened"),
        "lifted": pgettext("log, of what", "lifted"),
        "linked": pgettext("log, of what", "connection changed"),
        "listed": pgettext("log, of what", "put on the list"),
        "made": pgettext("log, of what", "made"),
        "missed": pgettext("log, of what", "missed"),
        "moved": pgettext("log, of what", "moved"),
        "opened": pgettext("log, of what", "opened"),
        "overdue": pgettext("log, of what", "overdue"),
        "paused": pgettext("log, of what", "paused"),
        "planned": pgettext("log, of what", "planned"),
        "posted": pgettext("log, of what", "posted"),
        "preferred": pgettext("log, of what", "put first"),
        "progressed": pgettext("log, of what", "progress noted"),
        "published": pgettext("log, of what", "published"),
        "raised": pgettext("log, of what", "raised"),
        "rated": pgettext("log, of what", "rated"),
        "reassigned": pgettext("log, of what", "reassigned"),
        "recognised": pgettext("log, of what", "given the floor"),
        "recorded": pgettext("log, of what", "recorded"),
        "removed": pgettext("log, of what", "removed"),
        "reopened": pgettext("log, of what", "reopened"),
        "requested": pgettext("log, of what", "asked for the floor"),
        "resolved": pgettext("log, of what", "decided"),
        "restored": pgettext("log, of what", "restored"),
        "resumed": pgettext("log, of what", "resumed"),
        "returned": pgettext("log, of what", "returned"),
        "revised": pgettext("log, of what", "revised"),
        "revoked": pgettext("log, of what", "revoked"),
        "ruled": pgettext("log, of what", "ruled on"),
        "set": pgettext("log, of what", "set"),
        "shown": pgettext("log, of what", "shown"),
        "signed": pgettext("log, of what", "signed"),
        "skipped": pgettext("log, of what", "skipped"),
        "started": pgettext("log, of what", "started"),
        "state_changed": pgettext("log, of what", "state changed"),
        "taken": pgettext("log, of what", "taken off"),
        "touched": pgettext("log, of what", "changed"),
        "undone": pgettext("log, of what", "undone"),
        "unlisted": pgettext("log, of what", "taken off the list"),
        "urged": pgettext("log, of what", "urged"),
        "voided": pgettext("log, of what", "voided"),
        "withdrawn": pgettext("log, of what", "withdrawn"),
        "written": pgettext("log, of what", "written"),
    }


@lru_cache
def _rooms(_lang: str) -> Mapping[str, str]:
    return {
        "agenda": pgettext("log, room", "Agenda"),
        "arguments": pgettext("log, room", "Arguments"),
        "consultations": pgettext("log, room", "Consultations"),
        "exchange": pgettext("log, room", "Imports and exports"),
        "floor": pgettext("log, room", "Speakers"),
        "followups": pgettext("log, room", "Follow-up"),
        "meetings": pgettext("log, room", "Meetings"),
        "members": pgettext("log, room", "People"),
        "minutes": pgettext("log, room", "Minutes"),
        "polls": pgettext("log, room", "Votes"),
        "reports": pgettext("log, room", "Reports"),
        "sanctions": pgettext("log, room", "Restrictions"),
        "stations": pgettext("log, room", "Stations"),
    }


def kind_words(kind: str) -> str:
    """An event kind in words: "Argument: posted"; as it is written where there are none."""
    _room, noun, verb = kind.split(":")
    lang = current()
    try:
        words = {"noun": _nouns(lang)[noun], "verb": _verbs(lang)[verb]}
    except KeyError:
        return kind
    return pgettext("log", "%(noun)s: %(verb)s") % words


def room_words(room: str) -> str:
    """What a room is called in the filter."""
    return _rooms(current()).get(room, room)
