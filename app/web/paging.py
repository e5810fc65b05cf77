"""Which page of a list an address asks for."""

from collections.abc import Mapping

from flask import request


def page_number(name: str, given: Mapping[str, str] | None = None) -> int:
    """The number of a page in this address, or in another's parts, from 1; the first where it says something else."""
    text = (request.args if given is None else given).get(name, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) <= 6 else 1  # noqa: PLR2004 - more pages than anybody has
