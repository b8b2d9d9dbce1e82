"""What of a person lies in threads: their words go with them, the thread's shape stays."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlmodel import col

from forum.agenda.models import Item
from forum.arguments.models import (
    Argument,
    ArgumentHiding,
    ArgumentRevision,
    HeldArgument,
    Reaction,
)
from forum.base import i18n
from forum.base.db import Db
from forum.base.i18n import _
from forum.base.registry import Fate, Rows, carried, personal

personal(
    Argument,
    owner="author_id",
    columns={
        "path": Fate.NOBODY,
        "stance": Fate.NOBODY,
        "side": Fate.NOBODY,
        "review": Fate.NOBODY,
    },
)
personal(
    ArgumentRevision,
    owner="author_id",
    columns={
        "body": Fate.ERASE,
        "html": Fate.ERASE,
        "salt": Fate.ERASE,
        "digest": Fate.KEEP,
    },
)
personal(
    HeldArgument,
    owner="author_id",
    columns={
        "stance": Fate.NOBODY,
        "body": Fate.ERASE,
        "html": Fate.ERASE,
        "state": Fate.NOBODY,
    },
    rows=Rows.GO,
)
personal(ArgumentHiding, owner="hidden_by", columns={"body": Fate.KEEP, "salt": Fate.KEEP})
# The counts stand on; whose agreement it was is forgotten with the account's name.
personal(Reaction, owner="member_id", columns={"opinion": Fate.KEEP})


@carried("arguments")
def _said(db: Db, member: int) -> Mapping[str, list[str]]:
    """What somebody said, with the day and the topic."""
    found = db.execute(
        select(col(ArgumentRevision.at), col(Item.title), col(ArgumentRevision.body))
        .join(Argument, col(Argument.id) == col(ArgumentRevision.argument_id))
        .join(Item, col(Item.id) == col(Argument.item_id))
        .where(col(ArgumentRevision.author_id) == member)
        .order_by(col(ArgumentRevision.id))
    )
    lines = [f"{i18n.date(at)} · {title} · {body}" for at, title, body in found]
    return {_("What you said"): lines}
