"""A facilitated session on an item: its steps, groups, notes, themes, options and positions."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, UniqueConstraint

from forum.base.tables import Field, Table, UtcDateTime
from sessions.meetings.models import Method


class WorkshopState(StrEnum):
    """Where a session stands."""

    PREPARED = "prepared"
    RUNNING = "running"
    FINISHED = "finished"


class Form(StrEnum):
    """How people sit in a step: all together, in small groups, or each for themselves."""

    PLENARY = "plenary"
    GROUPS = "groups"
    ALONE = "alone"


class Gives(StrEnum):
    """What people give in a step."""

    NOTHING = "nothing"
    NOTES = "notes"
    POSITIONS = "positions"


class Stance(StrEnum):
    """Where somebody stands on an option; who objects says why."""

    SUPPORT = "support"
    LIVE = "live"
    OBJECT = "object"


class Workshop(Table, table=True):
    """A script that is followed on an item of a meeting; `step` is the number of the present one.

    While the clock runs `ends_at` says when the step's time is up, else `remaining_ms` what is
    left of it.
    """

    __tablename__ = "workshop"
    __table_args__ = (UniqueConstraint("meeting_id", "item_id"),)

    id: int = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    item_id: int = Field(foreign_key="item.id", index=True)
    script: str = Field(max_length=40)
    state: WorkshopState = Field(default=WorkshopState.PREPARED, sa_type=String)
    facilitator_id: int | None = Field(default=None, foreign_key="member.id")
    step: int = 0
    ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    remaining_ms: int | None = None
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    over_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_by: int = Field(foreign_key="member.id")


class WorkshopStep(Table, table=True):
    """A step as it is to be gone; its words are the script's own until somebody changes them."""

    __tablename__ = "workshop_step"
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id")
    number: int
    name: str = Field(max_length=80)
    prompt: str
    hint: str
    minutes: int
    form: Form = Field(sa_type=String)
    gives: Gives = Field(sa_type=String)
    began_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # What was left on its clock when it was left: who comes back to it goes on from there.
    left_ms: int | None = None


class WorkshopGroup(Table, table=True):
    """A small group, at a venue."""

    __tablename__ = "workshop_group"
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id")
    number: int
    venue_id: int = Field(foreign_key="meeting_venue.id")
    place: str = Field(default="", max_length=120)


class WorkshopSeat(Table, table=True):
    """Who sits in which group: each person in one."""

    __tablename__ = "workshop_seat"

    workshop_id: int = Field(foreign_key="workshop.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True, index=True)
    group_id: int = Field(foreign_key="workshop_group.id", index=True)


class WorkshopNote(Table, table=True):
    """A short note; its words are its latest text. Without a group somebody wrote it alone."""

    __tablename__ = "workshop_note"

    id: int = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    step_id: int = Field(foreign_key="workshop_step.id")
    group_id: int | None = Field(default=None, foreign_key="workshop_group.id")
    author_id: int = Field(foreign_key="member.id", index=True)
    method: Method = Field(sa_type=String)
    recorded_by: int = Field(foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)
    text_id: int | None = None
    revisions: int = 0
    struck: bool = False
    theme_id: int | None = Field(default=None, foreign_key="workshop_theme.id", index=True)


class WorkshopNoteText(Table, table=True):
    """What a note said from a moment on; `author_id` is whose words they are."""

    __tablename__ = "workshop_note_text"

    id: int = Field(default=None, primary_key=True)
    note_id: int = Field(foreign_key="workshop_note.id", index=True)
    body: str
    salt: str | None = None
    author_id: int = Field(foreign_key="member.id", index=True)
    recorded_by: int = Field(foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)


class WorkshopStrike(Table, table=True):
    """A note or an objection that was struck, why, and whether it was brought back."""

    __tablename__ = "workshop_strike"

    id: int = Field(default=None, primary_key=True)
    note_id: int | None = Field(default=None, foreign_key="workshop_note.id", index=True)
    objection_id: int | None = Field(default=None, foreign_key="workshop_objection.id", index=True)
    body: str
    salt: str | None = None
    author_id: int = Field(foreign_key="member.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    lifted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class WorkshopTheme(Table, table=True):
    """Notes that belong together, under one heading; `kept_…` is what the log has told of it."""

    __tablename__ = "workshop_theme"

    id: int = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    number: int
    wording_id: int | None = None
    gone: bool = False
    kept_wording: int | None = None
    kept_notes: int | None = None


class WorkshopOption(Table, table=True):
    """Something that could be done, from a theme or a note; counted when its step is over."""

    __tablename__ = "workshop_option"

    id: int = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    number: int
    theme_id: int | None = Field(default=None, foreign_key="workshop_theme.id", index=True)
    note_id: int | None = Field(default=None, foreign_key="workshop_note.id")
    motion_id: int | None = Field(default=None, foreign_key="motion.id")
    wording_id: int | None = None
    gone: bool = False
    support: int | None = None
    live: int | None = None
    object: int | None = None


class WorkshopWording(Table, table=True):
    """What a theme or an option is called from a moment on, in the words of who led."""

    __tablename__ = "workshop_wording"
    __table_args__ = (
        Index("ix_workshop_wording_theme_id", "theme_id"),
        Index("ix_workshop_wording_option_id", "option_id"),
    )

    id: int = Field(default=None, primary_key=True)
    theme_id: int | None = Field(default=None, foreign_key="workshop_theme.id")
    option_id: int | None = Field(default=None, foreign_key="workshop_option.id")
    body: str
    salt: str | None = None
    author_id: int = Field(foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)


class WorkshopPosition(Table, table=True):
    """Where somebody stands now. No time, no history, no event: it is only ever counted."""

    __tablename__ = "workshop_position"
    __table_args__ = ({"sqlite_with_rowid": False},)

    option_id: int = Field(foreign_key="workshop_option.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True, index=True)
    stance: Stance = Field(sa_type=String)
    reason: str = ""
    named: bool = False


class WorkshopObjection(Table, table=True):
    """A reason against an option, kept when the step was over; a name only where that was wished.

    Rows are written in the order of their salts, so that none tells when somebody objected.
    """

    __tablename__ = "workshop_objection"

    id: int = Field(default=None, primary_key=True)
    option_id: int = Field(foreign_key="workshop_option.id", index=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    named: bool = False
    body: str
    salt: str | None = None
    withdrawn: bool = False
