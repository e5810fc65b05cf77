"""A replacement in case of illness: named beforehand with the complainant's written consent, and asked by the board later."""

from app.domain.errors import Forbidden
from app.domain.events import EventKind
from app.domain.roles import FileKind, Role
from app.engine.outcome import Call
from app.services import acting, dormant, handling, own_request, sealed
from app.services.passing_on import pass_on
from app.services.work import Work
from app.storage.queries import files as file_queries
from app.storage.queries import replacements as queries
from app.storage.tables import Replacement

#: The topic of the service task that names who may take over in illness.
NAME_REPLACEMENT = "name_replacement"

_NOT_NAMED = "Jij kunt deze zaak niet waarnemen: je bent er niet of niet meer voor aangewezen."


def name(work: Work, call: Call) -> None:
    """Let the keys of the adviser's file sleep for the ticked person (Handreiking 2.9). He handles nothing and knows nothing.

    Raises HandlersNeeded when nobody, or more than one, was ticked who may; Forbidden for a program.
    """
    reader = own_request.reader(work, call, Role.ADVISER)
    (user_id,) = handling.ticked(work, Role.SUCCESSOR)
    withdraw(work)
    work.tx.add(Replacement(case_id=work.case.id, user_id=user_id))
    work.tx.flush()
    work.note(EventKind.REPLACEMENT_NAMED, lane=Role.ADVISER.value, user=user_id.hex)
    found = file_queries.file_with_epoch(work.tx, work.case.id, FileKind.ADVISER)
    if found is None:
        return
    file, _ = found
    secrets = sealed.secrets_of(work.tx, file, reader)
    for row in file_queries.epochs_of(work.tx, file.id):
        if row.epoch in secrets:
            dormant.keep(work, file, sealed.epoch_of(file, row), secrets[row.epoch])


def drop(work: Work, _call: Call) -> None:
    """The complainant takes his consent back: the sleeping keys go."""
    if Role.ADVISER not in work.lanes:
        raise Forbidden
    withdraw(work)


def withdraw(work: Work) -> None:
    """Whoever was named is so no longer: he does not act for an adviser who is away either, on what stood on the same consent."""
    named = queries.replacement_of(work.tx, work.case.id)
    if named is None:
        return
    deputy_id = named.user_id
    dormant.drop(work)
    for file in acting.stop(work, Role.ADVISER, deputy_id=deputy_id):
        sealed.close_to_former(work, file)


def take_over(work: Work, call: Call) -> None:
    """The replacement takes the case over with all entries of its file, in his own step; what follows has a new epoch.

    Raises Forbidden for everybody but the one who was named and still may handle the case, and for a program.
    """
    heir = own_request.reader(work, call, Role.SUCCESSOR)
    named = queries.replacement_of(work.tx, work.case.id)
    able = {user.id for user in handling.candidates(work, Role.SUCCESSOR)}
    if named is None or named.user_id != heir.user_id or heir.user_id not in able:
        raise Forbidden(_NOT_NAMED)
    found = file_queries.file_with_epoch(work.tx, work.case.id, FileKind.ADVISER)
    if found is not None:
        file, _ = found
        file_queries.drop_keys_before(work.tx, file.id, file.epoch + 1)
        epochs = {row.epoch: sealed.epoch_of(file, row) for row in file_queries.epochs_of(work.tx, file.id)}
        dormant.wake(work, file, heir, epochs)
        work.note(EventKind.FILE_GRANTED, file=file.kind, user=heir.user_id.hex)
    dormant.drop(work)
    if found is not None:
        sealed.start_epoch(work, file, file.epoch + 1, readers=[heir.user_id])
    pass_on(work, heir.user_id)
