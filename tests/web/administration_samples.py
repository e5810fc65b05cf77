"""The pages of administration with made-up content."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from flask import render_template

from app.domain.administration import APPOINTABLE, AdminKind
from app.domain.people_file import COLUMNS
from app.domain.roles import Role
from app.services.administration import departing
from app.services.gaps import GapKind
from app.services.views.administration import (
    ChangingPage,
    EndingPage,
    GapLine,
    LeavingPage,
    LeavingRole,
    LogLine,
    LogPage,
    Overview,
    PeoplePage,
    PersonLine,
    PersonPage,
    RoleLine,
    SchoolLine,
)
from app.services.views.appointing import (
    Desk,
    ImportLine,
    ImportPage,
    InvitationLine,
    InvitationsPage,
    Invited,
    ProposalLine,
    WrongLine,
)

ID = UUID(int=90)
NOW = datetime(2026, 11, 19, 13, 20, tzinfo=UTC)
DESK = Desk(ID, "Stichting De Kring", several=True)
SCHOOLS = ((ID, "De Linde"), (UUID(int=91), "Het Anker"))
ROLE = RoleLine(ID, Role.SCHOOL_LEADER, "De Linde", NOW, NOW)
PERSON = PersonLine(ID, "Joost Mulder", "joost@voorbeeld.example", (ROLE,))
PROPOSAL = ProposalLine(
    proposal_id=ID,
    person="Joost Mulder",
    role=Role.BOARD,
    where="Stichting De Kring",
    board="Stichting De Kring",
    first_day=date(2026, 11, 19),
    last_day=date(2027, 11, 18),
    by="Ada Kok",
    at=NOW,
    fingerprint="5HH4-LVQR-BFHZ-Y3CL-FXXT",
    confirmers=("Kemal Aydin", "Marijke de Vries"),
    may_confirm=True,
    may_withdraw=True,
    beside=(Role.SCHOOL_LEADER,),
)
WRONG = {"name": "Vul de naam in, hoogstens 200 tekens.", "email": "Vul een e-mailadres in zoals naam@school.nl."}
ROLE_WRONG = {"role": "Kies een rol.", "last_day": "Vul een datum in zoals 18-11-2026."}


def overview(*, empty: bool = False) -> Overview:
    people = ((Role.ADVISER, ("Ruben Smit", "Sanne Bakker")), (Role.SCHOOL_LEADER, ("Joost Mulder",)))
    schools = (SchoolLine(ID, "De Linde", "midden", people), SchoolLine(UUID(int=91), "Het Anker", "zuid"))
    gaps = tuple(GapLine(kind.value, "Het Anker", "Joost Mulder", Role.SCHOOL_LEADER, 2) for kind in GapKind)
    return Overview(DESK, () if empty else schools, () if empty else people, () if empty else gaps, 0 if empty else 2, 1)


def _overview(page: Overview, **errors: str) -> str:
    return render_template("administration/overview.html", page=page, values={}, errors=errors)


def _school(**errors: str) -> str:
    return render_template(
        "administration/school.html", desk=DESK, school=overview().schools[0], values={"name": "De Linde"}, errors=errors
    )


def _people(page: PeoplePage) -> str:
    return render_template("administration/people.html", page=page)


def _person(errors: dict[str, str]) -> str:
    page = PersonPage(DESK, PERSON, None, False, (PROPOSAL,), SCHOOLS)
    return render_template("administration/person.html", page=page, roles=APPOINTABLE, values={}, errors=errors)


def _ending() -> str:
    page = EndingPage(DESK, ID, "Joost Mulder", ROLE, ("last_here", "last_keeper", "cases"))
    return render_template("administration/ending.html", page=page)


def _gone() -> str:
    page = PersonPage(DESK, replace(PERSON, roles=()), None, False, (), SCHOOLS, NOW)
    return render_template("administration/person.html", page=page, roles=APPOINTABLE, values={}, errors={})


def _board(**errors: str) -> str:
    return render_template("administration/board.html", desk=DESK, values={"name": DESK.name}, errors=errors)


def _changing(errors: dict[str, str], *, elsewhere: bool = False) -> str:
    page = ChangingPage(DESK, ID, "Joost Mulder", "joost@voorbeeld.example", elsewhere)
    values = {"name": page.name, "email": page.email}
    return render_template("administration/changing.html", page=page, values=values, errors=errors)


def _leaving(refused: str | None = None) -> str:
    roles = (LeavingRole(ROLE, 0, reads=True), LeavingRole(ROLE, 1, reads=True), LeavingRole(ROLE, 4, reads=False))
    warnings = ("last_keeper", "last_administrator", "cases")
    page = LeavingPage(DESK, ID, "Joost Mulder", roles, 1, refused, warnings)
    return render_template("administration/leaving.html", page=page, refused=departing.REFUSED)


def _invitations(lines: tuple[InvitationLine, ...], errors: dict[str, str]) -> str:
    page = InvitationsPage(DESK, lines, SCHOOLS, 2, more=True)
    return render_template("administration/invitations.html", page=page, roles=APPOINTABLE, values={}, errors=errors)


INVITED = tuple(
    InvitationLine(
        UUID(int=number), "Noor Dijkstra", "noor@school.example", NOW, mail == "sent", mail, ((Role.BOARD, "De Kring"),)
    )
    for number, mail in enumerate(("waiting", "sent", "given_up"))
)


def _invitation(invited: Invited, *, own: bool = False) -> str:
    return render_template("administration/invitation.html", invited=invited, token="x", own=own, errors={})


NEW = Invited("Stichting De Kring", "Noor Dijkstra", "noor@school.example", False, ((Role.ADVISER, "De Linde"),))


def _import(**shown: str) -> str:
    return render_template("administration/import.html", desk=DESK, columns=COLUMNS, **shown)


def _look(wrong: tuple[WrongLine, ...]) -> str:
    line = ImportLine(2, "invite_and_propose", "Noor Dijkstra", "noor@school.example", Role.ADVISER, "De Linde")
    counts = {"invite_and_propose": 1, "wrong": len(wrong)}
    return render_template("administration/import_page.html", page=ImportPage(DESK, ID, (line,), wrong, 2, 3, counts))


def _log(lines: tuple[LogLine, ...]) -> str:
    return render_template("administration/log.html", page=LogPage(DESK, lines, 7 if lines else None))


DEEDS = tuple(LogLine(NOW, "Ada Kok", kind, "Joost Mulder", "De Linde", Role.BOARD, 3) for kind in AdminKind)

PAGES: dict[str, Callable[[], str]] = {
    "boards": lambda: render_template("administration/boards.html", desks=[DESK, replace(DESK, name="Stichting Noorderlicht")]),
    "overview": lambda: _overview(overview(), name="Vul de naam van de school in.", region="Kies noord, midden of zuid."),
    "overview-empty": lambda: _overview(overview(empty=True)),
    "school": lambda: _school(name="Er is al een school met deze naam."),
    "people": lambda: _people(PeoplePage(DESK, (PERSON, replace(PERSON, roles=())), "jo", 2, more=True)),
    "people-none": lambda: _people(PeoplePage(DESK, (), "zz", 1, more=False)),
    "person": lambda: _person({}),
    "person-wrong": lambda: _person(ROLE_WRONG),
    "person-gone": _gone,
    "board-name": _board,
    "board-name-wrong": lambda: _board(name="Er is al een bestuur met deze naam. Kies een andere naam."),
    "changing": lambda: _changing({}),
    "changing-wrong": lambda: _changing(WRONG),
    "changing-elsewhere": lambda: _changing({}, elsewhere=True),
    "leaving": _leaving,
    "leaving-refused": lambda: _leaving("last_board"),
    "ending": _ending,
    "invitations": lambda: _invitations(INVITED, {}),
    "invitations-wrong": lambda: _invitations((), {**WRONG, **ROLE_WRONG}),
    "invitation": lambda: _invitation(NEW),
    "invitation-known": lambda: _invitation(replace(NEW, known=True)),
    "invitation-own": lambda: _invitation(replace(NEW, known=True), own=True),
    "proposals": lambda: render_template("administration/proposals.html", proposals=(PROPOSAL,)),
    "proposals-none": lambda: render_template("administration/proposals.html", proposals=()),
    "proposal": lambda: render_template("administration/proposal.html", line=PROPOSAL, errors={"compared": "Vink aan."}),
    "proposal-waits": lambda: render_template(
        "administration/proposal.html", line=replace(PROPOSAL, fingerprint=None, may_confirm=False), errors={}
    ),
    "import": _import,
    "import-refused": lambda: _import(error="Dit bestand is leeg.", pasted="naam"),
    "import-look": lambda: _look(()),
    "import-wrong": lambda: _look((WrongLine(2, "rol", "Deze rol kennen we niet."),)),
    "admin-log": lambda: _log(DEEDS),
    "admin-log-empty": lambda: _log(()),
}
