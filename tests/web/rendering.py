"""Every page with made-up content, as the templates make it."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from flask import Flask, g, render_template, session

from app.domain.roles import Role
from app.services.context import Actor, Place
from app.services.views.inbox import InboxPage
from app.services.views.task import TaskPage
from app.web.fields import lay_out
from app.web.guard import Person
from app.web.pages import case, compliance, inbox, signin, start
from tests.web import compliance_samples, samples


class Visitor(Person):
    """Somebody who is signed in, without a session in any database."""

    def __init__(self, language: str = "nl") -> None:
        places = (Place(Role.ADVISER, UUID(int=70), UUID(int=71)), Place(Role.BOARD, UUID(int=70), None))
        self.actor = Actor(UUID(int=1), "Sanne Bakker", "sanne@example.org", language, places)


def _inbox(page: InboxPage) -> str:
    return render_template(
        "inbox.html",
        page=page,
        address=inbox._address,
    )


def _task(page: TaskPage) -> str:
    return render_template("task.html", page=page, sections=lay_out(page.form, page.facts), ticked={}, taken=(), refused=None)


def _case(part: str) -> str:
    page = samples.case()
    return render_template("case.html", page=page, part=part, level=case._level(page, None), marks=case._marks)


def _start() -> str:
    options = samples.start_options()
    schools = dict(pair for option in options for pair in option.schools)
    return render_template("start.html", options=options, name=start._name, schools=schools, way="", school=None, wrong=False)


def _enrol() -> str:
    picture = signin._picture("otpauth://totp/x?secret=ABCDEFGH")
    return render_template("enrol.html", secret="ABCD EFGH", picture=picture)


def _contacts(values: dict[str, str], errors: dict[str, str]) -> str:
    return render_template("contacts.html", page=samples.contacts(), values=values, errors=errors)


WRONG_CONTACT = {"kind": "Kies een antwoord.", "on": "Vul een datum in zoals 18-11-2026.", "minutes": "Vul een getal in."}

PAGES: dict[str, Callable[[], str]] = {
    "today": lambda: render_template("today.html", page=samples.today()),
    "today-empty": lambda: render_template("today.html", page=samples.empty_today()),
    "contacts": lambda: _contacts({}, {}),
    "contacts-wrong": lambda: _contacts({"on": "gisteren", "minutes": "veel"}, WRONG_CONTACT),
    "contacts-empty": lambda: render_template(
        "contacts.html", page=replace(samples.contacts(), contacts=(), minutes=0), values={}, errors={}
    ),
    "inbox": lambda: _inbox(samples.inbox()),
    "inbox-group": lambda: _inbox(samples.group_inbox()),
    "inbox-empty": lambda: _inbox(samples.empty_inbox()),
    "task": lambda: _task(samples.task()),
    "task-errors": lambda: _task(samples.task_with_errors()),
    "case": lambda: _case("stappen"),
    "case-diagram": lambda: _case("diagram"),
    "case-file": lambda: _case("dossier"),
    "case-terms": lambda: _case("termijnen"),
    "case-history": lambda: _case("geschiedenis"),
    "listed": lambda: render_template("listed.html", rows=samples.listed()),
    "listed-empty": lambda: render_template("listed.html", rows=()),
    "timeline": lambda: render_template("timeline.html", page=samples.timeline()),
    "cases": lambda: render_template("cases.html", rows=samples.cases(), more=True, number=1, may_start=True),
    "start": _start,
    "file": lambda: render_template("file.html", page=samples.file()),
    "announce": lambda: render_template(
        "announce.html", page=samples.case(), element_id="x", label="De klager trekt de klacht in"
    ),
    "compliance": lambda: compliance.board_page(compliance_samples.board()),
    "compliance-empty": lambda: compliance.board_page(compliance_samples.empty_board()),
    "compliance-lines": lambda: compliance.lines_page(compliance_samples.lines()),
    "compliance-no-lines": lambda: compliance.lines_page(compliance_samples.no_lines()),
    "compliance-heat": lambda: compliance.heat_page(compliance_samples.heat(), None),
    "compliance-heat-phase": lambda: compliance.heat_page(compliance_samples.heat(), "committee_response"),
    "profile": lambda: render_template("profile.html", profile=samples.profile(), tokens=samples.tokens()),
    "token": lambda: render_template("token.html", token="vr_12ab34cd_x", onward="/profiel"),
    "recovery": lambda: render_template("recovery_code.html", code="K7QX-22MD-9FTR", onward="/profiel"),
    "signin": lambda: render_template("signin.html", expired=True),
    "signin-wrong": lambda: render_template("signin.html", error="Dit klopt niet.", email="sanne@example.org"),
    "totp": lambda: render_template("totp.html"),
    "enrol": _enrol,
    "forgotten": lambda: render_template("forgotten.html"),
    "error": lambda: render_template("error.html", title="Niet gevonden", text="Deze pagina bestaat niet, of is niet voor jou."),
}
#: The pages that strangers see.
OUTSIDE = ("signin", "signin-wrong", "totp", "enrol", "forgotten")


def render(flask: Flask, name: str, *, language: str = "nl") -> str:
    """The HTML of a page by its name above."""
    with flask.test_request_context("/inbox" if name.startswith("inbox") else "/zaken/2026-7KQ4"):
        g.session = None
        if name not in OUTSIDE:
            g._login_user = Visitor(language)
            g.open_count = 7
        else:
            session["language"] = language
        return PAGES[name]()
