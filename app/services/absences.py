"""Being away: somebody says when, and leaves lanes of his cases to a deputy. He revokes it, or the deputy gives it back.

Nothing is left that he did not tick: he knows who is involved. What comes later is left to nobody.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from app.clock import local_day
from app.domain.errors import Forbidden, InvalidAnswers, NotFound
from app.domain.events import EventKind
from app.domain.facts import FactType
from app.domain.form_rules import validate
from app.domain.forms import Field, Form
from app.domain.roles import READERS, FileKind, Role
from app.services import deputy_keys, sealed
from app.services.context import Actor, App
from app.services.leaving import LONGEST, deputies, refusal
from app.services.work import begin
from app.storage import history
from app.storage.database import Transaction
from app.storage.queries import absence_keys as key_queries
from app.storage.queries import absence_rows as queries
from app.storage.queries import cases as case_queries
from app.storage.queries import files as file_queries
from app.storage.queries import work as work_queries
from app.storage.queries.absence_rows import Lane
from app.storage.tables import Absence, AbsenceCase

FORM: Final = Form(
    "absence",
    (
        Field("first_day", "Eerste dag", FactType.DATE, required=True),
        Field("last_day", "Laatste dag", FactType.DATE, required=True),
    ),
)
_REFUSED: Final = {
    "alone": "Zaak {}: in deze rol neemt niemand voor een ander waar.",
    "consent": "Zaak {}: de klager heeft niet schriftelijk met deze waarnemer ingestemd.",
    "able": "Zaak {}: deze waarnemer kan deze zaak niet behandelen.",
    "left": "Zaak {}: die heb je voor deze dagen al aan iemand overgelaten.",
}
_LOG_IN: Final = "Hiervoor zijn je sleutels nodig. Dat kan een programma niet. Log in en doe het daar."


def create(app: App, actor: Actor, raw: Mapping[str, str], *, deputy_id: UUID | None, ticked: Collection[str]) -> None:
    """Be away on these days; a deputy acts meanwhile in the ticked lanes (`case id:role`). Without one nobody does.

    Raises InvalidAnswers, and Forbidden for a program.
    """
    now = app.clock()
    with app.database.write() as tx:
        first_day, last_day = _days(raw, now)
        lanes = _chosen(tx, actor, ticked, deputy_id, now=now)
        absence = Absence(owner_id=actor.user_id, deputy_id=deputy_id, first_day=first_day, last_day=last_day, made_at=now)
        if deputy_id is not None:
            _see_that_all_may(tx, absence, lanes, now)
        tx.add(absence)
        tx.flush()
        for lane in lanes:
            _leave(app, tx, actor, absence, lane, now=now)


def end(app: App, actor: Actor, absence_id: UUID) -> None:
    """Revoke one's own absence, or give back what was left to one; both work at once. Raises NotFound."""
    now = app.clock()
    with app.database.write() as tx:
        found = tx.get(Absence, absence_id)
        if found is None or actor.user_id not in (found.owner_id, found.deputy_id):
            raise NotFound
        if not _end(app, tx, absence_id, actor, now):
            raise NotFound


def end_over(app: App) -> None:
    """Delete the keys of absences whose last day is behind us, one transaction each; nobody could use them since midnight."""
    now = app.clock()
    with app.database.read() as tx:
        over = queries.over(tx, local_day(now))
    for absence_id in over:
        with app.database.write() as tx:
            _end(app, tx, absence_id, None, now)


def end_all(app: App, user_id: UUID) -> None:
    """End every absence of somebody who is gone, and everything that was left to him; one transaction each."""
    now = app.clock()
    with app.database.read() as tx:
        running = queries.running(tx, user_id)
    for absence_id in running:
        with app.database.write() as tx:
            _end(app, tx, absence_id, None, now)


def _days(raw: Mapping[str, str], now: datetime) -> tuple[date, date]:
    answers = validate(FORM, raw, {}, now)
    if answers.errors:
        raise InvalidAnswers(answers.errors)
    first_day, last_day = answers.facts["first_day"], answers.facts["last_day"]
    assert isinstance(first_day, date)  # noqa: S101 - the form says so
    assert isinstance(last_day, date)  # noqa: S101 - the form says so
    if first_day < local_day(now):
        raise InvalidAnswers({"first_day": "Deze dag is voorbij. Kies vandaag of een latere dag."})
    if last_day < first_day:
        raise InvalidAnswers({"last_day": "De laatste dag ligt voor de eerste. Kies een latere dag."})
    if last_day - first_day > timedelta(days=LONGEST):
        raise InvalidAnswers({"last_day": "Dit is langer dan een jaar. Draag je zaken dan over aan iemand anders."})
    return first_day, last_day


