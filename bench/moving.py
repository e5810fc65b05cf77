"""What it takes to see what moving running procedures to a new version would do."""

from time import perf_counter
from typing import Final

from app.catalogue import thaw
from app.services import cases
from app.services.moving import plans
from app.services.moving.going import go_on
from app.services.publishing import publish
from bench.figures import Progress
from bench.installation import Installation, Pair

_KEY: Final = "committee"
_BATCH: Final = 50


def move_dry_run_s(installation: Installation, pair: Pair, number: int, progress: Progress) -> float:
    """The seconds of a dry run over so many cases of the complaints committee, to a version with a longer term."""
    app = installation.app
    for _ in range(number):
        cases.start(app, pair.adviser.actor, _KEY, "start_with_adviser", school_id=pair.school_id)
        progress.step()
    with app.database.read() as tx:
        old = app.versions.current(tx, _KEY)
    files = {name: content.replace(b'value="P4W"', b'value="P6W"') for name, content in old.procedure.files.items()}
    newest = publish(app, thaw(_KEY, files))
    raw = {"from": str(old.number), "to": str(newest), "terms": "recompute", "why": "Een meting."}
    begun = perf_counter()
    with app.database.write() as tx:
        plan_id = plans.write(app, tx, _KEY, raw, by=None)
    handled = 0
    while found := go_on(app, _BATCH, only=plan_id):
        handled += found
        progress.step(found)
    if handled != number:
        raise RuntimeError(f"{handled} were tried")
    return perf_counter() - begun
