"""What the browser sends of a form, under the keys of its questions."""

from werkzeug.datastructures import MultiDict

from app.domain.facts import FactType
from app.domain.forms import Form


def raw(form: Form, given: "MultiDict[str, str]") -> dict[str, str]:
    """The answers as typed; the time of a moment comes in a box of its own."""
    typed = {}
    for asked in form.fields:
        typed[asked.key] = given.get(f"veld-{asked.key}", "")
        if asked.type is FactType.MOMENT:
            typed[f"{asked.key}__time"] = given.get(f"veld-{asked.key}-tijd", "")
    return typed
