"""The ratchet: a question that was ever confidential never becomes a fact, whichever procedure asks it.

What people wrote there, they wrote for a sealed file. A fact steers diagrams, is counted, and is read by others.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.domain.forms import Form
from app.domain.procedure import Finding, Severity


@dataclass(frozen=True, slots=True)
class Was:
    """Where a question was confidential: the procedure by its key, and the number of the version."""

    procedure: str
    number: int


def refusals(forms: Iterable[Form], sealed: Mapping[str, Was], names: Mapping[str, str]) -> Iterator[Finding]:
    """An error for each fact whose question was confidential in a version that was ever published.

    `names` are those of procedures, by key.
    """
    for form in forms:
        for field in form.fields:
            was = sealed.get(field.key)
            if was is not None and not field.sealed:
                where = f"versie {was.number} van {names.get(was.procedure, was.procedure)}"
                text = (
                    f"Deze vraag ({field.key}) was vertrouwelijk in {where}. Wat vertrouwelijk "
                    "was, wordt nooit een procesgegeven. Laat haar vertrouwelijk, of maak een nieuwe vraag met een andere naam."
                )
                yield Finding(f"forms/{form.id}.form", field.key, field.label, "ratchet", text)


def traps(forms: Iterable[Form], facts: Mapping[str, str]) -> Iterator[Finding]:
    """A warning for each confidential question that is a fact of another procedure, which could then never be published again.

    `facts` are the facts of the other procedures, each with the name of its procedure.
    """
    for form in forms:
        for field in form.fields:
            other = facts.get(field.key)
            if other is not None and field.sealed:
                text = (
                    f"In de procedure {other} is {field.key} een procesgegeven. Wordt deze vraag vertrouwelijk, dan moet zij "
                    "daar anders gaan heten voordat die procedure weer gepubliceerd kan worden. Neem liever hier een andere naam."
                )
                yield Finding(f"forms/{form.id}.form", field.key, field.label, "ratchet_elsewhere", text, Severity.WARNING)
