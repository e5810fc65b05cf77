"""How what is not as expected is told: as whoever writes scenarios would write it, or in the words of the drawings."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from babel.dates import format_date

from app.clock import AMSTERDAM
from app.demo.cast import CAST
from app.domain.events import EVENT_TEXT, EventKind
from app.domain.procedure import Procedure
from app.domain.roles import LANES, READERS, FileKind, Role
from app.mail.texts import Notice, in_brief
from app.scenarios.expected import NO_TERM, When
from app.scenarios.known import Names

#: A notice needs a moment to be one; what it says first does not tell it.
_EVER: Final = datetime.min.replace(tzinfo=AMSTERDAM)
_NO_TERM: Final = "zonder termijn"
_LANE: Final = {role: name.lower() for name, role in LANES.items()}
_STATE: Final = {"running": "loopt", "met": "gehaald", "missed": "niet gehaald", "dropped": "vervallen"}


class Codes:
    """The names that stand in a scenario."""

    def element(self, element_id: str) -> str:
        """A step, an end, or a process."""
        return element_id

    def question(self, key: str) -> str:
        """A question of a form."""
        return key

    def person(self, part: str) -> str:
        """Somebody of the cast."""
        return part

    def role(self, role: Role) -> str:
        """A lane."""
        return role.value

    def file(self, kind: str) -> str:
        """A sealed file."""
        return kind

    def state(self, state: str) -> str:
        """How a term stands."""
        return state

    def when(self, when: When | str) -> str:
        """A day, a moment, or that there is no term."""
        if isinstance(when, datetime):
            return f"{when.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}"
        return _NO_TERM if when == NO_TERM else str(when)

    def notice(self, kind: str) -> str:
        """A kind of mail."""
        return kind

    def event(self, kind: str, element_id: str | None) -> str:
        """A line of the history."""
        return f"{kind} {element_id}" if element_id else kind


@dataclass(frozen=True)
class Words(Codes):
    """What the drawings, the forms and the mail call them."""

    procedures: Mapping[str, Procedure]

    @cached_property
    def _drawn(self) -> dict[str, str]:
        levels = {name: level.name for one in self.procedures.values() for name, level in one.processes.items()}
        return {name: element.name for name, element in Names(self.procedures).elements().items()} | levels

    @cached_property
    def _asked(self) -> dict[str, str]:
        forms = (form for one in self.procedures.values() for form in one.forms.values())
        return {field.key: field.label for form in forms for field in form.fields}

    def element(self, element_id: str) -> str:
        """Its label, or its id where nothing is written."""
        return self._drawn.get(element_id) or element_id

    def question(self, key: str) -> str:
        """What is asked."""
        return self._asked.get(key) or key

    def person(self, part: str) -> str:
        """The name of the person."""
        return CAST[part].name

    def role(self, role: Role) -> str:
        """The name of the lane."""
        return _LANE[role]

    def file(self, kind: str) -> str:
        """Whose file it is."""
        return f"het dossier ({_LANE[READERS[FileKind(kind)]]})"

    def state(self, state: str) -> str:
        """How it stands."""
        return _STATE.get(state, state)

    def when(self, when: When | str) -> str:
        """As a day is written in a letter."""
        if isinstance(when, str):
            return _NO_TERM
        clock = f" {when.astimezone(AMSTERDAM):%H.%M} uur" if isinstance(when, datetime) else ""
        day = when.astimezone(AMSTERDAM) if isinstance(when, datetime) else when
        return format_date(day, "d MMMM yyyy", locale="nl") + clock

    def notice(self, kind: str) -> str:
        """What the mail says first."""
        return f"\u201c{in_brief(Notice(kind, '', '', '', '', None, _EVER), 'nl')[0]}\u201d"

    def event(self, kind: str, element_id: str | None) -> str:
        """Its sentence; what a scenario does not say of it stays open."""
        known = defaultdict(lambda: "\u2026", {"element": self.element(element_id)} if element_id else {})
        return (EVENT_TEXT[EventKind(kind)] % known).rstrip(".")


CODES: Final = Codes()
