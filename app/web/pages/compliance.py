"""The compliance board, the lists behind its numbers, the drawings where things wait; all of it to read and to take along."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from flask import Blueprint, Response, render_template, request

from app.reports import csv_file, pdf, spreadsheet
from app.reports.tables import Report
from app.services import compliance
from app.services.views.compliance import CompliancePage, HeatPage
from app.services.views.figures import LinesPage
from app.web import compliance_address as address
from app.web import compliance_labels as named
from app.web import compliance_lists as lists
from app.web import compliance_tables as tables
from app.web import compliance_words as say
from app.web import words
from app.web.grid import Grid
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours

blueprint = Blueprint("compliance", __name__)

_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
_FILE: Final = f"<any({', '.join(_TYPES)}):kind>"


@blueprint.get("/naleving")
def show() -> str:
    """Show the board."""
    return board_page(compliance.board(ours(), actor(), address.scope(request.args)))


@blueprint.get(f"/naleving.{_FILE}")
def board_file(kind: str) -> Response:
    """Give the tables of the board, or the one that the address names."""
    page = compliance.board(ours(), actor(), address.scope(request.args))
    about = lists.about(page.choices, page.scope, page.at)
    return _file(kind, lists.report(_("Naleving"), _chosen(tables.board(page)), about, page.at))


@blueprint.get("/naleving/termijnen")
def lines() -> str:
    """Show the list behind a number."""
    number = address.number(request.args.get("pagina")) or 1
    return lines_page(compliance.lines(ours(), actor(), address.behind(request.args), number))


@blueprint.get(f"/naleving/termijnen.{_FILE}")
def lines_file(kind: str) -> Response:
    """Give the whole list behind a number."""
    page = compliance.lines(ours(), actor(), address.behind(request.args), None)
    grid = lists.lines(page)
    return _file(kind, lists.report(grid.title, [grid], _about_lines(page), page.at))


@blueprint.get("/naleving/<procedure>")
def heat(procedure: str) -> str:
    """Show where cases wait and terms are missed in a procedure, on its drawing."""
    return heat_page(_heat(procedure), request.args.get("niveau"))


@blueprint.get(f"/naleving/<procedure>.{_FILE}")
def heat_file(procedure: str, kind: str) -> Response:
    """Give the table behind the drawings."""
    page = _heat(procedure)
    about = lists.about(page.choices, page.scope, page.at, _("Versie %(number)s", number=page.version))
    return _file(kind, lists.report(page.procedure, [lists.heat(page, page.elements)], about, page.at))


@blueprint.get("/naleving/<procedure>/<int:version>/<process_id>.bpmn")
def drawing(procedure: str, version: int, process_id: str) -> Response:
    """Give the drawing of one level."""
    xml = compliance.drawing(ours(), actor(), address.scope(request.args, procedure), version, process_id)
    return Response(xml, mimetype="application/xml")


def board_page(page: CompliancePage) -> str:
    """The board as HTML."""
    grids = {grid.key: grid for grid in tables.board(page)}
    about = lists.about(page.choices, page.scope, page.at)
    running = tables.all_running(page)
    asked = address.of_scope(page.scope)
    return render_template(
        "compliance.html",
        page=page,
        grids=grids,
        about=about,
        running=running,
        asked=asked,
        say=say,
        whose=named.WHOSE,
        to=address,
    )


def lines_page(page: LinesPage) -> str:
    """The list behind a number as HTML."""
    asked = address.of_behind(page.behind)
    about = _about_lines(page)
    return render_template(
        "compliance_lines.html", page=page, grid=lists.lines(page), about=about, asked=asked, whose=named.WHOSE
    )


def heat_page(page: HeatPage, level: str | None) -> str:
    """A drawing, with where things wait, as HTML; the outermost where no other was asked for."""
    known = dict(page.levels)
    chosen = level if level in known else next(iter(known))
    elements = [one for one in page.elements if one.process_id == chosen]
    asked = address.of_scope(replace(page.scope, procedure_key=None)) | {"versie": str(page.version)}
    about = lists.about(page.choices, page.scope, page.at, _("Versie %(number)s", number=page.version))
    marks = [{"id": one.element_id, "heat": one.heat, "text": lists.waiting(one)} for one in elements if one.heat]
    values = {"chosen": chosen, "level": known[chosen], "grid": lists.heat(page, elements), "marks": {"heat": marks}}
    return render_template(
        "compliance_heat.html", page=page, about=about, asked=asked, whose=named.WHOSE, hot=_hot(page), **values
    )


def _heat(procedure: str) -> HeatPage:
    version = address.number(request.args.get("versie"))
    return compliance.heat(ours(), actor(), address.scope(request.args, procedure), version)


def _hot(page: HeatPage) -> dict[str, int]:
    """How hot each drawing is at most."""
    return {
        process: max([0, *(one.heat for one in page.elements if one.process_id == process)]) for process, _name in page.levels
    }


def _about_lines(page: LinesPage) -> list[str]:
    return lists.about(page.choices, page.behind.scope, page.at, *say.asked(page.behind, page.title))


def _chosen(grids: Sequence[Grid]) -> Sequence[Grid]:
    """The table that the address names, else all of them."""
    return [grid for grid in grids if grid.key == request.args.get("tabel")] or grids


def _file(kind: str, report: Report) -> Response:
    """The report as a file; CSV has room for one table, its first."""
    content = {
        "csv": lambda: csv_file.write(report.tables[0]),
        "xlsx": lambda: spreadsheet.write(report, _("Uitleg")),
        "pdf": lambda: pdf.write(report),
    }[kind]()
    name = f"naleving-{report.tables[0].key}-" if len(report.tables) == 1 else "naleving-"
    answer = Response(content, content_type=_TYPES[kind])
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}{words.day(report.at):%Y-%m-%d}.{kind}")
    return answer
