"""Comments: what readers of a sealed file tell each other, beside the steps of any diagram. Each is an entry of that file.

So whoever does not read the file sees neither a comment nor how many there are. Its other readers are told that there is one.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from app.domain.answers import AnswerError, read_text
from app.domain.comments import COMMENT, LONGEST
from app.domain.errors import Forbidden, InvalidAnswers, NotFound
from app.domain.form_rules import CONSENT
from app.domain.forms import Field
from app.domain.policy import Permission, may
from app.domain.roles import FILES, READERS, FileKind, Role
from app.services import notices, sealed
from app.services.at_rest import open_facts
from app.services.context import Actor, App
from app.services.views.case import CommentPlace, FileCard
from app.services.work import Work, begin
from app.storage.database import Transaction
from app.storage.queries import cases as case_queries
from app.storage.queries import comments as queries
from app.storage.queries import files as file_queries
from app.storage.queries import work as work_queries
from app.storage.tables import Case, File, FileKey, ProcedureRow

_CLOSED: Final = {
    "case": "Deze zaak is gesloten. Er kan niets meer bij.",
    "key": "Je kunt dit dossier nog niet lezen. Iemand die het al leest, moet je eerst toegang geven.",
    "consent": "Zonder toestemming van de klager schrijf je niets in dit dossier (Handreiking 2.9).",
}
_EMPTY: Final = "Schrijf eerst je opmerking."


def write(app: App, actor: Actor, number: str, kind: FileKind, typed: str) -> None:
    """Put a comment into a file that the actor reads. It cannot be changed, and is new to its other readers.

    Raises NotFound for who may not know of the file, Forbidden where nothing may be written, InvalidAnswers (`comment`).
    """
    now = app.clock()
    with app.database.write() as tx:
        case, rows, lanes = _case(tx, actor, number, now)
        own = [row for row in rows if may(lanes.get(row.id, ()), Permission.FILE_READ, READERS[kind])]
        if not own:
            raise NotFound
        here = next((row for row in reversed(own) if row.ended_at is None), own[-1])
        work = begin(app, tx, actor, here.id, now=now)
        if not may(work.lanes, Permission.FILE_READ, READERS[kind]):
            raise NotFound
        closed = _closed(app, case, kind, rows=rows, holds=_holds(tx, actor, case, kind))
        if closed is not None:
            raise Forbidden(_CLOSED[closed])
        text = _text(typed)
        entry_id = sealed.write(work, kind, {COMMENT: text}, form_id=COMMENT, task_id=None)
        tx.flush()
        _tell_readers(work, kind, entry_id, author=actor)


def places(
    app: App, tx: Transaction, actor: Actor, case: Case, lanes: Iterable[frozenset[Role]], cards: Iterable[FileCard]
) -> tuple[CommentPlace, ...]:
    """The files in which somebody who handles these lanes may comment, each with how many there are for him.

    `cards`: the files of the case that he may know of.
    """
    numbers = queries.numbers(tx, case.id, actor.user_id)
    opens = {card.kind: card.may_open for card in cards}
    found = []
    for kind in read_by(lanes):
        rows = work_queries.procedures_of(tx, case.id) if kind is FileKind.ADVISER else ()
        closed = _closed(app, case, kind, rows=rows, holds=opens.get(kind, True))
        found.append(CommentPlace(kind, *numbers.get(kind, (0, 0)), closed))
    return tuple(found)


def waiting(tx: Transaction, actor: Actor, now: datetime) -> tuple[str, ...]:
    """The numbers of the cases in which comments wait for a person."""
    return tuple(queries.waiting(tx, actor.user_id, now))


def read_by(lanes: Iterable[frozenset[Role]]) -> list[FileKind]:
    """The files that those who handle these lanes read, and write to first: where their comments go."""
    own: frozenset[Role] = frozenset().union(*lanes)
    first = dict.fromkeys(FILES[role][0] for role in Role if role in own and FILES.get(role))
    return [kind for kind in first if may(own, Permission.FILE_READ, READERS[kind])]


def _case(
    tx: Transaction, actor: Actor, number: str, now: datetime
) -> tuple[Case, list[ProcedureRow], Mapping[UUID, frozenset[Role]]]:
    found = case_queries.case_by_number(tx, number)
    if found is None:
        raise NotFound
    case = case_queries.lock_case(tx, found.id)
    rows = work_queries.procedures_of(tx, case.id)
    return case, rows, work_queries.lanes_of(tx, actor.user_id, case, procedure_ids=[row.id for row in rows], now=now)


def _closed(app: App, case: Case, kind: FileKind, *, rows: Iterable[ProcedureRow], holds: bool) -> str | None:
    """Why nothing may be written in a file, as CommentPlace names it; None where it may be. `holds`: whether he has its key."""
    if case.closed_at is not None:
        return "case"
    if kind is FileKind.ADVISER and _consent(app, rows) != "ja":
        return "consent"
    return None if holds else "key"


def _holds(tx: Transaction, actor: Actor, case: Case, kind: FileKind) -> bool:
    """Whether somebody has the present key of a file. One that is yet to be made is sealed to all who handle its lane."""
    found = file_queries.file_with_epoch(tx, case.id, kind)
    return found is None or actor.user_id in {key.user_id for key in _present(tx, found[0])}


def _present(tx: Transaction, file: File) -> list[FileKey]:
    return [key for key in file_queries.keys_of(tx, file.id) if key.epoch == file.epoch]


def _consent(app: App, rows: Iterable[ProcedureRow]) -> str:
    """The complainant's last answer about a file, in whichever procedure of the case it was given."""
    logs = (open_facts(app.server_keys, row.id, row.facts).log for row in rows)
    last = max((log[CONSENT][-1] for log in logs if log.get(CONSENT)), key=lambda record: record.at, default=None)
    return "" if last is None else str(last.value)


def _text(typed: str) -> str:
    if not typed.strip():
        raise InvalidAnswers({COMMENT: _EMPTY})
    try:
        return read_text(Field(COMMENT, "", None, max_length=LONGEST), typed, required=True)
    except AnswerError as error:
        raise InvalidAnswers({COMMENT: error.text}) from error


def _tell_readers(work: Work, kind: FileKind, entry_id: UUID, *, author: Actor) -> None:
    file = next(file for file in file_queries.files_of(work.tx, work.case.id) if file.kind == kind)
    keys = [key for key in _present(work.tx, file) if key.user_id != author.user_id]
    queries.tell(work.tx, entry_id, keys)
    notices.tell_readers(work, [key.user_id for key in keys], READERS[kind], entry_id)
    notices.queue(work)
