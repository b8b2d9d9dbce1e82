"""What of a person lies in the queue, in measures and in appeals."""

from forum.base.db import Db
from forum.base.registry import Fate, Rows, on_erasure, personal
from moderation.oversight.models import (
    Appeal,
    Claim,
    Flag,
    FlagPlace,
    Measure,
    MeasurePlace,
    ReasonText,
    ScreenSetting,
)
from moderation.oversight.service import flagging

personal(
    Flag,
    owner="author_id",
    columns={"about": Fate.KEEP, "kind": Fate.KEEP, "evidence": Fate.KEEP},
)
personal(FlagPlace, owner=None, columns={"place": Fate.NOBODY})
personal(Claim, owner="member_id", columns={"about": Fate.NOBODY}, rows=Rows.GO)
personal(
    Measure,
    owner="member_id",
    columns={
        "about": Fate.KEEP,
        "place": Fate.KEEP,
        "act": Fate.KEEP,
        "rule": Fate.KEEP,
        "reason": Fate.ERASE,
        "detail": Fate.KEEP,
    },
)
personal(MeasurePlace, owner=None, columns={"place": Fate.NOBODY})
personal(
    Appeal,
    owner="member_id",
    columns={
        "place": Fate.NOBODY,
        "body": Fate.ERASE,
        "state": Fate.NOBODY,
        "answer": Fate.ERASE,
    },
)
personal(
    ReasonText,
    owner=None,
    columns={
        "place": Fate.NOBODY,
        "rule": Fate.NOBODY,
        "lang": Fate.NOBODY,
        "body": Fate.NOBODY,
    },
)
personal(
    ScreenSetting,
    owner=None,
    columns={"place": Fate.NOBODY, "screen": Fate.NOBODY, "chosen": Fate.NOBODY},
)


@on_erasure
def _queue(tx: Db, member: int) -> None:
    """Nobody is called to look at what is no longer there."""
    flagging.gone(tx, member)
