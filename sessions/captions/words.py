"""What sources and states of the transcript are called, in the reader's language."""

from forum.base.i18n import N_, _
from sessions.captions.models import Source, TrackState

# 《人工智能生成合成内容标识办法》 asks for these very signs, whatever the page's language.
MACHINE = "AI生成 / machine-made"

SOURCES = {
    Source.TYPED: N_("Typed in the meeting"),
    Source.IMPORTED: N_("From a caption file"),
    Source.MACHINE: N_("Made by a machine"),
}
STATES = {
    TrackState.CHECKED: N_("Looked at, not taken in yet"),
    TrackState.WAITING: N_("Being written down"),
    TrackState.DONE: N_("Taken in"),
    TrackState.FAILED: N_("Failed"),
    TrackState.DISCARDED: N_("Discarded"),
}
TONES = {
    TrackState.CHECKED: "warn",
    TrackState.WAITING: "info",
    TrackState.DONE: "good",
    TrackState.FAILED: "bad",
}
PROBLEMS = {
    "denied": N_("The address of the service may not be asked from here."),
    "refused": N_("The service did not take the recording."),
    "unreachable": N_("The service could not be reached, after several tries."),
    "unreadable": N_("The answer of the service could not be read."),
    "gone": N_("The recording was no longer there."),
    "off": N_("No service is set any more."),
}


def source(value: Source) -> str:
    """How a line came to be written."""
    return _(SOURCES[value])


def state(value: TrackState) -> str:
    """Where a file stands."""
    return _(STATES[value])


def tone(value: TrackState) -> str:
    """The colour of its badge."""
    return TONES.get(value, "neutral")


def problem(value: str | None) -> str:
    """What went wrong."""
    return _(PROBLEMS[value]) if value in PROBLEMS else ""
