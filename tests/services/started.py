"""Small procedures that start each other, drawn here, and the cast that plays them.

`guide` starts the others in a loop and hears in a second one when they are done; `listening` may run beside it. `helper` is a
step of the school's leader, which may wait. `chain` starts `helper` and ends at once. `counter` is begun in cases of their own.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache

from sqlalchemy import func, select

from app.catalogue import thaw
from app.demo.play import Player
from app.domain.procedure import Procedure
from app.domain.roles import Role
from app.services.publishing import publish
from app.storage.tables import Case, CaseHandler, CaseLink, ProcedureRow, Task, Wake
from tests.engine.sheet import Flow, Node, Sheet, event, flows, message, service, task, timer
from tests.services.committee import case_of

ADVISER, LEADER = "Vertrouwenspersoon", "Schoolleiding"
CODES = {ADVISER: "adviser", LEADER: "school_leader", "Begeleider van de aangeklaagde": "accused_support"}
STEPS = ("helper", "again", "chain", "both", "same", "other", "tell", "list", "done", "nothing")


def draw(player: Player) -> Player:
    """Publish the procedures; gives the player back."""
    for procedure in drawn():
        publish(player.app, procedure)
    return player


@cache
def drawn() -> tuple[Procedure, ...]:
    """The procedures, read and checked as those of the product are."""
    return tuple(thaw(sheets[0].id, _files(sheets)) for sheets in SHEETS)


def _files(sheets: Sequence[Sheet]) -> dict[str, bytes]:
    tasks = [node_id for sheet in sheets for node_id, node in sheet.nodes.items() if node.tag == "userTask"]
    forms = {f"forms/{one}.form": json.dumps(_form(one, QUESTIONS[one])).encode() for one in tasks}
    return {f"{sheet.id}.bpmn": sheet.source() for sheet in sheets} | forms


def _form(form_id: str, questions: Mapping[str, tuple[str, ...]]) -> dict[str, object]:
    parts = [_choice(key, values) if values else _day(key) for key, values in questions.items()]
    return {"id": form_id, "type": "default", "schemaVersion": 18, "components": parts}


def _choice(key: str, values: tuple[str, ...]) -> dict[str, object]:
    listed = [{"value": value, "label": value.capitalize()} for value in values]
    facts = {"store": "fact", "audience": "case"}
    return {"type": "radio", "key": key, "label": "Wat?", "values": listed, "properties": facts, "validate": {"required": True}}


def _day(key: str) -> dict[str, object]:
    return {"type": "datetime", "subtype": "date", "key": key, "dateLabel": "Tot?", "properties": {"store": "fact"}}


QUESTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "choose_step": {"next_step": STEPS},
    "how_is_it_now": {"next_time": ("goed", "slecht")},
    "help_out": {"help_kind": ("klaar", "wacht", "tot"), "help_until": ()},
    "meet": {"met": ("ja", "nee")},
    "hear_support": {"heard": ("ja", "nee")},
    "listen_in": {"listened": ("ja", "nee")},
}


def _task(name: str, lane: str = ADVISER) -> Node:
    node = task(name)
    node.lane = lane
    node.attributes["camunda:candidateGroups"] = CODES[lane]
    return node


def _all_in(lane: str, nodes: dict[str, Node]) -> dict[str, Node]:
    for node in nodes.values():
        if node.tag != "userTask":
            node.lane = lane
    return nodes


def _start(begins: str) -> Node:
    node = event("startEvent")
    node.properties["begins"] = begins
    return node


def _guide() -> Sheet:
    nodes = {
        "start_guide": _start("case"),
        "start_from_list": _start("list"),
        "merge": event("exclusiveGateway"),
        "split": event("parallelGateway"),
        "choose_again": event("exclusiveGateway"),
        "choose_step": _task("choose_step"),
        "chosen": event("exclusiveGateway"),
        "start_one": service("start_procedure", procedure="helper", start="start_helper"),
        "start_more": service("start_procedure", procedure="helper", start="start_helper", again="true"),
        "start_chain": service("start_procedure", procedure="chain", start="start_chain", again="true"),
        "start_same": service("start_procedure", procedure="counter", start="start_counter", own_case="same"),
        "start_other": service("start_procedure", procedure="counter", start="start_counter", own_case="other"),
        "start_two": service("start_procedure", procedure="chain", start="start_chain", again="true"),
        "start_second": service("start_procedure", procedure="chain", start="start_chain", again="true"),
        "tell_helper": service("send_message", procedure="helper", message="resume"),
        "on_list": service("record", mark="listed"),
        "end_listed": event("endEvent", "terminate"),
        "end_done": event("endEvent", "terminate"),
        "listen": event("exclusiveGateway"),
        "catch_done": message("intermediateCatchEvent", "m_done"),
        "how_is_it_now": _task("how_is_it_now"),
    }
    arrows = _guided()
    nodes["chosen"].attributes["default"] = "chosen_choose_again"
    return Sheet("guide", _all_in(ADVISER, nodes), arrows, {"anytime": "listening"}, messages={"m_done": "step_done"})


def _guided() -> dict[str, Flow]:
    return flows(
        "start_guide > merge",
        "start_from_list > merge",
        "merge > split",
        "split > choose_again",
        "choose_again > choose_step",
        "choose_step > chosen",
        "chosen > choose_again: niets",
        "chosen > start_one: een ? ${next_step == 'helper'}",
        "chosen > start_more: nog een ? ${next_step == 'again'}",
        "chosen > start_chain: keten ? ${next_step == 'chain'}",
        "chosen > start_two: twee ? ${next_step == 'both'}",
        "chosen > start_same: eigen ? ${next_step == 'same'}",
        "chosen > start_other: ander ? ${next_step == 'other'}",
        "chosen > tell_helper: bericht ? ${next_step == 'tell'}",
        "chosen > on_list: lijst ? ${next_step == 'list'}",
        "chosen > end_done: klaar ? ${next_step == 'done'}",
        "start_two > start_second",
        *(f"{one} > choose_again" for one in ("start_one", "start_more", "start_chain", "start_same", "start_other")),
        "start_second > choose_again",
        "tell_helper > choose_again",
        "on_list > end_listed",
        "split > listen",
        "listen > catch_done",
        "catch_done > how_is_it_now",
        "how_is_it_now > listen",
    )


def _helper() -> Sheet:
    nodes = {
        "start_helper": _start("beside"),
        "help_out": _task("help_out", LEADER),
        "kind": event("exclusiveGateway"),
        "catch_resume": message("intermediateCatchEvent", "m_resume"),
        "until": timer("${help_until}"),
        "end_helper": event("endEvent"),
    }
    arrows = flows(
        "start_helper > help_out",
        "help_out > kind",
        "kind > end_helper: klaar ? ${help_kind == 'klaar'}",
        "kind > catch_resume: wacht ? ${help_kind == 'wacht'}",
        "kind > until: tot ? ${help_kind == 'tot'}",
        "catch_resume > end_helper",
        "until > end_helper",
    )
    return Sheet("helper", _all_in(LEADER, nodes), arrows, {"outputs": "help_kind"}, messages={"m_resume": "resume"})


def _chain() -> Sheet:
    nodes = {
        "start_chain": _start("beside"),
        "chain_on": service("start_procedure", procedure="helper", start="start_helper"),
        "end_chain": event("endEvent"),
    }
    return Sheet("chain", _all_in(ADVISER, nodes), flows("start_chain > chain_on", "chain_on > end_chain"))


def _counter() -> Sheet:
    nodes = {
        "start_counter": _start("beside"),
        "meet": _task("meet"),
        "support": event("exclusiveGateway"),
        "hear_support": _task("hear_support", "Begeleider van de aangeklaagde"),
        "end_counter": event("endEvent"),
    }
    arrows = flows(
        "start_counter > meet",
        "meet > support",
        "support > hear_support: ja ? ${met == 'ja' and next_step != 'nothing'}",
        "support > end_counter: nee",
        "hear_support > end_counter",
    )
    nodes["support"].attributes["default"] = "support_end_counter"
    return Sheet("counter", _all_in(ADVISER, nodes), arrows, {"inputs": "next_step"})


def _listening() -> Sheet:
    nodes = {
        "start_listening": event("startEvent"),
        "listen_in": _task("listen_in"),
        "listen_on": service("start_procedure", procedure="helper", start="start_helper", again="true"),
        "end_listening": event("endEvent"),
    }
    arrows = flows("start_listening > listen_in", "listen_in > listen_on", "listen_on > end_listening")
    return Sheet("listening", _all_in(ADVISER, nodes), arrows)


SHEETS = ((_guide(), _listening()), (_helper(),), (_chain(),), (_counter(),))
LEADERS = {Role.SCHOOL_LEADER: ("joost",)}


def begin(player: Player) -> str:
    """A case that Sanne guides at De Linde; gives its number."""
    return player.start("sanne", "guide", "start_guide", "De Linde")


def choose(player: Player, number: str, step: str, *, tick: Mapping[Role, tuple[str, ...]] | None = None) -> None:
    """Sanne chooses the next step."""
    player.do("sanne", number, "choose_step", next_step=step, tick=tick)


def running(player: Player, number: str) -> list[str]:
    """The procedures of a case that run, by name."""
    with player.app.database.read() as tx:
        wanted = select(ProcedureRow.main).where(ProcedureRow.case_id == case_of(tx, number).id, ProcedureRow.ended_at.is_(None))
        return sorted(tx.scalars(wanted))


def open_tasks(player: Player, number: str) -> list[str]:
    """The open tasks of a case, each as often as it is open."""
    with player.app.database.read() as tx:
        wanted = select(Task.element_id).where(Task.case_id == case_of(tx, number).id, Task.closed_at.is_(None))
        return sorted(tx.scalars(wanted))


def wakes(player: Player) -> tuple[int, int]:
    """How many ends were told to who started them, and how many wait to be told."""
    with player.app.database.read() as tx:
        told = tx.scalar(select(func.count()).where(Wake.delivered_at.is_not(None))) or 0
        return told, (tx.scalar(select(func.count()).select_from(Wake)) or 0) - told


def opened_out_of(player: Player, number: str) -> list[tuple[str, str]]:
    """The cases that were opened out of this one, with their side."""
    with player.app.database.read() as tx:
        wanted = select(Case.number, CaseLink.kind).join(CaseLink, CaseLink.other_id == Case.id)
        return list(tx.execute(wanted.where(CaseLink.case_id == case_of(tx, number).id).order_by(Case.opened_at)))


def advisers(player: Player, number: str) -> set[str]:
    """Who handles the adviser's lane of a case."""
    parts = {user_id: part for part, user_id in player.places.people.items()}
    with player.app.database.read() as tx:
        wanted = select(CaseHandler.user_id).where(CaseHandler.case_id == case_of(tx, number).id)
        return {parts[user_id] for user_id in tx.scalars(wanted.where(CaseHandler.lane == Role.ADVISER))}
