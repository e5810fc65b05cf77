"""What the page about mail that could not be sent is given to show: no case, no title."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PostLine:
    """A message that did not leave. `error` is the kind of failure and the server's code. `next_try_at`: None when given up.

    `invited_by`: of an invitation, the board at which it is sent again, with a new link.
    """

    message_id: UUID
    receiver: str
    notice: str
    queued_at: datetime
    error: str
    tries: int
    given_up: bool
    next_try_at: datetime | None
    may_retry: bool
    invited_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class PostPage:
    """How mail goes. `server`: whether one is set; `failing`: the last kind of failure, as long as nothing was sent since."""

    server: bool
    waiting: int
    last_sent_at: datetime | None
    failing: str | None
    lines: tuple[PostLine, ...]

    @property
    def may_retry_all(self) -> bool:
        """Whether anything was given up that can be tried again."""
        return any(line.given_up and line.may_retry for line in self.lines)
