"""Comments: what readers of a sealed file tell each other, beside the steps of any diagram."""

from typing import Final
from uuid import UUID

#: What a comment is filed under, as what a step writes is filed under its form; the key of its only text; how it is called.
COMMENT: Final = "comment"
NAME: Final = "Opmerking"
#: Characters.
LONGEST: Final = 4000


def is_comment(form_id: str, task_id: UUID | None) -> bool:
    """Whether an entry is a comment: what a step writes has a task, also where its form should bear the same name."""
    return form_id == COMMENT and task_id is None
