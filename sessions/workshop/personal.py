"""What of a person lies in a facilitated session: their words and positions go with them."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlmodel import col

from forum.base import i18n
from forum.base.db import Db
from forum.base.i18n import _
from forum.base.registry import Fate, Rows, carried, personal
from sessions.workshop.models import (
    Workshop,
    WorkshopGroup,
    WorkshopNote,
    WorkshopNoteText,
    WorkshopObjection,
    WorkshopOption,
    WorkshopPosition,
    WorkshopSeat,
    WorkshopStep,
    WorkshopStrike,
    WorkshopTheme,
    WorkshopWording,
)

personal(Workshop, owner=None, columns={"script": Fate.NOBODY, "state": Fate.NOBODY})
# What a script asks is said in office, whoever worded it.
personal(
    WorkshopStep,
    owner=None,
    columns=dict.fromkeys(("name", "prompt", "hint", "form", "gives"), Fate.NOBODY),
)
personal(WorkshopGroup, owner=None, columns={"place": Fate.NOBODY})
personal(WorkshopSeat, owner="member_id", columns={}, rows=Rows.GO)
personal(WorkshopNote, owner="author_id", columns={"method": Fate.KEEP})
personal(WorkshopNoteText, owner="author_id", columns={"body": Fate.ERASE, "salt": Fate.ERASE})
personal(WorkshopStrike, owner="author_id", columns={"body": Fate.ERASE, "salt": Fate.ERASE})
personal(WorkshopTheme, owner=None, columns={})
personal(WorkshopOption, owner=None, columns={})
# Headings and options are what the meeting found in the end: they are its own.
personal(WorkshopWording, owner="author_id", columns={"body": Fate.KEEP, "salt": Fate.NOBODY})
personal(
    WorkshopPosition,
    owner="member_id",
    columns={"stance": Fate.ERASE, "reason": Fate.ERASE},
    rows=Rows.GO,
)
personal(WorkshopObjection, owner="member_id", columns={"body": Fate.ERASE, "salt": Fate.ERASE})


@carried("workshop")
def _noted(db: Db, member: int) -> Mapping[str, list[str]]:
    """What somebody wrote in facilitated sessions."""
    found = db.execute(
        select(col(WorkshopNoteText.at), col(WorkshopNoteText.body))
        .where(col(WorkshopNoteText.author_id) == member)
        .order_by(col(WorkshopNoteText.at), col(WorkshopNoteText.id))
    )
    return {
        _("Your notes in facilitated sessions"): [f"{i18n.date(at)} · {body}" for at, body in found]
    }
