"""Conditions that hold at once: the first flow of the file is taken, wherever its target stands in the picture."""

from dataclasses import replace

import pytest

from app.domain.lookahead import next_waits
from app.domain.procedure import Procedure
from app.engine.levels import read_level
from app.engine.parse import called_processes
from app.engine.xml import read_xml
from tests.engine.play import Play, procedure

LOW, HIGH = b'y="210"', b'y="10"'


def drawn(*, swapped: bool) -> Procedure:
    """The procedure with its elements; its first target stands lowest in the picture, or highest."""
    bare = procedure("overlapping")
    ((file, source),) = bare.sources.items()
    if swapped:
        source = source.replace(LOW, b"@").replace(HIGH, LOW).replace(b"@", HIGH)
    ((key, node),) = called_processes(read_xml(source))
    level = read_level(file, node)
    return replace(bare, processes={key: level.process}, sources={file: source}, sha256=f"{bare.sha256}{swapped}")


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize(
    ("answers", "taken"),
    [
        ({"a": "ja", "b": "ja"}, "first"),
        ({"a": "ja", "b": "nee"}, "first"),
        ({"a": "nee", "b": "ja"}, "second"),
        ({"a": "nee", "b": "nee"}, "third"),
    ],
)
def test_the_first_flow_of_the_file_is_taken_whatever_the_picture(swapped: bool, answers: dict[str, str], taken: str) -> None:
    play = Play(drawn(swapped=swapped), facts=dict(answers))
    play.start("begin")
    assert play.ready == [taken]
    assert [ahead.element.id for ahead in next_waits(play.procedure, "begin", answers)] == [taken]


def test_the_two_pictures_differ_in_nothing_but_height() -> None:
    one, other = (next(iter(drawn(swapped=swapped).sources.values())) for swapped in (False, True))
    assert one != other
    assert sorted(one.split()) == sorted(other.split())
