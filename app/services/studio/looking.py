"""A published version as it is drawn, for whoever looks: its drawings, its steps with what belongs to each, its forms."""

from collections.abc import Iterator
from typing import Final

from app import catalogue
from app.domain.differing import Sketch
from app.domain.errors import NotFound
from app.domain.procedure import Element, ElementKind
from app.domain.roles import Role
from app.services.context import Actor, App
from app.services.studio import access, forms, knowing
from app.services.versions import Published
from app.services.views.drawing import Known
from app.services.views.studio import Desk, DrawnStep, DrawnVersion
from app.services.views.studio_forms import FormPage
from app.storage.database import Transaction
from app.storage.queries import studio as studio_queries
from app.storage.queries import versions as queries

_DIAGRAM: Final = ".bpmn"
#: What somebody does, what is done by itself, what runs inside, and what time does; the rest is only the way between them.
_STEPS: Final = (
    ElementKind.USER_TASK,
    ElementKind.SERVICE_TASK,
    ElementKind.CALL,
    ElementKind.TIMER_CATCH,
    ElementKind.TIMER_BOUNDARY,
)


def page(app: App, actor: Actor, key: str, number: int, file: str) -> DrawnVersion:
    """One drawing of a version, with its steps from left to right; `file` empty is the main one. Raises NotFound."""
    with app.database.read() as tx:
        place = access.enter(app, tx, actor)
        version = _version(app, tx, key, number)
        drawing = studio_queries.open_draft(tx, key) is not None
        published = app.versions.published(tx).get(key)
    files = version.procedure.files
    diagrams = knowing.phases(files)
    here = next((one for one in diagrams if one.file == (file or f"{key}{_DIAGRAM}")), None)
    if here is None:
        raise NotFound
    now = published.number if published is not None else None
    sketch = catalogue.sketch(key, files)
    return DrawnVersion(
        desk=Desk(key, version.procedure.name, drawing=drawing, draws=place.draws, published=now),
        number=number,
        diagrams=diagrams,
        diagram=here,
        steps=tuple(_steps(sketch, here.id)),
        questions={field.key: field.label for form in sketch.forms.values() for field in form.fields if field.label},
    )


def file(app: App, actor: Actor, key: str, number: int, name: str) -> bytes:
    """A diagram of a version. Raises NotFound."""
    with app.database.read() as tx:
        access.enter(app, tx, actor)
        found = _version(app, tx, key, number).procedure.files.get(name)
    if found is None or not name.endswith(_DIAGRAM):
        raise NotFound
    return found


def known(app: App, actor: Actor, key: str, number: int) -> Known:
    """What the fields of a version's drawing name. Raises NotFound."""
    with app.database.read() as tx:
        access.enter(app, tx, actor)
        version = _version(app, tx, key, number)
        return knowing.of_files(app, tx, key, version.procedure.files)


def form(app: App, actor: Actor, key: str, number: int, form_id: str) -> tuple[Desk, FormPage]:
    """A form of a version, and the desk that it lies on. Raises NotFound."""
    desk = page(app, actor, key, number, "").desk
    with app.database.read() as tx:
        files = _version(app, tx, key, number).procedure.files
    return desk, forms.of_files(key, files, form_id)


def _version(app: App, tx: Transaction, key: str, number: int) -> Published:
    found = next((one for one in queries.of_key(tx, key) if one.number == number), None)
    if found is None:
        raise NotFound("Deze versie is er niet. Kijk bij de versies welke er zijn.")
    return app.versions.get(tx, found.id)


def _steps(sketch: Sketch, process_id: str) -> Iterator[DrawnStep]:
    elements = [one for one in sketch.processes[process_id].elements.values() if one.kind in _STEPS]
    for one in sorted(elements, key=lambda one: (*sketch.places.get(one.id, ())[:2], one.id)):
        asked = sketch.forms.get(one.form_id) if one.form_id is not None else None
        called = sketch.processes.get(one.called) if one.called is not None else None
        yield DrawnStep(
            element_id=one.id,
            name=one.name or one.id,
            kind=one.kind,
            lane=_lane(sketch, process_id, one),
            form_id=None if asked is None else asked.id,
            questions=0 if asked is None else len(asked.fields),
            term=one.term,
            source=one.properties.get("legalBasis", ""),
            phase=None if called is None else called.file,
        )


def _lane(sketch: Sketch, process_id: str, element: Element) -> Role | None:
    host = sketch.processes[process_id].elements.get(element.attached_to or "")
    return element.lane if host is None else host.lane
