"""Taking a procedure out of use."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.errors import InvalidAnswers
from app.services.studio import retiring
from app.services.studio.publishing import Unfit
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours
from app.web.pages.studio.blueprint import INVALID, TAKEN, blueprint, typed


@blueprint.get("/studio/<key>/uit-gebruik")
def ask_retire(key: str) -> str:
    """Ask why, and whether he is sure."""
    return _asked(key)


@blueprint.post("/studio/<key>/uit-gebruik")
def retire(key: str) -> Response | tuple[str, int]:
    """Take it out of use."""
    try:
        retiring.retire(ours(), actor(), key, typed())
    except InvalidAnswers as error:
        return _asked(key, values=typed(), errors=error.fields), INVALID
    except Unfit as error:
        return _asked(key, values=typed(), refused=error.text), TAKEN
    flash(_("De procedure is uit gebruik. Lopende zaken gaan door."), "notice")
    return redirect(url_for("studio.versions", key=key))


def _asked(key: str, **shown: object) -> str:
    desk = retiring.asked(ours(), actor(), key)
    return render_template("studio/retiring.html", **{"desk": desk, "values": {}, "errors": {}, "refused": None, **shown})
