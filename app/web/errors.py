"""Every refusal becomes a page, or a problem document for a program, in this one place."""

import logging

from flask import Flask, Response, g, render_template, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadRequest, HTTPException

from app.domain.errors import AlreadyDone, Conflict, DomainError, Forbidden, NotFound
from app.services.attempts import TooMany
from app.services.tokens import WrongToken
from app.web import problems
from app.web.i18n import gettext as _

_log = logging.getLogger(__name__)
_STATUS: dict[type[DomainError], int] = {
    WrongToken: 401,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    AlreadyDone: 409,
    TooMany: 429,
}
_UNPROCESSABLE = 422
#: Where a file of a procedure is sent.
_IMPORTS = ("studio.look_at", "studio.take_in")
_FAILED = "Er ging iets mis, en dat ligt niet aan jou. Probeer het zo nog een keer."

_Answer = tuple[str, int] | Response


def register(flask: Flask) -> None:
    """Give the application its error pages."""
    flask.register_error_handler(DomainError, _refusal)
    flask.register_error_handler(CSRFError, _stale)
    flask.register_error_handler(HTTPException, _http)
    flask.register_error_handler(RecursionError, _too_deep)
    flask.register_error_handler(Exception, _failure)


def status_of(error: DomainError) -> int:
    """The HTTP status of a refusal."""
    return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), _UNPROCESSABLE)


def _refusal(error: DomainError) -> _Answer:
    if problems.asked():
        return problems.of_refusal(error, status_of(error))
    return _page(status_of(error), error.text, dutch=True)


def _stale(_error: CSRFError) -> tuple[str, int]:
    return _page(400, _("Deze pagina was te lang open. Ga terug, laad de pagina opnieuw en probeer het nog een keer."))


def _http(error: HTTPException) -> _Answer:
    if problems.asked():
        return problems.of_http(error)
    code = error.code or 500
    if code == 404:  # noqa: PLR2004 - the same words as for what this person may not know
        return _page(code, NotFound().text, dutch=True)
    if code == 413:  # noqa: PLR2004 - larger than this page takes
        return _too_large()
    return _page(code, _("Dit kan hier niet. Ga terug en probeer het nog een keer."))


def _too_large() -> tuple[str, int]:
    # Asked before the page could say who may see it.
    if request.endpoint in _IMPORTS and current_user.is_authenticated and current_user.looks_into_studio:
        text = _(
            "Dit bestand is te groot. Een tekening is hoogstens 2 MB: verdeel haar in fasen. Een bundel is hoogstens 5 MB: haal"
            " in de installatie waar hij vandaan komt verhalen weg die niets meer bewijzen."
        )
        return _page(413, text, back=(url_for("studio.import_"), _("Terug naar Importeren")))
    return _page(413, _("Dit is te groot. Een bestand mag hoogstens 5 MB zijn: verdeel het over meer bestanden."))


def _too_deep(error: RecursionError) -> _Answer:
    """Lists in lists in lists: the readers of JSON give up in this way, and we never nest as deeply ourselves."""
    return _http(BadRequest()) if request.is_json else _failure(error)


def _failure(error: Exception) -> _Answer:
    # The text of an error can hold what somebody typed, so only its kind and its place are logged.
    trace, places = error.__traceback__, []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    _log.error("%s at %s", type(error).__name__, " < ".join(reversed(places)))
    if problems.asked():
        return problems.of_failure(_FAILED)
    # What failed may be the reading of the session itself: this page must not try it again.
    g.setdefault("session", None)
    return _page(
        500, _("Er ging iets mis, en dat ligt niet aan jou. Wat je had bewaard, staat er nog. Probeer het zo nog een keer.")
    )


def _page(status: int, text: str, *, dutch: bool = False, back: tuple[str, str] | None = None) -> tuple[str, int]:
    titles = {403: _("Dat mag niet"), 404: _("Niet gevonden"), 409: _("Iemand was je voor"), 500: _("Er ging iets mis")}
    title = titles.get(status, _("Dat lukt niet"))
    return render_template("error.html", text=text, dutch=dutch, title=title, back=back), status
