"""What the tests of drafts, reviews and publishing do again and again: Piet draws, the board looks and publishes."""

import json
from datetime import timedelta
from uuid import uuid4

from app.demo.play import Player
from app.domain.roles import Role
from app.services.studio import drafts, proved, publishing, reviewing
from app.services.studio.drafts import DraftView
from app.services.views.reviewing import ReviewPage
from app.storage.tables import Membership, ProcedureVersion, School, StudioProof

KEY, MAIN = "committee", "committee.bpmn"
WHY = "De commissie vraagt hier vaker naar."
SLOW = {"file": MAIN, "element": "prepare_letter", "name": "", "code": "slow", "text": "Dit duurt lang.", "severity": "warning"}
NO_FINDINGS: dict[str, object] = {"findings": [], "states": 12, "complete": True}
NO_STORIES: dict[str, object] = {"stories": []}


def draft_of(player: Player, part: str = "piet", key: str = KEY) -> DraftView:
    return drafts.read(player.app, player.actor(part), key)


def change(player: Player, name: str, old: str, new: str, *, part: str = "piet", key: str = KEY) -> None:
    """Save a file with a text replaced in it."""
    drafts.begin(player.app, player.actor(part), key)
    file = draft_of(player, part, key).draft_files[name]
    text = file.content.decode()
    assert old in text
    drafts.save(player.app, player.actor(part), key, name, text.replace(old, new, 1).encode(), number=file.number)


def draw(player: Player, word: str = "zelf", *, part: str = "piet") -> None:
    """Change a label in the drawing, each time anew."""
    change(player, MAIN, "Klager kiest", f"Klager kiest {word}", part=part)


def prove(player: Player, driven: object = NO_FINDINGS, played: object = NO_STORIES, *, key: str = KEY) -> None:
    """Write down what the worker would have found of the draft as it is."""
    with player.app.database.write() as tx:
        draft = draft_of(player, key=key)
        for kind, sha256, result in zip(("driven", "played"), proved.hashes(tx, draft), (driven, played), strict=True):
            row = StudioProof(draft_id=draft.id, kind=kind, sha256=sha256, asked_by=player.places.people["piet"])
            row.asked_at = row.started_at = row.finished_at = player.clock.at
            row.result = json.dumps(result)
            tx.add(row)


def ask(player: Player, part: str = "piet", *, key: str = KEY) -> None:
    """Ask for a review, a minute after whatever was before."""
    player.clock.at += timedelta(minutes=1)
    reviewing.ask(player.app, player.actor(part), key, {"why": WHY})


def decide(player: Player, part: str, verdict: str = "approved", remark: str = "", *, key: str = KEY) -> None:
    raw = {"verdict": verdict, "remark": remark, "sha256": draft_of(player, part, key).sha256}
    reviewing.decide(player.app, player.actor(part), key, raw)


def ready(player: Player, reviewer: str = "marijke") -> None:
    """A draft of which nothing is missing."""
    draw(player)
    prove(player)
    ask(player)
    decide(player, reviewer)


def publish(player: Player, part: str = "kemal", *, key: str = KEY) -> int:
    return publishing.publish(player.app, player.actor(part), key, sha256=draft_of(player, part, key).sha256)


def page(player: Player, part: str = "kemal") -> ReviewPage:
    return reviewing.page(player.app, player.actor(part), KEY)


def give_role(player: Player, part: str, role: Role, school: str = "De Linde") -> None:
    """A role at the board of a school, as if installed on the host."""
    with player.app.database.write() as tx:
        board_id = tx.get_one(School, player.places.schools[school]).board_id
        since = player.clock.at
        tx.add(Membership(user_id=player.places.people[part], role=role.value, board_id=board_id, school_id=None, since=since))


def published(player: Player, key: str = KEY) -> ProcedureVersion:
    with player.app.database.read() as tx:
        return tx.get_one(ProcedureVersion, player.app.versions.current(tx, key).id)


def add_versions(player: Player, number: int) -> None:
    """Retired versions of the procedure, as years would make them."""
    with player.app.database.write() as tx:
        for each in range(number):
            row = ProcedureVersion(key=KEY, number=100 + each, sha256=uuid4().hex * 2, bundle="{}", status="retired")
            row.published_at = row.retired_at = player.clock.at
            tx.add(row)
