"""Invitations, proposals of roles, how to reach whom, and settings of a board with their dates."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

MOMENT = sa.DateTime(timezone=True)
OPEN_INVITATION = sa.text("accepted_at is null and revoked_at is null")
OPEN_PROPOSAL = sa.text("state = 'open'")
WAITS = sa.text("state = 'waiting'")
#: Tables whose rows nobody changes, and what is said to whoever tries.
APPEND_ONLY = {"admin_event": "the log of administration is append-only", "board_setting": "settings are append-only"}


def upgrade() -> None:
    """Make them, in the order in which they need each other."""
    _invitation()
    _proposal()
    _letter()
    _import_file()
    _reachability()
    _board_setting()
    _admin_event()
    for table, refusal in APPEND_ONLY.items():
        _refuse_changes(table, refusal)


def downgrade() -> None:
    """Undo it, in the opposite order."""
    for table in ("admin_event", "board_setting", "reachability", "import_file", "letter", "proposal", "invitation"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION refuse_change_of_{table}()")


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("board_id", sa.Uuid, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("adviser_kind", sa.String(10)),
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("invited_by", sa.Uuid, nullable=False),
        sa.Column("invited_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("accepted_at", MOMENT),
        sa.Column("user_id", sa.Uuid),
        sa.Column("revoked_at", MOMENT),
        sa.CheckConstraint("adviser_kind in ('intern', 'extern')", name=op.f("ck_invitation_adviser_kind")),
        sa.CheckConstraint("(accepted_at is null) = (user_id is null)", name=op.f("ck_invitation_accepted")),
        sa.CheckConstraint("accepted_at is null or revoked_at is null", name=op.f("ck_invitation_one_end")),
        _key("invitation", "board_id", "board"),
        _key("invitation", "invited_by", "app_user"),
        _key("invitation", "user_id", "app_user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_index(op.f("ix_invitation_board_id"), "invitation", ["board_id"])
    op.create_index(op.f("ix_invitation_user_id"), "invitation", ["user_id"])
    op.create_index(
        "uq_invitation_open",
        "invitation",
        ["board_id", "email"],
        unique=True,
        sqlite_where=OPEN_INVITATION,
        postgresql_where=OPEN_INVITATION,
    )


def _proposal() -> None:
    two = "state <> 'confirmed' or (decided_by <> proposed_by and decided_by <> user_id)"
    op.create_table(
        "proposal",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("board_id", sa.Uuid, nullable=False),
        sa.Column("school_id", sa.Uuid),
        sa.Column("role", sa.String(30), nullable=False),
        sa.Column("user_id", sa.Uuid),
        sa.Column("invitation_id", sa.Uuid),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date),
        sa.Column("proposed_by", sa.Uuid, nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("decided_by", sa.Uuid),
        sa.Column("decided_at", MOMENT),
        sa.Column("membership_id", sa.Uuid),
        sa.CheckConstraint("user_id is not null or invitation_id is not null", name=op.f("ck_proposal_somebody")),
        sa.CheckConstraint("proposed_by <> user_id", name=op.f("ck_proposal_proposer_is_another")),
        sa.CheckConstraint("state in ('open', 'confirmed', 'refused', 'withdrawn')", name=op.f("ck_proposal_state")),
        sa.CheckConstraint("(state = 'open') = (decided_at is null)", name=op.f("ck_proposal_decided")),
        sa.CheckConstraint("(state = 'confirmed') = (membership_id is not null)", name=op.f("ck_proposal_confirmed")),
        sa.CheckConstraint(two, name=op.f("ck_proposal_two_people")),
        _key("proposal", "board_id", "board"),
        _key("proposal", "school_id", "school"),
        _key("proposal", "user_id", "app_user"),
        _key("proposal", "invitation_id", "invitation"),
        _key("proposal", "proposed_by", "app_user"),
        _key("proposal", "decided_by", "app_user"),
        _key("proposal", "membership_id", "membership"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    for column in ("board_id", "user_id", "invitation_id"):
        op.create_index(op.f(f"ix_proposal_{column}"), "proposal", [column])
    op.create_index("ix_proposal_open", "proposal", ["board_id"], sqlite_where=OPEN_PROPOSAL, postgresql_where=OPEN_PROPOSAL)


def _letter() -> None:
    told = "(notice = 'proposals_wait') = (board_id is not null and user_id is not null)"
    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("notice", sa.String(30), nullable=False),
        sa.Column("invitation_id", sa.Uuid),
        sa.Column("board_id", sa.Uuid),
        sa.Column("user_id", sa.Uuid),
        sa.Column("sealed", sa.Text),
        sa.Column("queued_at", MOMENT, nullable=False),
        sa.Column("next_try_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("last_error", sa.String(200)),
        sa.Column("sent_at", MOMENT),
        sa.CheckConstraint("notice in ('invitation', 'proposals_wait')", name=op.f("ck_letter_notice")),
        sa.CheckConstraint("state in ('waiting', 'sent', 'not_needed', 'given_up')", name=op.f("ck_letter_state")),
        sa.CheckConstraint("(state = 'sent') = (sent_at is not null)", name=op.f("ck_letter_sent")),
        sa.CheckConstraint("state = 'waiting' or sealed is null", name=op.f("ck_letter_sealed")),
        sa.CheckConstraint("(notice = 'invitation') = (invitation_id is not null)", name=op.f("ck_letter_invitation")),
        sa.CheckConstraint(told, name=op.f("ck_letter_proposals")),
        _key("letter", "invitation_id", "invitation"),
        _key("letter", "board_id", "board"),
        _key("letter", "user_id", "app_user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    for column in ("invitation_id", "user_id"):
        op.create_index(op.f(f"ix_letter_{column}"), "letter", [column])
    op.create_index("ix_letter_waiting", "letter", ["next_try_at"], sqlite_where=WAITS, postgresql_where=WAITS)


def _import_file() -> None:
    op.create_table(
        "import_file",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("board_id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("uploaded_at", MOMENT, nullable=False),
        _key("import_file", "board_id", "board"),
        _key("import_file", "user_id", "app_user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_file")),
    )
    op.create_index(op.f("ix_import_file_uploaded_at"), "import_file", ["uploaded_at"])


def _reachability() -> None:
    order = "0 <= from_minute and from_minute < until_minute and until_minute <= 1440"
    op.create_table(
        "reachability",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("board_id", sa.Uuid, nullable=False),
        sa.Column("phone", sa.String(30)),
        sa.Column("email", sa.String(254)),
        sa.Column("weekdays", sa.Integer, nullable=False),
        sa.Column("from_minute", sa.Integer),
        sa.Column("until_minute", sa.Integer),
        sa.Column("place", sa.String(120)),
        sa.Column("page", sa.String(300)),
        sa.Column("public_since", MOMENT),
        sa.Column("changed_by", sa.Uuid, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.CheckConstraint("weekdays between 0 and 127", name=op.f("ck_reachability_weekdays")),
        sa.CheckConstraint("(from_minute is null) = (until_minute is null)", name=op.f("ck_reachability_hours")),
        sa.CheckConstraint(order, name=op.f("ck_reachability_order")),
        _key("reachability", "user_id", "app_user"),
        _key("reachability", "board_id", "board"),
        _key("reachability", "changed_by", "app_user"),
        sa.PrimaryKeyConstraint("user_id", "board_id", name=op.f("pk_reachability")),
    )
    op.create_index(op.f("ix_reachability_board_id"), "reachability", ["board_id"])


def _board_setting() -> None:
    op.create_table(
        "board_setting",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("board_id", sa.Uuid, nullable=False),
        sa.Column("key", sa.String(160), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("source", sa.String(300), nullable=False),
        sa.Column("set_by", sa.Uuid, nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        _key("board_setting", "board_id", "board"),
        _key("board_setting", "set_by", "app_user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_setting")),
    )
    op.create_index("ix_board_setting_key", "board_setting", ["board_id", "key", "valid_from"])


def _admin_event() -> None:
    op.create_table(
        "admin_event",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("board_id", sa.Uuid, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", sa.Uuid),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("user_id", sa.Uuid),
        sa.Column("invitation_id", sa.Uuid),
        sa.Column("school_id", sa.Uuid),
        sa.Column("role", sa.String(30)),
        sa.Column("detail", sa.Text, nullable=False),
        _key("admin_event", "board_id", "board"),
        _key("admin_event", "actor_id", "app_user"),
        _key("admin_event", "user_id", "app_user"),
        _key("admin_event", "invitation_id", "invitation"),
        _key("admin_event", "school_id", "school"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admin_event")),
    )
    op.create_index("ix_admin_event_board", "admin_event", ["board_id", "id"])


def _refuse_changes(table: str, refusal: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuse_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION refuse_change_of_{table}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_{table}()"
    )
