"""What of a person lies in threads: their words go with them, the thread's shape stays."""

from forum.arguments.models import Argument, ArgumentHiding, ArgumentRevision, Reaction
from forum.base.registry import Fate, personal

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
personal(ArgumentHiding, owner="hidden_by", columns={"body": Fate.KEEP, "salt": Fate.KEEP})
# The counts stand on; whose agreement it was is forgotten with the account's name.
personal(Reaction, owner="member_id", columns={"opinion": Fate.KEEP})
