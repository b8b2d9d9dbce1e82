"""What of a person lies in this room, and what erasure does to it."""

from forum.base.registry import Fate, Rows, personal
from forum.members.identities import (
    Contact,
    ContactAccess,
    EntryLink,
    Failures,
    ProviderLink,
    ProviderSpent,
    RecoveryCode,
    SecondFactor,
    VerificationMark,
)
from forum.members.models import (
    Acceptance,
    FirstLink,
    InboxRow,
    Member,
    PeopleSheet,
    PersonCard,
    PlaceSetting,
    PlaceText,
    RoleGrant,
    StandingMark,
    Visit,
)

personal(
    Member,
    owner="id",
    columns={
        "login": Fate.ERASE,
        "name": Fate.ERASE,
        "password": Fate.ERASE,
        "verified": Fate.ERASE,
        "lang": Fate.ERASE,
        "theme": Fate.ERASE,
        "mode": Fate.ERASE,
        "hints": Fate.ERASE,
        "guest_of": Fate.ERASE,
        "minor": Fate.ERASE,
    },
)
personal(RoleGrant, owner="member_id", columns={"role": Fate.KEEP, "place": Fate.KEEP})
personal(
    StandingMark,
    owner="member_id",
    columns={"place": Fate.KEEP, "kind": Fate.KEEP, "reason": Fate.ERASE},
)
personal(FirstLink, owner=None, columns={"digest": Fate.NOBODY})
personal(
    InboxRow,
    owner="member_id",
    columns={
        "event_id": Fate.ERASE,
        "kind": Fate.ERASE,
        "about": Fate.ERASE,
        "via": Fate.ERASE,
    },
    rows=Rows.GO,
)
personal(
    PlaceText,
    owner="author_id",
    columns={
        "place": Fate.NOBODY,
        "kind": Fate.NOBODY,
        "body": Fate.KEEP,
        "html": Fate.KEEP,
        "salt": Fate.KEEP,
    },
)
personal(Acceptance, owner="member_id", columns={"place": Fate.KEEP})
personal(
    Contact,
    owner="member_id",
    columns={"kind": Fate.ERASE, "sealed": Fate.ERASE, "digest": Fate.ERASE},
    rows=Rows.GO,
)
personal(ContactAccess, owner="member_id", columns={"reason": Fate.ERASE}, rows=Rows.GO)
personal(
    EntryLink,
    owner="member_id",
    columns={
        "digest": Fate.ERASE,
        "purpose": Fate.ERASE,
        "sealed": Fate.ERASE,
        "back": Fate.ERASE,
    },
    rows=Rows.GO,
)
personal(Failures, owner=None, columns={"door": Fate.NOBODY})
personal(
    ProviderLink,
    owner="member_id",
    columns={"provider": Fate.ERASE, "digest": Fate.ERASE},
    rows=Rows.GO,
)
personal(ProviderSpent, owner=None, columns={"digest": Fate.NOBODY})
personal(SecondFactor, owner="member_id", columns={"sealed": Fate.ERASE}, rows=Rows.GO)
personal(RecoveryCode, owner="member_id", columns={"digest": Fate.ERASE}, rows=Rows.GO)
personal(
    VerificationMark,
    owner="member_id",
    columns={"method": Fate.ERASE, "place": Fate.ERASE},
    rows=Rows.GO,
)
personal(
    PlaceSetting,
    owner=None,
    columns={"place": Fate.NOBODY, "key": Fate.NOBODY, "value": Fate.NOBODY},
)
personal(
    PersonCard,
    owner="member_id",
    columns={"place": Fate.ERASE, "category": Fate.ERASE, "note": Fate.ERASE},
    rows=Rows.GO,
)
personal(
    PeopleSheet,
    owner="member_id",
    columns={"place": Fate.NOBODY, "body": Fate.ERASE, "done": Fate.NOBODY},
    rows=Rows.GO,
)
personal(Visit, owner="member_id", columns={}, rows=Rows.GO)
