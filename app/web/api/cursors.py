"""Where a page of a list ended, as a text that a program hands back. It holds nothing that the page did not show."""

import base64
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, fields

from app.domain.answers import YEARS

Part = datetime | UUID | None


def encode(*parts: Part) -> str:
    """The text of a position."""
    plain = [part.isoformat() if isinstance(part, datetime) else part and part.hex for part in parts]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode("ascii").rstrip("=")


class Cursor(fields.Field[tuple[Part, ...]]):
    """A position: the moments that a list is ordered by, then the id of its last line; the first moment may be none."""

    def __init__(self, moments: int, **options: Any) -> None:  # noqa: ANN401 - options of the library
        super().__init__(**options)
        self.moments = moments

    def _deserialize(
        self,
        value: Any,  # noqa: ANN401 - whatever was sent
        attr: str | None,
        data: Mapping[str, Any] | None,
        **options: Any,  # noqa: ANN401 - options of the library
    ) -> tuple[Part, ...]:
        try:
            text = str(value).encode("ascii")
            *moments, last = json.loads(base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4)))
            found = [_moment(moment) for moment in moments]
            position = (*found, UUID(hex=last))
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise ValidationError("unreadable") from error
        if len(found) != self.moments or None in found[-1:]:
            raise ValidationError("of another list")
        return position


def _moment(stored: str | None) -> datetime | None:
    moment = None if stored is None else datetime.fromisoformat(stored)
    if moment is not None and (moment.tzinfo is None or moment.year not in YEARS):
        raise ValueError("no moment of ours")
    return moment
