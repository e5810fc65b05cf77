"""What is different between two versions, on the drawing and in words."""

from collections.abc import Collection

from flask import Response, render_template, request

from app.domain.differing import Mark
from app.services.studio import comparing
from app.services.views.studio import Comparison
from app.web.guard import actor
from app.web.installation import ours
from app.web.pages.studio.blueprint import blueprint


@blueprint.get("/studio/<key>/verschillen")
def differences(key: str) -> str:
    """What is different, from one side to the other."""
    found = comparing.compare(ours(), actor(), key, request.args.get("van"), request.args.get("naar"))
    levels = {level.process_id: level.name for level in (*found.old_levels, *found.new_levels)}
    touched = {level for mark in Mark for level, _ in found.differences.marked(mark)}
    wanted = request.args.get("niveau", "")
    chosen = wanted if wanted in levels else _first(found, levels, touched)
    return render_template(
        "studio/differences.html",
        desk=found.desk,
        page=found,
        levels=levels,
        touched=touched,
        chosen=chosen,
        sides=_sides(found, chosen),
    )


@blueprint.get("/studio/<key>/verschillen/<side>/<process_id>.bpmn")
def differences_drawing(key: str, side: str, process_id: str) -> Response:
    """Give the drawing of one level of one side."""
    return Response(comparing.drawing(ours(), actor(), key, side, process_id), mimetype="application/xml")


def _first(found: Comparison, levels: Collection[str], touched: Collection[str]) -> str:
    """The level to begin with. Who reads what may change all over; what was drawn comes before."""
    changes = found.differences
    drawn = {*(one.process_id for one in changes.parts), *(one.process_id for one in changes.terms)}
    return next((level for among in (drawn, touched) for level in levels if level in among), found.desk.key)


def _sides(found: Comparison, chosen: str) -> list[tuple[str, dict[str, list[str]]]]:
    """The sides that have this level, the new one first, each with what is marked in it."""
    marked = {mark: [element for level, element in found.differences.marked(mark) if level == chosen] for mark in Mark}
    return [
        (side, {mark.value: ids for mark, ids in marked.items() if mark is not hidden})
        for side, levels, hidden in (
            (found.after, found.new_levels, Mark.REMOVED),
            (found.before, found.old_levels, Mark.ADDED),
        )
        if any(level.process_id == chosen for level in levels)
    ]
