"""Questions about line segments that run level or upright."""

from tools.drawing.geometry import Box, Point

Segment = tuple[Point, Point]


def length(segment: Segment) -> float:
    """In px, of a level or upright segment."""
    (x1, y1), (x2, y2) = segment
    return abs(x2 - x1) + abs(y2 - y1)


def cross(one: Segment, other: Segment) -> bool:
    """Whether they cut through each other; touching at an end is no crossing."""
    if _level(one) == _level(other):
        return False
    level, upright = (one, other) if _level(one) else (other, one)
    x, y = upright[0][0], level[0][1]
    return _between(x, level[0][0], level[1][0]) and _between(y, upright[0][1], upright[1][1])


def share(one: Segment, other: Segment) -> bool:
    """Whether they lie on each other over some length."""
    if _level(one) != _level(other):
        return False
    along = 0 if _level(one) else 1
    if one[0][1 - along] != other[0][1 - along]:
        return False
    low = max(min(one[0][along], one[1][along]), min(other[0][along], other[1][along]))
    high = min(max(one[0][along], one[1][along]), max(other[0][along], other[1][along]))
    return low < high


def enters(segment: Segment, box: Box) -> bool:
    """Whether it runs through the inside of the box; along or up to its edge is not inside."""
    (x1, y1), (x2, y2) = segment
    return min(x1, x2) < box.right and max(x1, x2) > box.x and min(y1, y2) < box.bottom and max(y1, y2) > box.y


def goes_on(one: Segment, other: Segment) -> bool:
    """Whether the second only lengthens the first."""
    return _level(one) == _level(other)


def docks(point: Point, box: Box) -> bool:
    """Whether the point is the middle of a side, as far as whole px allow."""
    sides = (box.side(name) for name in ("top", "bottom", "left", "right"))
    return any(abs(point[0] - x) <= 1 and abs(point[1] - y) <= 1 for x, y in sides)


def _level(segment: Segment) -> bool:
    return segment[0][1] == segment[1][1]


def _between(value: float, one: float, other: float) -> bool:
    return min(one, other) < value < max(one, other)
