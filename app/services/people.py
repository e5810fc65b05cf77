"""People: making accounts, passwords, recovery codes, language, and what somebody sees of himself."""

from dataclasses import dataclass, field
from uuid import UUID

from app.domain.errors import Conflict, InvalidAnswers
from app.services import accounts, attempts
from app.services.accounts import WrongLogin
from app.services.context import Actor, App
from app.services.views.people import Profile
from app.storage.database import Transaction
from app.storage.queries import accounts as queries
from app.storage.queries import people as people_queries
from app.storage.queries import places as place_queries
from app.storage.queries import tokens as token_queries
from app.storage.tables import User
from app.vault import people as vault
from app.vault import totp
from app.vault.envelope import PrivateKey, PublicKey
from app.vault.errors import WrongSecret
from app.vault.kdf import Login
from app.vault.sessions import lookup_hash

LEAST_CHARACTERS = 12
LANGUAGES = ("nl", "en")
WRONG_RECOVERY = "Dit e-mailadres en deze herstelcode horen niet bij elkaar. Kijk beide na en probeer het opnieuw."


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person who was made, with the recovery code that is shown once."""

    user_id: UUID
    recovery_code: str = field(repr=False)


def create(app: App, *, name: str, email: str, password: str, adviser_kind: str | None = None) -> NewPerson:
    """Make a person with keys. Raises InvalidAnswers for a weak password, Conflict when the address is taken."""
    user, keys = prepare(app, name=name, email=email, password=password, adviser_kind=adviser_kind)
    with app.database.write() as tx:
        if people_queries.user_by_email(tx, email) is not None:
            raise Conflict("Er is al iemand met dit e-mailadres.")
        put(app, tx, user, keys)
    return NewPerson(user.id, keys.recovery_code)


def prepare(app: App, *, name: str, email: str, password: str, adviser_kind: str | None) -> tuple[User, vault.NewKeys]:
    """A person with keys, not written yet: deriving takes long, and nothing is locked meanwhile. Raises InvalidAnswers."""
    check_password(password)
    enrolled = app.kdf.enrol(password)
    user = User(email=email.strip().lower(), name=name, adviser_kind=adviser_kind, created_at=app.clock(), active=True)
    user.language = LANGUAGES[0]
    user.kdf, user.verifier = enrolled.login.params, enrolled.login.verifier_hash
    keys = vault.new_keys(user.id.hex, enrolled.wrapping_key)
    user.public_key = bytes(keys.stored.public)
    return user, keys


def put(app: App, tx: Transaction, user: User, keys: vault.NewKeys) -> None:
    """Write a person who was prepared."""
    tx.add(user)
    tx.flush()
    accounts.keep_keys(tx, user, keys.stored, app)


def change_password(app: App, session: accounts.Session, old: str, new: str) -> None:
    """Give a new password; keys and second factor go along; other sessions, tokens and calendar end. Raises InvalidAnswers."""
    check_password(new)
    with app.database.read() as tx:
        user = people_queries.user_by_email(tx, session.actor.email)
    if user is None or session.actor.private_key is None:
        raise WrongLogin(accounts.WRONG_LOGIN)
    old_key = _verified(app, user, old)
    enrolled = app.kdf.enrol(new)
    with app.database.write() as tx:
        locked = _locked(tx, user.id)
        stored = accounts.stored_keys(tx, locked)
        accounts.keep_keys(tx, locked, vault.rewrap(locked.id.hex, stored, session.actor.private_key, enrolled.wrapping_key), app)
        if locked.totp_secret is not None:
            secret = totp.open_totp(locked.id.hex, locked.totp_secret, old_key)
            locked.totp_secret = totp.seal_totp(locked.id.hex, secret, enrolled.wrapping_key)
        locked.kdf, locked.verifier = enrolled.login.params, enrolled.login.verifier_hash
        queries.drop_sessions_of(tx, locked.id, but=lookup_hash(session.cookie))
        token_queries.drop_tokens_of(tx, locked.id)


def new_recovery_code(app: App, session: accounts.Session, password: str) -> str:
    """A new recovery code, shown once; the former one opens nothing any more. Raises InvalidAnswers."""
    private = confirm(app, session, password)
    with app.database.write() as tx:
        locked = _locked(tx, session.actor.user_id)
        renewed = vault.rotate_recovery(locked.id.hex, accounts.stored_keys(tx, locked), private)
        accounts.keep_keys(tx, locked, renewed.stored, app)
    return renewed.recovery_code


def confirm(app: App, session: accounts.Session, password: str) -> PrivateKey:
    """See that it is this person who sits behind the session; gives his key. Raises InvalidAnswers, WrongLogin."""
    with app.database.read() as tx:
        user = people_queries.user_by_email(tx, session.actor.email)
    if user is None or session.actor.private_key is None:
        raise WrongLogin(accounts.WRONG_LOGIN)
    _verified(app, user, password)
    return session.actor.private_key


def recover(app: App, email: str, code: str, new_password: str, *, address: str) -> str:
    """A new password by recovery code; gives the next code. The second factor must be enrolled anew, all sessions and tokens end.

    Raises WrongLogin (not telling which part was wrong), InvalidAnswers, TooMany.
    """
    check_password(new_password)
    now = app.clock()
    with app.database.read() as tx:
        attempts.check(app, tx, (email, address), now)
        user = people_queries.user_by_email(tx, email)
        stored = accounts.stored_keys(tx, user) if user is not None and user.active else None
    enrolled = app.kdf.enrol(new_password)
    try:
        if user is None or stored is None:
            raise WrongSecret("no such name")
        private = vault.unwrap_with_recovery(user.id.hex, stored, code)
    except WrongSecret as error:
        attempts.count(app, (email, address), now)
        raise WrongLogin(WRONG_RECOVERY) from error
    renewed = vault.rotate_recovery(user.id.hex, vault.rewrap(user.id.hex, stored, private, enrolled.wrapping_key), private)
    with app.database.write() as tx:
        locked = _locked(tx, user.id)
        if accounts.stored_keys(tx, locked) != stored:
            # The same code was used a moment ago: it counts once.
            raise WrongLogin(WRONG_RECOVERY)
        accounts.keep_keys(tx, locked, renewed.stored, app)
        locked.kdf, locked.verifier = enrolled.login.params, enrolled.login.verifier_hash
        locked.totp_secret, locked.totp_step = None, None
        queries.drop_sessions_of(tx, locked.id)
        token_queries.drop_tokens_of(tx, locked.id)
    return renewed.recovery_code


def set_language(app: App, actor: Actor, language: str) -> None:
    """Choose the language of the pages. Raises InvalidAnswers for one that we do not speak."""
    if language not in LANGUAGES:
        raise InvalidAnswers({"language": "Kies Nederlands of Engels."})
    with app.database.write() as tx:
        _locked(tx, actor.user_id).language = language


def profile(app: App, actor: Actor) -> Profile:
    """What a person sees of himself."""
    with app.database.read() as tx:
        user = _locked(tx, actor.user_id, locks=False)
        boards, schools = place_queries.place_names(tx, {place.board_id for place in actor.places})
    held = tuple((p.role, schools[p.school_id] if p.school_id else boards[p.board_id]) for p in actor.places)
    shown = vault.fingerprint(PublicKey(user.public_key))
    return Profile(user.name, user.email, user.language, held, user.totp_step is not None, shown)


def _verified(app: App, user: User, password: str) -> bytes:
    try:
        return app.kdf.verify(password, Login(user.kdf, user.verifier))
    except WrongSecret as error:
        raise InvalidAnswers({"password": "Dit wachtwoord klopt niet."}) from error


def check_password(password: str, *, field: str = "new_password") -> None:
    """Raises InvalidAnswers, under the name of this question, when a password is too short."""
    if len(password) < LEAST_CHARACTERS:
        raise InvalidAnswers({field: f"Kies een wachtwoord van minstens {LEAST_CHARACTERS} tekens. Een zin mag ook."})


def _locked(tx: Transaction, user_id: UUID, *, locks: bool = True) -> User:
    user = tx.get(User, user_id, with_for_update=locks)
    if user is None:
        raise WrongLogin(accounts.WRONG_LOGIN)
    return user
