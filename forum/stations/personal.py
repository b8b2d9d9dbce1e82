"""A station is no person: nothing here is erased with one."""

from forum.base.registry import Fate, personal
from forum.stations.models import Station

personal(
    Station,
    owner=None,
    columns=dict.fromkeys(("tier", "name", "code", "address", "hours", "phone"), Fate.NOBODY),
)
