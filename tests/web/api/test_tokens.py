"""A token counts for one person, one scope and a time; everything else is refused alike."""

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import text as sql
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from app.clock import local_day
from app.demo.cast import PASSWORD, email_of
from app.demo.play import Player
from app.domain.errors import InvalidAnswers, NotFound
from app.services import accounts, people, tokens
from app.services.upkeep import tidy
from app.storage.tables import Base, Token, User
from app.vault.tokens import new_token
from tests.web.api.conftest import Program, Programs, last_day
from tests.web.forms import DAY, sign_in


def session_of(player: Player, part: str) -> accounts.Session:
    session = accounts.session(player.app, accounts.sign_in(player.app, email_of(part), PASSWORD, "127.0.0.1").cookie)
    assert session is not None
    return session


def test_without_a_token_the_answer_says_how_to_send_one(site: Flask) -> None:
    answer = Program(site, None).get("/tasks")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer realm=veilige-route"


def test_a_cookie_opens_no_endpoint_for_programs_and_a_token_no_page(site: Flask, program_of: Programs) -> None:
    browser = site.test_client()
    assert sign_in(browser, email_of("sanne"), PASSWORD).location == DAY
    assert browser.get("/inbox").status_code == 200
    assert browser.get("/api/v1/tasks").status_code == 401
    sanne = program_of("sanne")
    assert sanne.client.get("/inbox", headers=sanne.headers()).location.startswith("/inloggen")


def test_a_token_ends_after_its_last_day(player: Player, site: Flask) -> None:
    day = local_day(player.clock.at)
    program = Program(site, tokens.create_on_host(player.app, email_of("sanne"), scope=tokens.READ, last_day=day))
    player.clock.at = player.on(day, 23)
    assert program.get("/tasks").status_code == 200
    player.clock.at += timedelta(hours=1)
    assert program.get("/tasks").status_code == 401
    tidy(player.app)
    assert tokens.own(player.app, player.actor("sanne")) == ()


@pytest.mark.parametrize("days", [-1, 367])
def test_a_token_ends_today_or_within_a_year(player: Player, days: int) -> None:
    day = local_day(player.clock.at) + timedelta(days=days)
    with pytest.raises(InvalidAnswers) as refused:
        tokens.create_on_host(player.app, email_of("sanne"), scope=tokens.READ, last_day=day)
    assert set(refused.value.fields) == {"last_day"}


def test_a_revoked_token_counts_no_more_and_others_cannot_revoke_it(player: Player, program_of: Programs) -> None:
    sanne = program_of("sanne")
    [line] = tokens.own(player.app, player.actor("sanne"))
    assert line.mark in (sanne.token or "")
    with pytest.raises(NotFound):
        tokens.revoke_own(player.app, player.actor("ruben"), line.token_id)
    assert sanne.get("/tasks").status_code == 200
    tokens.revoke_own(player.app, player.actor("sanne"), line.token_id)
    assert sanne.get("/tasks").status_code == 401
    with pytest.raises(NotFound):
        tokens.revoke_on_host(player.app, email_of("sanne"), line.mark)


def test_a_token_for_reading_changes_nothing(player: Player, program_of: Programs, case: str) -> None:
    reader = program_of("sanne", tokens.READ)
    task = player.task(case, "committee_update")
    for path, body in ((f"/tasks/{task}/claim", None), (f"/tasks/{task}/complete", {"answers": {}}), ("/cases", {})):
        answer = reader.post(path, body)
        assert (answer.status_code, (answer.json or {})["type"]) == (403, "urn:veilige-route:forbidden"), path


def test_who_lost_his_account_has_no_token_that_counts(player: Player, program_of: Programs) -> None:
    sanne = program_of("sanne")
    with player.app.database.write() as tx:
        tx.execute(update(User).where(User.email == email_of("sanne")).values(active=False))
    assert sanne.get("/tasks").status_code == 401


def test_a_new_password_ends_all_tokens(player: Player, program_of: Programs) -> None:
    sanne, ruben = program_of("sanne"), program_of("ruben")
    people.change_password(player.app, session_of(player, "sanne"), PASSWORD, "een heel andere zin")
    assert (sanne.get("/tasks").status_code, ruben.get("/tasks").status_code) == (401, 200)


def test_making_a_token_asks_the_password_again(player: Player) -> None:
    session = session_of(player, "sanne")
    with pytest.raises(InvalidAnswers):
        tokens.create_own(player.app, session, "verkeerd wachtwoord", scope=tokens.READ, last_day=last_day(player))
    made = tokens.create_own(player.app, session, PASSWORD, scope=tokens.READ, last_day=last_day(player))
    assert tokens.bearer(player.app, made, "127.0.0.1").actor.name == "Sanne Bakker"


def test_a_program_holds_no_key_of_its_person(player: Player, program_of: Programs) -> None:
    bearer = tokens.bearer(player.app, program_of("sanne").token or "", "127.0.0.1")
    assert bearer.actor.private_key is None
    assert (bearer.token_id.hex[:8] in bearer.text, bearer.text in repr(bearer)) == (True, False)


def test_the_database_holds_no_token(player: Player, program_of: Programs) -> None:
    secret = (program_of("sanne").token or "").split("_", maxsplit=2)[2]
    with player.app.database.read() as tx:
        stored = repr([tx.execute(sql(f'SELECT * FROM "{table}"')).all() for table in Base.metadata.tables])  # noqa: S608
    assert "example" in stored
    assert secret not in stored


def test_wrong_tokens_wait_and_right_ones_do_not(site: Flask, player: Player, program_of: Programs) -> None:
    wrong, right = Program(site, new_token("00000000").text), program_of("sanne")
    met = [wrong.get("/tasks").status_code for _ in range(6)]
    assert met == [401] * 5 + [429]
    waiting = wrong.get("/tasks")
    assert (waiting.status_code, waiting.headers["Retry-After"]) == (429, "2")
    assert right.get("/tasks").status_code == 200
    assert sign_in(site.test_client(), email_of("sanne"), PASSWORD).location == DAY
    player.clock.at += timedelta(seconds=3)
    assert wrong.get("/tasks").status_code == 401


@pytest.mark.parametrize("token", ["x", "vr_00000000_", "vr_0000000g_" + "a" * 43, "vr_00000000_é"])
def test_what_is_no_token_is_refused(site: Flask, token: str) -> None:
    answer = site.test_client().get("/api/v1/tasks", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (
        401,
        'Bearer realm=veilige-route, error="invalid_token"',
    )


def test_a_token_has_one_of_two_scopes(player: Player) -> None:
    with pytest.raises(InvalidAnswers):
        tokens.create_on_host(player.app, email_of("sanne"), scope="admin", last_day=last_day(player))
    now, user_id = player.clock.at, player.places.people["sanne"]
    row = Token(id=uuid4(), user_id=user_id, lookup_hash=b"x", scope="admin", created_at=now, ends_at=now)
    with pytest.raises(DBAPIError), player.app.database.write() as tx:
        tx.add(row)
