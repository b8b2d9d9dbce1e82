"""What of a person lies at the door: how they were known stays with the meeting's record."""

from forum.base.registry import Fate, personal
from sessions.arrivals.models import WalkIn

personal(WalkIn, owner="member_id", columns={"proof": Fate.KEEP})
