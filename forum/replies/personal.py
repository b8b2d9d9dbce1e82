"""Whose letters came; what they said is an argument or a note, and has its fate there."""

from forum.base.registry import Fate, Rows, personal
from forum.replies.models import ReceivedLetter

personal(ReceivedLetter, owner="member_id", columns={"digest": Fate.ERASE}, rows=Rows.GO)
