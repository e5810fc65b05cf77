"""What was confidential once never becomes a fact: in no draft, from no host, and not by going back."""

import json

import pytest

from app.catalogue import CatalogueError, thaw
from app.demo.play import Player
from app.domain.procedure import Procedure, Severity
from app.services.publishing import publish_all
from app.services.studio import checking, drafts, publishing
from app.services.studio.publishing import Unfit
from app.services.versions import pack
from app.storage.tables import ProcedureVersion
from tests.services.studio.acting import draft_of, published

KEY, FORM, FIELD = "measures", "forms/school_leader_measures.form", "leader_measure_reasons"
#: A question of another procedure that everybody's facts know.
OTHER_KEY, OTHER_FORM, OTHER_FIELD = "mediation", "forms/arrange_mediator.form", "adviser_joins"


@pytest.fixture
def backend() -> str:
    """The rule asks nothing of the database that publishing does not ask of both."""
    return "sqlite"


def asked_otherwise(source: bytes, key: str, **how: object) -> bytes:
    """A form in which one question is asked in another way, under the same name."""
    form = json.loads(source)
    (part,) = (part for section in form["components"] for part in section.get("components", ()) if part.get("key") == key)
    label = part["label"]
    part.clear()
    part |= {"id": f"field_{key}", "key": key, "label": label, **how}
    return json.dumps(form).encode()


def as_a_fact(source: bytes, key: str = FIELD) -> bytes:
    values = [{"value": "ja", "label": "Ja"}, {"value": "nee", "label": "Nee"}]
    return asked_otherwise(source, key, type="radio", values=values, properties={"store": "fact"})


def files_of(player: Player, key: str = KEY) -> dict[str, bytes]:
    with player.app.database.read() as tx:
        return dict(player.app.versions.current(tx, key).procedure.files)


def opened(player: Player) -> Procedure:
    """The procedure with the question as a fact."""
    files = files_of(player)
    return thaw(KEY, {**files, FORM: as_a_fact(files[FORM])})


def codes(player: Player, key: str, over: dict[str, bytes]) -> list[tuple[str, str, str, Severity]]:
    piet = player.actor("piet")
    drafts.begin(player.app, piet, key)
    return [(one.code, one.file, one.element_id, one.severity) for one in checking.findings(player.app, piet, key, over)]


def test_a_draft_says_it_at_the_question(player: Player) -> None:
    assert codes(player, KEY, {}) == []
    found = codes(player, KEY, {FORM: as_a_fact(files_of(player)[FORM])})
    assert found == [("ratchet", FORM, FIELD, Severity.ERROR)]
    assert len(draft_of(player, key=KEY).files) == len(files_of(player))


def test_the_host_publishes_nothing_then(player: Player) -> None:
    with player.app.database.read() as tx:
        other = player.app.versions.current(tx, "mediation").procedure
    changed = thaw("mediation", {**other.files, "mediation.bpmn": other.files["mediation.bpmn"] + b"\n"})
    with pytest.raises(CatalogueError):
        publish_all(player.app, [changed, opened(player)])
    assert (published(player, "mediation").number, published(player, KEY).number) == (1, 1)
    assert publish_all(player.app, [changed], why="Een regel erbij.") == [2]
    assert published(player, "mediation").why == "Een regel erbij."


def test_it_holds_after_the_version_is_retired_and_for_every_procedure(player: Player) -> None:
    moved = files_of(player, "mediation")
    form = moved[OTHER_FORM].replace(OTHER_FIELD.encode(), FIELD.encode())
    found = codes(player, "mediation", {OTHER_FORM: form})
    assert ("ratchet", OTHER_FORM, FIELD, Severity.ERROR) in found


def test_going_back_to_a_version_that_asked_it_as_a_fact_is_refused(player: Player) -> None:
    first = opened(player)
    with player.app.database.write() as tx:
        row = ProcedureVersion(key=KEY, number=0, sha256=first.sha256, bundle=pack(dict(first.files)), status="retired")
        row.published_at = row.retired_at = player.clock.at
        tx.add(row)
    with pytest.raises(Unfit):
        publishing.roll_back(player.app, player.actor("kemal"), KEY, 0, {"why": "Zo was het eerst."})
    assert published(player, KEY).number == 1


def test_sealing_what_is_a_fact_elsewhere_is_warned_of(player: Player) -> None:
    files = files_of(player)
    form = files[FORM].replace(FIELD.encode(), OTHER_FIELD.encode())
    assert ("ratchet_elsewhere", FORM, OTHER_FIELD, Severity.WARNING) in codes(player, KEY, {FORM: form})
