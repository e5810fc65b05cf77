"""What a program does: it reads the list of tasks, completes the first, and so on, for two people by turns."""

import json
from http.client import HTTPConnection
from itertools import cycle
from typing import Any, Final

from app.clock import local_day, now
from bench import procedure
from bench.installation import Pair, Person

_OK: Final = 200


class Program:
    """A client of the API with one connection that stays open and the tokens of an adviser and a board member."""

    def __init__(self, port: int, pair: Pair) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self._board = str(pair.board.actor.user_id)
        self._turns = cycle((pair.adviser, pair.board))
        self._person = next(self._turns)

    def complete_one(self) -> None:
        """Read the list of tasks of whose turn it is, and complete the first; he works on until his list is empty."""
        tasks = self._tasks(self._person)
        if not tasks:
            self._person = next(self._turns)
            tasks = self._tasks(self._person)
        task = tasks[0]
        element_id, today = procedure.element_of(task["title"]), local_day(now())
        answers = {key: procedure.answer(key, today) for key in procedure.questions(element_id)}
        handlers = {"board": [self._board]} if element_id == procedure.OPENS_BOARD else {}
        sent = {"answers": answers, "handlers": handlers}
        self._ask(self._person, "POST", f"/api/v1/tasks/{task['id']}/complete", json.dumps(sent).encode())

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def _tasks(self, person: Person) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._ask(person, "GET", "/api/v1/tasks", None)["items"]
        return found

    def _ask(self, person: Person, method: str, address: str, body: bytes | None) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {person.token}"} | ({"Content-Type": "application/json"} if body else {})
        self._connection.request(method, address, body, headers)
        response = self._connection.getresponse()
        text = response.read()
        if response.status != _OK:
            raise RuntimeError(f"{address}: {response.status} {text.decode()}")
        answer: dict[str, Any] = json.loads(text)
        return answer
