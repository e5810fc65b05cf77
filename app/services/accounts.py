"""Signing in and out, the second factor, sessions. A wrong name and a wrong password cannot be told apart."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from app.domain.errors import DomainError
from app.services import attempts
from app.services.context import Actor, App, actor_of
from app.storage.database import Transaction
from app.storage.queries import accounts as queries
from app.storage.queries import people as people_queries
from app.storage.tables import KeyWrap, SessionRow, User
from app.vault import people, sessions, totp
from app.vault.envelope import PrivateKey, PublicKey
from app.vault.errors import VaultError, WrongSecret
from app.vault.kdf import Login

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
#: How often `seen_at` is written: not on every request.
_TOUCH = timedelta(minutes=1)

WRONG_LOGIN = "Dit e-mailadres en dit wachtwoord horen niet bij elkaar. Kijk beide na en probeer het opnieuw."
WRONG_CODE = "Deze code klopt niet, of is al gebruikt. Wacht op de volgende code in je app."


class WrongLogin(DomainError):
    """Name, password, recovery code or second factor did not fit; which one is not said."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The cookie's value, and what is still to be done: `full` (nothing), `totp` or `enrol`."""

    cookie: str
    step: str


@dataclass(frozen=True, slots=True)
class Session:
    """A session that was found by its cookie. `step` as in SignedIn; an expired one carries nobody's key."""

    cookie: str
    actor: Actor
    step: str
    expired: bool = False


def sign_in(app: App, email: str, password: str, address: str) -> SignedIn:
    """Check name and password; the same work is done when there is no such name. Raises WrongLogin, TooMany."""
    now = app.clock()
    with app.database.read() as tx:
        attempts.check(app, tx, (email, address), now)
        user = people_queries.user_by_email(tx, email)
        known = user if user is not None and user.active else None
        stored = stored_keys(tx, known) if known else None
    try:
        wrapping_key = app.kdf.verify(password, Login(known.kdf, known.verifier) if known else None)
    except WrongSecret as error:
        attempts.count(app, (email, address), now)
        raise WrongLogin(WRONG_LOGIN) from error
    if known is None or stored is None:
        raise WrongLogin(WRONG_LOGIN)
    step = "totp" if known.totp_step is not None else "full" if app.settings.demo else "enrol"
    if step == "full":
        return _open(app, known, people.unwrap_with_password(known.id.hex, stored, wrapping_key))
    half = sessions.half_open(known.id.hex, wrapping_key)
    return _keep(app, known.id, half, step)


def session(app: App, cookie: str | None) -> Session | None:
    """The session of a cookie; None when there is none. An idle or ended one is deleted and told as expired."""
    lookup = _lookup(cookie)
    if cookie is None or lookup is None:
        return None
    now = app.clock()
    with app.database.read() as tx:
        found = queries.session_with_user(tx, lookup, now)
    if found is None:
        return None
    expired = now >= found.ends_at or now - found.seen_at >= IDLE or not found.asker.active
    if expired or now - found.seen_at >= _TOUCH:
        _touch_or_end(app, lookup, ends=expired)
    private = None if expired or found.step != "full" else _private_key(cookie, found)
    if found.step == "full" and private is None and not expired:
        return None
    asker = replace(found.asker, roles=()) if expired else found.asker
    return Session(cookie, actor_of(asker, private, ways=found.ways), found.step, expired)


def confirm_totp(app: App, open_session: Session, code: str) -> SignedIn:
    """The second factor, also the first code of a new one: a full session takes the place of the half-open one.

    Raises WrongLogin, TooMany.
    """
    now = app.clock()
    # A scope of this person alone: wrong codes of others make nobody wait.
    scope = (open_session.actor.email, f"totp {open_session.actor.user_id}")
    with app.database.write() as tx:
        attempts.check(app, tx, scope, now)
        user = _user(tx, open_session.actor.user_id)
        wrapping_key = _wrapping_key(tx, open_session)
        step = _matching_step(user, wrapping_key, code, app)
        if step is not None:
            user.totp_step = step
            stored = stored_keys(tx, user)
            queries.drop_session(tx, sessions.lookup_hash(open_session.cookie))
    if step is None:
        attempts.count(app, scope, now)
        raise WrongLogin(WRONG_CODE)
    return _open(app, user, people.unwrap_with_password(user.id.hex, stored, wrapping_key))


