"""Accepting an invitation: a new person chooses a password and gets his recovery code; who has an account signs in with it."""

from app.domain.administration import AdminKind
from app.domain.errors import Conflict, Forbidden, InvalidAnswers, NotFound
from app.domain.roles import Role
from app.services import people
from app.services.administration import letters
from app.services.administration.log import About, Deed
from app.services.administration.sitting import People
from app.services.context import Actor, App
from app.services.views.appointing import Invited
from app.storage.database import Transaction
from app.storage.queries import directory as queries
from app.storage.queries import invitations as invitation_queries
from app.storage.queries import people as people_queries
from app.storage.tables import Board, Invitation, User
from app.vault import links
from app.vault.errors import WrongSecret

GONE = "Deze link werkt niet, of niet meer. Vraag wie je uitnodigde om een nieuwe."
_SIGN_IN = "Je hebt al een account. Log daarmee in, en neem daarna de uitnodiging aan."
_ANOTHER = "Deze uitnodiging is voor iemand anders. Log uit, en log in met het adres waarop je de uitnodiging kreeg."


def look(app: App, token: str) -> Invited:
    """What the link of an invitation shows. Raises NotFound for a link that does not work, or no longer."""
    with app.database.read() as tx:
        row = _invitation(app, tx, token, locks=False)
        board = tx.get_one(Board, row.board_id)
        schools = {school.id: school.name for school in queries.schools(tx, row.board_id)}
        known = people_queries.user_by_email(tx, row.email) is not None
        asked = invitation_queries.proposals_of(tx, [row.id])
    roles = tuple((Role(one.role), schools[one.school_id] if one.school_id else board.name) for one in asked)
    return Invited(board.name, row.name, row.email, known, roles)


def accept(app: App, token: str, password: str, again: str) -> people.NewPerson:
    """Make the person who was invited, with the password that he chose. The link works for one request only.

    Raises NotFound for a link that does not work, InvalidAnswers for a weak password, Conflict when the address has an account.
    """
    with app.database.read() as tx:
        row = _invitation(app, tx, token, locks=False)
    if password != again:
        raise InvalidAnswers({"again": "Dit is niet hetzelfde als hierboven. Typ het wachtwoord nog een keer."})
    people.check_password(password, field="new")
    # What costs time and memory comes after the link was looked at, and before any row is locked.
    user, keys = people.prepare(app, name=row.name, email=row.email, password=password, adviser_kind=row.adviser_kind)
    with app.database.write() as tx:
        locked = _invitation(app, tx, token, locks=True)
        if people_queries.user_by_email(tx, locked.email) is not None:
            raise Conflict(_SIGN_IN)
        people.put(app, tx, user, keys)
        _join(tx, app, locked, user)
    return people.NewPerson(user.id, keys.recovery_code)


def join(app: App, actor: Actor, token: str) -> None:
    """Accept with the account that this person has already. Raises NotFound, Forbidden when the invitation is another's."""
    with app.database.write() as tx:
        row = _invitation(app, tx, token, locks=True)
        if row.email != actor.email:
            raise Forbidden(_ANOTHER)
        user = tx.get_one(User, actor.user_id)
        if user.adviser_kind is None:
            user.adviser_kind = row.adviser_kind
        _join(tx, app, row, user)


def _join(tx: Transaction, app: App, row: Invitation, user: User) -> None:
    """From now on the board knows him, and whoever may confirm his roles is told."""
    now = app.clock()
    row.accepted_at, row.user_id = now, user.id
    letters.drop(tx, row.id)
    Deed(tx, now, row.board_id, user.id).note(AdminKind.INVITATION_ACCEPTED, About(user.id, row.id))
    asked = invitation_queries.proposals_of(tx, [row.id])
    for proposal in asked:
        proposal.user_id = user.id
    tx.flush()
    people_there = People.of(tx, row.board_id, now)
    confirmers = {user_id for proposal in asked for user_id in people_there.confirmers(proposal)}
    letters.tell_confirmers(tx, row.board_id, confirmers, now)


def _invitation(app: App, tx: Transaction, token: str, *, locks: bool) -> Invitation:
    try:
        lookup = links.lookup_hash(token)
    except WrongSecret:
        raise NotFound(GONE) from None
    row = invitation_queries.invitation_by_token(tx, lookup, app.clock(), locks=locks)
    if row is None:
        raise NotFound(GONE)
    return row
