"""Which page of a list an address asks for."""

from flask import request


def page_number(name: str) -> int:
    """The number of a page in the address, from 1."""
    text = request.args.get(name, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) <= 6 else 1  # noqa: PLR2004 - more pages than anybody has
