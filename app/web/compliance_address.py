"""What an address asks of the compliance board, and the address that asks it. What makes no sense in an address is left out."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from flask import url_for

from app.domain.compliance import Figure, Left
from app.domain.errors import NotFound
from app.domain.roles import Role
from app.services.views.figures import Behind, Scope

_KINDS = {"wet": True, "streef": False}
_DATED = frozenset({Figure.KEPT, Figure.MISSED})

_Word = TypeVar("_Word", bound=StrEnum)


def scope(given: Mapping[str, str], procedure: str | None = None) -> Scope:
    """What is looked at; `procedure` is that of a page of its own."""
    return Scope(
        board_id=_id(given.get("bestuur")),
        school_id=_id(given.get("school")),
        role=_word(Role, given.get("rol")),
        procedure_key=procedure or given.get("procedure") or None,
    )


def behind(given: Mapping[str, str]) -> Behind:
    """The question of a list. NotFound where the address names no figure."""
    figure = _word(Figure, given.get("cijfer"))
    if figure is None:
        raise NotFound
    asked = scope(given)
    return Behind(
        figure,
        asked,
        month=_month(given.get("maand")) if figure in _DATED else None,
        left=_word(Left, given.get("dagen")) if figure is Figure.RUNNING else None,
        statutory=_KINDS.get(given.get("soort", "")),
        element_id=given.get("stap") or None,
        version=number(given.get("versie")) if asked.procedure_key else None,
    )


def of_scope(asked: Scope) -> dict[str, Any]:
    """The part of an address that asks for this."""
    values = {"bestuur": asked.board_id, "school": asked.school_id, "rol": asked.role, "procedure": asked.procedure_key}
    return {name: str(value) for name, value in values.items() if value is not None}


def of_behind(asked: Behind) -> dict[str, Any]:
    """The same of a list."""
    kind = {True: "wet", False: "streef", None: None}[asked.statutory]
    month = None if asked.month is None else f"{asked.month:%Y-%m}"
    values = {"maand": month, "dagen": asked.left, "soort": kind, "stap": asked.element_id, "versie": asked.version}
    said = {name: str(value) for name, value in values.items() if value is not None}
    return {"cijfer": str(asked.figure), **of_scope(asked.scope), **said}


def to_list(asked: Behind) -> str:
    """The address of the list behind a number."""
    return url_for("compliance.lines", **of_behind(asked))


def number(text: str | None) -> int | None:
    """A whole number of at most six digits, None where there is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= len("999999") else None


def _id(text: str | None) -> UUID | None:
    with suppress(ValueError):
        return UUID(text or "")
    return None


def _word(words: type[_Word], text: str | None) -> _Word | None:
    with suppress(ValueError):
        return words(text or "")
    return None


def _month(text: str | None) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(f"{text}-01")
    return None
