"""What can go wrong for a user, each with a Dutch sentence that says what to do. Mapped to HTTP in one place (app/web)."""

from collections.abc import Mapping
from datetime import datetime


class DomainError(Exception):
    """A refusal that the user can understand; `text` is Dutch and says what happened and what to do."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class NotFound(DomainError):
    """The thing does not exist, or this person must not know that it does (404)."""

    def __init__(self, text: str = "Deze pagina bestaat niet, of is niet voor jou.") -> None:
        super().__init__(text)


class Forbidden(DomainError):
    """This person may see the thing but not do this to it (403)."""

    def __init__(self, text: str = "Je mag dit bekijken, maar niet doen.") -> None:
        super().__init__(text)


class AlreadyDone(DomainError):
    """The task was completed or withdrawn before this request; says by whom and when, so that typed text can stay on the page."""

    def __init__(self, text: str, by: str | None, at: datetime | None) -> None:
        super().__init__(text)
        self.by = by
        self.at = at


class InvalidAnswers(DomainError):
    """Some answers cannot stand; `fields` maps a field key to a Dutch sentence."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("Kijk naar deze antwoorden. Wat je al typte, staat er nog.")
        self.fields = dict(fields)


class Conflict(DomainError):
    """Somebody else changed the same thing first (409)."""


class TryAgain(Conflict):
    """A conflict that passes by itself: the very same request may succeed a moment later (409)."""
