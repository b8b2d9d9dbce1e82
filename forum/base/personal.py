"""What of a person lies on the ground floor, and what erasure does to it."""

from forum.base.auth import Credential
from forum.base.deliveries import DeadAddress, Delivery
from forum.base.events import EventRow, StreamHead
from forum.base.files import StoredFile
from forum.base.idempotency import IdempotencyKey
from forum.base.links import Link
from forum.base.registry import Fate, Rows, personal
from forum.base.ticker import Due

# The log holds ids and public facts alone; whom an id stands for is the members room's to forget.
personal(
    EventRow,
    owner="actor_id",
    columns={
        "stream": Fate.KEEP,
        "id": Fate.NOBODY,
        "kind": Fate.KEEP,
        "subject": Fate.KEEP,
        "payload": Fate.KEEP,
        "digest": Fate.NOBODY,
    },
)
personal(
    StreamHead,
    owner=None,
    columns={"name": Fate.NOBODY, "digest": Fate.NOBODY, "signature": Fate.NOBODY},
)
personal(
    Link,
    owner=None,
    columns={"source": Fate.NOBODY, "relation": Fate.NOBODY, "target": Fate.NOBODY},
)
personal(
    Credential,
    owner="member_id",
    columns={"digest": Fate.ERASE, "kind": Fate.NOBODY, "label": Fate.ERASE},
    rows=Rows.GO,
)
personal(
    IdempotencyKey,
    owner="member_id",
    columns={"key": Fate.ERASE, "request": Fate.ERASE, "answer": Fate.ERASE},
    rows=Rows.GO,
)
personal(Due, owner=None, columns={"kind": Fate.NOBODY, "subject": Fate.NOBODY})
personal(
    StoredFile,
    owner="owner_id",
    columns={
        "digest": Fate.NOBODY,
        "media_type": Fate.NOBODY,
        "name": Fate.ERASE,
        "place": Fate.KEEP,
        "alt": Fate.ERASE,
    },
)
personal(
    Delivery,
    owner="member_id",
    columns={
        "channel": Fate.NOBODY,
        "mark": Fate.NOBODY,
        "letter": Fate.ERASE,
        "address": Fate.ERASE,
        "state": Fate.NOBODY,
        "claimed_by": Fate.NOBODY,
        "answer": Fate.NOBODY,
    },
    rows=Rows.GO,
)
personal(
    DeadAddress,
    owner="member_id",
    columns={"channel": Fate.NOBODY, "address": Fate.ERASE, "answer": Fate.NOBODY},
    rows=Rows.GO,
)
