"""What is missing among the people of a board: told from roles alone."""

from uuid import UUID

import pytest

from app.demo.play import Player
from app.domain.roles import Role
from app.services import gaps
from app.services.gaps import Gap, GapKind
from app.storage.tables import Membership, School, User
from tests.services.administration import acting

LINDE, ANKER = School(name="De Linde"), School(name="Het Anker")
EVERYWHERE = (Role.ADVISER, Role.SCHOOL_LEADER, Role.MELDCODE_OFFICER, Role.BOARD, Role.SUBSTITUTE, Role.ADMINISTRATOR)


def holder(role: Role, school: School | None, user: User | None = None, kind: str | None = None) -> tuple[Membership, User]:
    person = user or User(name="Iemand", adviser_kind=kind, totp_step=1)
    return Membership(role=role.value, school_id=school.id if school else None, user_id=person.id), person


def full() -> list[tuple[Membership, User]]:
    """Two people in every role, for all schools."""
    return [holder(role, None) for role in EVERYWHERE * 2]


def without(role: Role) -> list[tuple[Membership, User]]:
    return [(held, user) for held, user in full() if held.role != role]


def test_nothing_is_missing_where_every_role_is_held_twice() -> None:
    assert gaps.find([LINDE, ANKER], full()) == ()


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        (Role.ADVISER, GapKind.NO_ADVISER),
        (Role.SCHOOL_LEADER, GapKind.NO_LEADER),
        (Role.MELDCODE_OFFICER, GapKind.NO_OFFICER),
    ],
)
def test_a_role_that_a_school_lacks_is_told_for_that_school(role: Role, kind: GapKind) -> None:
    held = [*without(role), holder(role, LINDE), holder(role, LINDE)]
    assert gaps.find([LINDE, ANKER], held) == (Gap(kind, ANKER.id),)


@pytest.mark.parametrize(
    ("role", "kind"), [(Role.SUBSTITUTE, GapKind.NO_SUBSTITUTE), (Role.ADMINISTRATOR, GapKind.NO_ADMINISTRATOR)]
)
def test_a_role_that_the_board_lacks_is_told_once(role: Role, kind: GapKind) -> None:
    assert gaps.find([LINDE, ANKER], without(role)) == (Gap(kind),)


@pytest.mark.parametrize("role", [Role.SCHOOL_LEADER, Role.MELDCODE_OFFICER, Role.BOARD])
def test_one_person_who_alone_would_read_a_file_is_told(role: Role) -> None:
    alone = holder(role, None)
    places: list[UUID | None] = [None] if role is Role.BOARD else [LINDE.id, ANKER.id]
    found = gaps.find([LINDE, ANKER], [*without(role), alone])
    assert found == tuple(Gap(GapKind.ONE_READER, place, alone[1].id, role) for place in places)


def test_an_adviser_alone_is_usual() -> None:
    assert gaps.find([LINDE], [*without(Role.ADVISER), holder(Role.ADVISER, LINDE)]) == ()


@pytest.mark.parametrize("role", [Role.SCHOOL_LEADER, Role.BOARD, Role.SUBSTITUTE, Role.PROCESS_OWNER, Role.MELDCODE_OFFICER])
def test_an_adviser_who_is_not_free_is_told(role: Role) -> None:
    adviser = holder(Role.ADVISER, None, kind="extern")
    held = [*full(), adviser, holder(role, None, adviser[1])]
    assert gaps.find([LINDE], held) == (Gap(GapKind.COMBINED, user_id=adviser[1].id, role=role),)


def test_an_internal_adviser_who_is_officer_of_the_meldcode_is_told_as_forbidden() -> None:
    adviser = holder(Role.ADVISER, LINDE, kind="intern")
    held = [*full(), adviser, holder(Role.MELDCODE_OFFICER, ANKER, adviser[1])]
    assert gaps.find([LINDE], held) == (Gap(GapKind.FORBIDDEN, user_id=adviser[1].id, role=Role.MELDCODE_OFFICER),)


def test_whoever_may_read_and_has_no_app_for_codes_is_told_except_in_a_demo() -> None:
    bare, clerk = User(name="Zonder"), User(name="Beheer")
    held = [*full(), holder(Role.ADVISER, LINDE, bare), holder(Role.ADMINISTRATOR, None, clerk)]
    assert gaps.find([LINDE], held) == (Gap(GapKind.NO_SECOND_FACTOR, user_id=bare.id),)
    assert gaps.find([LINDE], held, demo=True) == ()


def test_the_gaps_of_a_board_are_read_from_its_own_people(player: Player) -> None:
    kring, anker = acting.board(player), player.places.schools["Het Anker"]
    with player.app.database.read() as tx:
        found = gaps.of_board(player.app, tx, kring, player.clock.at)
        others = gaps.of_board(player.app, tx, acting.board(player, acting.NOORDERLICHT), player.clock.at)
    assert {(gap.kind, gap.school_id) for gap in found if gap.school_id == anker} == {
        (GapKind.NO_LEADER, anker),
        (GapKind.NO_OFFICER, anker),
    }
    assert {gap.kind for gap in others} >= {GapKind.NO_SUBSTITUTE, GapKind.NO_ADMINISTRATOR, GapKind.NO_ADVISER}


def test_an_adviser_whom_nobody_can_reach_is_told_once() -> None:
    adviser = holder(Role.ADVISER, LINDE)
    held = [*without(Role.ADVISER), adviser, (holder(Role.ADVISER, ANKER)[0], adviser[1])]
    assert gaps.unreachable(held, ()) == (Gap(GapKind.UNREACHABLE, user_id=adviser[1].id),)
    assert gaps.unreachable(held, {adviser[1].id}) == ()
