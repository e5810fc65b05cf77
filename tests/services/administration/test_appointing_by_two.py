"""A role takes two people, neither of them the appointed; what does not go together is refused with the reason."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from app.demo.play import Player
from app.domain.errors import Conflict, Forbidden, InvalidAnswers, NotFound
from app.domain.roles import Role
from app.services import case_page
from app.services.administration import ending, log, proposals
from app.services.schools import held
from app.storage.tables import AdminEvent, Membership
from tests.services.administration import acting
from tests.services.committee import receive_advice


def test_the_administrator_proposes_and_a_sitting_holder_confirms(player: Player) -> None:
    proposal = acting.propose(player, "ada", "joost", "board")
    assert acting.roles(player, "joost") == ["school_leader De Linde"]
    acting.confirm(player, "marijke", proposal)
    assert acting.roles(player, "joost") == ["school_leader De Linde", "board Stichting De Kring"]
    given = acting.memberships(player, player.places.people["joost"])[-1]
    people = player.places.people
    assert (given.proposed_by, given.confirmed_by, given.confirmed_at) == (people["ada"], people["marijke"], player.clock.at)
    assert acting.deeds(player) == ["role.proposed", "proposal.confirmed"]


def test_where_nobody_holds_the_role_a_board_member_confirms(player: Player) -> None:
    proposal = acting.propose(player, "ada", "kemal", "accused_support", "De Linde")
    acting.confirm(player, "wim", proposal)
    assert "accused_support De Linde" in acting.roles(player, "kemal")


@pytest.mark.parametrize("part", ["joost", "ruben", "amira", "piet", "fleur", "bram", "nina"])
def test_nobody_else_knows_of_a_proposal(player: Player, part: str) -> None:
    proposal = acting.propose(player, "ada", "joost", "board")
    assert proposals.mine(player.app, player.actor(part)) == ()
    for deed in (proposals.one, proposals.refuse, proposals.withdraw):
        with pytest.raises(NotFound):
            deed(player.app, player.actor(part), proposal)


def test_who_proposed_or_keeps_the_directory_sees_it_and_may_not_confirm(player: Player) -> None:
    proposal = acting.propose(player, "ada", "farida", "adviser", "De Linde")
    assert [line.person for line in proposals.mine(player.app, player.actor("sanne"))] == ["Farida El Amrani"]
    for part in ("ada", "marijke"):
        with pytest.raises(Forbidden):
            acting.confirm(player, part, proposal)
    acting.confirm(player, "sanne", proposal)


def test_the_appointed_confirms_nothing_for_himself(player: Player) -> None:
    proposal = acting.propose(player, "ada", "marijke", "adviser", "Het Anker", adviser_kind="extern")
    line = proposals.one(player.app, player.actor("ada"), proposal)
    assert "Marijke de Vries" not in line.confirmers
    with pytest.raises(Forbidden):
        acting.confirm(player, "marijke", proposal)
    with pytest.raises(InvalidAnswers, match="antwoorden") as refused:
        acting.propose(player, "ada", "ada", "board")
    assert "Voor jezelf" in refused.value.fields["role"]


def test_a_board_member_cannot_go_round_those_who_hold_the_role(player: Player) -> None:
    with pytest.raises(InvalidAnswers) as refused:
        acting.propose(player, "marijke", "farida", "meldcode_officer", "De Linde")
    assert "niemand die dit kan bevestigen" in refused.value.fields["role"]


def test_the_mark_must_be_compared_and_be_the_one_that_was_shown(player: Player) -> None:
    proposal = acting.propose(player, "ada", "joost", "board")
    with pytest.raises(InvalidAnswers):
        acting.confirm(player, "marijke", proposal, compared="")
    with pytest.raises(Conflict, match="kenmerk is veranderd"):
        acting.confirm(player, "marijke", proposal, fingerprint="AAAA-AAAA-AAAA-AAAA-AAAA")
    shown = proposals.one(player.app, player.actor("marijke"), proposal).fingerprint
    assert shown == acting.mark_of(player.app, player.actor("joost"))


def test_an_internal_adviser_does_not_become_officer_of_the_meldcode(player: Player) -> None:
    with pytest.raises(InvalidAnswers) as refused:
        acting.propose(player, "ada", "sanne", "meldcode_officer", "De Linde")
    assert "Handreiking 7.9" in refused.value.fields["role"]


def test_two_proposals_that_do_not_go_together_are_not_both_confirmed(player: Player) -> None:
    first = acting.propose(player, "ada", "piet", "meldcode_officer", "De Linde")
    with pytest.raises(InvalidAnswers) as refused:
        acting.propose(player, "ada", "piet", "adviser", "De Linde", adviser_kind="intern")
    assert "Handreiking 7.9" in refused.value.fields["role"]
    acting.confirm(player, "amira", first)


def test_an_adviser_beside_management_is_flagged_to_whoever_confirms(player: Player) -> None:
    proposal = acting.propose(player, "ada", "farida", "school_leader", "De Linde")
    assert proposals.one(player.app, player.actor("joost"), proposal).beside == (Role.SCHOOL_LEADER,)


def test_what_is_asked_twice_or_at_the_wrong_place_is_refused(player: Player) -> None:
    acting.propose(player, "ada", "joost", "board")
    wrong = {
        "role": ("joost", "board", "", {}),
        "school": ("joost", "privacy_officer", "De Linde", {}),
        "last_day": ("joost", "adviser", "Het Anker", {"last_day": "01-01-2020"}),
        "first_day": ("joost", "adviser", "Het Anker", {"first_day": "morgen"}),
        "adviser_kind": ("joost", "adviser", "Het Anker", {}),
    }
    for field, (part, role, school, more) in wrong.items():
        with pytest.raises(InvalidAnswers) as refused:
            acting.propose(player, "ada", part, role, school, **more)
        assert list(refused.value.fields) == [field]


def test_a_role_begins_and_ends_with_its_days(player: Player) -> None:
    proposal = acting.propose(player, "ada", "joost", "board", first_day="14-09-2026", last_day="20-09-2026")
    acting.confirm(player, "marijke", proposal)
    joost, counts = player.actor("joost"), []
    for days in (0, 7, 13, 14):
        now = player.clock.at + timedelta(days=days)
        with player.app.database.read() as tx:
            counts.append(len(held(tx, joost, Role.BOARD, now)) > 0)
    assert counts == [False, True, True, False]


def test_a_proposal_is_refused_or_withdrawn_once(player: Player) -> None:
    first = acting.propose(player, "ada", "joost", "board")
    assert proposals.refuse(player.app, player.actor("marijke"), first).person == "Joost Mulder"
    second = acting.propose(player, "ada", "joost", "board")
    proposals.withdraw(player.app, player.actor("ada"), second)
    for proposal in (first, second):
        with pytest.raises(Conflict):
            acting.confirm(player, "marijke", proposal)
    assert acting.roles(player, "joost") == ["school_leader De Linde"]
    assert acting.deeds(player)[1::2] == ["proposal.refused", "proposal.withdrawn"]


def test_a_proposer_who_is_administrator_no_more_proposed_nothing(player: Player) -> None:
    proposal = acting.propose(player, "ada", "joost", "board")
    [own] = acting.memberships(player, player.places.people["ada"])
    ending.end(player.app, player.actor("marijke"), acting.board(player), own.id)
    with pytest.raises(Forbidden):
        acting.confirm(player, "marijke", proposal)


def test_a_role_that_is_ended_closes_everything_at_once(player: Player) -> None:
    number = receive_advice(player, tick={Role.BOARD: ("marijke", "kemal")})
    kemal = player.actor("kemal")
    case_page.show(player.app, kemal, number, None)
    [own] = acting.memberships(player, kemal.user_id)
    page = ending.page(player.app, player.actor("ada"), acting.board(player), own.id)
    assert page.warnings == ("cases",)
    assert ending.end(player.app, player.actor("ada"), acting.board(player), own.id) == "Kemal Aydin"
    with pytest.raises(NotFound):
        case_page.show(player.app, kemal, number, None)
    with pytest.raises(NotFound):
        ending.end(player.app, player.actor("ada"), acting.board(player), own.id)
    with player.app.database.read() as tx:
        assert tx.scalars(select(Membership.until).where(Membership.id == own.id)).one() == player.clock.at
    assert acting.deeds(player)[-1] == "role.ended"


def test_whoever_would_be_the_last_is_warned_of(player: Player) -> None:
    board, ada = acting.board(player), player.actor("ada")
    for part in ("wim", "els"):
        ending.end(player.app, ada, board, acting.memberships(player, player.places.people[part])[0].id)
    warned = {}
    for part in ("joost", "marijke", "ada"):
        [own] = acting.memberships(player, player.places.people[part])
        warned[part] = ending.page(player.app, ada, board, own.id).warnings
    assert warned == {"joost": ("last_here", "cases"), "marijke": ("cases",), "ada": ("last_here",)}


@pytest.mark.parametrize("part", ["sanne", "joost", "amira", "piet", "bram", "nina"])
def test_the_log_is_for_who_keeps_and_who_oversees(player: Player, part: str) -> None:
    board = acting.board(player)
    acting.propose(player, "ada", "joost", "board")
    for reader in ("ada", "marijke", "fleur"):
        [line] = log.page(player.app, player.actor(reader), board).lines
        assert (line.about, line.by, line.role) == ("Joost Mulder", "Ada Kok", Role.BOARD)
    with pytest.raises(NotFound):
        log.page(player.app, player.actor(part), board)


def test_the_log_is_never_changed(player: Player) -> None:
    acting.propose(player, "ada", "joost", "board")
    for change in ("UPDATE admin_event SET kind = 'x'", "DELETE FROM admin_event"):
        with pytest.raises(DatabaseError), player.app.database.write() as tx:
            tx.connection().exec_driver_sql(change)
    with player.app.database.read() as tx:
        assert len(list(tx.scalars(select(AdminEvent)))) == 1


def test_what_cannot_be_confirmed_yet_waits_for_nobody(player: Player) -> None:
    acting.invite(player, role="board")
    assert proposals.mine(player.app, player.actor("marijke")) == ()


def test_that_an_adviser_is_internal_is_written_down_when_it_is_said_first(player: Player) -> None:
    acting.propose(player, "ada", "piet", "adviser", "De Linde", adviser_kind="intern")
    assert acting.deeds(player) == ["person.kind_set", "role.proposed"]
