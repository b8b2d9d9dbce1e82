"""The secret links of calendars, and which events are news of which places."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint

from forum.base.tables import BigId, Field, Table, UtcDateTime


class CalendarLink(Table, table=True):
    """Somebody's calendar by a link: of the link itself only the digest is kept."""

    __tablename__ = "calendar_link"

    member_id: int = Field(foreign_key="member.id", primary_key=True)
    digest: str = Field(max_length=64, unique=True)
    made_at: datetime = Field(sa_type=UtcDateTime)


class NewsItem(Table, table=True):
    """An event in the feed of one place; whether the public sees it is asked when it is read."""

    __tablename__ = "news_item"
    __table_args__ = (
        UniqueConstraint("place", "event_id"),
        Index("ix_news_item_place_feed", "place", "feed", "id"),
    )

    id: int = Field(default=None, primary_key=True, sa_type=BigId)
    place: str = Field(max_length=64)
    feed: str = Field(max_length=20)
    event_id: str = Field(max_length=32)
    kind: str = Field(max_length=80)
    about: str = Field(max_length=64)
    at: datetime = Field(sa_type=UtcDateTime)
