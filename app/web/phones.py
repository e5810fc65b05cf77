"""The numbers of public services, to be called with one touch."""

import re

_PHONE = re.compile(r"\b(?:112|0[89]00[- ]\d[\d ]*\d)\b")


def phone_numbers(text: str) -> list[str]:
    """The numbers of public services that a text names, each once: "112", "0800-2000"."""
    return list(dict.fromkeys(_PHONE.findall(text)))
