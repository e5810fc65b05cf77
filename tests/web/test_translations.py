"""English says everything that Dutch says."""

import re

from tools import translations

Text = str | list[str] | tuple[str, ...] | None


def parts(text: Text) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def values(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", text)) - {"num"}


def test_every_text_of_the_pages_has_its_english_and_no_other() -> None:
    used = {str(message.id) for message in translations.used() if message.id}
    assert len(used) > 200
    assert {str(message.id) for message in translations.english() if message.id} == used


def test_no_english_is_empty_and_all_keep_their_values() -> None:
    for message in translations.english():
        if not message.id:
            continue
        assert all(parts(message.string)), message.id
        for dutch, english in zip(parts(message.id), parts(message.string), strict=True):
            assert values(english) == values(dutch), message.id
