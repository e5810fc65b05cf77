"""What pages about people are given to show."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.roles import Role


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person sees of himself."""

    name: str
    email: str
    language: str
    roles: tuple[tuple[Role, str], ...]  # role, where
    totp: bool
    fingerprint: str


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A token of a person. `mark` stands in its text, so that he can tell his tokens apart. scope: read | write."""

    token_id: UUID
    mark: str
    scope: str
    last_day: date
