"""occasions"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "caption_track",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(), nullable=True),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_caption_track_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["member.id"], name=op.f("fk_caption_track_confirmed_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_caption_track_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caption_track")),
    )
    with op.batch_alter_table("caption_track", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_caption_track_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_caption_track_meeting_id"), ["meeting_id"], unique=False
        )

    op.create_table(
        "duty_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("reporter_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("rating_days", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("with_meeting", sa.Boolean(), nullable=False),
        sa.Column("rating_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("raters", sa.Integer(), nullable=True),
        sa.Column("satisfied", sa.Integer(), nullable=True),
        sa.Column("mostly", sa.Integer(), nullable=True),
        sa.Column("dissatisfied", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["member.id"], name=op.f("fk_duty_report_created_by_member")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_duty_report_item_id_item")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_duty_report_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["member.id"], name=op.f("fk_duty_report_reporter_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_report")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_duty_report_meeting_id_number")),
    )
    with op.batch_alter_table("duty_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_report_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_duty_report_reporter_id"), ["reporter_id"], unique=False
        )

    op.create_table(
        "meeting_broadcast",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_broadcast_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_meeting_broadcast")),
    )
    op.create_table(
        "meeting_preparation",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("reply_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("announced_for", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_preparation_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_meeting_preparation")),
    )
    op.create_table(
        "meeting_proxy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("principal_id", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("paper", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["member.id"], name=op.f("fk_meeting_proxy_entered_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["member.id"], name=op.f("fk_meeting_proxy_holder_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_proxy_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["principal_id"], ["member.id"], name=op.f("fk_meeting_proxy_principal_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_proxy")),
    )
    with op.batch_alter_table("meeting_proxy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_proxy_holder_id"), ["holder_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_meeting_proxy_principal_id"), ["principal_id"], unique=False
        )
        batch_op.create_index(
            "uq_meeting_proxy_principal",
            ["meeting_id", "principal_id"],
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )

    op.create_table(
        "meeting_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("options", sa.Text(), nullable=True),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_question_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_question")),
    )
    with op.batch_alter_table("meeting_question", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_meeting_question_meeting_id"), ["meeting_id"], unique=False
        )

    op.create_table(
        "meeting_roll_detail",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("weight", sa.String(length=40), nullable=False),
        sa.Column("household", sa.String(length=80), nullable=False),
        sa.Column("organisation", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_roll_detail_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_meeting_roll_detail_member_id_member")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "member_id", name=op.f("pk_meeting_roll_detail")),
    )
    with op.batch_alter_table("meeting_roll_detail", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_meeting_roll_detail_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "meeting_roll_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_roll_sheet_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_meeting_roll_sheet_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_roll_sheet")),
    )
    with op.batch_alter_table("meeting_roll_sheet", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_meeting_roll_sheet_meeting_id"), ["meeting_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_meeting_roll_sheet_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "meeting_short_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_meeting_short_notice_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_short_notice_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_short_notice")),
    )
    with op.batch_alter_table("meeting_short_notice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_meeting_short_notice_meeting_id"), ["meeting_id"], unique=False
        )

    op.create_table(
        "meeting_sitting",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adjourned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_sitting_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "number", name=op.f("pk_meeting_sitting")),
    )
    op.create_table(
        "motion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("degree", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("origin_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("base_id", sa.Integer(), nullable=True),
        sa.Column("reach", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("mover_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("debated", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("poll_id", sa.Integer(), nullable=True),
        sa.Column("to_meeting_id", sa.Integer(), nullable=True),
        sa.Column("referred_to", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_motion_item_id_item")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_motion_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["mover_id"], ["member.id"], name=op.f("fk_motion_mover_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["origin_id"], ["motion.id"], name=op.f("fk_motion_origin_id_motion")
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_motion_poll_id_poll")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["member.id"], name=op.f("fk_motion_recorded_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["motion.id"], name=op.f("fk_motion_target_id_motion")
        ),
        sa.ForeignKeyConstraint(
            ["to_meeting_id"], ["meeting.id"], name=op.f("fk_motion_to_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_motion")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_motion_meeting_id_number")),
    )
    with op.batch_alter_table("motion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_motion_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            "ix_motion_meeting_id_item_id", ["meeting_id", "item_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_motion_mover_id"), ["mover_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_motion_origin_id"), ["origin_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_motion_poll_id"), ["poll_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_motion_referred_to"), ["referred_to"], unique=False)
        batch_op.create_index(batch_op.f("ix_motion_target_id"), ["target_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_motion_to_meeting_id"), ["to_meeting_id"], unique=False
        )

    op.create_table(
        "motion_terms",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("seconders", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_motion_terms_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_motion_terms")),
    )
    op.create_table(
        "projection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("shows", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("poll_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("up_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_projection_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_projection_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_projection_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projection")),
    )
    with op.batch_alter_table("projection", schema=None) as batch_op:
        batch_op.create_index(
            "ix_projection_meeting_id_number", ["meeting_id", "number"], unique=False
        )

    op.create_table(
        "raised_card",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("suit", sa.String(), nullable=False),
        sa.Column("card", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_raised_card_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_raised_card_member_id_member")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "member_id", "suit", name=op.f("pk_raised_card")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("raised_card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_raised_card_member_id"), ["member_id"], unique=False)

    op.create_table(
        "reception_visitor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("home", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("nonce", sa.String(length=64), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["member.id"], name=op.f("fk_reception_visitor_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_reception_visitor_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_reception_visitor_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reception_visitor")),
        sa.UniqueConstraint(
            "meeting_id", "nonce", name=op.f("uq_reception_visitor_meeting_id_nonce")
        ),
        sa.UniqueConstraint(
            "venue_id", "number", name=op.f("uq_reception_visitor_venue_id_number")
        ),
    )
    with op.batch_alter_table("reception_visitor", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reception_visitor_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "speaking_group_member",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_speaking_group_member_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_speaking_group_member_member_id_member")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "member_id", name=op.f("pk_speaking_group_member")),
    )
    with op.batch_alter_table("speaking_group_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_speaking_group_member_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "speaking_groups",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_speaking_groups_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_speaking_groups")),
    )
    op.create_table(
        "workshop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("script", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("facilitator_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remaining_ms", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["member.id"], name=op.f("fk_workshop_created_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["facilitator_id"], ["member.id"], name=op.f("fk_workshop_facilitator_id_member")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_workshop_item_id_item")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_workshop_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
        sa.UniqueConstraint("meeting_id", "item_id", name=op.f("uq_workshop_meeting_id_item_id")),
    )
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_item_id"), ["item_id"], unique=False)

    op.create_table(
        "desk_seen",
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("away", sa.Boolean(), nullable=False),
        sa.Column("silent_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_desk_seen_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["meeting_venue.id"], name=op.f("fk_desk_seen_venue_id_meeting_venue")
        ),
        sa.PrimaryKeyConstraint("venue_id", name=op.f("pk_desk_seen")),
    )
    with op.batch_alter_table("desk_seen", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_desk_seen_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "duty_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.Boolean(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("supports", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decline_id", sa.Integer(), nullable=True),
        sa.Column("put_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["member.id"], name=op.f("fk_duty_question_decided_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_duty_question_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["member.id"], name=op.f("fk_duty_question_recorded_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["duty_report.id"], name=op.f("fk_duty_question_report_id_duty_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_question")),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_duty_question_report_id_number")),
    )
    with op.batch_alter_table("duty_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_question_member_id"), ["member_id"], unique=False)
        batch_op.create_index("ix_duty_question_state", ["report_id", "state"], unique=False)

    op.create_table(
        "duty_rating",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("rating", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_duty_rating_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["duty_report.id"], name=op.f("fk_duty_rating_report_id_duty_report")
        ),
        sa.PrimaryKeyConstraint("report_id", "member_id", name=op.f("pk_duty_rating")),
    )
    with op.batch_alter_table("duty_rating", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_rating_member_id"), ["member_id"], unique=False)

    op.create_table(
        "duty_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_duty_revision_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["duty_report.id"], name=op.f("fk_duty_revision_report_id_duty_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_revision")),
    )
    with op.batch_alter_table("duty_revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_revision_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duty_revision_report_id"), ["report_id"], unique=False)

    op.create_table(
        "hall_cards",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("card", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_hall_cards_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["member.id"], name=op.f("fk_hall_cards_recorded_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["meeting_venue.id"], name=op.f("fk_hall_cards_venue_id_meeting_venue")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "venue_id", "card", name=op.f("pk_hall_cards")),
    )
    op.create_table(
        "meeting_question_answer",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_meeting_question_answer_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["meeting_question.id"],
            name=op.f("fk_meeting_question_answer_question_id_meeting_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "question_id", "member_id", name=op.f("pk_meeting_question_answer")
        ),
    )
    with op.batch_alter_table("meeting_question_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_meeting_question_answer_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "meeting_reply",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("seated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["member.id"], name=op.f("fk_meeting_reply_entered_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_reply_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_meeting_reply_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["venue_id"],
            ["meeting_venue.id"],
            name=op.f("fk_meeting_reply_venue_id_meeting_venue"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("meeting_id", "member_id", name=op.f("pk_meeting_reply")),
    )
    with op.batch_alter_table("meeting_reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_reply_member_id"), ["member_id"], unique=False)
        batch_op.create_index(
            "ix_meeting_reply_venue_id", ["venue_id", "seated_at", "turn"], unique=False
        )

    op.create_table(
        "motion_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_motion_note_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["motion_id"], ["motion.id"], name=op.f("fk_motion_note_motion_id_motion")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_motion_note")),
    )
    with op.batch_alter_table("motion_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_motion_note_motion_id"), ["motion_id"], unique=False)

    op.create_table(
        "motion_second",
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_motion_second_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["motion_id"], ["motion.id"], name=op.f("fk_motion_second_motion_id_motion")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["member.id"], name=op.f("fk_motion_second_recorded_by_member")
        ),
        sa.PrimaryKeyConstraint("motion_id", "member_id", name=op.f("pk_motion_second")),
    )
    with op.batch_alter_table("motion_second", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_motion_second_member_id"), ["member_id"], unique=False)

    op.create_table(
        "motion_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("amendment_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["amendment_id"], ["motion.id"], name=op.f("fk_motion_version_amendment_id_motion")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_motion_version_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["motion_id"], ["motion.id"], name=op.f("fk_motion_version_motion_id_motion")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_motion_version")),
    )
    with op.batch_alter_table("motion_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_motion_version_author_id"), ["author_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_motion_version_motion_id"), ["motion_id"], unique=False
        )

    op.create_table(
        "projector",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_projector_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["meeting_venue.id"], name=op.f("fk_projector_venue_id_meeting_venue")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "number", name=op.f("pk_projector")),
    )
    op.create_table(
        "reception_receiver",
        sa.Column("visitor_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_reception_receiver_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["visitor_id"],
            ["reception_visitor.id"],
            name=op.f("fk_reception_receiver_visitor_id_reception_visitor"),
        ),
        sa.PrimaryKeyConstraint("visitor_id", "member_id", name=op.f("pk_reception_receiver")),
    )
    with op.batch_alter_table("reception_receiver", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reception_receiver_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "reception_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("visitor_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("route", sa.String(), nullable=True),
        sa.Column("refusal", sa.String(), nullable=True),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("corrections", sa.Integer(), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_reception_word_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_reception_word_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_reception_word_task_id_task")
        ),
        sa.ForeignKeyConstraint(
            ["visitor_id"],
            ["reception_visitor.id"],
            name=op.f("fk_reception_word_visitor_id_reception_visitor"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reception_word")),
        sa.UniqueConstraint(
            "meeting_id", "number", name=op.f("uq_reception_word_meeting_id_number")
        ),
        sa.UniqueConstraint("visitor_id", "nonce", name=op.f("uq_reception_word_visitor_id_nonce")),
    )
    with op.batch_alter_table("reception_word", schema=None) as batch_op:
        batch_op.create_index("ix_reception_word_venue_id", ["venue_id"], unique=False)

    op.create_table(
        "walk_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_walk_in_by_id_member")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_walk_in_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_walk_in_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["meeting_venue.id"], name=op.f("fk_walk_in_venue_id_meeting_venue")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walk_in")),
    )
    with op.batch_alter_table("walk_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_walk_in_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_walk_in_member_id"), ["member_id"], unique=False)

    op.create_table(
        "workshop_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["venue_id"],
            ["meeting_venue.id"],
            name=op.f("fk_workshop_group_venue_id_meeting_venue"),
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_group_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_group")),
        sa.UniqueConstraint(
            "workshop_id", "number", name=op.f("uq_workshop_group_workshop_id_number")
        ),
    )
    op.create_table(
        "workshop_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("prompt", sa.String(), nullable=False),
        sa.Column("hint", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("gives", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_ms", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_step_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_step")),
        sa.UniqueConstraint(
            "workshop_id", "number", name=op.f("uq_workshop_step_workshop_id_number")
        ),
    )
    op.create_table(
        "workshop_theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("wording_id", sa.Integer(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("kept_wording", sa.Integer(), nullable=True),
        sa.Column("kept_notes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_theme_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_theme")),
    )
    with op.batch_alter_table("workshop_theme", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_workshop_theme_workshop_id"), ["workshop_id"], unique=False
        )

    op.create_table(
        "caption_segment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("speech_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=True),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("corrections", sa.Integer(), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_caption_segment_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["member.id"], name=op.f("fk_caption_segment_confirmed_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_caption_segment_item_id_item")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_caption_segment_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_caption_segment_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["speech_id"], ["speech.id"], name=op.f("fk_caption_segment_speech_id_speech")
        ),
        sa.ForeignKeyConstraint(
            ["track_id"],
            ["caption_track.id"],
            name=op.f("fk_caption_segment_track_id_caption_track"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caption_segment")),
    )
    with op.batch_alter_table("caption_segment", schema=None) as batch_op:
        batch_op.create_index("ix_caption_segment_item_id", ["item_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_caption_segment_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index("ix_caption_segment_place", ["meeting_id", "at", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_caption_segment_revision_id"), ["revision_id"], unique=False
        )
        batch_op.create_index("ix_caption_segment_speech_id", ["speech_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_caption_segment_track_id"), ["track_id"], unique=False)

    op.create_table(
        "duty_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_duty_answer_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["duty_question.id"],
            name=op.f("fk_duty_answer_question_id_duty_question"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["member.id"], name=op.f("fk_duty_answer_recorded_by_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_answer")),
    )
    with op.batch_alter_table("duty_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_answer_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_duty_answer_question_id"), ["question_id"], unique=False
        )

    op.create_table(
        "duty_decline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_duty_decline_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["duty_question.id"],
            name=op.f("fk_duty_decline_question_id_duty_question"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_decline")),
    )
    with op.batch_alter_table("duty_decline", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_duty_decline_question_id"), ["question_id"], unique=False
        )

    op.create_table(
        "duty_support",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_duty_support_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["duty_question.id"],
            name=op.f("fk_duty_support_question_id_duty_question"),
        ),
        sa.PrimaryKeyConstraint("question_id", "member_id", name=op.f("pk_duty_support")),
    )
    with op.batch_alter_table("duty_support", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_support_member_id"), ["member_id"], unique=False)

    op.create_table(
        "reception_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_reception_note_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["word_id"],
            ["reception_word.id"],
            name=op.f("fk_reception_note_word_id_reception_word"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reception_note")),
    )
    with op.batch_alter_table("reception_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reception_note_word_id"), ["word_id"], unique=False)

    op.create_table(
        "reception_word_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_reception_word_revision_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_reception_word_revision_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["word_id"],
            ["reception_word.id"],
            name=op.f("fk_reception_word_revision_word_id_reception_word"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reception_word_revision")),
    )
    with op.batch_alter_table("reception_word_revision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reception_word_revision_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reception_word_revision_word_id"), ["word_id"], unique=False
        )

    op.create_table(
        "workshop_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=True),
        sa.Column("revisions", sa.Integer(), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_workshop_note_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["workshop_group.id"],
            name=op.f("fk_workshop_note_group_id_workshop_group"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["member.id"], name=op.f("fk_workshop_note_recorded_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["workshop_step.id"], name=op.f("fk_workshop_note_step_id_workshop_step")
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"],
            ["workshop_theme.id"],
            name=op.f("fk_workshop_note_theme_id_workshop_theme"),
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_note_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_note")),
    )
    with op.batch_alter_table("workshop_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_note_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workshop_note_theme_id"), ["theme_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_workshop_note_workshop_id"), ["workshop_id"], unique=False
        )

    op.create_table(
        "workshop_seat",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["workshop_group.id"],
            name=op.f("fk_workshop_seat_group_id_workshop_group"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_workshop_seat_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_seat_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("workshop_id", "member_id", name=op.f("pk_workshop_seat")),
    )
    with op.batch_alter_table("workshop_seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_seat_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workshop_seat_member_id"), ["member_id"], unique=False)

    op.create_table(
        "caption_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_caption_revision_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_caption_revision_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["segment_id"],
            ["caption_segment.id"],
            name=op.f("fk_caption_revision_segment_id_caption_segment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caption_revision")),
    )
    with op.batch_alter_table("caption_revision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_caption_revision_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_caption_revision_segment_id"), ["segment_id"], unique=False
        )

    op.create_table(
        "caption_strike",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("chair_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["chair_id"], ["member.id"], name=op.f("fk_caption_strike_chair_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["segment_id"],
            ["caption_segment.id"],
            name=op.f("fk_caption_strike_segment_id_caption_segment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caption_strike")),
    )
    with op.batch_alter_table("caption_strike", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_caption_strike_segment_id"), ["segment_id"], unique=False
        )

    op.create_table(
        "workshop_note_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_workshop_note_text_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["note_id"],
            ["workshop_note.id"],
            name=op.f("fk_workshop_note_text_note_id_workshop_note"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["member.id"], name=op.f("fk_workshop_note_text_recorded_by_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_note_text")),
    )
    with op.batch_alter_table("workshop_note_text", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_workshop_note_text_author_id"), ["author_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_workshop_note_text_note_id"), ["note_id"], unique=False
        )

    op.create_table(
        "workshop_option",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.Column("motion_id", sa.Integer(), nullable=True),
        sa.Column("wording_id", sa.Integer(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("support", sa.Integer(), nullable=True),
        sa.Column("live", sa.Integer(), nullable=True),
        sa.Column("object", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["motion_id"], ["motion.id"], name=op.f("fk_workshop_option_motion_id_motion")
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["workshop_note.id"], name=op.f("fk_workshop_option_note_id_workshop_note")
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"],
            ["workshop_theme.id"],
            name=op.f("fk_workshop_option_theme_id_workshop_theme"),
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_option_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_option")),
    )
    with op.batch_alter_table("workshop_option", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_option_theme_id"), ["theme_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_workshop_option_workshop_id"), ["workshop_id"], unique=False
        )

    op.create_table(
        "point_of_order_appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ruling_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("seconded_by", sa.Integer(), nullable=True),
        sa.Column("poll_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_point_of_order_appeal_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["poll.id"], name=op.f("fk_point_of_order_appeal_poll_id_poll")
        ),
        sa.ForeignKeyConstraint(
            ["ruling_id"],
            ["point_of_order_ruling.id"],
            name=op.f("fk_point_of_order_appeal_ruling_id_point_of_order_ruling"),
        ),
        sa.ForeignKeyConstraint(
            ["seconded_by"], ["member.id"], name=op.f("fk_point_of_order_appeal_seconded_by_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_of_order_appeal")),
        sa.UniqueConstraint("poll_id", name=op.f("uq_point_of_order_appeal_poll_id")),
        sa.UniqueConstraint("ruling_id", name=op.f("uq_point_of_order_appeal_ruling_id")),
    )
    with op.batch_alter_table("point_of_order_appeal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_point_of_order_appeal_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "workshop_objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("option_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_workshop_objection_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["option_id"],
            ["workshop_option.id"],
            name=op.f("fk_workshop_objection_option_id_workshop_option"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_objection")),
    )
    with op.batch_alter_table("workshop_objection", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_workshop_objection_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_workshop_objection_option_id"), ["option_id"], unique=False
        )

    op.create_table(
        "workshop_position",
        sa.Column("option_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_workshop_position_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["option_id"],
            ["workshop_option.id"],
            name=op.f("fk_workshop_position_option_id_workshop_option"),
        ),
        sa.PrimaryKeyConstraint("option_id", "member_id", name=op.f("pk_workshop_position")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("workshop_position", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_workshop_position_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "workshop_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("option_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_workshop_wording_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["option_id"],
            ["workshop_option.id"],
            name=op.f("fk_workshop_wording_option_id_workshop_option"),
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"],
            ["workshop_theme.id"],
            name=op.f("fk_workshop_wording_theme_id_workshop_theme"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_wording")),
    )
    with op.batch_alter_table("workshop_wording", schema=None) as batch_op:
        batch_op.create_index("ix_workshop_wording_option_id", ["option_id"], unique=False)
        batch_op.create_index("ix_workshop_wording_theme_id", ["theme_id"], unique=False)

    op.create_table(
        "workshop_strike",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.Column("objection_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_workshop_strike_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["workshop_note.id"], name=op.f("fk_workshop_strike_note_id_workshop_note")
        ),
        sa.ForeignKeyConstraint(
            ["objection_id"],
            ["workshop_objection.id"],
            name=op.f("fk_workshop_strike_objection_id_workshop_objection"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_strike")),
    )
    with op.batch_alter_table("workshop_strike", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_workshop_strike_author_id"), ["author_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_workshop_strike_note_id"), ["note_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_workshop_strike_objection_id"), ["objection_id"], unique=False
        )

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sitting_number", sa.Integer(), nullable=True))

    with op.batch_alter_table("meeting_venue", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seats", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("directions", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("accessibility", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("url", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("over_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("minutes_archive", schema=None) as batch_op:
        batch_op.add_column(sa.Column("classes", sa.Text(), nullable=True))

    with op.batch_alter_table("push_subscription", schema=None) as batch_op:
        batch_op.add_column(sa.Column("credential_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_push_subscription_credential_id"), ["credential_id"], unique=False
        )

    with op.batch_alter_table("quorum_check", schema=None) as batch_op:
        batch_op.add_column(sa.Column("represented", sa.Integer(), nullable=True))

    with op.batch_alter_table("speaking_list", schema=None) as batch_op:
        batch_op.add_column(sa.Column("short", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("motion_times", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("item_seconds", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("meeting_times", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("meeting_seconds", sa.Integer(), nullable=True))

    with op.batch_alter_table("speech", schema=None) as batch_op:
        batch_op.add_column(sa.Column("to_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("accepted", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("motion_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_speech_motion_id_motion"), "motion", ["motion_id"], ["id"]
        )

    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.add_column(sa.Column("token", sa.String(length=32), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.drop_column("token")

    with op.batch_alter_table("speech", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_speech_motion_id_motion"), type_="foreignkey")
        batch_op.drop_column("motion_id")
        batch_op.drop_column("accepted")
        batch_op.drop_column("to_id")

    with op.batch_alter_table("speaking_list", schema=None) as batch_op:
        batch_op.drop_column("meeting_seconds")
        batch_op.drop_column("meeting_times")
        batch_op.drop_column("item_seconds")
        batch_op.drop_column("motion_times")
        batch_op.drop_column("short")

    with op.batch_alter_table("quorum_check", schema=None) as batch_op:
        batch_op.drop_column("represented")

    with op.batch_alter_table("push_subscription", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_push_subscription_credential_id"))
        batch_op.drop_column("credential_id")

    with op.batch_alter_table("minutes_archive", schema=None) as batch_op:
        batch_op.drop_column("classes")

    with op.batch_alter_table("meeting_venue", schema=None) as batch_op:
        batch_op.drop_column("over_at")
        batch_op.drop_column("url")
        batch_op.drop_column("accessibility")
        batch_op.drop_column("directions")
        batch_op.drop_column("seats")

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_column("sitting_number")

    with op.batch_alter_table("workshop_strike", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_strike_objection_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_strike_note_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_strike_author_id"))

    op.drop_table("workshop_strike")
    with op.batch_alter_table("workshop_wording", schema=None) as batch_op:
        batch_op.drop_index("ix_workshop_wording_theme_id")
        batch_op.drop_index("ix_workshop_wording_option_id")

    op.drop_table("workshop_wording")
    with op.batch_alter_table("workshop_position", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_position_member_id"))

    op.drop_table("workshop_position")
    with op.batch_alter_table("workshop_objection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_objection_option_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_objection_member_id"))

    op.drop_table("workshop_objection")
    with op.batch_alter_table("point_of_order_appeal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_point_of_order_appeal_member_id"))

    op.drop_table("point_of_order_appeal")
    with op.batch_alter_table("workshop_option", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_option_workshop_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_option_theme_id"))

    op.drop_table("workshop_option")
    with op.batch_alter_table("workshop_note_text", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_note_text_note_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_note_text_author_id"))

    op.drop_table("workshop_note_text")
    with op.batch_alter_table("caption_strike", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_caption_strike_segment_id"))

    op.drop_table("caption_strike")
    with op.batch_alter_table("caption_revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_caption_revision_segment_id"))
        batch_op.drop_index(batch_op.f("ix_caption_revision_member_id"))

    op.drop_table("caption_revision")
    with op.batch_alter_table("workshop_seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_seat_member_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_seat_group_id"))

    op.drop_table("workshop_seat")
    with op.batch_alter_table("workshop_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_note_workshop_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_note_theme_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_note_author_id"))

    op.drop_table("workshop_note")
    with op.batch_alter_table("reception_word_revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reception_word_revision_word_id"))
        batch_op.drop_index(batch_op.f("ix_reception_word_revision_member_id"))

    op.drop_table("reception_word_revision")
    with op.batch_alter_table("reception_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reception_note_word_id"))

    op.drop_table("reception_note")
    with op.batch_alter_table("duty_support", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_support_member_id"))

    op.drop_table("duty_support")
    with op.batch_alter_table("duty_decline", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_decline_question_id"))

    op.drop_table("duty_decline")
    with op.batch_alter_table("duty_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_answer_question_id"))
        batch_op.drop_index(batch_op.f("ix_duty_answer_author_id"))

    op.drop_table("duty_answer")
    with op.batch_alter_table("caption_segment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_caption_segment_track_id"))
        batch_op.drop_index("ix_caption_segment_speech_id")
        batch_op.drop_index(batch_op.f("ix_caption_segment_revision_id"))
        batch_op.drop_index("ix_caption_segment_place")
        batch_op.drop_index(batch_op.f("ix_caption_segment_member_id"))
        batch_op.drop_index("ix_caption_segment_item_id")

    op.drop_table("caption_segment")
    with op.batch_alter_table("workshop_theme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_theme_workshop_id"))

    op.drop_table("workshop_theme")
    op.drop_table("workshop_step")
    op.drop_table("workshop_group")
    with op.batch_alter_table("walk_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_walk_in_member_id"))
        batch_op.drop_index(batch_op.f("ix_walk_in_meeting_id"))

    op.drop_table("walk_in")
    with op.batch_alter_table("reception_word", schema=None) as batch_op:
        batch_op.drop_index("ix_reception_word_venue_id")

    op.drop_table("reception_word")
    with op.batch_alter_table("reception_receiver", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reception_receiver_member_id"))

    op.drop_table("reception_receiver")
    op.drop_table("projector")
    with op.batch_alter_table("motion_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_motion_version_motion_id"))
        batch_op.drop_index(batch_op.f("ix_motion_version_author_id"))

    op.drop_table("motion_version")
    with op.batch_alter_table("motion_second", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_motion_second_member_id"))

    op.drop_table("motion_second")
    with op.batch_alter_table("motion_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_motion_note_motion_id"))

    op.drop_table("motion_note")
    with op.batch_alter_table("meeting_reply", schema=None) as batch_op:
        batch_op.drop_index("ix_meeting_reply_venue_id")
        batch_op.drop_index(batch_op.f("ix_meeting_reply_member_id"))

    op.drop_table("meeting_reply")
    with op.batch_alter_table("meeting_question_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_question_answer_member_id"))

    op.drop_table("meeting_question_answer")
    op.drop_table("hall_cards")
    with op.batch_alter_table("duty_revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_revision_report_id"))
        batch_op.drop_index(batch_op.f("ix_duty_revision_author_id"))

    op.drop_table("duty_revision")
    with op.batch_alter_table("duty_rating", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_rating_member_id"))

    op.drop_table("duty_rating")
    with op.batch_alter_table("duty_question", schema=None) as batch_op:
        batch_op.drop_index("ix_duty_question_state")
        batch_op.drop_index(batch_op.f("ix_duty_question_member_id"))

    op.drop_table("duty_question")
    with op.batch_alter_table("desk_seen", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_desk_seen_meeting_id"))

    op.drop_table("desk_seen")
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_item_id"))

    op.drop_table("workshop")
    op.drop_table("speaking_groups")
    with op.batch_alter_table("speaking_group_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_speaking_group_member_member_id"))

    op.drop_table("speaking_group_member")
    with op.batch_alter_table("reception_visitor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reception_visitor_member_id"))

    op.drop_table("reception_visitor")
    with op.batch_alter_table("raised_card", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_raised_card_member_id"))

    op.drop_table("raised_card")
    with op.batch_alter_table("projection", schema=None) as batch_op:
        batch_op.drop_index("ix_projection_meeting_id_number")

    op.drop_table("projection")
    op.drop_table("motion_terms")
    with op.batch_alter_table("motion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_motion_to_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_motion_target_id"))
        batch_op.drop_index(batch_op.f("ix_motion_referred_to"))
        batch_op.drop_index(batch_op.f("ix_motion_poll_id"))
        batch_op.drop_index(batch_op.f("ix_motion_origin_id"))
        batch_op.drop_index(batch_op.f("ix_motion_mover_id"))
        batch_op.drop_index("ix_motion_meeting_id_item_id")
        batch_op.drop_index(batch_op.f("ix_motion_item_id"))

    op.drop_table("motion")
    op.drop_table("meeting_sitting")
    with op.batch_alter_table("meeting_short_notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_short_notice_meeting_id"))

    op.drop_table("meeting_short_notice")
    with op.batch_alter_table("meeting_roll_sheet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_roll_sheet_member_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_roll_sheet_meeting_id"))

    op.drop_table("meeting_roll_sheet")
    with op.batch_alter_table("meeting_roll_detail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_roll_detail_member_id"))

    op.drop_table("meeting_roll_detail")
    with op.batch_alter_table("meeting_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_question_meeting_id"))

    op.drop_table("meeting_question")
    with op.batch_alter_table("meeting_proxy", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_meeting_proxy_principal",
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_meeting_proxy_principal_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_proxy_holder_id"))

    op.drop_table("meeting_proxy")
    op.drop_table("meeting_preparation")
    op.drop_table("meeting_broadcast")
    with op.batch_alter_table("duty_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_report_reporter_id"))
        batch_op.drop_index(batch_op.f("ix_duty_report_item_id"))

    op.drop_table("duty_report")
    with op.batch_alter_table("caption_track", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_caption_track_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_caption_track_author_id"))

    op.drop_table("caption_track")
