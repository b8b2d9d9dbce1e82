"""An archive belongs to whoever asked for it and goes by itself after a week."""

from forum.base.registry import Fate, Rows, personal
from sessions.exchange.models import Archive

personal(
    Archive,
    owner="member_id",
    columns=dict.fromkeys(("lang", "state", "digest", "consultations", "classes"), Fate.NOBODY),
    rows=Rows.GO,
)
