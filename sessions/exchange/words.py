"""States of an archive in the reader's words."""

from collections.abc import Mapping

from forum.base.i18n import N_, _
from sessions.exchange.models import ArchiveState

STATES: Mapping[ArchiveState, str] = {
    ArchiveState.WAITING: N_("waiting to be written"),
    ArchiveState.WORKING: N_("being written"),
    ArchiveState.READY: N_("ready"),
    ArchiveState.FAILED: N_("could not be written"),
}


def state_words(state: ArchiveState) -> str:
    """How far an archive is."""
    return _(STATES[state])
