"""How people like to work: choices that steer no procedure."""

from enum import StrEnum
from typing import Final


class TeamWord(StrEnum):
    """What the name of a team's view may begin with. Not typed: what somebody types can be a name."""

    PLAIN = "plain"
    MORNING = "morning"
    MEETING = "meeting"
    ABSENCE = "absence"
    WEEKEND = "weekend"


class Start(StrEnum):
    """Where signing in leads: an adviser's day, the inbox or another desk, as it comes; one of the two; or a saved view."""

    USUAL = "usual"
    TODAY = "today"
    INBOX = "inbox"
    VIEW = "view"


class AfterTask(StrEnum):
    """Where completing a task leads: to the next one of the list he came from, to its case, or back to that list."""

    NEXT = "next"
    CASE = "case"
    INBOX = "inbox"


#: Characters of a view's name; views that one person or one team keeps.
LONGEST_NAME: Final = 40
MOST_VIEWS: Final = 20
#: Characters of the reason to put something off, and how many days ahead it may come back.
LONGEST_REASON: Final = 500
MOST_DAYS: Final = 366
#: Tasks that are handled in one go.
MOST_AT_ONCE: Final = 50
