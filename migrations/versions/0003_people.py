"""people"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dead_address",
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("channel", "address", name=op.f("pk_dead_address")),
    )
    with op.batch_alter_table("dead_address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dead_address_member_id"), ["member_id"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("letter", sa.String(), nullable=True),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("bulk", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.String(length=32), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("mark", name=op.f("uq_delivery_mark")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_member_id"), ["member_id"], unique=False)
        batch_op.create_index("ix_delivery_state_due", ["state", "due"], unique=False)

    op.create_table(
        "member_failures",
        sa.Column("door", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("door", name=op.f("pk_member_failures")),
    )
    with op.batch_alter_table("member_failures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_failures_last_at"), ["last_at"], unique=False)

    op.create_table(
        "member_provider_spent",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_member_provider_spent")),
    )
    with op.batch_alter_table("member_provider_spent", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_member_provider_spent_expires_at"), ["expires_at"], unique=False
        )

    op.create_table(
        "moderation_reason",
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("lang", sa.String(length=20), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("place", "rule", "lang", name=op.f("pk_moderation_reason")),
    )
    op.create_table(
        "moderation_screen",
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("screen", sa.String(length=20), nullable=False),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", "screen", name=op.f("pk_moderation_screen")),
    )
    op.create_table(
        "news_item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("feed", sa.String(length=20), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_item")),
        sa.UniqueConstraint("place", "event_id", name=op.f("uq_news_item_place_event_id")),
    )
    with op.batch_alter_table("news_item", schema=None) as batch_op:
        batch_op.create_index("ix_news_item_place_feed", ["place", "feed", "id"], unique=False)

    op.create_table(
        "calendar_link",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_calendar_link_member_id_member")
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_calendar_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_calendar_link_digest")),
    )
    op.create_table(
        "childhood",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("grown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_childhood_member_id_member")
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_childhood")),
    )
    op.create_table(
        "committee_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_committee_term_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_term")),
        sa.UniqueConstraint(
            "station_id", "number", name=op.f("uq_committee_term_station_id_number")
        ),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_consent_by_id_member")),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["member.id"], name=op.f("fk_consent_ended_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_consent_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_member_id"), ["member_id"], unique=False)
        batch_op.create_index(
            "ix_consent_open",
            ["member_id", "purpose"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "consultation_setup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=True),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_consultation_setup_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_consultation_setup_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_setup")),
    )
    with op.batch_alter_table("consultation_setup", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consultation_setup_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "consultation_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["member.id"], name=op.f("fk_consultation_template_saved_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_consultation_template_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_template")),
    )
    with op.batch_alter_table("consultation_template", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consultation_template_station_id"), ["station_id"], unique=False
        )

    op.create_table(
        "erasure",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_erasure_member_id_member")
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_erasure")),
    )
    op.create_table(
        "follow",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=64), nullable=False),
        sa.Column("verb", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_follow_member_id_member")
        ),
        sa.PrimaryKeyConstraint("member_id", "ref", name=op.f("pk_follow")),
    )
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_ref"), ["ref"], unique=False)

    op.create_table(
        "hook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("dialect", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=True),
        sa.Column("feeds", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["member.id"], name=op.f("fk_hook_made_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hook")),
    )
    with op.batch_alter_table("hook", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hook_place"), ["place"], unique=False)

    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_measure_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["member.id"], name=op.f("fk_measure_taken_by_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_about"), ["about"], unique=False)
        batch_op.create_index(batch_op.f("ix_measure_member_id"), ["member_id"], unique=False)
        batch_op.create_index("ix_measure_place_at", ["place", "at"], unique=False)

    op.create_table(
        "member_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["member.id"], name=op.f("fk_member_contact_confirmed_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_member_contact_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_contact")),
        sa.UniqueConstraint(
            "member_id", "kind", "digest", name=op.f("uq_member_contact_member_id_kind_digest")
        ),
    )
    with op.batch_alter_table("member_contact", schema=None) as batch_op:
        batch_op.create_index(
            "ix_member_contact_confirmed_mail",
            ["digest"],
            unique=True,
            sqlite_where=sa.text("kind = 'mail' AND confirmed_at IS NOT NULL"),
            postgresql_where=sa.text("kind = 'mail' AND confirmed_at IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_member_contact_digest"), ["digest"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_member_contact_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "member_contact_access",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["member.id"], name=op.f("fk_member_contact_access_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_member_contact_access_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_contact_access")),
    )
    with op.batch_alter_table("member_contact_access", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_contact_access_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_member_contact_access_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "member_provider",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("provider", sa.String(length=30), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_member_provider_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_provider")),
        sa.UniqueConstraint("digest", name=op.f("uq_member_provider_digest")),
        sa.UniqueConstraint(
            "member_id", "provider", name=op.f("uq_member_provider_member_id_provider")
        ),
    )
    op.create_table(
        "member_recovery_code",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_member_recovery_code_member_id_member")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_member_recovery_code")),
    )
    with op.batch_alter_table("member_recovery_code", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_member_recovery_code_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "member_second_factor",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_member_second_factor_member_id_member")
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_member_second_factor")),
    )
    op.create_table(
        "member_verification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["member.id"], name=op.f("fk_member_verification_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_member_verification_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_verification")),
    )
    with op.batch_alter_table("member_verification", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_member_verification_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "member_visit",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("here_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_member_visit_member_id_member")
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_member_visit")),
    )
    op.create_table(
        "minutes_archive",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("lang", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("consultations", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_minutes_archive_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_minutes_archive_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_archive")),
    )
    with op.batch_alter_table("minutes_archive", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_minutes_archive_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_minutes_archive_station_id"), ["station_id"], unique=False
        )

    op.create_table(
        "moderation_claim",
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_moderation_claim_member_id_member")
        ),
        sa.PrimaryKeyConstraint("about", name=op.f("pk_moderation_claim")),
    )
    op.create_table(
        "moderation_flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_moderation_flag_author_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_flag")),
    )
    with op.batch_alter_table("moderation_flag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moderation_flag_about"), ["about"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_moderation_flag_author_id"), ["author_id"], unique=False
        )
        batch_op.create_index("ix_moderation_flag_open", ["settled_at", "about"], unique=False)

    op.create_table(
        "outbox_habit",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("digest_hour", sa.Integer(), nullable=False),
        sa.Column("digest_day", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_to", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_outbox_habit_member_id_member")
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_outbox_habit")),
    )
    op.create_table(
        "outbox_preference",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("group", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("pace", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_outbox_preference_member_id_member")
        ),
        sa.PrimaryKeyConstraint("member_id", "group", "place", name=op.f("pk_outbox_preference")),
    )
    op.create_table(
        "outbox_waiting",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("via", sa.String(length=64), nullable=True),
        sa.Column("group", sa.String(length=20), nullable=False),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pace", sa.String(length=10), nullable=True),
        sa.Column("due", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_outbox_waiting_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_waiting")),
        sa.UniqueConstraint(
            "member_id", "event_id", name=op.f("uq_outbox_waiting_member_id_event_id")
        ),
    )
    with op.batch_alter_table("outbox_waiting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_waiting_due"), ["due"], unique=False)

    op.create_table(
        "people_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_people_sheet_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_sheet")),
    )
    with op.batch_alter_table("people_sheet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_sheet_member_id"), ["member_id"], unique=False)

    op.create_table(
        "person_card",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_person_card_member_id_member")
        ),
        sa.PrimaryKeyConstraint("member_id", "place", name=op.f("pk_person_card")),
    )
    op.create_table(
        "place_acceptance",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_place_acceptance_member_id_member")
        ),
        sa.PrimaryKeyConstraint("member_id", "place", "number", name=op.f("pk_place_acceptance")),
    )
    op.create_table(
        "place_setting",
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["member.id"], name=op.f("fk_place_setting_changed_by_member")
        ),
        sa.PrimaryKeyConstraint("place", "key", name=op.f("pk_place_setting")),
    )
    op.create_table(
        "place_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_place_text_author_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_text")),
        sa.UniqueConstraint(
            "place", "kind", "number", name=op.f("uq_place_text_place_kind_number")
        ),
    )
    op.create_table(
        "push_subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_push_subscription_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_subscription")),
        sa.UniqueConstraint("digest", name=op.f("uq_push_subscription_digest")),
    )
    with op.batch_alter_table("push_subscription", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_push_subscription_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "received_letter",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_received_letter_member_id_member")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_received_letter")),
    )
    with op.batch_alter_table("received_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_received_letter_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_received_letter_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "station_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by"], ["member.id"], name=op.f("fk_station_card_made_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_station_card_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_station_card_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_station_card")),
        sa.UniqueConstraint("digest", name=op.f("uq_station_card_digest")),
    )
    with op.batch_alter_table("station_card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_station_card_member_id"), ["member_id"], unique=False)

    op.create_table(
        "station_slip_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by"], ["member.id"], name=op.f("fk_station_slip_batch_made_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_station_slip_batch_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_station_slip_batch")),
    )
    with op.batch_alter_table("station_slip_batch", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_station_slip_batch_station_id"), ["station_id"], unique=False
        )

    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("alt", sa.String(length=500), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_upload_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_upload_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_upload_member_id"), ["member_id"], unique=False)

    op.create_table(
        "committee_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=20), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_committee_seat_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["term_id"],
            ["committee_term.id"],
            name=op.f("fk_committee_seat_term_id_committee_term"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_seat")),
    )
    with op.batch_alter_table("committee_seat", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_committee_seat_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_committee_seat_term_id"), ["term_id"], unique=False)

    op.create_table(
        "consultation_category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_category_consultation_id_consultation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_category")),
        sa.UniqueConstraint(
            "consultation_id", "name", name=op.f("uq_consultation_category_consultation_id_name")
        ),
    )
    op.create_table(
        "measure_appeal",
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["member.id"], name=op.f("fk_measure_appeal_decided_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_measure_appeal_measure_id_measure")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_measure_appeal_member_id_member")
        ),
        sa.PrimaryKeyConstraint("measure_id", name=op.f("pk_measure_appeal")),
    )
    with op.batch_alter_table("measure_appeal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_measure_appeal_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_measure_appeal_state"), ["state"], unique=False)

    op.create_table(
        "measure_place",
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("distance", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_measure_place_measure_id_measure")
        ),
        sa.PrimaryKeyConstraint("measure_id", "place", name=op.f("pk_measure_place")),
    )
    with op.batch_alter_table("measure_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_place_place"), ["place"], unique=False)

    op.create_table(
        "member_entry_link",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.String(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("back", sa.String(length=300), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["member_contact.id"],
            name=op.f("fk_member_entry_link_contact_id_member_contact"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_member_entry_link_member_id_member")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_member_entry_link")),
    )
    with op.batch_alter_table("member_entry_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_member_entry_link_expires_at"), ["expires_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_member_entry_link_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "moderation_flag_place",
        sa.Column("flag_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["flag_id"],
            ["moderation_flag.id"],
            name=op.f("fk_moderation_flag_place_flag_id_moderation_flag"),
        ),
        sa.PrimaryKeyConstraint("flag_id", "place", name=op.f("pk_moderation_flag_place")),
    )
    with op.batch_alter_table("moderation_flag_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moderation_flag_place_place"), ["place"], unique=False)

    op.create_table(
        "station_slip",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["station_slip_batch.id"],
            name=op.f("fk_station_slip_batch_id_station_slip_batch"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_station_slip_member_id_member")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_station_slip")),
    )
    with op.batch_alter_table("station_slip", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_station_slip_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_station_slip_member_id"), ["member_id"], unique=False)

    op.create_table(
        "consultation_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("guests", sa.Boolean(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["consultation_category.id"],
            name=op.f("fk_consultation_invitation_category_id_consultation_category"),
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_invitation_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["member.id"], name=op.f("fk_consultation_invitation_made_by_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_invitation")),
    )
    with op.batch_alter_table("consultation_invitation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consultation_invitation_consultation_id"),
            ["consultation_id"],
            unique=False,
        )

    op.create_table(
        "item_held",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_item_held_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_item_held_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["member.id"], name=op.f("fk_item_held_decided_by_member")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_held_item_id_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_held")),
    )
    with op.batch_alter_table("item_held", schema=None) as batch_op:
        batch_op.create_index(
            "ix_item_held_author", ["author_id", "consultation_id", "state"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_item_held_consultation_id"), ["consultation_id"], unique=False
        )

    op.create_table(
        "argument_held",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("argument_id", sa.Integer(), nullable=True),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["argument_id"], ["argument.id"], name=op.f("fk_argument_held_argument_id_argument")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_argument_held_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["member.id"], name=op.f("fk_argument_held_decided_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_argument_held_item_id_item")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["argument.id"], name=op.f("fk_argument_held_parent_id_argument")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_argument_held")),
    )
    with op.batch_alter_table("argument_held", schema=None) as batch_op:
        batch_op.create_index(
            "ix_argument_held_author", ["author_id", "item_id", "state"], unique=False
        )
        batch_op.create_index("ix_argument_held_item", ["item_id", "id"], unique=False)

    op.create_table(
        "consultation_invitation_code",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["consultation_invitation.id"],
            name=op.f("fk_consultation_invitation_code_invitation_id_consultation_invitation"),
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_consultation_invitation_code")),
    )
    with op.batch_alter_table("consultation_invitation_code", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consultation_invitation_code_invitation_id"),
            ["invitation_id"],
            unique=False,
        )

    op.create_table(
        "consultation_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seated_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["consultation_category.id"],
            name=op.f("fk_consultation_place_category_id_consultation_category"),
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_place_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["consultation_invitation.id"],
            name=op.f("fk_consultation_place_invitation_id_consultation_invitation"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_consultation_place_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_place")),
        sa.UniqueConstraint(
            "consultation_id",
            "member_id",
            name=op.f("uq_consultation_place_consultation_id_member_id"),
        ),
    )
    with op.batch_alter_table("consultation_place", schema=None) as batch_op:
        batch_op.create_index(
            "ix_consultation_place_category_id", ["category_id", "seated_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_consultation_place_member_id"), ["member_id"], unique=False
        )

    with op.batch_alter_table("argument", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("credential", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seen_on", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("inbox_row", schema=None) as batch_op:
        batch_op.add_column(sa.Column("via", sa.String(length=64), nullable=True))

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("guest_of", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("minor", sa.String(length=10), nullable=True))

    with op.batch_alter_table("station", schema=None) as batch_op:
        batch_op.add_column(sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.add_column(sa.Column("alt", sa.String(length=500), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.drop_column("alt")

    with op.batch_alter_table("station", schema=None) as batch_op:
        batch_op.drop_column("archived_at")

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_column("minor")
        batch_op.drop_column("guest_of")

    with op.batch_alter_table("inbox_row", schema=None) as batch_op:
        batch_op.drop_column("via")

    with op.batch_alter_table("credential", schema=None) as batch_op:
        batch_op.drop_column("seen_on")

    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.drop_column("archived_at")

    with op.batch_alter_table("argument", schema=None) as batch_op:
        batch_op.drop_column("asked_at")

    with op.batch_alter_table("consultation_place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultation_place_member_id"))
        batch_op.drop_index("ix_consultation_place_category_id")

    op.drop_table("consultation_place")
    with op.batch_alter_table("consultation_invitation_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultation_invitation_code_invitation_id"))

    op.drop_table("consultation_invitation_code")
    with op.batch_alter_table("argument_held", schema=None) as batch_op:
        batch_op.drop_index("ix_argument_held_item")
        batch_op.drop_index("ix_argument_held_author")

    op.drop_table("argument_held")
    with op.batch_alter_table("item_held", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_held_consultation_id"))
        batch_op.drop_index("ix_item_held_author")

    op.drop_table("item_held")
    with op.batch_alter_table("consultation_invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultation_invitation_consultation_id"))

    op.drop_table("consultation_invitation")
    with op.batch_alter_table("station_slip", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_station_slip_member_id"))
        batch_op.drop_index(batch_op.f("ix_station_slip_batch_id"))

    op.drop_table("station_slip")
    with op.batch_alter_table("moderation_flag_place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_moderation_flag_place_place"))

    op.drop_table("moderation_flag_place")
    with op.batch_alter_table("member_entry_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_entry_link_member_id"))
        batch_op.drop_index(batch_op.f("ix_member_entry_link_expires_at"))

    op.drop_table("member_entry_link")
    with op.batch_alter_table("measure_place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_place_place"))

    op.drop_table("measure_place")
    with op.batch_alter_table("measure_appeal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_appeal_state"))
        batch_op.drop_index(batch_op.f("ix_measure_appeal_member_id"))

    op.drop_table("measure_appeal")
    op.drop_table("consultation_category")
    with op.batch_alter_table("committee_seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_committee_seat_term_id"))
        batch_op.drop_index(batch_op.f("ix_committee_seat_member_id"))

    op.drop_table("committee_seat")
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_upload_member_id"))
        batch_op.drop_index(batch_op.f("ix_upload_at"))

    op.drop_table("upload")
    with op.batch_alter_table("station_slip_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_station_slip_batch_station_id"))

    op.drop_table("station_slip_batch")
    with op.batch_alter_table("station_card", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_station_card_member_id"))

    op.drop_table("station_card")
    with op.batch_alter_table("received_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_received_letter_member_id"))
        batch_op.drop_index(batch_op.f("ix_received_letter_at"))

    op.drop_table("received_letter")
    with op.batch_alter_table("push_subscription", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_push_subscription_member_id"))

    op.drop_table("push_subscription")
    op.drop_table("place_text")
    op.drop_table("place_setting")
    op.drop_table("place_acceptance")
    op.drop_table("person_card")
    with op.batch_alter_table("people_sheet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_sheet_member_id"))

    op.drop_table("people_sheet")
    with op.batch_alter_table("outbox_waiting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_waiting_due"))

    op.drop_table("outbox_waiting")
    op.drop_table("outbox_preference")
    op.drop_table("outbox_habit")
    with op.batch_alter_table("moderation_flag", schema=None) as batch_op:
        batch_op.drop_index("ix_moderation_flag_open")
        batch_op.drop_index(batch_op.f("ix_moderation_flag_author_id"))
        batch_op.drop_index(batch_op.f("ix_moderation_flag_about"))

    op.drop_table("moderation_flag")
    op.drop_table("moderation_claim")
    with op.batch_alter_table("minutes_archive", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_minutes_archive_station_id"))
        batch_op.drop_index(batch_op.f("ix_minutes_archive_member_id"))

    op.drop_table("minutes_archive")
    op.drop_table("member_visit")
    with op.batch_alter_table("member_verification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_verification_member_id"))

    op.drop_table("member_verification")
    op.drop_table("member_second_factor")
    with op.batch_alter_table("member_recovery_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_recovery_code_member_id"))

    op.drop_table("member_recovery_code")
    op.drop_table("member_provider")
    with op.batch_alter_table("member_contact_access", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_contact_access_member_id"))
        batch_op.drop_index(batch_op.f("ix_member_contact_access_by_id"))

    op.drop_table("member_contact_access")
    with op.batch_alter_table("member_contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_contact_member_id"))
        batch_op.drop_index(batch_op.f("ix_member_contact_digest"))
        batch_op.drop_index(
            "ix_member_contact_confirmed_mail",
            sqlite_where=sa.text("kind = 'mail' AND confirmed_at IS NOT NULL"),
            postgresql_where=sa.text("kind = 'mail' AND confirmed_at IS NOT NULL"),
        )

    op.drop_table("member_contact")
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_index("ix_measure_place_at")
        batch_op.drop_index(batch_op.f("ix_measure_member_id"))
        batch_op.drop_index(batch_op.f("ix_measure_about"))

    op.drop_table("measure")
    with op.batch_alter_table("hook", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hook_place"))

    op.drop_table("hook")
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_ref"))

    op.drop_table("follow")
    op.drop_table("erasure")
    with op.batch_alter_table("consultation_template", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultation_template_station_id"))

    op.drop_table("consultation_template")
    with op.batch_alter_table("consultation_setup", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultation_setup_member_id"))

    op.drop_table("consultation_setup")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_consent_open",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_consent_member_id"))
        batch_op.drop_index(batch_op.f("ix_consent_by_id"))

    op.drop_table("consent")
    op.drop_table("committee_term")
    op.drop_table("childhood")
    op.drop_table("calendar_link")
    with op.batch_alter_table("news_item", schema=None) as batch_op:
        batch_op.drop_index("ix_news_item_place_feed")

    op.drop_table("news_item")
    op.drop_table("moderation_screen")
    op.drop_table("moderation_reason")
    with op.batch_alter_table("member_provider_spent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_provider_spent_expires_at"))

    op.drop_table("member_provider_spent")
    with op.batch_alter_table("member_failures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_failures_last_at"))

    op.drop_table("member_failures")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index("ix_delivery_state_due")
        batch_op.drop_index(batch_op.f("ix_delivery_member_id"))

    op.drop_table("delivery")
    with op.batch_alter_table("dead_address", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dead_address_member_id"))

    op.drop_table("dead_address")
