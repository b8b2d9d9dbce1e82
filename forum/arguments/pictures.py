"""How the arguments on an item lie between for and against."""

from sqlalchemy import bindparam, func, select

from forum.arguments import words
from forum.arguments.models import Stance
from forum.base import pictures
from forum.base.db import Db
from forum.base.i18n import _, number, pgettext
from forum.base.pictures import Bar, Picture
from forum.base.tables import metadata

LEAST = 3  # fewer arguments need no picture

_A = metadata.tables["argument"].c
# Made once: every page of an item asks.
_COUNTS = (
    select(_A.side, func.count())
    .where(_A.item_id == bindparam("item"), _A.depth == 0, _A.hiding_id.is_(None))
    .group_by(_A.side)
)


def balance(db: Db, item: int, voices: int) -> Picture | None:
    """The arguments on the item itself by stance; answers among them are left out."""
    if voices < LEAST:
        return None
    found = {Stance(side): count for side, count in db.execute(_COUNTS, {"item": item})}
    if sum(found.values()) < LEAST:
        return None
    parts = [
        Bar(words.stance(stance), found.get(stance, 0), tone, number(found.get(stance, 0)))
        for stance, tone in words.TONES.items()
    ]
    title = _("Arguments by stance, without answers")
    head = (_("Stance"), *(pictures.swatch(part.tone) + part.label for part in parts))
    rows = [(pgettext("argument", "Arguments"), *(part.shown for part in parts))]
    return Picture(title, pictures.stack(title, parts), head, rows)
