"""What pages about a board's settings are given to show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.board_settings import Entry, SettingKind, Value
from app.domain.roles import Role
from app.services.views.appointing import Desk


@dataclass(frozen=True, slots=True)
class SettingLine:
    """A setting as it is now (`since` None: nothing was set, this comes with the product), and what comes later."""

    key: str
    name: str
    value: Value
    since: date | None = None
    later: date | None = None


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A step with its term. A statutory one cannot be set; `basis` is its article. `drawn`: the period of the diagram."""

    key: str
    procedure: str
    step: str
    statutory: bool
    basis: str
    period: str
    calendar: str
    drawn: str
    role: Role | None = None
    since: date | None = None
    later: date | None = None
    later_period: str = ""


@dataclass(frozen=True, slots=True)
class HolidayLine:
    """A school holiday of a region; `own` when the board set it."""

    key: str
    name: str
    first: date
    last: date
    own: bool


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """All settings of a board as they are today."""

    desk: Desk
    targets: tuple[tuple[str, tuple[TargetLine, ...]], ...]
    settings: Mapping[SettingKind, tuple[SettingLine, ...]]
    holidays: tuple[tuple[str, tuple[HolidayLine, ...]], ...]


@dataclass(frozen=True, slots=True)
class SettingPage:
    """One setting, to be set from a day on, with all that was ever set. `key` None: a new one of its kind."""

    desk: Desk
    kind: SettingKind
    key: str | None
    name: str
    today: date
    values: Mapping[str, str]
    history: tuple[Entry, ...] = ()
    target: TargetLine | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """Whom to call, for what. `since` None: this comes with the product, with its own source."""

    key: str
    value: Value
    since: date | None
    source: str


@dataclass(frozen=True, slots=True)
class SocialMap:
    """Where help is to be found, as a board keeps it. `boards`: what else this person may look at."""

    board: str
    boards: tuple[tuple[str, str], ...]
    phones: tuple[Service, ...]
    committees: tuple[Service, ...]
    organisations: tuple[Service, ...]
