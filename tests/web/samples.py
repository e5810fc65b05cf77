"""What pages are given to show, made up: Thursday 19 November 2026 at De Linde."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from app.domain.facts import Audience, FactType
from app.domain.forms import Field, Form, Option, Party, When
from app.domain.roles import FileKind, Role
from app.domain.term_bar import bar
from app.services.views.case import (
    CasePage,
    DiagramView,
    FileCard,
    FileEntry,
    FilePage,
    HistoryLine,
    ListedCase,
    ProcedureCard,
    Step,
    Timeline,
    WaitsFor,
)
from app.services.views.inbox import CaseRow, Due, InboxPage, InboxQuery, InboxRow, StartOption
from app.services.views.people import Profile, TokenLine
from app.services.views.task import EntryChoice, HandlerChoice, KnownFact, NewerTarget, TargetView, TaskPage, TermView
from app.services.views.today import Agreed, ContactLine, ContactsPage, SilentCase, TodayPage
from tests.web.next_samples import NEXT_STEPS

TODAY = date(2026, 11, 19)
NOW = datetime(2026, 11, 19, 13, 20, tzinfo=UTC)


def some_id(number: int) -> UUID:
    return UUID(int=number)


def due(day: date, *, at: datetime | None = None) -> Due:
    left = (day - TODAY).days
    tone = "late" if left < 0 else "today" if left == 0 else "calm"
    return Due(tone, day, left, at)


ROWS = (
    ("Vraag naar de afspraak", due(date(2026, 11, 16)), "appointment", "2026-M3XD", "Klachtroute", "De Linde"),
    (
        "Check de melding van de collega",
        due(TODAY, at=datetime(2026, 11, 19, 15, 0, tzinfo=UTC)),
        "statutory",
        "2026-W9FC",
        "Meldplicht",
        "Het Anker",
    ),
    ("Geef de signalen door", due(TODAY), "statutory", "2026-9TRB", "Meldcode", "Het Anker"),
    ("Leg de mogelijkheden uit", due(date(2026, 11, 20)), "target", "2026-HK52", "Klachtroute", "De Linde"),
    ("Vraag naar de voortgang", due(date(2026, 11, 24)), "target", "2026-D4LZ", "Klachtencommissie", "De Linde"),
    ("Kijk samen terug", due(date(2026, 12, 3)), "target", "2026-7KQ4", "Klachtencommissie", "De Linde"),
    ("Noteer het antwoord van de commissie", None, "none", "2026-X7PM", "Klachtencommissie", "De Wissel"),
)


def row(number: int, *, mine: bool = True, holder: str | None = "Sanne Bakker") -> InboxRow:
    title, when, kind, case, procedure, school = ROWS[number]
    return InboxRow(some_id(number), title, when, kind, case, procedure, school, holder, mine, may_claim=holder is None)


def inbox() -> InboxPage:
    groups = (("late", (row(0),)), ("today", (row(1), row(2))), ("week", (row(3), row(4))), ("later", (row(5), row(6))))
    return InboxPage(
        query=InboxQuery(),
        groups=groups,
        scope_counts={"mine": 7, "group": 2, "all": 100},
        bucket_counts={"late": 1, "today": 2, "week": 2, "later": 2},
        procedures=(("committee", "Klachtencommissie"),),
        schools=((some_id(71), "De Linde"), (some_id(72), "Het Anker")),
        more=True,
        next_term=None,
        may_start=True,
    )


def group_inbox() -> InboxPage:
    rows = (row(3, mine=False, holder=None), row(4, mine=False, holder="Kemal Aydin"))
    return replace(inbox(), query=InboxQuery(scope="group"), groups=(("week", rows),), more=False)


def empty_inbox() -> InboxPage:
    counts = {"mine": 0, "group": 4, "all": 4}
    return replace(inbox(), groups=(), scope_counts=counts, bucket_counts={}, more=False, next_term=date(2026, 12, 3))


def term(last: date, *, start: date, warn: date | None = None, extended_from: date | None = None) -> TermView:
    tone = "late" if last < TODAY else "soon" if warn is not None and warn <= TODAY else "calm"
    line = bar(start, last, TODAY, warn=warn, extended_from=extended_from)
    return TermView(
        deadline_id=some_id(50),
        title="Besluit over het advies",
        statutory=True,
        basis="WPO art. 14 lid 7",
        state="running",
        due=Due(tone, last, (last - TODAY).days),
        start_day=start,
        bar=line,
        extended_from=extended_from,
        settled_on=None,
        may_correct=True,
    )


def running_term() -> TermView:
    return term(date(2026, 11, 24), start=date(2026, 10, 27), warn=date(2026, 11, 17))


def target_term() -> TermView:
    target = TargetView("P10D", "schooldays", date(2026, 9, 1), "Besluit 12", NewerTarget(date(2026, 11, 1), "P5D"))
    return replace(running_term(), statutory=False, target=target)


def late_term() -> TermView:
    return term(date(2026, 11, 16), start=date(2026, 10, 19), warn=date(2026, 11, 9))


def extended_term() -> TermView:
    return term(date(2026, 12, 4), start=date(2026, 10, 23), extended_from=date(2026, 11, 20))


def met_term() -> TermView:
    met, start, last, old = date(2026, 10, 27), date(2026, 6, 29), date(2026, 10, 30), date(2026, 10, 5)
    line = bar(start, last, TODAY, extended_from=old, met_on=met)
    changes = ((datetime(2026, 10, 1, 9, 0, tzinfo=UTC), "extended", old, last),)
    return replace(
        term(last, start=start),
        title="Advies van de commissie",
        state="met",
        bar=line,
        extended_from=old,
        settled_on=met,
        changes=changes,
    )


YES_NO = (Option("ja", "Ja"), Option("nee", "Nee"))
MEASURES = tuple(
    Option(code, words)
    for code, words in (
        ("geen", "Geen"),
        ("gesprek", "Een gesprek"),
        ("afspraken", "Afspraken"),
        ("waarschuwing_of_straf", "Waarschuwing of straf"),
        ("tijdelijk_uit_elkaar", "Tijdelijk uit elkaar"),
        ("begeleiding_of_training", "Begeleiding of training"),
        ("anders", "Iets anders"),
    )
)
DECISION = Form(
    "board_response",
    (
        Field(
            "shares_judgment",
            "Deelt het bestuur het oordeel van de commissie?",
            FactType.ENUM,
            required=True,
            options=(Option("ja", "Ja"), Option("deels", "Deels"), Option("nee", "Nee")),
            section="Het besluit",
        ),
        Field(
            "takes_measures",
            "Neemt het bestuur maatregelen?",
            FactType.ENUM,
            required=True,
            options=YES_NO,
            section="Het besluit",
        ),
        Field(
            "measure_kind",
            "Soort maatregel",
            FactType.ENUM,
            description="Kies de belangrijkste. De maatregel zelf beschrijf je hieronder.",
            required_when="takes_measures == 'ja'",
            shown_when="takes_measures == 'ja'",
            options=MEASURES,
            section="Het besluit",
        ),
        Field(
            "measures_due_on",
            "Wanneer moeten de maatregelen klaar zijn?",
            FactType.DATE,
            shown_when="takes_measures == 'ja'",
            when=When.FUTURE,
            section="Het besluit",
        ),
        Field("complainant_told_on", "Brief aan de klager verstuurd op", FactType.DATE, required=True, section="De brieven"),
        Field("committee_told_on", "Brief aan de commissie verstuurd op", FactType.DATE, required=True, section="De brieven"),
        Field("accused_told_on", "Aangeklaagde ingelicht op", FactType.DATE, section="De brieven"),
        Field("called_on", "Wanneer heb je gebeld?", FactType.MOMENT, section="De motivering"),
        Field("minutes", "Hoeveel minuten kostte dit?", FactType.NUMBER, audience=Audience.STATISTIC, section="De motivering"),
        Field(
            "decision",
            "Het besluit met de redenen",
            None,
            description="Wat vindt het bestuur van elk punt van het advies? Welke maatregelen komen er precies, en waarom?",
            required=True,
            file=FileKind.BOARD,
            section="De motivering",
        ),
    ),
)

KNOWN = (
    KnownFact("advice_received_on", "Advies ontvangen", date(2026, 10, 27), "27 oktober 2026", "case"),
    KnownFact("judgment", "Oordeel", "deels_gegrond", "deels gegrond", "case"),
    KnownFact("recommendations", "Aanbevelingen", 2, "2", "case"),
    KnownFact("copies_to_both", "Kopie aan klager en aangeklaagde", "ja", "ja", "case"),
)
HELP = "Het bestuur laat binnen vier weken weten wat het vindt. Zeg ook waarom."
INSTRUCTION = (
    "Lees het advies. Beslis of het bestuur het oordeel deelt en of er maatregelen komen. "
    "Stuur een brief aan de klager en een brief aan de commissie. Vul daarna dit formulier in."
)


def task() -> TaskPage:
    return TaskPage(
        task_id=some_id(9),
        title="Besluit over het advies",
        state="mine",
        holder="Marijke de Vries",
        closed_by=None,
        closed_at=None,
        case_number="2026-7KQ4",
        procedure_id=some_id(30),
        procedure="Klachtencommissie",
        school="De Linde",
        role=Role.BOARD,
        instruction=INSTRUCTION,
        legal_basis="WPO art. 14 lid 7",
        checklist=(59, 132),
        term=running_term(),
        form=DECISION,
        values={"takes_measures": "ja", "measures_due_on": "29-01-2027", "complainant_told_on": "18-11-2026"},
        facts={},
        errors={},
        known=KNOWN,
        next_steps=NEXT_STEPS,
        handlers=(HandlerChoice(Role.SCHOOL_LEADER, ((some_id(81), "Ria Bos"), (some_id(82), "Tom Vos")), certain=False),),
        readers={FileKind.BOARD: ("Marijke de Vries", "Kemal Aydin")},
        anytime=(("extend_term", "Verleng de termijn"),),
        draft_saved_at=NOW - timedelta(minutes=3),
        colleagues=((some_id(84), "Kemal Aydin"), (some_id(85), "Els van Dam")),
        help=HELP,
        no_text="later",
        entries=(EntryChoice(some_id(61), NOW, "Noteer het advies"),),
    )


def task_with_errors() -> TaskPage:
    errors = {
        "shares_judgment": "Kies ja, deels of nee.",
        "complainant_told_on": "Deze dag ligt in de toekomst. Kies vandaag of een eerdere dag.",
        "decision": "Schrijf hier iets.",
        "handlers_school_leader": "Kies minstens één persoon die dit gaat doen.",
    }
    beside = (
        ("record_talk", "Een gesprek vastleggen"),
        ("news", "Toestemming verandert"),
        ("silent", "De klager laat niets horen"),
    )
    return replace(task(), errors=errors, anytime=beside)


def steps() -> tuple[Step, ...]:
    def step(number: int, label: str, state: str, role: Role | None = None, **more: object) -> Step:
        base = Step(f"step_{number}", label, state, None, role, None, None, None, None)
        return replace(base, **more)  # type: ignore[arg-type]  # a shorthand for the lines below

    return (
        step(
            1, "Noteer de verzending", "done", who="Ruben Smit", behalf="Sanne Bakker", at=datetime(2026, 6, 18, 9, 0, tzinfo=UTC)
        ),
        step(2, "Stuur het verweer", "done", Role.BOARD, at=datetime(2026, 8, 27, 9, 0, tzinfo=UTC)),
        step(3, "Besluit over het advies", "active", Role.BOARD, due=running_term().due, task_id=some_id(9)),
        step(4, "Wacht op de dag van de maatregelen", "waiting", at=datetime(2027, 1, 29, 8, 0, tzinfo=UTC)),
        step(5, "Voer de maatregelen uit", "ahead", Role.BOARD, note="alleen als er maatregelen komen"),
        step(6, "Afgerond", "end"),
    )


def cards() -> tuple[ProcedureCard, ...]:
    decision = WaitsFor("task", "Besluit over het advies", role=Role.BOARD, holder="Marijke de Vries", due=running_term().due)
    talk = WaitsFor("task", "Kies samen een stap", role=Role.ADVISER)
    waits = (talk, WaitsFor("beside", "Stap klaar"), WaitsFor("message", "Klager meldt zich"), talk)
    kept = WaitsFor("date", "Afgesproken dag", at=datetime(2026, 12, 3, 8, 0, tzinfo=UTC))
    return (
        ProcedureCard(some_id(31), "Klachtroute", None, None, waits, None),
        ProcedureCard(some_id(30), "Klachtencommissie", None, None, (decision,), running_term().due),
        ProcedureCard(some_id(33), "Afspraak nakomen", None, None, (kept,), None),
        ProcedureCard(some_id(34), "Maatregelen", None, None, (), None),
        ProcedureCard(some_id(32), "Meldplicht", "Meldplicht geldt niet", datetime(2026, 6, 9, 9, 0, tzinfo=UTC), (), None),
    )


def case() -> CasePage:
    history = (
        HistoryLine(datetime(2026, 6, 18, 9, 0, tzinfo=UTC), "Sanne Bakker", "task.completed", "Noteer de verzending", {}),
        HistoryLine(datetime(2026, 10, 27, 9, 0, tzinfo=UTC), None, "term.started", "Besluit", {"last_day": "2026-11-24"}),
        HistoryLine(NOW, "Kemal Aydin", "file.opened", None, {"file": "board_file"}),
    )
    waiting = ((some_id(83), "Ali Öz", "b2f1 90aa 31c4"),)
    return CasePage(
        number="2026-7KQ4",
        school="De Linde",
        handled_by=("Sanne Bakker", "Kemal Aydin"),
        since=datetime(2026, 6, 2, 9, 0, tzinfo=UTC),
        closed_at=None,
        cards=cards(),
        procedure_id=some_id(30),
        procedure="Klachtencommissie",
        version=3,
        started_at=datetime(2026, 6, 18, 9, 0, tzinfo=UTC),
        steps=steps(),
        terms=(running_term(), target_term(), met_term()),
        files=(FileCard(FileKind.BOARD, ("Marijke de Vries", "Kemal Aydin"), 2, may_open=True, waiting=waiting),),
        diagrams=(
            DiagramView("committee", "Klachtencommissie", ("start",), ("formal",), ()),
            DiagramView("formal", "Formele behandeling", (), ("board_response",), (("late", NOW + timedelta(days=5)),)),
        ),
        history=history,
        facts=task().known,
        anytime=(("record_talk", "Leg een gesprek vast"),),
        messages=(("withdrawn", "De klager trekt de klacht in"),),
        linked=("2026-M3XD",),
    )


def timeline() -> Timeline:
    page = case()
    return Timeline(page.number, page.school, page.since, None, page.cards, page.history)


def cases() -> list[CaseRow]:
    since = datetime(2026, 6, 2, 9, 0, tzinfo=UTC)
    return [
        CaseRow("2026-7KQ4", "De Linde", ("Klachtroute", "Klachtencommissie"), since, None, running_term().due),
        CaseRow("2026-M3XD", "Het Anker", ("Klachtroute",), since, None, None),
        CaseRow("2026-C2RM", "De Wissel", ("Klachtencommissie",), since, NOW, None),
    ]


def file() -> FilePage:
    entry = FileEntry(NOW, "Sanne Bakker", "Noteer het advies", (("Het advies", "Eerste regel.\nTweede <b>regel</b>."),))
    parties = ((Party.COMPLAINANT, "Iemand"), (Party.SUPPORT, "Een vriendin"))
    return FilePage(FileKind.BOARD, "2026-7KQ4", ("Marijke de Vries", "Kemal Aydin"), (entry,), parties)


def start_options() -> list[StartOption]:
    schools = ((some_id(71), "De Linde"), (some_id(72), "Het Anker"))
    text = "De klager kiest zelf om naar de commissie te gaan. Jij helpt daarbij."
    return [
        StartOption("committee", "Klachtencommissie", "by_complainant", "Klager kiest de commissie", Role.ADVISER, schools, text),
        StartOption("committee", "Klachtencommissie", "by_letter", "Commissie schrijft het bestuur", Role.BOARD, schools),
    ]


def profile() -> Profile:
    return Profile(
        "Sanne Bakker", "sanne@example.org", "nl", ((Role.ADVISER, "De Linde"),), totp=True, fingerprint="9f3c 22ab 70d1"
    )


def tokens() -> tuple[TokenLine, ...]:
    lines = (("12ab34cd", "read"), ("56ef78ab", "write"))
    return tuple(TokenLine(some_id(90 + n), mark, scope, date(2026, 12, 31)) for n, (mark, scope) in enumerate(lines))


def today() -> TodayPage:
    agreed = (Agreed("2026-M3XD", some_id(30), "Klachtroute", "Afgesproken dag", date(2026, 12, 5)),)
    silent = (
        SilentCase("2026-D4LZ", "De Linde", date(2026, 10, 20), 4),
        SilentCase("2026-X7PM", "De Wissel", date(2026, 10, 27), 3),
    )
    schools = ((some_id(71), "De Linde"), (some_id(72), "Het Anker"))
    return TodayPage((row(0), row(1)), 5, 2, 7, date(2026, 11, 24), agreed, silent, schools, may_start=True)


def empty_today() -> TodayPage:
    return replace(today(), tasks=(), waiting=0, group=0, mine=0, agreed=(), silent=(), schools=((some_id(71), "De Linde"),))


def contacts() -> ContactsPage:
    lines = (
        ContactLine(some_id(51), TODAY, "vraag", 10, "De Linde"),
        ContactLine(some_id(52), TODAY, "signaal", 25, "Het Anker"),
    )
    return ContactsPage(TODAY.replace(day=1), lines, 35, today().schools)


def listed() -> tuple[ListedCase, ...]:
    return (ListedCase("2026-M3XD", "De Linde", NOW), ListedCase("2026-D4LZ", "Het Anker", NOW - timedelta(days=40)))
