"""Pages on which a procedure is tried, with made-up content."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from flask import render_template

from app.domain.roles import Role
from app.scenarios.expected import Where
from app.scenarios.playing import Failure
from app.services.views.case import HistoryLine
from app.services.views.studio import Desk
from app.studio.keeping import KeptLine, StoryChange, StoryPage
from app.studio.views import (
    Begin,
    Correction,
    MailTold,
    Offer,
    Person,
    ProcedureNow,
    StepTold,
    TaskNow,
    ToTick,
    TrialForm,
    TrialPage,
)
from app.web.fields import lay_out
from tests.web import samples

NOW: Final = datetime(2026, 12, 28, 23, 0, tzinfo=UTC)
DESK: Final = Desk("committee", "Klachtencommissie", drawing=True, draws=True)
MARIJKE: Final = Person("marijke", "Marijke de Vries")
MISSED: Final = HistoryLine(NOW, None, "term.missed", "Besluit over het advies", {})
STEPS: Final = (
    StepTold("start", "Marijke de Vries", "Commissie schrijft het bestuur", None, ()),
    StepTold("complete", "Marijke de Vries", "Noteer het advies", None, (replace(MISSED, kind="task.completed"),)),
    StepTold("wait", None, "", NOW, (MISSED, MailTold(NOW, "term_missed", "Er staat een taak klaar", ("Marijke de Vries",)))),
)


def page() -> TrialPage:
    """A story with two cases, in which a term ran out."""
    term, fact = samples.task().term, samples.task().known[0]
    assert term is not None
    task = TaskNow(1, "board_response", "Besluit over het advies", Role.BOARD, "Klachtencommissie", (MARIJKE,), term.due)
    corrections = (
        Correction(
            1,
            "board_response",
            "Besluit over het advies",
            "advice_received_on",
            "Wanneer kwam het?",
            moment=False,
            person=MARIJKE,
        ),
        Correction(1, "report", "Meld het", "reported_at", "Wanneer meldde je het?", moment=True, person=MARIJKE),
    )
    running = ProcedureNow(
        1, "committee", "Klachtencommissie", None, None, (("Wacht op het advies", NOW),), (), (fact,), (term,), corrections
    )
    ended = replace(running, case=2, ended="Klaar", ended_at=NOW, waits=(), terms=(), facts=(), corrections=())
    offers = (
        Offer("announce", 1, "ev_withdrawn", "De klager trekt de klacht in", MARIJKE),
        Offer("ask_replacement", 1, "sanne", "Sanne Bakker", MARIJKE),
    )
    return TrialPage(2, NOW, NOW, (task, replace(task, people=(), due=None)), offers, (running, ended), STEPS)


def form() -> TrialForm:
    """The form of a task with an answer that cannot stand."""
    task = samples.task_with_errors()
    return TrialForm(
        title=task.title,
        role=Role.BOARD,
        person=MARIJKE,
        instruction=task.instruction,
        now=NOW,
        term=task.term,
        form=task.form,
        facts=task.facts,
        values=task.values,
        readers=task.readers,
        shares=task.shares,
        handlers=(ToTick(Role.SCHOOL_LEADER, (("joost", "Joost Mulder"),), certain=False, one=False),),
        errors=task.errors,
    )


def _trial(shown: TrialPage, **typed: object) -> str:
    given = {"values": {}, "errors": {}, "refused": None, **typed}
    return render_template("studio/trial.html", desk=DESK, page=shown, shown=None, drawn=True, **given)


def _begin(way: Begin, **errors: str) -> str:
    return render_template("studio/trial_begin.html", desk=DESK, begins=(way,), values={}, errors=errors, refused=None)


def _story(*failures: Failure) -> str:
    played = StoryPage("te-laat", "Het bestuur hoort dat het te laat is", "WPO art. 14", STEPS, failures)
    return render_template("studio/story.html", desk=DESK, name="te-laat", page=played)


def _stories(*stories: KeptLine, wrong: str | None = None) -> str:
    found = {"te-laat": {"passed": False, "failures": ["28-12-2026 10.00: verwacht open: x"], "changes": ["Weg: een mail"]}}
    away = (StoryChange("oud", "Het bestuur hoort het op tijd", "went", None, NOW),)
    return render_template("studio/stories.html", desk=DESK, stories=stories, wrong=wrong, asked=None, found=found, away=away)


PAGES: Final[dict[str, Callable[[], str]]] = {
    "trial": lambda: _trial(page()),
    "trial-broken": lambda: _trial(replace(page(), broken="Deze stap is er niet meer.", tasks=(), next_at=None)),
    "trial-wrong-moment": lambda: _trial(replace(page(), next_at=None), errors={"at": "Vul een datum in."}),
    "trial-begin": lambda: _begin(
        Begin("start|marijke|De Linde", "De klager vraagt het bestuur", "Marijke de Vries", Role.BOARD, "De Linde"),
        begin="Kies hoe het begint.",
        at="Vul een datum in.",
    ),
    "trial-wrong": lambda: render_template("studio/trial_wrong.html", desk=DESK, wrong="Je concept heeft fouten."),
    "trial-task": lambda: render_template(
        "studio/trial_task.html", desk=DESK, page=form(), sections=lay_out(form().form, form().facts), ticked={}, number=2
    ),
    "trial-keep": lambda: render_template(
        "studio/trial_keep.html",
        desk=DESK,
        values={},
        errors={"title": "Zeg in één zin wat dit verhaal bewijst.", "name": "Zo heet er al een."},
        refused=None,
    ),
    "stories": lambda: _stories(KeptLine("te-laat", "Het bestuur hoort dat", "WPO art. 14", 7, "Piet Vos", NOW)),
    "stories-empty": lambda: _stories(wrong="Dit bestand kan niet."),
    "story": _story,
    "story-drop": lambda: render_template("studio/dropping_story.html", desk=DESK, name="te-laat", title="Het bestuur hoort dat"),
    "story-failed": lambda: _story(Failure(NOW, Where(7, 2), "verwacht open: Besluit over het advies; er staat open: niets")),
    "story-wrong": lambda: render_template("studio/story.html", desk=DESK, name="te-laat", wrong="Dit past niet meer."),
}
