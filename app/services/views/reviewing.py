"""What the pages of versions, reviewing and publishing show."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.domain.procedure import Finding
from app.services.views.studio import Desk


@dataclass(frozen=True, slots=True)
class Given:
    """Why a warning stands, who said so and when."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning, and why it stands, as far as somebody said."""

    finding: Finding
    given: Given | None


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved of a draft as it is. state: none (nobody asked), waiting (asked or busy), done."""

    state: str
    #: How many states were driven through, or how many stories were played.
    number: int = 0


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review that was asked. `current`: the draft still is as it was then."""

    why: str
    asked_by: str
    asked_at: datetime
    verdict: str | None
    remark: str | None
    decided_by: str | None
    decided_at: datetime | None
    current: bool


@dataclass(frozen=True, slots=True)
class Readiness:
    """All that is to be known before a draft is published; `missing` says what still is to be done, in Dutch sentences."""

    sha256: str
    name: str | None
    errors: tuple[Finding, ...]
    warnings: tuple[Warned, ...]
    driven: Proof
    played: Proof
    review: ReviewLine | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A draft that is reviewed and published. `own`: what keeps this person from publishing; `not_deciding`: from deciding."""

    desk: Desk
    base_number: int | None
    drawers: tuple[str, ...]
    ready: Readiness
    earlier: tuple[ReviewLine, ...]
    own: tuple[str, ...]
    not_deciding: str | None
    asks: bool


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A published version and its story; `published_by` is empty for what was published on the host."""

    number: int
    status: str
    published_at: datetime | None
    published_by: str | None
    reviewed_by: str | None
    why: str | None
    drawers: tuple[str, ...]
    retired_at: datetime | None
    retired_by: str | None
    #: The number of the earlier version whose files it has.
    same_as: int | None
    #: Why the whole procedure was taken out of use after it.
    retired_why: str | None = None


@dataclass(frozen=True, slots=True)
class DroppedLine:
    """A draft that was thrown away, in which something was drawn."""

    id: UUID
    drawers: tuple[str, ...]
    opened_at: datetime
    dropped_at: datetime
    dropped_by: str | None


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """The draft that is open: from which version, who opened it and who saved last."""

    base_number: int | None
    opened_by: str
    opened_at: datetime
    saved_by: str | None
    saved_at: datetime | None
    ready: Readiness


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """The story of a procedure's versions, the newest first."""

    desk: Desk
    draft: OpenDraft | None
    versions: tuple[VersionLine, ...]
    dropped: tuple[DroppedLine, ...]
    may_roll_back: bool
