"""Tries a procedure as a browser without JavaScript does: it opens a page, fills in its form, and sends it."""

import re
from dataclasses import dataclass, field
from html import unescape

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.web.forms import send

#: A board begins without an adviser, and does all of it alone.
AT_BOARD = "start_at_board|marijke|Het Anker"


def words(page: TestResponse) -> str:
    """What a page says, without its marks."""
    return " ".join(
        unescape(re.sub(r"<[^>]+>", " ", page.text.partition("<main")[2].partition(">")[2].partition("</main>")[0])).split()
    )


@dataclass
class Trier:
    """Somebody who tries a procedure; `told` is all that came of his last step."""

    client: FlaskClient
    key: str = "committee"
    told: str = field(default="")

    @property
    def here(self) -> str:
        return f"/studio/{self.key}/proberen"

    def page(self) -> str:
        """Where the story stands."""
        return words(self.client.get(self.here))

    def begin(self, way: str = AT_BOARD, *, day: str = "07-09-2026", hour: str = "10.00") -> TestResponse:
        return self._after(
            send(self.client, self.here, f"{self.here}/begin", **{"begin": way, "veld-at": day, "veld-at-tijd": hour})
        )

    def go(self, does: str, **typed: str) -> TestResponse:
        return self._after(send(self.client, self.here, f"{self.here}/verder", doe=does, **typed))

    def wait(self, day: str, hour: str = "10.00") -> TestResponse:
        return self.go("wait", **{"veld-at": day, "veld-at-tijd": hour})

    def play(self, task: str, part: str = "marijke", **answers: str) -> TestResponse:
        """Open the form of a task as somebody, choose the first answer of what was not said, and send it."""
        address = f"{self.here}/taak?taak={task}&als={part}"
        opened = self.client.get(address)
        assert opened.status_code == 200, words(opened)
        forms = html.document_fromstring(opened.text).iter("form")
        form = next(form for form in forms if isinstance(form, html.FormElement) and "stap" in form.inputs)
        given = {name: value for name, value in form.fields.items() if value}
        for name in form.inputs.keys() - given.keys():
            options = getattr(form.inputs[name], "value_options", ())
            given |= {name: next(option for option in options if option)} if options else {}
        typed = {name if "-" in name else f"veld-{name}": text for name, text in answers.items()}
        return self._after(self.client.post(address, data={**given, **typed}))

    def _after(self, answer: TestResponse) -> TestResponse:
        self.told = self.page() if answer.status_code == 302 else words(answer)
        return answer


def to_the_response(trier: Trier) -> None:
    """From the start to the decision of the board, which is due within four weeks of the advice."""
    trier.begin()
    trier.play("register_at_board", adviser_takes_part="nee", conflict_of_interest="nee")
    trier.play("board_committee_answer", committee_route="formeel", complainant_agrees="niet_van_toepassing")
    trier.play("submit_defence", defence_due_on="16-09-2026")
    trier.wait("27-11-2026")
    trier.play("advice_received", advice_received_on="27-11-2026", judgment="gegrond", recommendations="0")