def _chosen(tx: Transaction, actor: Actor, ticked: Collection[str], deputy_id: UUID | None, *, now: datetime) -> list[Lane]:
    """The ticked lanes, their cases locked in the one order, and read again after that."""
    if deputy_id is None and ticked:
        raise InvalidAnswers({"deputy": "Kies wie voor je waarneemt."})
    if deputy_id is not None and not ticked:
        raise InvalidAnswers({"cases": "Vink aan welke zaken je overlaat, of kies dat niemand waarneemt."})
    if ticked and actor.private_key is None:
        raise Forbidden(_LOG_IN)
    known = {_key(lane): lane.case.id for lane in queries.open_lanes(tx, actor.user_id, now)}
    for case_id in sorted({known[key] for key in ticked if key in known}):
        case_queries.lock_case(tx, case_id)
    found = {_key(lane): lane for lane in queries.open_lanes(tx, actor.user_id, now)}
    if not set(ticked) <= set(found):
        raise InvalidAnswers({"cases": "Een van deze zaken behandel je niet meer. Laad de pagina opnieuw en kies nog eens."})
    return [found[key] for key in sorted(ticked)]


def _key(lane: Lane) -> str:
    return f"{lane.case.id}:{lane.lane}"


def _see_that_all_may(tx: Transaction, absence: Absence, lanes: list[Lane], now: datetime) -> None:
    deputy_id = absence.deputy_id
    if deputy_id is None or deputy_id not in {user.id for user in deputies(tx, absence.owner_id, lanes, now)}:
        raise InvalidAnswers({"deputy": "Deze persoon kan niet voor je waarnemen. Kies iemand anders."})
    left = queries.left_already(tx, absence.owner_id, absence.first_day, absence.last_day)
    for lane in lanes:
        why = "left" if (lane.case.id, lane.lane) in left else refusal(tx, lane.case, Role(lane.lane), deputy_id, now)
        if why is not None:
            raise InvalidAnswers({"cases": _REFUSED[why].format(lane.case.number)})


def _leave(app: App, tx: Transaction, actor: Actor, absence: Absence, lane: Lane, *, now: datetime) -> None:
    """Leave one lane to the deputy: with keys of what the owner reads, made with his own, and a line in the history."""
    if absence.deputy_id is None:
        return
    tx.add(AbsenceCase(absence_id=absence.id, case_id=lane.case.id, lane=lane.lane))
    [(_, public)] = file_queries.public_keys(tx, [absence.deputy_id])
    for file in file_queries.files_of(tx, lane.case.id):
        if READERS[FileKind(file.kind)] != lane.lane:
            continue
        own = {key.epoch for key in file_queries.keys_of(tx, file.id) if key.user_id == absence.deputy_id}
        epochs = {row.epoch: sealed.epoch_of(file, row) for row in file_queries.epochs_of(tx, file.id)}
        for epoch, secret in sealed.secrets_of(tx, file, actor).items():
            if epoch not in own:
                tx.add(deputy_keys.lock(app, file, epochs[epoch], secret, deputy=(absence.id, absence.deputy_id, public)))
    detail = {"lane": lane.lane, "user": absence.deputy_id.hex}
    days = {"first_day": absence.first_day.isoformat(), "last_day": absence.last_day.isoformat()}
    history.append(tx, lane.case, history.NewEvent(EventKind.ABSENCE_STARTED, now, actor.user_id, detail=detail | days))


def _end(app: App, tx: Transaction, absence_id: UUID, actor: Actor | None, now: datetime) -> bool:
    """End an absence, unless it has ended. Its cases are locked first, so that what the deputy does is before this or refused.

    What he opened has a new epoch from here on; the other keys opened nothing.
    """
    cases = {case_id: case_queries.lock_case(tx, case_id) for case_id in queries.cases_in(tx, absence_id)}
    absence = queries.lock(tx, absence_id)
    if absence is None or absence.ended_at is not None:
        return False
    lanes, opened = queries.ticked(tx, [absence_id]), key_queries.opened_files(tx, absence_id)
    absence.ended_at, absence.ended_by = now, actor.user_id if actor else None
    tx.flush()
    key_queries.drop(tx, absence_id)
    key_queries.drop_drafts(tx, absence)
    for file in opened:
        [row, *_] = work_queries.procedures_of(tx, file.case_id)
        sealed.close_to_former(begin(app, tx, actor, row.id, now=now), file)
    for lane in lanes:
        detail = {"lane": lane.lane, "user": absence.deputy_id.hex if absence.deputy_id else None}
        event = history.NewEvent(EventKind.ABSENCE_ENDED, now, absence.ended_by, detail=detail)
        history.append(tx, cases[lane.case_id], event)
    if local_day(now) < absence.first_day:
        tx.delete(absence)  # nobody acted: it says nothing about who stands on which side
    return True
