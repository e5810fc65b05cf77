"""What pages about people are given to show."""

from dataclasses import dataclass

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
