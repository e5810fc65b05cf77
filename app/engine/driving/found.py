"""What driving a procedure finds: each finding with the shortest example that leads to it."""

from dataclasses import dataclass

from app.domain.procedure import Severity


@dataclass(frozen=True, slots=True)
class PathStep:
    """One thing that happens in an example: the element where it happens, and a Dutch sentence."""

    element: str
    label: str


@dataclass(frozen=True, slots=True)
class DrivenFinding:
    """What went wrong while driving: where, what to do about it, and the shortest way there."""

    file: str
    element_id: str
    element_name: str
    code: str
    text: str
    severity: Severity
    path: tuple[PathStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Driven:
    """All findings, errors first; how many states were looked at; and whether these were all there are.

    `undecided` says in Dutch what was not looked at; it is empty when `complete`.
    """

    findings: tuple[DrivenFinding, ...]
    states: int
    complete: bool
    undecided: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The same for programs and for keeping: plain lists, words, numbers."""
        return {
            "findings": [
                {
                    "file": one.file,
                    "element": one.element_id,
                    "name": one.element_name,
                    "code": one.code,
                    "text": one.text,
                    "severity": one.severity.value,
                    "path": [{"element": step.element, "label": step.label} for step in one.path],
                }
                for one in self.findings
            ],
            "states": self.states,
            "complete": self.complete,
            "undecided": list(self.undecided),
        }
