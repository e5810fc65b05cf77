"""The pages of a board's settings and of who is who, with made-up content."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from flask import render_template

from app.domain.board_settings import HOLIDAYS, KNOWN, Entry, SettingKind
from app.domain.reachability import WEEKDAYS, Reach
from app.domain.roles import Role
from app.services.views.directory import Guide, Listed, Place, ReachPage, WhoIsWho
from app.services.views.settings import HolidayLine, Service, SettingLine, SettingPage, SettingsPage, SocialMap, TargetLine
from tests.web.administration_samples import DESK, ID, NOW, overview

DAY = date(2026, 11, 3)
STEP = TargetLine(
    key="target:a.b",
    procedure="Klachtencommissie",
    step="Leg de weg uit",
    statutory=False,
    basis="WPO art. 14",
    period="P5D",
    calendar="schooldays",
    drawn="P2W",
    since=DAY,
    later=DAY,
    later_period="P3D",
)
LAW = replace(STEP, key="target:a.c", step="Besluit over het advies", statutory=True, period="P4W", calendar="atw", drawn="P4W")
LKC = {"name": "Landelijke Klachtencommissie", "phone": "030 280 95 90", "address": "Postbus 85191, Utrecht", "period": "P12W"}
CARE = {
    "name": "Praktijk De Brug",
    "purpose": "Rouw en verlies",
    "phone": "038 421 00 00",
    "website": "https://brug.example/hulp",
}
OFF = {"name": "Studiedag", "first": "2026-12-04", "last": "2026-12-07"}
DATED = {"valid_from": "Deze dag is voorbij. Kies vandaag of later.", "source": "Schrijf waar dit vandaan komt."}
REACH = Reach("06 12 34 56 78", "vertrouwen@voorbeeld.example", (0, 3), 510, 960, "Kamer 1.12", "https://school.example/veilig")
SANNE = Listed(ID, "Sanne Bakker", Role.ADVISER, "intern", REACH, public=True, may_change=True)
JOOST = Listed(ID, "Joost Mulder", Role.SCHOOL_LEADER, None, None, public=False, may_change=False)
SCHOOLS = (Place("De Linde", (SANNE, JOOST)), Place("Het Anker", ()))


def _settings() -> str:
    settings = {
        SettingKind.PHONE: (
            SettingLine("phone:wijkagent", "wijkagent", {}),
            SettingLine("phone:veilig_thuis", "veilig_thuis", LKC, DAY, DAY),
        ),
        SettingKind.COMMITTEE: (SettingLine("committee:lkc", "lkc", LKC, DAY), SettingLine("committee:komm", "komm", {})),
        SettingKind.ORGANISATION: (SettingLine("organisation:0", "0", CARE, DAY),),
        SettingKind.DAY_OFF: (SettingLine("day_off:2026-12-04", "2026-12-04", OFF, DAY),),
    }
    autumn = HolidayLine("holiday:midden.2026.Herfstvakantie", "Herfstvakantie", DAY, DAY, own=True)
    page = SettingsPage(DESK, (("Klachtencommissie", (STEP, LAW)),), settings, (("midden", (autumn,)),))
    return render_template("administration/settings.html", page=page)


def _setting(kind: SettingKind, name: str, value: dict[str, str], **errors: str) -> str:
    history = (Entry("x", value, DAY, "Besluit 12", NOW, "Ada Kok"), Entry("x", {}, DAY, "Besluit 13", NOW, "Ada Kok"))
    target = STEP if kind is SettingKind.TARGET else None
    page = SettingPage(DESK, kind, f"{kind}:{name}" if name else None, name, DAY, {}, history if name else (), target)
    holidays = [(one, one) for one in HOLIDAYS]
    return render_template("administration/setting.html", page=page, named="x", values={}, errors=errors, holidays=holidays)


def _who(page: WhoIsWho) -> str:
    return render_template("who_is_who.html", page=page)


def _reach(*, own: bool, **errors: str) -> str:
    page = ReachPage(ID, "Stichting De Kring", "Sanne Bakker", own, public=True, values={}, changed_on=DAY, changed_by="Ada Kok")
    return render_template("reachability.html", page=page, values={"day_0": "ja"}, errors=errors, days=WEEKDAYS)


def _map(page: SocialMap) -> str:
    return render_template("social_map.html", page=page)


WHO = WhoIsWho(
    ID, "Stichting De Kring", ((ID, "Noorderlicht"),), SCHOOLS, Place("Stichting De Kring", (JOOST,)), True, overview().gaps
)
MAP = SocialMap(
    "Stichting De Kring",
    ((str(ID), "Noorderlicht"),),
    (Service("veilig_thuis", KNOWN["phone:veilig_thuis"], None, "Handreiking"),),
    (Service("lkc", LKC, DAY, "Besluit 12"),),
    (Service("0", CARE, DAY, "Besluit 12"),),
)
PAGES: dict[str, Callable[[], str]] = {
    "settings": _settings,
    "setting-target": lambda: _setting(
        SettingKind.TARGET, "a.b", {"period": "P5D"}, number="Vul een heel getal in.", unit="Kies dagen of weken.", **DATED
    ),
    "setting-committee": lambda: _setting(SettingKind.COMMITTEE, "lkc", LKC, phone="Vul een telefoonnummer in."),
    "setting-phone": lambda: _setting(SettingKind.PHONE, "wijkagent", {"phone": "0900 8844"}),
    "setting-organisation": lambda: _setting(SettingKind.ORGANISATION, "", {}),
    "setting-day-off": lambda: _setting(SettingKind.DAY_OFF, "2026-12-04", OFF),
    "setting-holiday": lambda: _setting(
        SettingKind.HOLIDAY, "", {}, region="Kies de regio.", holiday="Kies welke vakantie het is."
    ),
    "setting-holiday-known": lambda: _setting(SettingKind.HOLIDAY, "midden.2026.Herfstvakantie", {}),
    "who": lambda: _who(WHO),
    "who-empty": lambda: _who(replace(WHO, boards=(), gaps=(), schools=(), keeps=False)),
    "reach": lambda: _reach(own=True),
    "reach-other": lambda: _reach(own=False, phone="Vul een telefoonnummer in.", until="Vul een tijd in zoals 8.30."),
    "guide": lambda: render_template("school_guide.html", page=Guide(ID, "Stichting De Kring", DAY, SCHOOLS)),
    "map": lambda: _map(MAP),
    "map-empty": lambda: _map(replace(MAP, boards=(), phones=(), committees=(), organisations=())),
}
