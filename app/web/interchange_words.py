"""Words for what becomes of a part of a diagram that is imported."""

from flask_babel import lazy_gettext as _

from app.engine.explaining import Verdict

VERDICTS = {
    Verdict.RUNS: _("draait zoals het is"),
    Verdict.NEEDS: _("heeft nog iets nodig"),
    Verdict.NOT_RUN: _("draait hier niet: teken het anders"),
}
