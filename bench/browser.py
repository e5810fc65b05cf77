"""What a browser does: it carries a session's cookie and a form's token, and follows what the pages show."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from time import perf_counter
from typing import Final
from urllib.parse import urlencode

from app.clock import local_day, now
from bench import procedure
from bench.installation import Pair, Person

_TASK: Final = re.compile(r'href="/taken/([0-9a-f-]{36})[?"]')
_TOKEN: Final = re.compile(r'name="csrf_token" value="([^"]+)"')
_QUESTION: Final = re.compile(r'name="veld-([a-z0-9_]+)"')
_HANDLER: Final = re.compile(r'name="(behandelaar-[a-z_]+)"[^>]* value="([^"]+)"')
_OK, _FOUND = 200, 302


@dataclass(frozen=True)
class _Answer:
    status: int
    text: str
    cookies: list[str]


class Browser:
    """One person's browser, with one connection that stays open."""

    def __init__(self, port: int, person: Person) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies = {"veilige_route": person.cookie}

    def inbox_ms(self) -> float:
        """How long the inbox takes."""
        return self.page_ms("/inbox")

    def page_ms(self, address: str) -> float:
        """How long a page takes."""
        begun = perf_counter()
        self._page(address)
        return (perf_counter() - begun) * 1000

    def tasks(self) -> list[str]:
        """The ids of the tasks in the inbox, the most urgent first."""
        return list(dict.fromkeys(_TASK.findall(self._page("/inbox"))))

    def answers(self, task_id: str) -> bytes:
        """Read a task's page and answer everything."""
        page = self._page(f"/taken/{task_id}")
        token = _TOKEN.search(page)
        if token is None:
            raise RuntimeError(f"{task_id} has no form")
        today = local_day(now())
        typed = [("csrf_token", token[1]), *_HANDLER.findall(page)]
        typed += [(f"veld-{key}", procedure.answer(key, today)) for key in dict.fromkeys(_QUESTION.findall(page))]
        return urlencode(typed).encode()

    def submit_ms(self, task_id: str, answers: bytes) -> float:
        """How long it takes to send them, until the answer that leads on."""
        address = f"/taken/{task_id}"
        begun = perf_counter()
        answer = self._ask("POST", address, answers)
        spent = (perf_counter() - begun) * 1000
        if answer.status != _FOUND:
            raise RuntimeError(f"{address}: {answer.status}")
        return spent

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def _page(self, address: str) -> str:
        answer = self._ask("GET", address, None)
        if answer.status != _OK:
            raise RuntimeError(f"{address}: {answer.status}")
        return answer.text

    def _ask(self, method: str, address: str, body: bytes | None) -> _Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, address, body, headers)
        response = self._connection.getresponse()
        answer = _Answer(response.status, response.read().decode(), response.headers.get_all("Set-Cookie") or [])
        for cookie in answer.cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer


@contextmanager
def both(port: int, pair: Pair) -> Iterator[tuple[Browser, Browser]]:
    """The browsers of an adviser and a board member."""
    browsers = Browser(port, pair.adviser), Browser(port, pair.board)
    yield browsers
    for browser in browsers:
        browser.close()
