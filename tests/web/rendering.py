"""Every page with made-up content, as the templates make it."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from flask import Flask, g, render_template, session

from app.domain.roles import Role
from app.services.context import Actor, Place, Ways
from app.services.views.case import BeforeBeside, CasePage, LaneToTick
from app.services.views.comfort import ViewsPage
from app.services.views.inbox import InboxPage, InboxQuery
from app.services.views.task import HandlerChoice, TaskPage
from app.web import lists
from app.web.fields import lay_out
from app.web.guard import Person
from app.web.pages import absence, case, compliance, signin, start, telling
from tests.web import (
    administration_samples,
    comfort,
    commented,
    compliance_samples,
    samples,
    samples_of_absence,
    settings_samples,
    told_samples,
)
from tests.web.studio import (
    check_samples,
    forms_samples,
    interchange_samples,
    looking_samples,
    moving_samples,
    trial_samples,
    versions_samples,
)

_BEFORE_BESIDE = BeforeBeside(
    number="2026-A7K3",
    school="De Linde",
    procedure_id=UUID(int=5),
    procedure="Klachtencommissie",
    label="Verleng de termijn",
    about="Vier weken is te kort. Vertel het de klager en de commissie voordat de termijn voorbij is.",
    over=samples.TODAY,
)


class Visitor(Person):
    """Somebody who is signed in, without a session in any database."""

    def __init__(self, language: str = "nl", *, shortcuts: bool = True) -> None:
        places = (Place(Role.ADVISER, UUID(int=70), UUID(int=71)), Place(Role.BOARD, UUID(int=70), None))
        self.actor = Actor(UUID(int=1), "Sanne Bakker", "sanne@example.org", language, places, ways=Ways(shortcuts=shortcuts))


def _inbox(page: InboxPage, *, ticked: tuple[UUID, ...] = (), refused: str | None = None) -> str:
    return render_template(
        "inbox.html",
        page=page,
        lijst=lists.named(page.query),
        ticked=ticked,
        refused=refused,
    )


def _views(asked: InboxQuery | None, page: ViewsPage | None = None, **errors: str) -> str:
    return render_template("saved_views.html", page=page or comfort.views(), asked=asked, given={}, errors=errors)


def _together(action: str, **errors: str) -> str:
    chosen = comfort.chosen()
    return render_template(
        "together.html", action=action, chosen=chosen, errors=errors, given={}, back="/inbox", lijst={"van": "mine"}
    )


def _task(page: TaskPage) -> str:
    return render_template("task.html", page=page, sections=lay_out(page.form, page.facts), ticked={}, taken=(), refused=None)


def _case(part: str, page: CasePage | None = None, **typed: str) -> str:
    page = page or samples.case()
    return render_template("case.html", page=page, part=part, level=case._level(page, None), marks=case._marks, typed=typed)


def _tick(*, beside: bool = False, **errors: str) -> str:
    people = ((UUID(int=7), "Kemal Aydin"), (UUID(int=8), "Els van Dam"))
    page = LaneToTick(
        "2026-7KQ4", UUID(int=9), "Klacht bij de commissie", HandlerChoice(Role.BOARD, people, certain=True), beside
    )
    return render_template("tick.html", page=page, errors=errors)


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
    "today": lambda: render_template("today.html", page=samples.today(), lijst=lists.DAY),
    "today-empty": lambda: render_template("today.html", page=samples.empty_today(), lijst=lists.DAY),
    "contacts": lambda: _contacts({}, {}),
    "contacts-wrong": lambda: _contacts({"on": "gisteren", "minutes": "veel"}, WRONG_CONTACT),
    "contacts-empty": lambda: render_template(
        "contacts.html", page=replace(samples.contacts(), contacts=(), minutes=0), values={}, errors={}
    ),
    "inbox": lambda: _inbox(samples.inbox()),
    "inbox-group": lambda: _inbox(samples.group_inbox()),
    "inbox-empty": lambda: _inbox(samples.empty_inbox()),
    "inbox-views": lambda: _inbox(comfort.inbox_with_views(), ticked=(samples.some_id(0),)),
    "inbox-put-off": lambda: _inbox(comfort.put_off_inbox(), refused="Kies hoogstens 50 taken tegelijk."),
    "views": lambda: _views(None),
    "views-save": lambda: _views(comfort.ASKED),
    "views-wrong": lambda: _views(
        comfort.ASKED, name="Geef de weergave een naam.", team="Kies een team.", word="Kies een woord."
    ),
    "views-empty": lambda: _views(None, page=replace(comfort.views(), views=())),
    "together-pass-on": lambda: _together("pass_on"),
    "together-pass-on-wrong": lambda: _together("pass_on", colleague="Kies een collega."),
    "together-put-off": lambda: _together("put_off"),
    "together-put-off-wrong": lambda: _together("put_off", until="Kies een dag na vandaag.", reason="Schrijf minder."),
    "together-done": lambda: render_template(
        "together_done.html", action="put_off", handled=comfort.handled(), until=comfort.UNTIL, back="/inbox", lijst={}
    ),
    "task": lambda: _task(samples.task()),
    "task-errors": lambda: _task(samples.task_with_errors()),
    "case": lambda: _case("stappen"),
    "case-empty-lane": lambda: _case("stappen", replace(samples.case(), empty=(Role.SCHOOL_LEADER,), shared=(Role.BOARD,))),
    "tick": _tick,
    "tick-beside": lambda: _tick(beside=True),
    "tick-wrong": lambda: _tick(handlers_board="Kies minstens één persoon die dit gaat doen."),
    "case-diagram": lambda: _case("diagram"),
    "case-file": lambda: _case("dossier"),
    "case-terms": lambda: _case("termijnen"),
    "case-history": lambda: _case("geschiedenis"),
    "case-comments": lambda: _case("dossier", commented.case(), kind="board_file", text="", error="Schrijf eerst je opmerking."),
    "case-comments-closed": lambda: _case("dossier", commented.closed_places()),
    "case-comment": lambda: _case("stappen", commented.case(commented.PLACES[1])),
    "file-comments": lambda: render_template("file.html", page=commented.file()),
    "inbox-comments": lambda: _inbox(commented.inbox()),
    "today-comments": lambda: render_template("today.html", page=commented.today(), lijst=lists.DAY),
    "task-comments": lambda: _task(commented.task()),
    "keys": lambda: render_template("keys.html"),
    "listed": lambda: render_template("listed.html", rows=samples.listed()),
    "listed-empty": lambda: render_template("listed.html", rows=()),
    "timeline": lambda: render_template("timeline.html", page=samples.timeline()),
    "cases": lambda: render_template("cases.html", rows=samples.cases(), more=True, number=1, may_start=True),
    "start": _start,
    "bell": lambda: render_template("bell.html", lines=told_samples.notices(), more=True, number=1, proposals=2),
    "bell-empty": lambda: render_template("bell.html", lines=(), more=False, number=1, proposals=0),
    "post": lambda: render_template("post.html", page=told_samples.post()),
    "post-quiet": lambda: render_template("post.html", page=told_samples.quiet_post()),
    "post-none": lambda: render_template("post.html", page=told_samples.no_post()),
    "telling": lambda: telling._page(told_samples.CHOSEN, {}),
    "telling-wrong": lambda: telling._page({}, {"arrived": "Kies hoe je dit wilt horen.", "digest": "Kies elke dag."}),
    "file": lambda: render_template("file.html", page=samples.file()),
    "announce": lambda: render_template(
        "announce.html", page=samples.case(), element_id="x", label="De klager trekt de klacht in"
    ),
    "beside": lambda: render_template("beside.html", page=_BEFORE_BESIDE, back="/zaken/2026-A7K3"),
    "profile": lambda: render_template(
        "profile.html",
        profile=samples.profile(),
        tokens=samples.tokens(),
        views=comfort.views(),
        calendar=told_samples.NOW.date(),
    ),
    "absence": lambda: absence.shown(samples_of_absence.page()),
    "absence-errors": lambda: absence.shown(samples_of_absence.errors()),
    "absence-empty": lambda: absence.shown(samples_of_absence.empty()),
    "agenda": lambda: render_template("agenda.html", address="https://veilig.example/agenda/x.ics", onward="/profiel"),
    "compliance": lambda: compliance.board_page(compliance_samples.board()),
    "compliance-empty": lambda: compliance.board_page(compliance_samples.empty_board()),
    "compliance-lines": lambda: compliance.lines_page(compliance_samples.lines()),
    "compliance-no-lines": lambda: compliance.lines_page(compliance_samples.no_lines()),
    "compliance-heat": lambda: compliance.heat_page(compliance_samples.heat(), None),
    "compliance-heat-phase": lambda: compliance.heat_page(compliance_samples.heat(), "committee_response"),
    "token": lambda: render_template("token.html", token="vr_12ab34cd_x", onward="/profiel"),
    "recovery": lambda: render_template("recovery_code.html", code="K7QX-22MD-9FTR", onward="/profiel"),
    "signin": lambda: render_template("signin.html", expired=True),
    "signin-wrong": lambda: render_template("signin.html", error="Dit klopt niet.", email="sanne@example.org"),
    "totp": lambda: render_template("totp.html"),
    "enrol": _enrol,
    "forgotten": lambda: render_template("forgotten.html"),
    **administration_samples.PAGES,
    **settings_samples.PAGES,
    **forms_samples.PAGES,
    **trial_samples.PAGES,
    **check_samples.PAGES,
    **moving_samples.PAGES,
    **versions_samples.PAGES,
    **interchange_samples.PAGES,
    **looking_samples.PAGES,
    "error": lambda: render_template("error.html", title="Niet gevonden", text="Deze pagina bestaat niet, of is niet voor jou."),
}
#: The pages that strangers see.
OUTSIDE = ("signin", "signin-wrong", "totp", "enrol", "forgotten", "invitation", "invitation-known")


def render(flask: Flask, name: str, *, language: str = "nl", shortcuts: bool = True) -> str:
    """The HTML of a page by its name above."""
    with flask.test_request_context("/inbox" if name.startswith("inbox") else "/zaken/2026-7KQ4"):
        g.session = None
        if name not in OUTSIDE:
            g._login_user = Visitor(language, shortcuts=shortcuts)
            g.open_count, g.unseen_count = 7, 3
        else:
            session["language"] = language
        return PAGES[name]()
