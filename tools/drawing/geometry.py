"""Points, boxes and the drawing that they make; px, y grows downwards."""

from dataclasses import dataclass, field

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of its lower edge."""
        return self.y + self.height

    @property
    def centre(self) -> Point:
        """Its middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def side(self, name: str) -> Point:
        """The middle of the side `top`, `bottom`, `left` or `right`."""
        cx, cy = self.centre
        return {"top": (cx, self.y), "bottom": (cx, self.bottom), "left": (self.x, cy), "right": (self.right, cy)}[name]

    def overlaps(self, other: "Box", gap: float = 0) -> bool:
        """Whether the insides of the two touch, or come nearer than `gap`."""
        apart_x = self.right + gap <= other.x or other.right + gap <= self.x
        apart_y = self.bottom + gap <= other.y or other.bottom + gap <= self.y
        return not (apart_x or apart_y)

    def holds(self, other: "Box") -> bool:
        """Whether the other lies inside."""
        return self.x <= other.x and other.right <= self.right and self.y <= other.y and other.bottom <= self.bottom


@dataclass(slots=True)
class Drawing:
    """Everything with a place, by element id: the pool, lanes, shapes, waypoints of flows, and labels outside shapes."""

    pool: Box
    lanes: dict[str, Box] = field(default_factory=dict)
    shapes: dict[str, Box] = field(default_factory=dict)
    flows: dict[str, list[Point]] = field(default_factory=dict)
    labels: dict[str, Box] = field(default_factory=dict)
