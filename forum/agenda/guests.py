"""An item's page for guests, kept whole: what it depends on."""

from sqlalchemy import bindparam, select

from forum.base.db import Db
from forum.base.tables import metadata
from forum.consultations import guests
from forum.consultations.models import Visibility

_I, _C = metadata.tables["item"].c, metadata.tables["consultation"].c
_PUBLIC = (
    select(_C.id)
    .join(metadata.tables["item"], _I.consultation_id == _C.id)
    .where(_I.id == bindparam("item"), _C.visibility == Visibility.PUBLIC.value)
)


def of_item(db: Db, item: int) -> str | None:
    """The version of a guest's page; None where nothing may be kept."""
    return guests.version(db, db.execute(_PUBLIC, {"item": item}).scalar_one_or_none())
