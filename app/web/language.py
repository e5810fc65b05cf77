"""The language of a page: that of the profile; before signing in, the one that was chosen there."""

from flask import session
from flask_login import current_user

LANGUAGES = {"nl": "Nederlands", "en": "English"}
_KEY = "language"


def chosen() -> str:
    """The language of the present request."""
    language = current_user.actor.language if current_user.is_authenticated else session.get(_KEY)
    return language if language in LANGUAGES else "nl"


def choose(language: str) -> None:
    """Remember a choice that was made before signing in."""
    if language in LANGUAGES:
        session[_KEY] = language
