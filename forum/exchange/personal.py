"""What of a person lies in this room: numbers under which others knew them."""

from forum.base.registry import Fate, personal
from forum.exchange.models import ImportedPerson, ImportedStatement, ImportSource

personal(
    ImportSource,
    owner=None,
    columns={
        "kind": Fate.NOBODY,
        "address": Fate.NOBODY,
        "fingerprint": Fate.NOBODY,
        "digest": Fate.NOBODY,
    },
)
personal(ImportedPerson, owner="member_id", columns={"key": Fate.KEEP})
personal(
    ImportedStatement,
    owner=None,
    columns={"key": Fate.NOBODY, "text_digest": Fate.NOBODY, "review": Fate.NOBODY},
)
