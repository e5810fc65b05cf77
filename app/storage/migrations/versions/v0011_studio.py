"""The studio: drafts with every save, reviews, reasons, proofs, what is tried, kept scenarios; who published why."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("state = 'open'")
KEPT = sa.text("dropped_at is null")


def upgrade() -> None:
    """Make them, in the order in which they need each other."""
    _draft()
    _save()
    _review()
    _reason()
    _proof()
    _trial()
    _scenario()
    op.add_column("procedure_version", sa.Column("why", sa.Text))
    op.add_column("procedure_version", sa.Column("reviewed_by", sa.Uuid))
    op.add_column("procedure_version", sa.Column("retired_at", MOMENT))
    op.add_column("procedure_version", sa.Column("retired_by", sa.Uuid))
    with op.batch_alter_table("procedure_version") as version:
        version.drop_constraint(op.f("uq_procedure_version_key_sha256"), type_="unique")
    _letters("notice in ('invitation', 'proposals_wait', 'review_waits', 'review_given')", "notice <> 'invitation'")


def downgrade() -> None:
    """Undo it, in the opposite order."""
    op.execute("delete from letter where notice in ('review_waits', 'review_given')")
    _letters("notice in ('invitation', 'proposals_wait')", "notice = 'proposals_wait'")
    with op.batch_alter_table("procedure_version") as version:
        version.create_unique_constraint(op.f("uq_procedure_version_key_sha256"), ["key", "sha256"])
        for column in ("retired_by", "retired_at", "reviewed_by", "why"):
            version.drop_column(column)
    for table in (
        "kept_scenario",
        "studio_trial",
        "studio_proof",
        "studio_reason",
        "studio_review",
        "studio_save",
        "studio_draft",
    ):
        op.drop_table(table)


def _letters(notices: str, told: str) -> None:
    """Which mail of administration there is, and which of it is told to one of a board's people."""
    with op.batch_alter_table("letter") as letter:
        for name in ("ck_letter_notice", "ck_letter_proposals"):
            letter.drop_constraint(op.f(name), type_="check")
        letter.create_check_constraint(op.f("ck_letter_notice"), notices)
        letter.create_check_constraint(op.f("ck_letter_proposals"), f"({told}) = (board_id is not null and user_id is not null)")


def _id(table: str) -> tuple[sa.Column[object], sa.PrimaryKeyConstraint]:
    return sa.Column("id", sa.Uuid, nullable=False), sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _ref(table: str, column: str, other: str, *, nullable: bool = False) -> tuple[sa.Column[object], sa.ForeignKeyConstraint]:
    key = sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))
    return sa.Column(column, sa.Uuid, nullable=nullable), key


def _draft() -> None:
    name = "studio_draft"
    op.create_table(
        name,
        *_id(name),
        sa.Column("key", sa.String(60), nullable=False),
        *_ref(name, "base_id", "procedure_version", nullable=True),
        *_ref(name, "opened_by", "app_user"),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("closed_at", MOMENT),
        *_ref(name, "closed_by", "app_user", nullable=True),
        *_ref(name, "version_id", "procedure_version", nullable=True),
        sa.CheckConstraint("state in ('open', 'published', 'dropped')", name=op.f("ck_studio_draft_state")),
        sa.CheckConstraint("(state = 'open') = (closed_at is null)", name=op.f("ck_studio_draft_closed")),
        sa.CheckConstraint("(state = 'published') = (version_id is not null)", name=op.f("ck_studio_draft_version")),
    )
    op.create_index("ux_studio_draft_open", name, ["key"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)


def _save() -> None:
    name = "studio_save"
    op.create_table(
        name,
        *_id(name),
        *_ref(name, "draft_id", "studio_draft"),
        sa.Column("file", sa.String(200), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("content", sa.Text),
        *_ref(name, "saved_by", "app_user"),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.UniqueConstraint("draft_id", "file", "number", name=op.f("uq_studio_save_draft_id_file_number")),
    )


def _review() -> None:
    name = "studio_review"
    op.create_table(
        name,
        *_id(name),
        *_ref(name, "draft_id", "studio_draft"),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        *_ref(name, "asked_by", "app_user"),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("verdict", sa.String(10)),
        sa.Column("remark", sa.Text),
        *_ref(name, "decided_by", "app_user", nullable=True),
        sa.Column("decided_at", MOMENT),
        sa.CheckConstraint("verdict in ('approved', 'returned')", name=op.f("ck_studio_review_verdict")),
        sa.CheckConstraint("(verdict is null) = (decided_by is null)", name=op.f("ck_studio_review_decided")),
    )
    op.create_index(op.f("ix_studio_review_draft_id"), name, ["draft_id"])


def _reason() -> None:
    name = "studio_reason"
    op.create_table(
        name,
        *_id(name),
        *_ref(name, "draft_id", "studio_draft"),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("file", sa.String(200), nullable=False),
        sa.Column("element_id", sa.String(200), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        *_ref(name, "given_by", "app_user"),
        sa.Column("given_at", MOMENT, nullable=False),
    )
    op.create_index(op.f("ix_studio_reason_draft_id"), name, ["draft_id"])


def _proof() -> None:
    name = "studio_proof"
    op.create_table(
        name,
        *_id(name),
        *_ref(name, "draft_id", "studio_draft"),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        *_ref(name, "asked_by", "app_user"),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("started_at", MOMENT),
        sa.Column("finished_at", MOMENT),
        sa.Column("result", sa.Text),
        sa.UniqueConstraint("draft_id", "kind", "sha256", name=op.f("uq_studio_proof_draft_id_kind_sha256")),
        sa.CheckConstraint("kind in ('driven', 'played')", name=op.f("ck_studio_proof_kind")),
        sa.CheckConstraint("(finished_at is null) = (result is null)", name=op.f("ck_studio_proof_finished")),
    )


def _trial() -> None:
    name = "studio_trial"
    op.create_table(
        name,
        *_id(name),
        sa.Column("key", sa.String(60), nullable=False),
        *_ref(name, "user_id", "app_user"),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.UniqueConstraint("key", "user_id", name=op.f("uq_studio_trial_key_user_id")),
    )


def _scenario() -> None:
    name = "kept_scenario"
    op.create_table(
        name,
        *_id(name),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        *_ref(name, "kept_by", "app_user"),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.Column("dropped_at", MOMENT),
    )
    op.create_index("ux_kept_scenario_name", name, ["key", "name"], unique=True, sqlite_where=KEPT, postgresql_where=KEPT)
