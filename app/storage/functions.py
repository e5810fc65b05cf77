"""What both databases can compute, each in its own words."""

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement


class whole_days(FunctionElement[int]):  # noqa: N801 - a function of SQL
    """The whole days (of 24 hours) between two moments, the earlier one first."""

    type = Integer()
    inherit_cache = True


@compiles(whole_days, "sqlite")
def _sqlite(element: whole_days, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own form
    first, last = (f"CAST(strftime('%s', {compiler.process(one, **kw)}) AS INTEGER)" for one in element.clauses)
    return f"(({last} - {first}) / 86400)"


@compiles(whole_days, "postgresql")
def _postgresql(element: whole_days, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own form
    first, last = (f"date_trunc('second', {compiler.process(one, **kw)})" for one in element.clauses)
    return f"CAST(floor(extract(epoch FROM {last} - {first}) / 86400) AS INTEGER)"
