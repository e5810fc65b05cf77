"""Whoever dies while a case changes hands leaves it as it was: keys, entries, handlers and tasks go together or not at all."""

from collections.abc import Callable
from itertools import count

import pytest
from sqlalchemy import event, select

from app.demo.play import Player
from app.domain.roles import Role
from app.services import replacing
from app.services.context import App
from app.storage.tables import Base
from tests.services.handing.play import NOTE, STORY, ask, begin, draw, give, handlers, key_holders, named, texts

FEWEST = 15  # statements that change something; a way of dying that is never reached proves nothing
ILL = {"absent_since": "03-09-2026", "certain": "ja"}


class Died(Exception):
    """The end of a process, as far as its transaction can tell."""


@pytest.fixture
def cast(player: Player) -> Player:
    """Players of the two procedures of these tests."""
    return draw(player)


def everything(app: App) -> dict[str, set[str]]:
    """All rows of all tables."""
    with app.database.read() as tx:
        return {table.name: {repr(row) for row in tx.execute(select(table))} for table in Base.metadata.sorted_tables}


def dies(app: App, at: int, act: Callable[[], object]) -> bool:
    """Whether acting got as far as its n-th statement, and died behind it."""
    passed = 0

    def point(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        nonlocal passed
        passed += not statement.startswith(("BEGIN", "PRAGMA"))
        if passed == at:
            raise Died

    event.listen(app.database.engine, "after_cursor_execute", point)
    try:
        act()
    except Died:
        return True
    finally:
        event.remove(app.database.engine, "after_cursor_execute", point)
    return False


def dies_everywhere(cast: Player, act: Callable[[], object]) -> None:
    """Let it die at each point in turn, until it is done."""
    before = everything(cast.app)
    for at in count(1):
        if not dies(cast.app, at, act):
            assert at > FEWEST
            return
        assert everything(cast.app) == before, at


def test_a_handover_that_dies_anywhere_changed_nothing(cast: Player) -> None:
    number = begin(cast)
    ask(cast, number, "sanne", "ruben")
    cast.actor("sanne")
    dies_everywhere(cast, lambda: give(cast, number, "sanne", ("Vraag toestemming",)))
    assert (texts(cast, "ruben", number), key_holders(cast, number), handlers(cast, number)) == ([STORY], {"ruben"}, {"ruben"})


def test_a_replacement_that_dies_anywhere_changed_nothing(cast: Player) -> None:
    number = begin(cast)
    named(cast, number)
    replacing.ask(cast.app, cast.actor("marijke"), {"adviser": cast.places.people["sanne"].hex, **ILL})
    cast.actor("ruben")
    dies_everywhere(cast, lambda: cast.do("ruben", number, "accept_replacement", accepts="ja"))
    assert (texts(cast, "ruben", number), key_holders(cast, number), handlers(cast, number)) == (
        [STORY, NOTE],
        {"ruben"},
        {"ruben"},
    )


def test_a_board_whose_wish_dies_anywhere_asked_nobody(cast: Player) -> None:
    numbers = [begin(cast), begin(cast)]
    for number in numbers:
        named(cast, number)
    marijke, wish = cast.actor("marijke"), {"adviser": cast.places.people["sanne"].hex, **ILL}
    dies_everywhere(cast, lambda: replacing.ask(cast.app, marijke, wish))
    for number in numbers:
        assert handlers(cast, number, Role.SUCCESSOR) == {"ruben"}


def test_naming_a_replacement_that_dies_anywhere_named_nobody(cast: Player) -> None:
    number = begin(cast)
    cast.actor("sanne")
    dies_everywhere(cast, lambda: named(cast, number))
    assert key_holders(cast, number, sleeping=True) == {"ruben"}
