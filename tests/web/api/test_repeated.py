"""A request under a key is done once, whatever happens to its answer on the way."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.demo.play import MARKER, Player
from app.services import cases, once, tokens
from app.services.context import App
from app.services.once import Key
from app.services.upkeep import tidy
from app.storage.tables import Case, GivenAnswer
from tests.web.api import dying
from tests.web.api.conftest import Program, Programs, school


def new_case(player: Player) -> dict[str, str]:
    return {"procedure": "committee", "start": "start_with_adviser", "school": str(school(player))}


def number_of_cases(player: Player) -> int:
    with player.app.database.read() as tx:
        return tx.scalars(select(func.count()).select_from(Case)).one()


def kept(player: Player) -> list[GivenAnswer]:
    with player.app.database.read() as tx:
        return list(tx.scalars(select(GivenAnswer)))


def test_the_same_request_gets_the_same_answer_and_is_done_once(player: Player, program_of: Programs) -> None:
    sanne = program_of("sanne")
    first, again = (sanne.post("/cases", new_case(player), key="a") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert (first.data, first.location) == (again.data, again.location)
    assert number_of_cases(player) == 1
    assert sanne.post("/cases", new_case(player), key="b").json != first.json
    assert sanne.post("/cases", new_case(player)).json != sanne.post("/cases", new_case(player)).json
    assert number_of_cases(player) == 4


def test_a_task_is_claimed_and_completed_once(player: Player, program_of: Programs) -> None:
    sanne = program_of("sanne")
    number = player.start("sanne", "committee", "start_with_adviser", "De Linde")
    path = f"/tasks/{player.task(number, 'file_consent')}"
    claims = [sanne.post(f"{path}/claim", key="claim") for _ in range(2)]
    answers = {"file_consent": "ja", "consent_on": "2026-09-07", "may_contact": "ja"}
    done = [sanne.post(f"{path}/complete", {"answers": answers}, key="done") for _ in range(2)]
    assert [answer.status_code for answer in claims + done] == [200] * 4
    assert done[0].data == done[1].data
    assert sanne.post(f"{path}/complete", {"answers": answers}, key="other").status_code == 409


def test_a_key_belongs_to_one_request_of_one_token(player: Player, program_of: Programs) -> None:
    sanne, ruben = program_of("sanne"), program_of("ruben")
    assert sanne.post("/cases", new_case(player), key="a").status_code == 201
    other = sanne.post("/cases", {**new_case(player), "start": "start_at_board"}, key="a")
    assert (other.status_code, (other.json or {})["type"]) == (422, "urn:veilige-route:key-used")
    assert ruben.post("/cases", new_case(player), key="a").status_code == 201
    assert number_of_cases(player) == 2


def test_a_refused_request_may_come_again_mended(player: Player, program_of: Programs) -> None:
    sanne = program_of("sanne")
    assert sanne.post("/cases", {**new_case(player), "start": "start_at_board"}, key="a").status_code == 404
    assert sanne.post("/cases", new_case(player), key="a").status_code == 201


def test_a_key_holds_for_a_day(player: Player, program_of: Programs) -> None:
    sanne = program_of("sanne")
    first = sanne.post("/cases", new_case(player), key="a")
    player.clock.at += timedelta(hours=24, seconds=-1)
    assert sanne.post("/cases", new_case(player), key="a").data == first.data
    player.clock.at += timedelta(seconds=1)
    assert sanne.post("/cases", new_case(player), key="a").data != first.data
    assert len(kept(player)) == 1
    player.clock.at += timedelta(hours=24)
    tidy(player.app)
    assert kept(player) == []


def test_a_request_that_fails_halfway_is_done_at_the_next_try(player: Player, program_of: Programs) -> None:
    bearer = tokens.bearer(player.app, program_of("sanne").token or "", "127.0.0.1")
    key = Key(bearer.token_id, b"key", b"request")

    def start(app: App) -> str:
        return cases.start(app, bearer.actor, "committee", "start_with_adviser", school_id=school(player))[0]

    def die(app: App) -> str:
        start(app)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        once.once(player.app, key, die)
    assert (number_of_cases(player), kept(player)) == (0, [])
    number = once.once(player.app, key, start)
    assert once.once(player.app, key, die) == number
    assert number_of_cases(player) == 1
    with pytest.raises(once.KeyUsed):
        once.once(player.app, replace(key, request_hash=b"other"), start)


@pytest.mark.parametrize("point", dying.POINTS)
def test_a_server_that_dies_leaves_all_or_nothing_and_the_next_try_does_the_rest(
    player: Player, program_of: Programs, world_url: str, tmp_path: Path, point: str
) -> None:
    token = program_of("sanne").token or ""
    request = dying.Request(world_url, tmp_path, player.clock.at, token, school(player))
    assert dying.die(request, point) == dying.DIED
    done = 1 if point == "answers" else 0
    assert (number_of_cases(player), len(kept(player))) == (done, done)
    number = request.send(player.app)
    assert request.send(player.app) == number
    assert [row.answer for row in kept(player)] == [number]
    assert number_of_cases(player) == 1


def test_two_at_the_same_moment_are_one(player: Player, program_of: Programs) -> None:
    sanne = program_of("sanne")
    gate, met = threading.Barrier(4), []

    def ask() -> None:
        program = Program(sanne.client.application, sanne.token)
        gate.wait()
        met.append(program.post("/cases", new_case(player), key="a"))

    together(ask, 4)
    assert {answer.status_code for answer in met} == {201}
    assert len({answer.data for answer in met}) == 1
    assert number_of_cases(player) == 1


def together(act: Callable[[], None], times: int) -> None:
    threads = [threading.Thread(target=act) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_what_is_kept_holds_no_sealed_text_and_nothing_to_guess_it_by(player: Player, program_of: Programs) -> None:
    number = player.start("sanne", "committee", "start_with_adviser", "De Linde")
    path = f"/tasks/{player.task(number, 'file_consent')}/complete"
    answers = {"file_consent": "ja", "consent_on": "2026-09-07", "may_contact": "ja", "safe_contact": f"Bel {MARKER}."}
    programs = [program_of("sanne") for _ in range(2)]
    assert programs[0].post(path, {"answers": answers}, key=MARKER).status_code == 200
    [row] = kept(player)
    assert MARKER not in row.answer
    assert MARKER.encode() not in row.key_hash + row.request_hash
    # The same request under another token has another hash: it hangs on the token, which nobody stores.
    keys = [
        once.key_of(tokens.bearer(player.app, program.token or "", "127.0.0.1"), "k", b"same request") for program in programs
    ]
    assert len({key.request_hash for key in keys if key}) == len({key.key_hash for key in keys if key}) == 2


@pytest.mark.parametrize("key", ["a b", "x" * 101, "é"])
def test_an_odd_key_is_refused(player: Player, program_of: Programs, key: str) -> None:
    assert program_of("sanne").post("/cases", new_case(player), key=key).status_code == 422
    assert number_of_cases(player) == 0
