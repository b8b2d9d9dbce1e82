"""Whose devices these are."""

from forum.base.registry import Fate, personal
from forum.push.models import PushSubscription

personal(
    PushSubscription,
    owner="member_id",
    columns={"digest": Fate.ERASE, "sealed": Fate.ERASE, "label": Fate.ERASE},
)
