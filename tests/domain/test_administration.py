"""Who appoints whom: two people, neither of them the appointed, the administrator and a sitting holder, else a board member."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.administration import APPOINTABLE, BOARD_WIDE, Sitting, unfree, wrong_place
from app.domain.roles import Role

ADA, BOB, SANNE, RUBEN, MARIJKE, KEMAL = (uuid4() for _ in range(6))


def sitting(administrators: set[UUID], holders: set[UUID], board: set[UUID]) -> Sitting:
    return Sitting(frozenset(administrators), frozenset(holders), frozenset(board))


def test_where_somebody_holds_the_role_he_and_the_administrator_appoint() -> None:
    here = sitting({ADA}, {SANNE, RUBEN}, {MARIJKE})
    assert here.confirmers(ADA) == {SANNE, RUBEN}
    assert here.confirmers(SANNE) == {ADA}
    assert here.confirmers(MARIJKE) == frozenset()


def test_where_nobody_holds_the_role_a_board_member_takes_his_place() -> None:
    here = sitting({ADA}, set(), {MARIJKE, KEMAL})
    assert here.confirmers(ADA) == {MARIJKE, KEMAL}
    assert here.confirmers(MARIJKE) == {ADA}


def test_a_second_administrator_is_appointed_by_the_first_and_a_board_member() -> None:
    here = sitting({ADA}, {ADA}, {MARIJKE})
    assert here.confirmers(ADA) == {MARIJKE}
    assert here.confirmers(MARIJKE) == {ADA}


def test_two_administrators_appoint_a_third() -> None:
    assert sitting({ADA, BOB}, {ADA, BOB}, {MARIJKE}).confirmers(ADA) == {BOB}


def test_where_nobody_administers_two_board_members_appoint() -> None:
    assert sitting(set(), set(), {MARIJKE, KEMAL}).confirmers(MARIJKE) == {KEMAL}
    assert sitting(set(), set(), {MARIJKE}).confirmers(MARIJKE) == frozenset()


people = st.frozensets(st.sampled_from([ADA, BOB, SANNE, RUBEN, MARIJKE, KEMAL]))


@given(people, people, people)
def test_whoever_may_confirm_may_propose_for_the_other_and_never_for_himself(
    administrators: frozenset[UUID], holders: frozenset[UUID], board: frozenset[UUID]
) -> None:
    here = Sitting(administrators, holders, board)
    for one in administrators | holders | board:
        assert one not in here.confirmers(one)
        assert all(one in here.confirmers(other) for other in here.confirmers(one))


@pytest.mark.parametrize("role", APPOINTABLE)
def test_each_role_has_its_place(role: Role) -> None:
    assert (wrong_place(role, at_school=True) is None) == (role not in BOARD_WIDE)
    assert (wrong_place(role, at_school=False) is None) == (role is not Role.SCHOOL_LEADER)


def test_a_successor_is_no_appointment() -> None:
    assert Role.SUCCESSOR not in APPOINTABLE


def test_an_adviser_is_not_free_beside_management_policy_and_care() -> None:
    assert unfree({Role.ADVISER, Role.SCHOOL_LEADER, Role.PRIVACY_OFFICER}) == (Role.SCHOOL_LEADER,)
    assert unfree({Role.ADVISER}) == ()
    assert unfree({Role.SCHOOL_LEADER, Role.BOARD}) == ()
