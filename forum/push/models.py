"""The browsers that somebody is told on."""

from datetime import datetime

from forum.base.tables import Field, Table, UtcDateTime


class PushSubscription(Table, table=True):
    """A browser that takes messages: where they go and how they are encrypted, sealed."""

    __tablename__ = "push_subscription"

    id: int = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    # Keyed digest of the address: a browser that subscribes again is the same one.
    digest: str = Field(max_length=64, unique=True)
    sealed: str
    label: str = Field(max_length=120)
    made_at: datetime = Field(sa_type=UtcDateTime)
    # The sign-in on this browser: when it ends, nobody is told here any more.
    credential_id: int | None = Field(default=None, index=True)
