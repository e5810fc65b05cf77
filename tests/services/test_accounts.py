"""Signing in: nothing tells a wrong name from a wrong password, nobody is locked out by others, and sessions end."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import func, select

from app.demo.cast import PASSWORD, email_of
from app.demo.play import MovingClock, Player
from app.domain.errors import Conflict, InvalidAnswers
from app.domain.roles import FileKind
from app.services import accounts, files, people
from app.services.accounts import Session, WrongLogin
from app.services.attempts import FREE, FREE_PER_ADDRESS, TooMany
from app.services.context import App
from app.services.upkeep import tidy
from app.storage.tables import Attempt, SessionRow
from app.vault import kdf
from tests.services.committee import send_letter

SANNE, HERE, ELSEWHERE = email_of("sanne"), "192.0.2.1", "192.0.2.2"
NEW = "een-heel-nieuw-wachtwoord"


def full(app: App, email: str = SANNE, password: str = PASSWORD) -> Session:
    session = accounts.session(app, accounts.sign_in(app, email, password, HERE).cookie)
    assert session is not None
    return session


@pytest.fixture
def strict(player: Player) -> App:
    """The same installation, but no demo: a second factor is asked of everybody."""
    return replace(player.app, settings=replace(player.app.settings, demo=False))


def enrol(app: App, email: str = SANNE, password: str = PASSWORD) -> pyotp.TOTP:
    half = full(app, email, password)
    assert half.step == "enrol"
    secret, address = accounts.enrol_totp(app, half)
    assert address.startswith("otpauth://totp/")
    generator = pyotp.TOTP(secret)
    assert accounts.confirm_totp(app, half, generator.at(app.clock())).step == "full"
    return generator


def test_a_wrong_name_and_a_wrong_password_are_told_and_cost_the_same(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[str] = []
    derive: Callable[..., bytes] = kdf.run_argon2id

    def counted(*args: object) -> bytes:
        runs.append("run")
        return derive(*args)

    monkeypatch.setattr(kdf, "run_argon2id", counted)
    told = []
    for email, password in ((SANNE, "fout"), ("niemand@voorbeeld.example", PASSWORD)):
        runs.clear()
        with pytest.raises(WrongLogin) as refused:
            accounts.sign_in(player.app, email, password, HERE)
        told.append((refused.value.text, len(runs)))
    runs.clear()
    accounts.sign_in(player.app, SANNE.upper(), PASSWORD, HERE)
    assert told == [(accounts.WRONG_LOGIN, 1), (accounts.WRONG_LOGIN, 1)]
    assert len(runs) == 1


def test_guessing_a_name_from_one_address_locks_nobody_out_elsewhere(player: Player) -> None:
    for _ in range(FREE):
        with pytest.raises(WrongLogin):
            accounts.sign_in(player.app, SANNE, "fout", HERE)
    with pytest.raises(TooMany) as wait:
        accounts.sign_in(player.app, SANNE, PASSWORD, HERE)
    assert wait.value.seconds > 0
    assert accounts.sign_in(player.app, SANNE, PASSWORD, ELSEWHERE).step == "full"
    assert accounts.sign_in(player.app, email_of("ruben"), PASSWORD, HERE).step == "full"
    player.clock.at += timedelta(seconds=wait.value.seconds)
    assert accounts.sign_in(player.app, SANNE, PASSWORD, HERE).step == "full"


def test_an_address_that_tries_many_names_has_to_wait(player: Player) -> None:
    for number in range(FREE_PER_ADDRESS):
        with pytest.raises(WrongLogin):
            accounts.sign_in(player.app, f"naam{number}@voorbeeld.example", "fout", HERE)
    with pytest.raises(TooMany):
        accounts.sign_in(player.app, SANNE, PASSWORD, HERE)
    assert accounts.sign_in(player.app, SANNE, PASSWORD, ELSEWHERE).step == "full"


def test_attempts_are_kept_as_hashes_and_forgotten(player: Player) -> None:
    with pytest.raises(WrongLogin):
        accounts.sign_in(player.app, SANNE, "fout", HERE)
    with player.app.database.read() as tx:
        scopes = list(tx.scalars(select(Attempt.scope)))
    assert len(scopes) == 2
    assert not any(SANNE.encode() in scope or HERE.encode() in scope for scope in scopes)
    player.clock.at += timedelta(minutes=16)
    tidy(player.app)
    with player.app.database.read() as tx:
        assert tx.scalar(select(func.count()).select_from(Attempt)) == 0


def test_a_session_ends_after_thirty_idle_minutes(player: Player, clock: MovingClock) -> None:
    cookie = full(player.app).cookie
    for _ in range(3):
        clock.at += timedelta(minutes=29)
        assert not _expired(player.app, cookie)
    clock.at += timedelta(minutes=30)
    assert _expired(player.app, cookie)
    assert accounts.session(player.app, cookie) is None


def test_a_session_ends_at_last_however_busy_it_is(player: Player, clock: MovingClock) -> None:
    cookie = full(player.app).cookie
    end = clock.at + accounts.LONGEST
    while clock.at + timedelta(minutes=20) < end:
        clock.at += timedelta(minutes=20)
        assert not _expired(player.app, cookie)
    clock.at = end
    assert _expired(player.app, cookie)
    with player.app.database.read() as tx:
        assert tx.scalar(select(func.count()).select_from(SessionRow)) == 0


def _expired(app: App, cookie: str) -> bool:
    session = accounts.session(app, cookie)
    assert session is not None
    assert session.actor.private_key is None or not session.expired
    return session.expired


def test_signing_out_ends_the_session(player: Player) -> None:
    session = full(player.app)
    accounts.sign_out(player.app, session)
    assert accounts.session(player.app, session.cookie) is None


@pytest.mark.parametrize("place", [0, 15, 16, 47])
def test_a_cookie_with_one_bit_changed_opens_nothing(player: Player, place: int) -> None:
    raw = bytearray(urlsafe_b64decode(full(player.app).cookie))
    raw[place] ^= 1
    assert accounts.session(player.app, urlsafe_b64encode(bytes(raw)).decode()) is None


@pytest.mark.parametrize("cookie", [None, "", "kort", "é" * 64, "A" * 64, "=" * 64])
def test_what_is_no_cookie_of_ours_opens_nothing(player: Player, cookie: str | None) -> None:
    assert accounts.session(player.app, cookie) is None


def test_a_second_factor_is_asked_of_everybody_and_a_code_counts_once(strict: App, clock: MovingClock) -> None:
    generator = enrol(strict)
    half = full(strict)
    assert (half.step, half.actor.private_key) == ("totp", None)
    with pytest.raises(WrongLogin):
        accounts.confirm_totp(strict, half, generator.at(clock.at))
    clock.at += timedelta(seconds=30)
    code = generator.at(clock.at)
    assert accounts.confirm_totp(strict, half, code).step == "full"
    assert accounts.session(strict, half.cookie) is None
    with pytest.raises(WrongLogin):
        accounts.confirm_totp(strict, full(strict), code)


def test_a_second_factor_is_not_replaced_by_who_has_the_password_alone(strict: App, clock: MovingClock) -> None:
    early = full(strict)
    generator = enrol(strict)
    for half in (early, full(strict)):
        with pytest.raises(WrongLogin):
            accounts.enrol_totp(strict, half)
    clock.at += timedelta(seconds=30)
    assert accounts.confirm_totp(strict, full(strict), generator.at(clock.at)).step == "full"


def test_guessing_codes_makes_nobody_else_wait(strict: App, clock: MovingClock) -> None:
    guessers = [email_of(part) for part in ("ruben", "farida", "otto", "joost", "amira", "kemal", "wim", "els", "bram", "nina")]
    for email in guessers:
        half = full(strict, email)
        for _ in range(FREE):
            with pytest.raises(WrongLogin):
                accounts.confirm_totp(strict, half, "000000")
        with pytest.raises(TooMany):
            accounts.confirm_totp(strict, half, "000000")
    enrol(strict)


def test_a_recovery_code_works_once_ends_all_sessions_and_keeps_the_files(player: Player) -> None:
    player.writes = True
    number = send_letter(player)
    made = people.new_recovery_code(player.app, full(player.app), PASSWORD)
    session = full(player.app)
    next_code = people.recover(player.app, SANNE, made, NEW, address=HERE)
    assert accounts.session(player.app, session.cookie) is None
    with pytest.raises(WrongLogin):
        people.recover(player.app, SANNE, made, NEW, address=HERE)
    with pytest.raises(WrongLogin):
        accounts.sign_in(player.app, SANNE, PASSWORD, HERE)
    assert next_code != made
    read = files.open_file(player.app, full(player.app, password=NEW).actor, number, FileKind.ADVISER)
    assert "zeepaardje" in str(read.entries)


def test_a_wrong_name_and_a_wrong_recovery_code_are_told_alike(player: Player) -> None:
    told = set()
    for email in (SANNE, "niemand@voorbeeld.example"):
        with pytest.raises(WrongLogin) as refused:
            people.recover(player.app, email, "AAAA-BBBB-CCCC-DDDD", NEW, address=HERE)
        told.add(refused.value.text)
    assert told == {people.WRONG_RECOVERY}
    with pytest.raises(InvalidAnswers):
        people.recover(player.app, SANNE, "AAAA", "kort", address=HERE)


def test_recovering_asks_for_a_new_second_factor(strict: App, clock: MovingClock) -> None:
    code = people.create(strict, name="Nieuw", email="nieuw@voorbeeld.example", password=PASSWORD).recovery_code
    enrol(strict, "nieuw@voorbeeld.example")
    people.recover(strict, "nieuw@voorbeeld.example", code, NEW, address=HERE)
    enrol(strict, "nieuw@voorbeeld.example", NEW)


def test_a_new_password_keeps_the_files_and_the_second_factor_and_ends_other_sessions(player: Player, strict: App) -> None:
    player.writes = True
    number = send_letter(player)
    elsewhere = full(player.app)
    generator = enrol(strict)
    player.clock.at += timedelta(seconds=30)
    cookie = accounts.confirm_totp(strict, full(strict), generator.at(player.clock.at)).cookie
    session = accounts.session(strict, cookie)
    assert session is not None
    with pytest.raises(InvalidAnswers):
        people.change_password(strict, session, "fout", NEW)
    people.change_password(strict, session, PASSWORD, NEW)
    assert accounts.session(strict, elsewhere.cookie) is None
    assert accounts.session(strict, session.cookie) is not None
    player.clock.at += timedelta(seconds=30)
    again = accounts.confirm_totp(strict, full(strict, password=NEW), generator.at(player.clock.at)).cookie
    after = accounts.session(strict, again)
    assert after is not None
    assert "zeepaardje" in str(files.open_file(strict, after.actor, number, FileKind.ADVISER).entries)


def test_an_address_belongs_to_one_person(player: Player) -> None:
    with pytest.raises(Conflict):
        people.create(player.app, name="Nog een Sanne", email=SANNE.upper(), password=PASSWORD)
    with pytest.raises(InvalidAnswers):
        people.create(player.app, name="Kort", email="kort@voorbeeld.example", password="kort")