def enrol_totp(app: App, open_session: Session) -> tuple[str, str]:
    """A fresh secret for the person's app, and the address for its QR code. It counts once a code of it was confirmed."""
    user_id, secret = open_session.actor.user_id, totp.new_totp_secret()
    with app.database.write() as tx:
        user = _user(tx, user_id)
        if open_session.step != "enrol" or user.totp_step is not None:
            raise WrongLogin(WRONG_CODE)
        user.totp_secret = totp.seal_totp(user_id.hex, secret, _wrapping_key(tx, open_session))
        user.totp_step = None
        return secret, totp.totp_uri(secret, user.email, "Veilige Route")


def sign_out(app: App, open_session: Session) -> None:
    """End this session."""
    with app.database.write() as tx:
        queries.drop_session(tx, sessions.lookup_hash(open_session.cookie))


def stored_keys(tx: Transaction, user: User) -> people.StoredKeys:
    """A person's keys as the vault knows them."""
    wraps = queries.wraps(tx, user.id)
    password, recovery = wraps["password"], wraps["recovery"]
    return people.StoredKeys(password.version, PublicKey(user.public_key), password.wrapped, recovery.wrapped)


def keep_keys(tx: Transaction, user: User, stored: people.StoredKeys, app: App) -> None:
    """Write a person's keys: two wraps, by password and by recovery code."""
    user.public_key = bytes(stored.public)
    wraps = queries.wraps(tx, user.id)
    for kind, wrapped in (("password", stored.by_password), ("recovery", stored.by_recovery)):
        row = wraps.get(kind)
        if row is None:
            tx.add(KeyWrap(user_id=user.id, kind=kind, version=stored.version, wrapped=wrapped, created_at=app.clock()))
        elif row.wrapped != wrapped:
            row.version, row.wrapped, row.created_at = stored.version, wrapped, app.clock()


def _matching_step(user: User, wrapping_key: bytes, code: str, app: App) -> int | None:
    if user.totp_secret is None:
        return None
    secret = totp.open_totp(user.id.hex, user.totp_secret, wrapping_key)
    return totp.verify_totp(secret, code, user.totp_step, app.clock())


def _open(app: App, user: User, private: PrivateKey) -> SignedIn:
    return _keep(app, user.id, sessions.new_session(user.id.hex, private), "full")


def _keep(app: App, user_id: UUID, new: sessions.NewSession, step: str) -> SignedIn:
    now = app.clock()
    with app.database.write() as tx:
        queries.drop_idle_sessions(tx, now - IDLE, now)
        row = SessionRow(lookup_hash=new.lookup_hash, user_id=user_id, key_box=new.sealed, step=step)
        row.started_at, row.seen_at, row.ends_at = now, now, now + LONGEST
        tx.add(row)
    return SignedIn(new.cookie, step)


def _touch_or_end(app: App, lookup: bytes, *, ends: bool) -> None:
    with app.database.write() as tx:
        row = tx.get(SessionRow, lookup)
        if row is not None and ends:
            tx.delete(row)
        elif row is not None:
            row.seen_at = app.clock()


def _private_key(cookie: str, found: queries.Found) -> PrivateKey | None:
    try:
        return sessions.open_session(cookie, found.asker.user_id.hex, found.key_box)
    except VaultError:
        return None


def _wrapping_key(tx: Transaction, open_session: Session) -> bytes:
    row = tx.get(SessionRow, sessions.lookup_hash(open_session.cookie))
    if row is None:
        raise WrongLogin(WRONG_LOGIN)
    try:
        return sessions.open_half(open_session.cookie, row.user_id.hex, row.key_box)
    except VaultError as error:
        raise WrongLogin(WRONG_LOGIN) from error


def _user(tx: Transaction, user_id: UUID) -> User:
    user = tx.get(User, user_id, with_for_update=True)
    if user is None:
        raise WrongLogin(WRONG_LOGIN)
    return user


def _lookup(cookie: str | None) -> bytes | None:
    try:
        return sessions.lookup_hash(cookie) if cookie else None
    except WrongSecret:
        return None
