"""begin"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ballot",
        sa.Column("poll_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("canonical", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "commitment", name=op.f("pk_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "due",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due")),
        sa.UniqueConstraint("kind", "subject", name=op.f("uq_due_kind_subject")),
    )
    with op.batch_alter_table("due", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_due_at"), ["at"], unique=False)

    op.create_table(
        "event",
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("audience", sa.Integer(), nullable=False),
        sa.Column("payload", sa.String(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_event")),
        sa.UniqueConstraint("id", name=op.f("uq_event_id")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_subject"), ["subject"], unique=False)

    op.create_table(
        "idempotency_key",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("member_id", "key", name=op.f("pk_idempotency_key")),
    )
    with op.batch_alter_table("idempotency_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idempotency_key_at"), ["at"], unique=False)

    op.create_table(
        "link",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("target", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("source", "relation", "target", name=op.f("pk_link")),
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_target"), ["target"], unique=False)

    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("password", sa.String(), nullable=True),
        sa.Column("verified", sa.String(length=20), nullable=False),
        sa.Column("lang", sa.String(), nullable=True),
        sa.Column("theme", sa.String(length=20), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("login", name=op.f("uq_member_login")),
    )
    op.create_table(
        "member_first_link",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_member_first_link")),
    )
    op.create_table(
        "participation",
        sa.Column("poll_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("voter_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "voter_id", name=op.f("pk_participation")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "poll_closing",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_poll_closing")),
        sa.UniqueConstraint("poll_id", name=op.f("uq_poll_closing_poll_id")),
    )
    op.create_table(
        "sealed_ballot",
        sa.Column("poll_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("canonical", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "commitment", name=op.f("pk_sealed_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sealed_participation",
        sa.Column("poll_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("voter_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "voter_id", name=op.f("pk_sealed_participation")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "station",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("tier", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("hours", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["station.id"], name=op.f("fk_station_parent_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_station")),
        sa.UniqueConstraint("code", name=op.f("uq_station_code")),
    )
    with op.batch_alter_table("station", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_station_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "stream",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_stream")),
    )
    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("eligibility", sa.String(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=True),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["member.id"], name=op.f("fk_consultation_created_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_consultation_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
    )
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.create_index("ix_consultation_stage_id", ["stage", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_consultation_station_id"), ["station_id"], unique=False
        )

    op.create_table(
        "consultation_text_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["member.id"],
            name=op.f("fk_consultation_text_revision_author_id_member"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_text_revision")),
    )
    with op.batch_alter_table("consultation_text_revision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consultation_text_revision_subject"), ["subject"], unique=False
        )

    op.create_table(
        "credential",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_credential_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential")),
        sa.UniqueConstraint("digest", name=op.f("uq_credential_digest")),
    )
    with op.batch_alter_table("credential", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credential_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_credential_member_id"), ["member_id"], unique=False)

    op.create_table(
        "inbox_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_inbox_row_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_row")),
        sa.UniqueConstraint("member_id", "event_id", name=op.f("uq_inbox_row_member_id_event_id")),
    )
    with op.batch_alter_table("inbox_row", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inbox_row_member_id_read_at", ["member_id", "read_at"], unique=False
        )

    op.create_table(
        "member_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("granted_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["member.id"], name=op.f("fk_member_role_granted_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_member_role_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_role")),
    )
    with op.batch_alter_table("member_role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_role_member_id"), ["member_id"], unique=False)
        batch_op.create_index("ix_member_role_place_role", ["place", "role"], unique=False)

    op.create_table(
        "member_standing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_member_standing_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["member.id"], name=op.f("fk_member_standing_set_by_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_standing")),
    )
    with op.batch_alter_table("member_standing", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_member_standing_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index("ix_member_standing_place", ["place", "kind"], unique=False)

    op.create_table(
        "named_ballot",
        sa.Column("poll_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("voter_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["voter_id"], ["member.id"], name=op.f("fk_named_ballot_voter_id_member")
        ),
        sa.PrimaryKeyConstraint("poll_id", "voter_id", name=op.f("pk_named_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("reporter_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("resolved_by", sa.Integer(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_report_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["member.id"], name=op.f("fk_report_reporter_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by"], ["member.id"], name=op.f("fk_report_resolved_by_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("about", "reporter_id", name=op.f("uq_report_about_reporter_id")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_reporter_id"), ["reporter_id"], unique=False)
        batch_op.create_index("ix_report_state", ["state", "id"], unique=False)

    op.create_table(
        "sanction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("imposed_by", sa.Integer(), nullable=True),
        sa.Column("lifted_by", sa.Integer(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["imposed_by"], ["member.id"], name=op.f("fk_sanction_imposed_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by"], ["member.id"], name=op.f("fk_sanction_lifted_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_sanction_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanction")),
    )
    with op.batch_alter_table("sanction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sanction_member_id"), ["member_id"], unique=False)
        batch_op.create_index("ix_sanction_place", ["place", "id"], unique=False)

    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("audience", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["member.id"], name=op.f("fk_stored_file_owner_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
    )
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stored_file_digest"), ["digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_stored_file_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stored_file_place"), ["place"], unique=False)

    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("audience", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=120), nullable=False),
        sa.Column("handler_id", sa.Integer(), nullable=True),
        sa.Column("supervisor_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("urged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["handler_id"], ["member.id"], name=op.f("fk_task_handler_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["supervisor_id"], ["member.id"], name=op.f("fk_task_supervisor_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index("ix_task_handler_id_due", ["handler_id", "due"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_place"), ["place"], unique=False)
        batch_op.create_index("ix_task_status_due", ["status", "due"], unique=False)
        batch_op.create_index("ix_task_supervisor_id_due", ["supervisor_id", "due"], unique=False)

    op.create_table(
        "consultation_briefing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_briefing_consultation_id_consultation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_briefing")),
    )
    with op.batch_alter_table("consultation_briefing", schema=None) as batch_op:
        batch_op.create_index(
            "ix_consultation_briefing_place", ["consultation_id", "position"], unique=False
        )

    op.create_table(
        "consultation_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("moved_by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_move_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["moved_by"], ["member.id"], name=op.f("fk_consultation_move_moved_by_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_move")),
    )
    with op.batch_alter_table("consultation_move", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consultation_move_consultation_id"), ["consultation_id"], unique=False
        )

    op.create_table(
        "consultation_participant",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"], ["member.id"], name=op.f("fk_consultation_participant_added_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_participant_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_consultation_participant_member_id_member")
        ),
        sa.PrimaryKeyConstraint(
            "consultation_id", "member_id", name=op.f("pk_consultation_participant")
        ),
    )
    with op.batch_alter_table("consultation_participant", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consultation_participant_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "consultation_stage",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_stage_consultation_id_consultation"),
        ),
        sa.PrimaryKeyConstraint("consultation_id", "stage", name=op.f("pk_consultation_stage")),
    )
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("voices", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_item_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["item.id"], name=op.f("fk_item_parent_id_item")),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["member.id"], name=op.f("fk_item_proposed_by_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
    )
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.create_index(
            "ix_item_consultation_id_path", ["consultation_id", "path"], unique=False
        )

    op.create_table(
        "outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_outcome_consultation_id_consultation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("consultation_id", name=op.f("uq_outcome_consultation_id")),
    )
    op.create_table(
        "report_place",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_place_report_id_report")
        ),
        sa.PrimaryKeyConstraint("report_id", "place", name=op.f("pk_report_place")),
    )
    with op.batch_alter_table("report_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_place_place"), ["place"], unique=False)

    op.create_table(
        "task_concern",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_task_concern_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_task_concern_task_id_task")
        ),
        sa.PrimaryKeyConstraint("task_id", "member_id", name=op.f("pk_task_concern")),
    )
    with op.batch_alter_table("task_concern", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_concern_member_id"), ["member_id"], unique=False)

    op.create_table(
        "task_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_task_note_author_id_member")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_note_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_note")),
    )
    with op.batch_alter_table("task_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_note_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_note_task_id"), ["task_id"], unique=False)

    op.create_table(
        "task_rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("rating", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_task_rating_member_id_member")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_rating_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_rating")),
        sa.UniqueConstraint(
            "task_id", "round", "member_id", name=op.f("uq_task_rating_task_id_round_member_id")
        ),
    )
    with op.batch_alter_table("task_rating", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_rating_member_id"), ["member_id"], unique=False)

    op.create_table(
        "argument",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column(
            "path", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("revisions", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.Column("beneath", sa.Integer(), nullable=False),
        sa.Column("agree", sa.Integer(), nullable=False),
        sa.Column("disagree", sa.Integer(), nullable=False),
        sa.Column("passes", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("hiding_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_argument_author_id_member")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_argument_item_id_item")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["argument.id"], name=op.f("fk_argument_parent_id_argument")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_argument")),
    )
    with op.batch_alter_table("argument", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_argument_author_id"), ["author_id"], unique=False)
        batch_op.create_index("ix_argument_item_id_id", ["item_id", "id"], unique=False)
        batch_op.create_index(
            "ix_argument_item_id_path", ["item_id", "path", "depth"], unique=False
        )
        batch_op.create_index("ix_argument_item_id_score", ["item_id", "score", "id"], unique=False)
        batch_op.create_index(
            "ix_argument_item_id_side_path", ["item_id", "side", "path"], unique=False
        )

    op.create_table(
        "import_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_import_source_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_import_source_item_id_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_source")),
    )
    with op.batch_alter_table("import_source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_source_address"), ["address"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_import_source_fingerprint"), ["fingerprint"], unique=False
        )

    op.create_table(
        "item_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("moved_by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_move_item_id_item")),
        sa.ForeignKeyConstraint(
            ["moved_by"], ["member.id"], name=op.f("fk_item_move_moved_by_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_move")),
    )
    with op.batch_alter_table("item_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_move_item_id"), ["item_id"], unique=False)

    op.create_table(
        "item_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_item_revision_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_item_revision_item_id_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_revision")),
    )
    with op.batch_alter_table("item_revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_revision_item_id"), ["item_id"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("quorum", sa.String(), nullable=False),
        sa.Column("current_item_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resumes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("adjourned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_meeting_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["member.id"], name=op.f("fk_meeting_created_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["current_item_id"], ["item.id"], name=op.f("fk_meeting_current_item_id_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_meeting_consultation_id"), ["consultation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_meeting_starts_at"), ["starts_at"], unique=False)

    op.create_table(
        "outcome_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.Column("summary_html", sa.String(), nullable=False),
        sa.Column("reasons_html", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_outcome_revision_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcome.id"], name=op.f("fk_outcome_revision_outcome_id_outcome")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_revision")),
    )
    with op.batch_alter_table("outcome_revision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outcome_revision_author_id"), ["author_id"], unique=False
        )
        batch_op.create_index(
            "ix_outcome_revision_outcome_id_number", ["outcome_id", "number"], unique=False
        )

    op.create_table(
        "poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=64), nullable=True),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("secrecy", sa.String(length=10), nullable=False),
        sa.Column("quorum", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heads", sa.Integer(), nullable=True),
        sa.Column("eligible", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("rules_hash", sa.String(length=64), nullable=True),
        sa.Column("casting", sa.String(length=10), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_poll_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["member.id"], name=op.f("fk_poll_created_by_member")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_poll_item_id_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
    )
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_poll_consultation_id"), ["consultation_id"], unique=False
        )
        batch_op.create_index("ix_poll_item_id", ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_poll_meeting"), ["meeting"], unique=False)

    op.create_table(
        "argument_hiding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("argument_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("hidden_by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("restored_by", sa.Integer(), nullable=True),
        sa.Column("restored_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["argument_id"], ["argument.id"], name=op.f("fk_argument_hiding_argument_id_argument")
        ),
        sa.ForeignKeyConstraint(
            ["hidden_by"], ["member.id"], name=op.f("fk_argument_hiding_hidden_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["restored_by"], ["member.id"], name=op.f("fk_argument_hiding_restored_by_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_argument_hiding")),
    )
    with op.batch_alter_table("argument_hiding", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_argument_hiding_argument_id"), ["argument_id"], unique=False
        )

    op.create_table(
        "argument_reaction",
        sa.Column("argument_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["argument_id"], ["argument.id"], name=op.f("fk_argument_reaction_argument_id_argument")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_argument_reaction_member_id_member")
        ),
        sa.PrimaryKeyConstraint("argument_id", "member_id", name=op.f("pk_argument_reaction")),
    )
    with op.batch_alter_table("argument_reaction", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_argument_reaction_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "argument_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("argument_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["argument_id"], ["argument.id"], name=op.f("fk_argument_revision_argument_id_argument")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_argument_revision_author_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_argument_revision")),
    )
    with op.batch_alter_table("argument_revision", schema=None) as batch_op:
        batch_op.create_index(
            "ix_argument_revision_argument", ["argument_id", "number"], unique=True
        )
        batch_op.create_index(
            batch_op.f("ix_argument_revision_author_id"), ["author_id"], unique=False
        )

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("basis", sa.String(length=12), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_decision_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_decision_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_decision_item_id_item")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_decision_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_decision_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_decision_consultation_id"), ["consultation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_decision_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_poll_id"), ["poll_id"], unique=False)

    op.create_table(
        "import_person",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_import_person_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["import_source.id"],
            name=op.f("fk_import_person_source_id_import_source"),
        ),
        sa.PrimaryKeyConstraint("source_id", "key", name=op.f("pk_import_person")),
    )
    with op.batch_alter_table("import_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_person_member_id"), ["member_id"], unique=False)

    op.create_table(
        "import_statement",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("argument_id", sa.Integer(), nullable=False),
        sa.Column("text_digest", sa.String(), nullable=False),
        sa.Column("review", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["argument_id"], ["argument.id"], name=op.f("fk_import_statement_argument_id_argument")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["import_source.id"],
            name=op.f("fk_import_statement_source_id_import_source"),
        ),
        sa.PrimaryKeyConstraint("source_id", "key", name=op.f("pk_import_statement")),
        sa.UniqueConstraint("argument_id", name=op.f("uq_import_statement_argument_id")),
    )
    op.create_table(
        "meeting_item",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_meeting_item_item_id_item")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_item_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "item_id", name=op.f("pk_meeting_item")),
    )
    with op.batch_alter_table("meeting_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_item_item_id"), ["item_id"], unique=False)

    op.create_table(
        "meeting_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_meeting_notice_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_notice_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_notice")),
    )
    with op.batch_alter_table("meeting_notice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_meeting_notice_meeting_id"), ["meeting_id"], unique=False
        )

    op.create_table(
        "meeting_poll",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_meeting_poll_item_id_item")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_poll_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["poll.id"], name=op.f("fk_meeting_poll_poll_id_poll")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "poll_id", name=op.f("pk_meeting_poll")),
        sa.UniqueConstraint("poll_id", name=op.f("uq_meeting_poll_poll_id")),
    )
    op.create_table(
        "meeting_roll",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("entitled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_roll_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_meeting_roll_member_id_member")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "member_id", name=op.f("pk_meeting_roll")),
    )
    with op.batch_alter_table("meeting_roll", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_roll_member_id"), ["member_id"], unique=False)

    op.create_table(
        "meeting_venue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=True),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("link_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_venue_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["member.id"], name=op.f("fk_meeting_venue_operator_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_venue")),
    )
    with op.batch_alter_table("meeting_venue", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_meeting_venue_meeting_id"), ["meeting_id"], unique=False
        )

    op.create_table(
        "minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("circulated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("record", sa.String(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("signature", sa.String(length=128), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_minutes_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes")),
        sa.UniqueConstraint("meeting_id", "version", name=op.f("uq_minutes_meeting_id_version")),
    )
    op.create_table(
        "minutes_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry", sa.String(length=24), nullable=False),
        sa.Column("change", sa.String(length=8), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_minutes_correction_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_correction_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_correction")),
    )
    with op.batch_alter_table("minutes_correction", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_minutes_correction_meeting_id"), ["meeting_id"], unique=False
        )

    op.create_table(
        "outcome_told",
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_outcome_told_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcome.id"], name=op.f("fk_outcome_told_outcome_id_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["outcome_revision.id"],
            name=op.f("fk_outcome_told_revision_id_outcome_revision"),
        ),
        sa.PrimaryKeyConstraint("outcome_id", "member_id", name=op.f("pk_outcome_told")),
    )
    with op.batch_alter_table("outcome_told", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outcome_told_member_id"), ["member_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_outcome_told_revision_id"), ["revision_id"], unique=False
        )

    op.create_table(
        "poll_entitlement",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("venue", sa.String(length=64), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_poll_entitlement_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["poll.id"], name=op.f("fk_poll_entitlement_poll_id_poll")
        ),
        sa.PrimaryKeyConstraint("poll_id", "member_id", name=op.f("pk_poll_entitlement")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("poll_entitlement", schema=None) as batch_op:
        batch_op.create_index("ix_poll_entitlement_member_id", ["member_id"], unique=False)

    op.create_table(
        "poll_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("venue", sa.String(length=64), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_poll_note_author_id_member")
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_note_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_note")),
    )
    with op.batch_alter_table("poll_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_note_poll_id"), ["poll_id"], unique=False)

    op.create_table(
        "poll_turnout",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["poll.id"], name=op.f("fk_poll_turnout_poll_id_poll")
        ),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_poll_turnout")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "quorum_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("quorum", sa.String(), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("declared_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declared_by"], ["member.id"], name=op.f("fk_quorum_check_declared_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_quorum_check_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quorum_check")),
    )
    with op.batch_alter_table("quorum_check", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_quorum_check_meeting_id"), ["meeting_id"], unique=False
        )

    op.create_table(
        "speaking_list",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_speaking_list_item_id_item")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_speaking_list_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "item_id", name=op.f("pk_speaking_list")),
    )
    with op.batch_alter_table("speaking_list", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_speaking_list_item_id"), ["item_id"], unique=False)

    op.create_table(
        "venue_tally",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("venue", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("counted", sa.Text(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["member.id"], name=op.f("fk_venue_tally_confirmed_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["member.id"], name=op.f("fk_venue_tally_entered_by_member")
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_venue_tally_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", "venue", "channel", name=op.f("pk_venue_tally")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_attendance_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["member.id"], name=op.f("fk_attendance_recorded_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["meeting_venue.id"], name=op.f("fk_attendance_venue_id_meeting_venue")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(
            "ix_attendance_meeting_id_venue_id", ["meeting_id", "venue_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_attendance_member_id"), ["member_id"], unique=False)
        batch_op.create_index(
            "uq_attendance_open",
            ["meeting_id", "member_id"],
            unique=True,
            sqlite_where=sa.text("out_at IS NULL"),
            postgresql_where=sa.text("out_at IS NULL"),
        )

    op.create_table(
        "decision_withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_decision_withdrawal_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.id"],
            name=op.f("fk_decision_withdrawal_decision_id_decision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_withdrawal")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_decision_withdrawal_decision_id")),
    )
    with op.batch_alter_table("decision_withdrawal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_decision_withdrawal_author_id"), ["author_id"], unique=False
        )

    op.create_table(
        "minutes_name",
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_minutes_name_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_name_minutes_id_minutes")
        ),
        sa.PrimaryKeyConstraint("minutes_id", "member_id", name=op.f("pk_minutes_name")),
    )
    with op.batch_alter_table("minutes_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_minutes_name_member_id"), ["member_id"], unique=False)

    op.create_table(
        "minutes_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_minutes_request_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_request_minutes_id_minutes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_request")),
    )
    with op.batch_alter_table("minutes_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_minutes_request_author_id"), ["author_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_minutes_request_minutes_id"), ["minutes_id"], unique=False
        )

    op.create_table(
        "minutes_signature",
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_minutes_signature_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_signature_minutes_id_minutes")
        ),
        sa.PrimaryKeyConstraint("minutes_id", "role", name=op.f("pk_minutes_signature")),
    )
    with op.batch_alter_table("minutes_signature", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_minutes_signature_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "speech",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remaining_ms", sa.Integer(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("spent_ms", sa.Integer(), nullable=False),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_speech_item_id_item")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_speech_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_speech_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["member.id"], name=op.f("fk_speech_recorded_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["meeting_venue.id"], name=op.f("fk_speech_venue_id_meeting_venue")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speech")),
    )
    with op.batch_alter_table("speech", schema=None) as batch_op:
        batch_op.create_index(
            "ix_speech_meeting_id_item_id", ["meeting_id", "item_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_speech_member_id"), ["member_id"], unique=False)
        batch_op.create_index(
            "uq_speech_holder",
            ["meeting_id"],
            unique=True,
            sqlite_where=sa.text("state = 'speaking'"),
            postgresql_where=sa.text("state = 'speaking'"),
        )
        batch_op.create_index(
            "uq_speech_waiting",
            ["meeting_id", "member_id", "lane"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "minutes_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_minutes_answer_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["minutes_request.id"],
            name=op.f("fk_minutes_answer_request_id_minutes_request"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_answer")),
        sa.UniqueConstraint("request_id", name=op.f("uq_minutes_answer_request_id")),
    )
    with op.batch_alter_table("minutes_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_minutes_answer_author_id"), ["author_id"], unique=False
        )

    op.create_table(
        "point_of_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("speech_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_point_of_order_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["speech_id"], ["speech.id"], name=op.f("fk_point_of_order_speech_id_speech")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_of_order")),
        sa.UniqueConstraint("speech_id", name=op.f("uq_point_of_order_speech_id")),
    )
    with op.batch_alter_table("point_of_order", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_point_of_order_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "speech_preference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("speech_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("chair_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["chair_id"], ["member.id"], name=op.f("fk_speech_preference_chair_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["speech_id"], ["speech.id"], name=op.f("fk_speech_preference_speech_id_speech")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speech_preference")),
        sa.UniqueConstraint("speech_id", name=op.f("uq_speech_preference_speech_id")),
    )
    op.create_table(
        "point_of_order_ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("ruling", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("chair_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["chair_id"], ["member.id"], name=op.f("fk_point_of_order_ruling_chair_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["point_id"],
            ["point_of_order.id"],
            name=op.f("fk_point_of_order_ruling_point_id_point_of_order"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_of_order_ruling")),
        sa.UniqueConstraint("point_id", name=op.f("uq_point_of_order_ruling_point_id")),
    )


def downgrade() -> None:
    op.drop_table("point_of_order_ruling")
    op.drop_table("speech_preference")
    with op.batch_alter_table("point_of_order", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_point_of_order_member_id"))

    op.drop_table("point_of_order")
    with op.batch_alter_table("minutes_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_minutes_answer_author_id"))

    op.drop_table("minutes_answer")
    with op.batch_alter_table("speech", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_speech_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(
            "uq_speech_holder",
            sqlite_where=sa.text("state = 'speaking'"),
            postgresql_where=sa.text("state = 'speaking'"),
        )
        batch_op.drop_index(batch_op.f("ix_speech_member_id"))
        batch_op.drop_index("ix_speech_meeting_id_item_id")

    op.drop_table("speech")
    with op.batch_alter_table("minutes_signature", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_minutes_signature_member_id"))

    op.drop_table("minutes_signature")
    with op.batch_alter_table("minutes_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_minutes_request_minutes_id"))
        batch_op.drop_index(batch_op.f("ix_minutes_request_author_id"))

    op.drop_table("minutes_request")
    with op.batch_alter_table("minutes_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_minutes_name_member_id"))

    op.drop_table("minutes_name")
    with op.batch_alter_table("decision_withdrawal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_withdrawal_author_id"))

    op.drop_table("decision_withdrawal")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_attendance_open",
            sqlite_where=sa.text("out_at IS NULL"),
            postgresql_where=sa.text("out_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_attendance_member_id"))
        batch_op.drop_index("ix_attendance_meeting_id_venue_id")

    op.drop_table("attendance")
    op.drop_table("venue_tally")
    with op.batch_alter_table("speaking_list", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_speaking_list_item_id"))

    op.drop_table("speaking_list")
    with op.batch_alter_table("quorum_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quorum_check_meeting_id"))

    op.drop_table("quorum_check")
    op.drop_table("poll_turnout")
    with op.batch_alter_table("poll_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_note_poll_id"))

    op.drop_table("poll_note")
    with op.batch_alter_table("poll_entitlement", schema=None) as batch_op:
        batch_op.drop_index("ix_poll_entitlement_member_id")

    op.drop_table("poll_entitlement")
    with op.batch_alter_table("outcome_told", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outcome_told_revision_id"))
        batch_op.drop_index(batch_op.f("ix_outcome_told_member_id"))

    op.drop_table("outcome_told")
    with op.batch_alter_table("minutes_correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_minutes_correction_meeting_id"))

    op.drop_table("minutes_correction")
    op.drop_table("minutes")
    with op.batch_alter_table("meeting_venue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_venue_meeting_id"))

    op.drop_table("meeting_venue")
    with op.batch_alter_table("meeting_roll", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_roll_member_id"))

    op.drop_table("meeting_roll")
    op.drop_table("meeting_poll")
    with op.batch_alter_table("meeting_notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_notice_meeting_id"))

    op.drop_table("meeting_notice")
    with op.batch_alter_table("meeting_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_item_item_id"))

    op.drop_table("meeting_item")
    op.drop_table("import_statement")
    with op.batch_alter_table("import_person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_person_member_id"))

    op.drop_table("import_person")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_poll_id"))
        batch_op.drop_index(batch_op.f("ix_decision_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_decision_item_id"))
        batch_op.drop_index(batch_op.f("ix_decision_consultation_id"))
        batch_op.drop_index(batch_op.f("ix_decision_author_id"))

    op.drop_table("decision")
    with op.batch_alter_table("argument_revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_argument_revision_author_id"))
        batch_op.drop_index("ix_argument_revision_argument")

    op.drop_table("argument_revision")
    with op.batch_alter_table("argument_reaction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_argument_reaction_member_id"))

    op.drop_table("argument_reaction")
    with op.batch_alter_table("argument_hiding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_argument_hiding_argument_id"))

    op.drop_table("argument_hiding")
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_meeting"))
        batch_op.drop_index("ix_poll_item_id")
        batch_op.drop_index(batch_op.f("ix_poll_consultation_id"))

    op.drop_table("poll")
    with op.batch_alter_table("outcome_revision", schema=None) as batch_op:
        batch_op.drop_index("ix_outcome_revision_outcome_id_number")
        batch_op.drop_index(batch_op.f("ix_outcome_revision_author_id"))

    op.drop_table("outcome_revision")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_starts_at"))
        batch_op.drop_index(batch_op.f("ix_meeting_consultation_id"))

    op.drop_table("meeting")
    with op.batch_alter_table("item_revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_revision_item_id"))

    op.drop_table("item_revision")
    with op.batch_alter_table("item_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_move_item_id"))

    op.drop_table("item_move")
    with op.batch_alter_table("import_source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_source_fingerprint"))
        batch_op.drop_index(batch_op.f("ix_import_source_address"))

    op.drop_table("import_source")
    with op.batch_alter_table("argument", schema=None) as batch_op:
        batch_op.drop_index("ix_argument_item_id_side_path")
        batch_op.drop_index("ix_argument_item_id_score")
        batch_op.drop_index("ix_argument_item_id_path")
        batch_op.drop_index("ix_argument_item_id_id")
        batch_op.drop_index(batch_op.f("ix_argument_author_id"))

    op.drop_table("argument")
    with op.batch_alter_table("task_rating", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_rating_member_id"))

    op.drop_table("task_rating")
    with op.batch_alter_table("task_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_note_task_id"))
        batch_op.drop_index(batch_op.f("ix_task_note_author_id"))

    op.drop_table("task_note")
    with op.batch_alter_table("task_concern", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_concern_member_id"))

    op.drop_table("task_concern")
    with op.batch_alter_table("report_place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_place_place"))

    op.drop_table("report_place")
    op.drop_table("outcome")
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_index("ix_item_consultation_id_path")

    op.drop_table("item")
    op.drop_table("consultation_stage")
    with op.batch_alter_table("consultation_participant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultation_participant_member_id"))

    op.drop_table("consultation_participant")
    with op.batch_alter_table("consultation_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultation_move_consultation_id"))

    op.drop_table("consultation_move")
    with op.batch_alter_table("consultation_briefing", schema=None) as batch_op:
        batch_op.drop_index("ix_consultation_briefing_place")

    op.drop_table("consultation_briefing")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index("ix_task_supervisor_id_due")
        batch_op.drop_index("ix_task_status_due")
        batch_op.drop_index(batch_op.f("ix_task_place"))
        batch_op.drop_index("ix_task_handler_id_due")

    op.drop_table("task")
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stored_file_place"))
        batch_op.drop_index(batch_op.f("ix_stored_file_owner_id"))
        batch_op.drop_index(batch_op.f("ix_stored_file_digest"))

    op.drop_table("stored_file")
    with op.batch_alter_table("sanction", schema=None) as batch_op:
        batch_op.drop_index("ix_sanction_place")
        batch_op.drop_index(batch_op.f("ix_sanction_member_id"))

    op.drop_table("sanction")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index("ix_report_state")
        batch_op.drop_index(batch_op.f("ix_report_reporter_id"))

    op.drop_table("report")
    op.drop_table("named_ballot")
    with op.batch_alter_table("member_standing", schema=None) as batch_op:
        batch_op.drop_index("ix_member_standing_place")
        batch_op.drop_index(batch_op.f("ix_member_standing_member_id"))

    op.drop_table("member_standing")
    with op.batch_alter_table("member_role", schema=None) as batch_op:
        batch_op.drop_index("ix_member_role_place_role")
        batch_op.drop_index(batch_op.f("ix_member_role_member_id"))

    op.drop_table("member_role")
    with op.batch_alter_table("inbox_row", schema=None) as batch_op:
        batch_op.drop_index("ix_inbox_row_member_id_read_at")

    op.drop_table("inbox_row")
    with op.batch_alter_table("credential", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_credential_member_id"))
        batch_op.drop_index(batch_op.f("ix_credential_expires_at"))

    op.drop_table("credential")
    with op.batch_alter_table("consultation_text_revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultation_text_revision_subject"))

    op.drop_table("consultation_text_revision")
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultation_station_id"))
        batch_op.drop_index("ix_consultation_stage_id")

    op.drop_table("consultation")
    op.drop_table("stream")
    with op.batch_alter_table("station", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_station_parent_id"))

    op.drop_table("station")
    op.drop_table("sealed_participation")
    op.drop_table("sealed_ballot")
    op.drop_table("poll_closing")
    op.drop_table("participation")
    op.drop_table("member_first_link")
    op.drop_table("member")
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_target"))

    op.drop_table("link")
    with op.batch_alter_table("idempotency_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idempotency_key_at"))

    op.drop_table("idempotency_key")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_subject"))
        batch_op.drop_index(batch_op.f("ix_event_at"))

    op.drop_table("event")
    with op.batch_alter_table("due", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_due_at"))

    op.drop_table("due")
    op.drop_table("ballot")
