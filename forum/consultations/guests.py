"""Pages that are kept: whole ones for guests by their version, and copies on a reader's device."""

from sqlalchemy import bindparam, select

from forum.base import clock
from forum.base.db import Db
from forum.base.events import head
from forum.base.refs import ref
from forum.base.tables import metadata
from forum.consultations.models import Visibility
from forum.consultations.queries import Access

# At most so much older is what other streams put on the page (a vote's turnout, a new name).
KEPT_SECONDS = 10

_T = metadata.tables["consultation"].c
_PUBLIC = select(_T.id).where(
    _T.id == bindparam("consultation"), _T.visibility == Visibility.PUBLIC.value
)


def of_consultation(db: Db, consultation: int) -> str | None:
    """The version of a guest's page; None where nothing may be kept."""
    asked = {"consultation": consultation}
    return version(db, db.execute(_PUBLIC, asked).scalar_one_or_none())


def version(db: Db, consultation: int | None) -> str | None:
    """The version of what a public consultation shows now (None: it is not public)."""
    if consultation is None:
        return None
    moment = int(clock.now().timestamp()) // KEPT_SECONDS
    return f"{head(db, ref('consultation', consultation))}:{moment}"


def keepable(access: Access) -> bool:
    """Whether a reader's device may keep copies: of what is public, without what staff sees."""
    public = access.consultation.visibility is Visibility.PUBLIC
    return public and not (access.moderates or access.secretary)
