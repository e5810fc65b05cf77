"""Handing a case over: chosen entries of the adviser's file are sealed to the successor, and nobody holds a key of the rest."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final
from uuid import UUID

from app.domain.errors import Conflict, InvalidAnswers
from app.domain.events import EventKind
from app.domain.lookahead import runs_next
from app.domain.procedure import Procedure
from app.domain.roles import FileKind, Role
from app.engine.outcome import Call
from app.services import dormant, handling, notices, own_request, sealed
from app.services.context import Actor
from app.services.passing_on import pass_on
from app.services.views.task import EntryChoice
from app.services.work import Work
from app.storage.database import Transaction
from app.storage.queries import files as queries
from app.storage.tables import Case, Entry, File
from app.vault import files as vault

#: The topic of the service task behind which the case is the successor's.
HAND_OVER = "hand_over"

#: The ticked entries in a draft; no question bears such a key.
_TICKED: Final = "@entries"

_NO_SUCCESSOR = "Er is nog niemand die de zaak overneemt. Vraag eerst een andere vertrouwenspersoon."
_NOT_THERE = "Deze stukken staan niet meer in het dossier. Laad de pagina opnieuw en kies nog eens."


def hands_over(procedure: Procedure, element_id: str) -> bool:
    """Whether the case is handed over directly behind a step, so that its page asks which entries go along."""
    return any(element.topic == HAND_OVER for element in runs_next(procedure, element_id))


def offered(tx: Transaction, procedures: Sequence[Procedure], case: Case, reader: Actor) -> tuple[EntryChoice, ...]:
    """The entries of the adviser's file that somebody reads, by step and date, the oldest first. Opens none.

    `procedures`: those of the case, which know the names of the steps.
    """
    found = queries.file_with_epoch(tx, case.id, FileKind.ADVISER)
    if found is None:
        return ()
    own = {key.epoch for key in queries.keys_of(tx, found[0].id) if key.user_id == reader.user_id}
    entries = [(e, element_id) for e, _, element_id in queries.entries_of(tx, found[0].id) if e.epoch in own]
    return tuple(EntryChoice(e.id, e.at, sealed.step_of(procedures, e, element_id)) for e, element_id in entries)


def kept(procedure: Procedure, element_id: str, entries: Collection[UUID]) -> dict[str, str]:
    """The entries ticked so far, as a draft of the step keeps them; nothing where no case is handed over."""
    return {_TICKED: " ".join(sorted(map(str, entries)))} if entries and hands_over(procedure, element_id) else {}


def ticked(draft: Mapping[str, str]) -> frozenset[UUID]:
    """The entries that a draft keeps as ticked."""
    return frozenset(UUID(text) for text in draft.get(_TICKED, "").split())


def hand_over(work: Work, call: Call) -> None:
    """Give the case to its successor, who is told, with the chosen entries and those of this very step (Handreiking 2.9, 5.2).

    The other entries stay under epochs of which nobody holds a key. Raises Forbidden for a program, Conflict without a
    successor who may take the case, InvalidAnswers for entries that this person does not read.
    """
    leaver = own_request.reader(work, call, Role.ADVISER)
    heir = _successor(work)
    dormant.drop(work)
    found = queries.file_with_epoch(work.tx, work.case.id, FileKind.ADVISER)
    if found is not None:
        _reseal(work, found[0], leaver, heir)
    pass_on(work, heir)
    notices.tell_person(work, heir, "case_handed_over", work.procedure.element(call.element_id))


def _successor(work: Work) -> UUID:
    asked = {handler.user_id for handler in work.handlers if handler.lane == Role.SUCCESSOR}
    able = [user.id for user in handling.candidates(work, Role.SUCCESSOR) if user.id in asked]
    if len(able) != 1:
        raise Conflict(_NO_SUCCESSOR)
    return able[0]


def _reseal(work: Work, file: File, leaver: Actor, heir: UUID) -> None:
    secrets = sealed.secrets_of(work.tx, file, leaver)
    epochs = {row.epoch: sealed.epoch_of(file, row) for row in queries.epochs_of(work.tx, file.id)}
    entries = [entry for entry, _, _ in queries.entries_of(work.tx, file.id) if entry.epoch in secrets]
    chosen = _chosen(work, entries)
    new = sealed.start_epoch(work, file, file.epoch + 1, readers=[heir])
    for entry in chosen:
        place, stored = sealed.place_of(epochs[entry.epoch], entry), sealed.stored(entry)
        moved = vault.reseal_entry(place, secrets[entry.epoch], stored, sealed.place_of(new, entry))
        entry.epoch, entry.sealed_key, entry.ciphertext = new.number, moved.sealed_key, moved.ciphertext
    work.tx.flush()
    left = queries.number_of_entries(work.tx, file.id) - len(chosen)
    queries.drop_keys_before(work.tx, file.id, new.number)
    work.note(EventKind.FILE_RESEALED, file=file.kind, taken=len(chosen), left=left)


def _chosen(work: Work, entries: list[Entry]) -> list[Entry]:
    """The ticked entries, and what this very step wrote: that was written for the successor."""
    if not set(work.entries) <= {entry.id for entry in entries}:
        raise InvalidAnswers({"entries": _NOT_THERE})
    task_id = work.written.task_id if work.written else None
    return [entry for entry in entries if entry.id in work.entries or (task_id is not None and entry.task_id == task_id)]
