"""Two versions of a procedure of tests/engine/diagrams, the second changed in its text."""

from hashlib import sha256

from app.domain.procedure import Procedure
from app.engine.levels import read_level
from app.engine.moving_checks import Pair
from app.engine.parse import called_processes
from app.engine.xml import read_xml
from tests.engine.play import DIAGRAMS, Play


def version(key: str, *changes: tuple[str, str]) -> Procedure:
    """The procedure with its drawing read, after each of these texts took the place of another one."""
    text = (DIAGRAMS / f"{key}.bpmn").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    source = text.encode()
    levels = {name: read_level(f"{key}.bpmn", node) for name, node in called_processes(read_xml(source))}
    processes = {name: level.process for name, level in levels.items()}
    return Procedure(key, key, processes, {}, sha256(source).hexdigest(), {f"{key}.bpmn": source})


def moved(play: Play, *changes: tuple[str, str], **mapping: str) -> Play:
    """The same running procedure, under a changed version from now on. Raises CannotMove."""
    old, new = version(play.procedure.key), version(play.procedure.key, *changes)
    state = play.runner.move(Pair(old, new, mapping), play.outcome.state)
    after = Play(new, play.runner, play.now, dict(play.facts), dict(play.terms))
    after.outcome = after.runner.wake(new, state, after.situation)
    return after
