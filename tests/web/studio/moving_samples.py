"""Pages about moving running procedures, with made-up content."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from flask import render_template

from app.domain.forms import Option
from app.domain.moving import Change, Changing, Doing, Obstacle, Outcome, PlanState, Terms
from app.domain.procedure import Element, ElementKind
from app.domain.roles import Role
from app.services.views.moving import AnswerLine, ItemLine, MapLine, NewPlanPage, PlanLine, PlanPage, PlansPage, VersionChoice
from app.services.views.studio import Desk
from app.web import moving_words

NOW: Final = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DESK: Final = Desk("committee", "Klachtencommissie", drawing=False, draws=True)
LINE: Final = PlanLine(UUID(int=801), 1, 2, "Piet Vos", NOW, Doing.TRY, PlanState.DONE)
WRONG: Final = ("map_submit_defence", "value_judgment.gegrond", "terms", "why")
GONE: Final = Obstacle("element_gone", "submit_defence", "Stuur het verweer").text
DECISION: Final = "Besluit over het advies"
CHANGES: Final = tuple((change, DECISION) for change in (
    Change(Changing.TERM_MOVED, "board_response", days=14),
    Change(Changing.TERM_MOVED, "board_response", days=-1),
    Change(Changing.TERM_MOVED, "board_response"),
    Change(Changing.TERM_KEPT, "board_response"),
    Change(Changing.TERM_ADDED, "board_response"),
    Change(Changing.TERM_DROPPED, "board_response"),
    Change(Changing.FORM, "board_response", more=1, fewer=2),
))  # fmt: skip


def _plans(*, many: bool = True, **errors: str) -> str:
    versions = (VersionChoice(2, published=True, running=0), VersionChoice(1, published=False, running=5))
    page = PlansPage(DESK, versions if many else versions[:1], (LINE,) if many else ())
    return render_template("studio/move.html", desk=DESK, page=page, moving_words=moving_words, values={}, errors=errors)


def _new(errors: Mapping[str, str] | None = None, *, many: bool = True) -> str:
    step = Element("submit_defence", "Stuur het verweer", ElementKind.USER_TASK, "committee_formal", Role.BOARD)
    phase = Element("news", "Nieuws van de commissie", ElementKind.CALL, "committee")
    lines = (MapLine(step, (step,)), MapLine(phase, ())) if many else ()
    answer = AnswerLine("value_judgment.gegrond", "Wat is het oordeel?", "Gegrond", (Option("geheel_gegrond", "Geheel gegrond"),))
    shown = {"values": {"terms": "keep"}, "errors": errors or {}, "moving_words": moving_words}
    page = NewPlanPage(DESK, 1, 2, lines, (answer,) if many else ())
    return render_template("studio/move_new.html", desk=DESK, page=page, **shown)


def _plan(doing: Doing, state: PlanState, *, may_decide: bool = True) -> str:
    before = (
        ItemLine(2, ("Stuur het verweer",), Outcome.STAYS, GONE, ()),
        ItemLine(1, (DECISION,), Outcome.READY, None, CHANGES),
        ItemLine(3, ("Zitting",), Outcome.MOVED, None, ()),
    )
    page = PlanPage(
        desk=DESK,
        line=PlanLine(LINE.plan_id, 1, 2, "Piet Vos", NOW, doing, state),
        why="De wet geeft meer tijd.",
        terms=Terms.RECOMPUTE,
        mapped=(("Stuur het verweer", "Stuur het antwoord"),),
        answers=(("Wat is het oordeel?", "Gegrond", "Geheel gegrond"),),
        again_of=LINE if doing is Doing.MOVE else None,
        again=(LINE, LINE) if doing is Doing.MOVE else (),
        confirmed=None if doing is Doing.TRY else ("Marijke de Vries", NOW),
        undone=(None, NOW) if doing is Doing.UNDO else None,
        done_at=None,
        counts={Outcome.READY: 1, Outcome.STAYS: 1, Outcome.MOVED: 1},
        handled=2,
        total=3,
        reasons=((GONE, 1),),
        lines=before,
        page=1,
        more=True,
        may_decide=may_decide,
    )
    return render_template("studio/move_plan.html", desk=DESK, page=page, moving_words=moving_words)


PAGES: dict[str, Callable[[], str]] = {
    "studio-moves": _plans,
    "studio-moves-wrong": lambda: _plans(to="Kies een andere versie dan die waar je vandaan verhuist."),
    "studio-moves-none": lambda: _plans(many=False),
    "studio-move-new": _new,
    "studio-move-new-wrong": lambda: _new(dict.fromkeys(WRONG, "Kies iets anders.")),
    "studio-move-new-whole": lambda: _new(many=False),
    "studio-move-tried": lambda: _plan(Doing.TRY, PlanState.DONE),
    "studio-move-tried-by-drawer": lambda: _plan(Doing.TRY, PlanState.DONE, may_decide=False),
    "studio-move-done": lambda: _plan(Doing.MOVE, PlanState.DONE),
    "studio-move-runs": lambda: _plan(Doing.MOVE, PlanState.RUNNING),
    "studio-move-undone": lambda: _plan(Doing.UNDO, PlanState.STOPPED),
}
