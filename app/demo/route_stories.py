"""The demo's cases of the complaint route: help beside measures, a pause, an agreement, a notice, a handover, a signal."""

from collections.abc import Generator, Iterator, Mapping
from datetime import date, timedelta

from app.demo.play import Answer, Player
from app.domain.roles import Role

#: Gives how many days ago the next thing happens.
Story = Iterator[int]
_LEADER = {Role.SCHOOL_LEADER: ("joost",)}
_MINE = "deze_vertrouwenspersoon"
_NO_DANGER: Mapping[str, Answer] = {"acute_danger": "nee"}


def at_the_head(player: Player, today: date) -> Story:
    """The head is asked for measures, while help for the pupil runs beside it and the next step may be chosen."""
    yield 13
    number = _told(player, complainant_kind="ouder")
    yield 11
    _placed(player, number, nature_main="pesten", accused_kind="groep_leerlingen")
    yield 10
    player.do("sanne", number, "choose_step", step="hulp_ernaast", help_wanted="regelen")
    player.do("sanne", number, "refer_warmly", referral_permission="ja", referral_check_on=today + timedelta(days=6))
    yield 4
    player.do("sanne", number, "choose_step", step="schoolleiding", help_wanted="meegaan")
    player.do("sanne", number, "agree_sharing", tick=_LEADER, sharing_agreed="ja", names_allowed="alleen_aangeklaagde")


def paused(player: Player, today: date) -> Story:
    """The complainant wants to wait until after the holidays."""
    yield 47
    number = _told(player, complainant_kind="medewerker")
    yield 44
    _placed(player, number, nature_main="machtsmisbruik", accused_kind="leidinggevende")
    yield 41
    player.do("sanne", number, "choose_step", step="pauze", help_wanted="geen")
    player.do("sanne", number, "plan_pause", pause_check_on=today + timedelta(days=20))


def agreed(player: Player, today: date) -> Story:
    """A talk led to an agreement; the day after tomorrow the adviser asks whether it was kept."""
    yield 36
    number = _told(player, complainant_kind="leerling")
    yield 34
    _placed(player, number, nature_main="wijze_van_communiceren", accused_kind="leraar")
    yield 30
    player.do("sanne", number, "choose_step", step="gesprek_aangeklaagde", help_wanted="meegaan")
    player.do("sanne", number, "prepare_talk", accused_willing="ja", adviser_joins="ja")
    yield 26
    kept_on = today + timedelta(days=2)
    player.do(
        "sanne", number, "hold_talk", tick=None, talk_held="ja", agreement_kind="gedrag_stopt", follow_up_on=kept_on, **_talk()
    )


def notice(player: Player, _: date) -> Story:
    """A parent only wanted to tell it; it stands on the list of notices."""
    yield 29
    asked = {"enough_for_complainant": "ja", "enough_for_school_safety": "ja", "nature_main": "wijze_van_communiceren"}
    number = _told(player, "melding", complainant_kind="ouder", **asked)
    yield 28
    player.do("sanne", number, "what_can_the_school_learn", lesson_kind="communicatie_met_ouders", advice_given="later")


def handed_over(player: Player, _: date) -> Story:
    """The complainant preferred another adviser: Ruben has the case, and Sanne sees nothing of it any more."""
    number = yield from _accepted(player, "ruben", 21)
    player.do("sanne", number, "hand_over_file", handed_over="ja")


def handing_over(player: Player, _: date) -> Story:
    """The external adviser accepted; Sanne chooses today what goes along."""
    yield from _accepted(player, "farida", 9)


def _accepted(player: Player, successor: str, ago: int) -> Generator[int, None, str]:
    """From the first talk to the successor who accepts; gives days, and last the case's number."""
    yield ago
    number = _told(player, complainant_kind="ouder")
    yield ago - 2
    _placed(player, number, nature_main="omgang_met_klacht", accused_kind="leraar")
    yield ago - 6
    player.do("sanne", number, "choose_step", step="andere_vertrouwenspersoon", help_wanted="regelen")
    wish: Mapping[str, Answer] = {"handover_wished_by": "klager", "handover_consent": "ja"}
    asked = {Role.SUCCESSOR: (successor,)}
    player.do("sanne", number, "propose_handover", tick=asked, handover_reason="wil_onafhankelijk", **wish)
    yield ago - 7
    player.do(successor, number, "accept_handover", accepts="ja")
    return number


def signal(player: Player, _: date) -> Story:
    """Somebody told of what others live through; the head was given it without names, and has to act."""
    yield 6
    heard: Mapping[str, Answer] = {"anonymous": "ja", "second_hand": "ja", "unsafe_situation": "nee"}
    number = _told(player, "signaal", complainant_kind="medewerker", **heard)
    passed: Mapping[str, Answer] = {"signal_passed": "ja", "recipient": "schoolleiding"}
    player.do("sanne", number, "pass_on_signal", tick=_LEADER, signal_manner="notitie_zonder_namen", **passed)


def about_the_head(player: Player, _: date) -> Story:
    """The head is the one it is about: a board member is asked for measures, and the head hears nothing."""
    yield 8
    number = _told(player, complainant_kind="ouder")
    _placed(player, number, nature_main="discriminatie", accused_kind="schoolleiding", head_involved="ja")
    yield 3
    player.do("sanne", number, "choose_step", step="bestuur", help_wanted="meegaan")
    board = {Role.BOARD: ("kemal",)}
    player.do("sanne", number, "agree_sharing", tick=board, sharing_agreed="ja", names_allowed="alle_namen")


def _told(player: Player, kind: str = "klacht", **answers: Answer) -> str:
    """Somebody comes by and tells; gives the case's number."""
    number = player.start("sanne", "complaint_route", "start_knock", "De Linde")
    player.do("sanne", number, "register_contact", contact_kind=kind)
    player.do("sanne", number, "first_talk", tick=None, contact_kind=kind, minor="nee", one_off="nee", **_NO_DANGER, **answers)
    return number


def _placed(player: Player, number: str, **about: Answer) -> None:
    """The ways were explained, the complainant agreed to a file, and it is a complaint about conduct."""
    player.do("sanne", number, "explain")
    player.do("sanne", number, "file_consent", file_consent="ja", may_contact="ja", replacement_consent="niet_gevraagd")
    player.do("sanne", number, "self_check", fit_to_guide="ja", complainant_is_colleague="nee", complainant_prefers=_MINE)
    usual: Mapping[str, Answer] = {"area": "ongewenst_gedrag", "head_involved": "nee", "board_member_involved": "nee"}
    safe: Mapping[str, Answer] = {"conduct_part_stays": "nee", "possible_offence": "nee", **_NO_DANGER}
    player.do("sanne", number, "scope", tick=None, **{**usual, **safe, **about})


def _talk() -> Mapping[str, Answer]:
    return {"agreements_checked": "ja", "new_complaint": "nee", **_NO_DANGER}
