"""voting"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vote_followed",
        sa.Column("poll_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("giver_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=True),
        sa.Column("fate", sa.String(length=10), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["member.id"], name=op.f("fk_vote_followed_delegate_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["giver_id"], ["member.id"], name=op.f("fk_vote_followed_giver_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["member.id"], name=op.f("fk_vote_followed_holder_id_member")
        ),
        sa.PrimaryKeyConstraint("poll_id", "giver_id", name=op.f("pk_vote_followed")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vote_delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ending", sa.String(length=10), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_vote_delegation_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["member.id"], name=op.f("fk_vote_delegation_delegate_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["giver_id"], ["member.id"], name=op.f("fk_vote_delegation_giver_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_delegation")),
    )
    with op.batch_alter_table("vote_delegation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_vote_delegation_consultation_id"), ["consultation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_vote_delegation_delegate_id"), ["delegate_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_vote_delegation_giver_id"), ["giver_id"], unique=False)
        batch_op.create_index(
            "uq_vote_delegation_giver",
            ["place", "giver_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "paper_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=True),
        sa.Column("first_id", sa.Integer(), nullable=True),
        sa.Column("second_id", sa.Integer(), nullable=True),
        sa.Column("into_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["first_id"], ["member.id"], name=op.f("fk_paper_batch_first_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["into_id"], ["paper_batch.id"], name=op.f("fk_paper_batch_into_id_paper_batch")
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_paper_batch_poll_id_poll")),
        sa.ForeignKeyConstraint(
            ["second_id"], ["member.id"], name=op.f("fk_paper_batch_second_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_batch")),
    )
    with op.batch_alter_table("paper_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_batch_poll_id"), ["poll_id"], unique=False)

    op.create_table(
        "poll_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_poll_revision_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["poll.id"], name=op.f("fk_poll_revision_poll_id_poll")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_revision")),
    )
    with op.batch_alter_table("poll_revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_revision_poll_id"), ["poll_id"], unique=False)

    op.create_table(
        "paper_entry",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("turn", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("clerk_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("agreed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreed_by"], ["member.id"], name=op.f("fk_paper_entry_agreed_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["paper_batch.id"], name=op.f("fk_paper_entry_batch_id_paper_batch")
        ),
        sa.ForeignKeyConstraint(
            ["clerk_id"], ["member.id"], name=op.f("fk_paper_entry_clerk_id_member")
        ),
        sa.PrimaryKeyConstraint("batch_id", "place", "turn", name=op.f("pk_paper_entry")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "paper_issue",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("venue", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["paper_batch.id"], name=op.f("fk_paper_issue_batch_id_paper_batch")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_paper_issue_member_id_member")
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_paper_issue_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", "member_id", name=op.f("pk_paper_issue")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("paper_issue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_issue_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "procedure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("former_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("begun_by", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["begun_by"], ["member.id"], name=op.f("fk_procedure_begun_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_procedure_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["former_id"], ["procedure.id"], name=op.f("fk_procedure_former_id_procedure")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_procedure_item_id_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure")),
        sa.UniqueConstraint("former_id", name=op.f("uq_procedure_former_id")),
    )
    with op.batch_alter_table("procedure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_procedure_consultation_id"), ["consultation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_procedure_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            "uq_procedure_running",
            ["item_id"],
            unique=True,
            sqlite_where=sa.text("state = 'running'"),
            postgresql_where=sa.text("state = 'running'"),
        )

    op.create_table(
        "procedure_stage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("procedure_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("passed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["procedure.id"],
            name=op.f("fk_procedure_stage_procedure_id_procedure"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_stage")),
        sa.UniqueConstraint(
            "procedure_id", "position", name=op.f("uq_procedure_stage_procedure_id_position")
        ),
    )
    op.create_table(
        "procedure_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("about", sa.String(length=300), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_procedure_word_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["stage_id"],
            ["procedure_stage.id"],
            name=op.f("fk_procedure_word_stage_id_procedure_stage"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_word")),
    )
    with op.batch_alter_table("procedure_word", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_procedure_word_author_id"), ["author_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_procedure_word_stage_id"), ["stage_id"], unique=False)

    with op.batch_alter_table("named_ballot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("through_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("share", sa.BigInteger(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_named_ballot_through_id_member"), "member", ["through_id"], ["id"]
        )

    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lot", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("round", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("lot_asked", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("lot_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("lot_confirmed_by", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_poll_lot_confirmed_by_member"), "member", ["lot_confirmed_by"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_poll_lot_by_member"), "member", ["lot_by"], ["id"]
        )

    with op.batch_alter_table("poll_entitlement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("share", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("holder_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_poll_entitlement_holder_id_member"), "member", ["holder_id"], ["id"]
        )

    with op.batch_alter_table("venue_tally", schema=None) as batch_op:
        batch_op.add_column(sa.Column("keyed", sa.Boolean(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("venue_tally", schema=None) as batch_op:
        batch_op.drop_column("keyed")

    with op.batch_alter_table("poll_entitlement", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_poll_entitlement_holder_id_member"), type_="foreignkey"
        )
        batch_op.drop_column("holder_id")
        batch_op.drop_column("share")

    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_poll_lot_by_member"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_poll_lot_confirmed_by_member"), type_="foreignkey")
        batch_op.drop_column("lot_confirmed_by")
        batch_op.drop_column("lot_by")
        batch_op.drop_column("lot_asked")
        batch_op.drop_column("reminded_at")
        batch_op.drop_column("round")
        batch_op.drop_column("lot")

    with op.batch_alter_table("named_ballot", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_named_ballot_through_id_member"), type_="foreignkey"
        )
        batch_op.drop_column("share")
        batch_op.drop_column("through_id")

    with op.batch_alter_table("procedure_word", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_procedure_word_stage_id"))
        batch_op.drop_index(batch_op.f("ix_procedure_word_author_id"))

    op.drop_table("procedure_word")
    op.drop_table("procedure_stage")
    with op.batch_alter_table("procedure", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_procedure_running",
            sqlite_where=sa.text("state = 'running'"),
            postgresql_where=sa.text("state = 'running'"),
        )
        batch_op.drop_index(batch_op.f("ix_procedure_item_id"))
        batch_op.drop_index(batch_op.f("ix_procedure_consultation_id"))

    op.drop_table("procedure")
    with op.batch_alter_table("paper_issue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_issue_batch_id"))

    op.drop_table("paper_issue")
    op.drop_table("paper_entry")
    with op.batch_alter_table("poll_revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_revision_poll_id"))

    op.drop_table("poll_revision")
    with op.batch_alter_table("paper_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_batch_poll_id"))

    op.drop_table("paper_batch")
    with op.batch_alter_table("vote_delegation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_vote_delegation_giver",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_vote_delegation_giver_id"))
        batch_op.drop_index(batch_op.f("ix_vote_delegation_delegate_id"))
        batch_op.drop_index(batch_op.f("ix_vote_delegation_consultation_id"))

    op.drop_table("vote_delegation")
    op.drop_table("vote_followed")
