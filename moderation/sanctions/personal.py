"""What of a person lies in sanctions."""

from forum.base.registry import Fate, personal
from moderation.sanctions.models import Sanction

personal(
    Sanction,
    owner="member_id",
    columns={"place": Fate.KEEP, "kind": Fate.KEEP, "rule": Fate.KEEP, "reason": Fate.ERASE},
)
