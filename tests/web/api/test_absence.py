"""Programs act for a deputy as he does himself: in the lanes that were left to him, on those days, and it is said for whom."""

from app.demo.play import Player
from app.services import absences
from tests.services.away import leave, typed
from tests.services.committee import history
from tests.web.api.conftest import Programs


def test_a_program_of_a_deputy_works_for_the_owner_until_that_is_revoked(player: Player, program_of: Programs) -> None:
    number = player.start("marijke", "committee", "start_at_board", "De Linde")
    task = f"/tasks/{player.task(number, 'register_at_board')}"
    els, marijke = program_of("els"), program_of("marijke")
    assert (els.get(task).status_code, els.read("/tasks?scope=all")["items"]) == (404, [])
    absence = leave(player, "marijke", "els", number)
    [line] = els.read("/tasks")["items"]
    assert (line["state"], line["on_behalf_of"]) == ("mine", "Marijke de Vries")
    assert els.read(task)["task"] == line
    assert els.read(f"/cases/{number}")["tasks"] == [line]
    assert [one["on_behalf_of"] for one in marijke.read("/tasks")["items"]] == [None]
    assert els.post(f"{task}/claim").status_code == 200
    assert els.post(f"{task}/complete", {"answers": {}}).status_code == 422
    assert [one["case"] for one in els.read("/deadlines?closed=true")["items"]] == [
        one["case"] for one in marijke.read("/deadlines?closed=true")["items"]
    ]
    absences.end(player.app, player.actor("marijke"), absence)
    for path in (task, f"/cases/{number}"):
        assert els.get(path).status_code == 404
    assert els.post(f"{task}/complete", {"answers": {}}).status_code == 404


def test_what_a_program_of_a_deputy_completes_is_recorded_for_the_owner(player: Player, program_of: Programs) -> None:
    number = player.start("marijke", "committee", "start_at_board", "De Linde")
    leave(player, "marijke", "els", number)
    raw = typed(player, "els", number, "register_at_board", adviser_takes_part="nee", conflict_of_interest="nee")
    done = program_of("els").post(f"/tasks/{player.task(number, 'register_at_board')}/complete", {"answers": raw})
    assert done.status_code == 200, done.text
    assert history(player, number, "task.completed")[-1].detail == {"on_behalf_of": player.places.people["marijke"].hex}
