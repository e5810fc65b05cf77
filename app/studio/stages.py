"""Throw-away installations to try procedures in, prepared once per process; how far a story came is kept, so that a step is one.

Everything is told anew from the steps of a story, by whichever process is asked: what is kept here only saves time.
"""

import atexit
import secrets
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Final

from app.demo.play import MovingClock
from app.domain.procedure import Procedure
from app.scenarios.naming import Words
from app.scenarios.playing import Playing
from app.scenarios.stage import Stage, stage
from app.scenarios.story import Scenario

#: A draft and what is published; a prepared one takes about a megabyte, and a third of a second to make.
MOST_STAGES: Final = 2
#: How many moments of stories are kept on each, of about a megabyte.
MOST_MOMENTS: Final = 24


@dataclass(frozen=True, slots=True)
class _Moment:
    """How far a story came: its database, the clock, and what was told of it."""

    file: Path
    at: datetime
    told: Playing


@dataclass(slots=True)
class Prepared:
    """An installation with these procedures. Any number of threads may tell stories on it."""

    stage: Stage
    procedures: Mapping[str, Procedure]
    closing: ExitStack
    users: int = 0
    leaves: bool = False
    _moments: OrderedDict[str, _Moment] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def told(self, scenario: Scenario) -> Iterator[Playing]:
        """The story up to its last step, or the first that cannot be taken, on a copy that is thrown away.

        Whatever is done with it is gone when the block ends. Raises ScenarioError for a step that goes back in time.
        """
        names = _prefixes(scenario)
        with ExitStack() as opened:
            playing = self._nearest(names, opened) or Playing(opened.enter_context(self.stage.player()), Words(self.procedures))
            before = len(playing.ends)
            # The last step alone, so that going back from it tells nothing anew.
            for steps in (scenario.steps[:-1], scenario.steps):
                if not playing.stuck:
                    playing.go_on(replace(scenario, steps=steps))
                if len(playing.ends) > before and not playing.stuck:
                    self._keep(names[len(playing.ends) - 1], playing)
            yield playing

    def _nearest(self, names: list[str], opened: ExitStack) -> Playing | None:
        """A copy of the latest moment that is known of a story; copied under the lock, because old moments go."""
        with self._lock:
            name = next((name for name in reversed(names) if name in self._moments), None)
            if name is None:
                return None
            self._moments.move_to_end(name)
            moment, clock = self._moments[name], MovingClock(self._moments[name].at)
            app = opened.enter_context(self.stage.copy(moment.file, clock))
        return moment.told.resumed(moment.told.player.resumed(app, clock))

    def _keep(self, name: str, playing: Playing) -> None:
        player = playing.player
        with self._lock:
            if name in self._moments:
                return
            file = self.stage.keep(player.app, f"{secrets.token_hex(8)}.kept")
            self._moments[name] = _Moment(file, player.clock.at, playing.resumed(player))
            while len(self._moments) > MOST_MOMENTS:
                self._moments.popitem(last=False)[1].file.unlink()


class Stages:
    """At most so many prepared installations; one that is in use stays until it is not."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._prepared: OrderedDict[str, Prepared] = OrderedDict()

    @contextmanager
    def prepared(self, procedures: Mapping[str, Procedure], processes: Path, forms: Path) -> Iterator[Prepared]:
        """The installation with exactly these procedures and the calendars of this folder."""
        name = sha256("".join(f"{key} {one.sha256} " for key, one in sorted(procedures.items())).encode()).hexdigest()
        with self._lock:
            found = self._prepared.get(name) or self._prepare(name, procedures, processes, forms)
            self._prepared.move_to_end(name)
            found.users += 1
        try:
            yield found
        finally:
            with self._lock:
                found.users -= 1
                _tidy(found)

    def close(self) -> None:
        """Take all of them away that nobody uses."""
        with self._lock:
            while self._prepared:
                self._leave()

    def _prepare(self, name: str, procedures: Mapping[str, Procedure], processes: Path, forms: Path) -> Prepared:
        closing = ExitStack()
        made = Prepared(closing.enter_context(stage(procedures, processes, forms)), procedures, closing)
        self._prepared[name] = made
        while len(self._prepared) > MOST_STAGES:
            self._leave()
        return made

    def _leave(self) -> None:
        _, oldest = self._prepared.popitem(last=False)
        oldest.leaves = True
        _tidy(oldest)


def _tidy(prepared: Prepared) -> None:
    if prepared.leaves and not prepared.users:
        prepared.closing.close()


def _prefixes(scenario: Scenario) -> list[str]:
    """A name for the story after its start, and after each of its steps."""
    told = sha256(repr((scenario.procedure, scenario.start)).encode())
    names = [told.hexdigest()]
    for step in scenario.steps:
        told.update(repr(step).encode())
        names.append(told.hexdigest())
    return names


#: Those of this process.
STAGES: Final = Stages()
atexit.register(STAGES.close)
