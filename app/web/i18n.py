"""Words in the reader's language, with types. Dutch is what the code says; English stands in translations/."""

import flask_babel


def gettext(text: str, **values: object) -> str:
    """The text in the reader's language, with its values filled in."""
    return str(flask_babel.gettext(text, **values))


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """The text for one or for many, in the reader's language; `num` is a value of it too."""
    return str(flask_babel.ngettext(one, many, num, **values))
