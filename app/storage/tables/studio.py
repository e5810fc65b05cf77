"""The studio: what process owners draw before it is published. Nothing here is about a case."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import WithId

_OPEN = "state = 'open'"
_KEPT = "dropped_at is null"


class StudioDraft(WithId):
    """A procedure that is being drawn: the files of the version it began with, and on top of them its saves."""

    __tablename__ = "studio_draft"
    __table_args__ = (
        Index("ux_studio_draft_open", "key", unique=True, sqlite_where=text(_OPEN), postgresql_where=text(_OPEN)),
        CheckConstraint("state in ('open', 'published', 'dropped')", name="state"),
        CheckConstraint("(state = 'open') = (closed_at is null)", name="closed"),
        CheckConstraint("(state = 'published') = (version_id is not null)", name="version"),
    )

    key: Mapped[str] = mapped_column(String(60))
    #: Empty for a procedure that was never published.
    base_id: Mapped[UUID | None] = mapped_column(ForeignKey("procedure_version.id"))
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    opened_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default="open")
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    #: What it was published as.
    version_id: Mapped[UUID | None] = mapped_column(ForeignKey("procedure_version.id"))


class StudioSave(WithId):
    """One file of a draft as it was saved. Saves are never changed; the one with the highest number is what the file is."""

    __tablename__ = "studio_save"
    __table_args__ = (UniqueConstraint("draft_id", "file", "number"),)

    draft_id: Mapped[UUID] = mapped_column(ForeignKey("studio_draft.id"))
    #: As in a bundle: `<key>.bpmn`, `<key>/<phase>.bpmn` or `forms/<form>.form`.
    file: Mapped[str] = mapped_column(String(200))
    number: Mapped[int]
    #: Empty when the file was taken away.
    content: Mapped[str | None] = mapped_column(Text)
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    saved_at: Mapped[datetime]


class StudioReview(WithId):
    """Somebody who did not draw looks at a draft as it was (sha256 over its files), and says yes or sends it back."""

    __tablename__ = "studio_review"
    __table_args__ = (
        CheckConstraint("verdict in ('approved', 'returned')", name="verdict"),
        CheckConstraint("(verdict is null) = (decided_by is null)", name="decided"),
    )

    draft_id: Mapped[UUID] = mapped_column(ForeignKey("studio_draft.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    why: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    asked_at: Mapped[datetime]
    verdict: Mapped[str | None] = mapped_column(String(10))
    remark: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    decided_at: Mapped[datetime | None]


class StudioReason(WithId):
    """Why a warning stands. The newest of its kind and place counts."""

    __tablename__ = "studio_reason"

    draft_id: Mapped[UUID] = mapped_column(ForeignKey("studio_draft.id"), index=True)
    code: Mapped[str] = mapped_column(String(60))
    file: Mapped[str] = mapped_column(String(200))
    element_id: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    given_by: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    given_at: Mapped[datetime]


class StudioProof(WithId):
    """What driving a draft with the real engine, or playing its kept scenarios, found; for exactly these files and stories."""

    __tablename__ = "studio_proof"
    __table_args__ = (
        UniqueConstraint("draft_id", "kind", "sha256"),
        CheckConstraint("kind in ('driven', 'played')", name="kind"),
        CheckConstraint("(finished_at is null) = (result is null)", name="finished"),
    )

    draft_id: Mapped[UUID] = mapped_column(ForeignKey("studio_draft.id"))
    kind: Mapped[str] = mapped_column(String(10))
    #: Over the files of the draft, and for stories over those too.
    sha256: Mapped[str] = mapped_column(String(64))
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    asked_at: Mapped[datetime]
    #: A worker that dies leaves a start without an end; after a while another one takes it.
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    #: JSON; its form belongs to the kind.
    result: Mapped[str | None] = mapped_column(Text)


class StudioTrial(WithId):
    """What somebody tries in the simulator: the steps so far, as the scenario that they are."""

    __tablename__ = "studio_trial"
    __table_args__ = (UniqueConstraint("key", "user_id"),)

    key: Mapped[str] = mapped_column(String(60))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    text: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]


class KeptScenario(WithId):
    """A story that is played before its procedure is published."""

    __tablename__ = "kept_scenario"
    __table_args__ = (
        Index("ux_kept_scenario_name", "key", "name", unique=True, sqlite_where=text(_KEPT), postgresql_where=text(_KEPT)),
    )

    key: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    kept_by: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    kept_at: Mapped[datetime]
    dropped_at: Mapped[datetime | None]
