"""All figures of one database, in one run: first with 100 open tasks, then with many, which stay there for the rest."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from bench.browser import Browser, both
from bench.counting import count, count_page
from bench.crowd import add_open_tasks
from bench.figures import Progress, quantile
from bench.installation import Installation, Pair
from bench.modeler import studio_ms
from bench.moving import move_dry_run_s
from bench.procedure import TASKS
from bench.program import Program
from bench.server import Server, serving
from bench.sizes import Sizes
from bench.slow_line import first_pages_ms
from bench.watched import add_watched_cases
from bench.worker import tick_idle_ms, wakes_per_s

_SEEN: Final = 100
_VIEWS: Final = 10
_CLIENTS: Final = 4
_WARM: Final = 10
_BOARD: Final = "/naleving"


class DatabaseRun:
    """Measures an installation on one database."""

    def __init__(self, url: str, folder: Path, sizes: Sizes, progress: Progress) -> None:
        self._sizes, self._progress = sizes, progress
        self._several = url.startswith("postgresql")
        self._name = "PostgreSQL" if self._several else "SQLite"
        self._installation = Installation.make(url, folder)
        self._reader = self._installation.pair("lezer")

    def figures(self) -> dict[str, float]:
        """The figures by key."""
        found = self._starts() | self._with_few()
        self._doing("many open tasks")
        add_open_tasks(self._installation, self._reader, self._sizes.crowd - _SEEN, self._progress)
        self._progress.step(_SEEN)
        with self._server() as server:
            found |= {"inbox_ms_100k": self._inbox_ms(server), "tick_idle_ms_100k": self._tick_ms()}
            self._installation.save_views(self._reader, _VIEWS)
            found["inbox_views_ms"] = self._inbox_ms(server)
            found |= self._submits(server)
            found["tasks_per_s_1"] = self._tasks_per_s([server], 1)
            with ExitStack() as others:
                second = [others.enter_context(self._server())] if self._several else []
                found["tasks_per_s_4"] = self._tasks_per_s([server, *second], _CLIENTS)
            found["rss_mb"] = server.rss_mb()
        found |= self._counts() | {"wakes_per_s": self._wakes()} | self._moves() | self._compliance()
        self._installation.app.database.close()
        return found

    def _starts(self) -> dict[str, float]:
        self._doing("start")
        times = []
        for _ in range(self._sizes.starts):
            with self._server() as server:
                times.append(server.start_s)
            self._progress.step()
        return {"start_s": median(times)}

    def _with_few(self) -> dict[str, float]:
        for _ in range(_SEEN):
            self._installation.start_case(self._reader)
            self._progress.step()
        with self._server() as server:
            found = {"inbox_ms_100": self._inbox_ms(server), "tick_idle_ms_100": self._tick_ms()}
            return found | self._slow_line(server) | self._studio(server)

    def _inbox_ms(self, server: Server) -> float:
        self._doing("inbox")
        with both(server.port, self._reader) as (browser, _):
            for _ in range(_WARM):
                browser.inbox_ms()
            times = [self._stepped(browser.inbox_ms()) for _ in range(self._sizes.inboxes)]
        return median(times)

    def _slow_line(self, server: Server) -> dict[str, float]:
        self._doing("a slow line")
        return first_pages_ms(server.port, self._reader.adviser, self._sizes.visits, self._stepped)

    def _studio(self, server: Server) -> dict[str, float]:
        self._doing("the studio")
        return studio_ms(self._installation, server.port, self._sizes.edits, self._stepped)

    def _tick_ms(self) -> float:
        self._doing("idle tick")
        return tick_idle_ms(self._installation.app, self._sizes.ticks, self._progress)

    def _submits(self, server: Server) -> dict[str, float]:
        self._doing("submit")
        pair = self._pair_with_cases("bladeren", self._sizes.submit_cases)
        times = []
        with both(server.port, pair) as browsers:
            while found := [(browser, task) for browser in browsers for task in browser.tasks()]:
                times += [self._stepped(browser.submit_ms(task, browser.answers(task))) for browser, task in found]
        return {"submit_ms_p50": median(times), "submit_ms_p95": quantile(times, 95)}

    def _tasks_per_s(self, servers: list[Server], clients: int) -> float:
        self._doing(f"tasks a second, {clients} clients")
        cases = self._sizes.api_cases // clients
        pairs = [self._pair_with_cases(f"programma-{clients}-{one}", cases) for one in range(clients)]
        programs = [Program(servers[place % len(servers)].port, pair) for place, pair in enumerate(pairs)]
        begun = perf_counter()
        with ThreadPoolExecutor(clients) as pool:
            done = sum(pool.map(lambda program: self._work(program, cases * len(TASKS)), programs))
        spent = perf_counter() - begun
        for program in programs:
            program.close()
        return done / spent

    def _work(self, program: Program, number: int) -> int:
        for _ in range(number):
            program.complete_one()
            self._progress.step()
        return number

    def _counts(self) -> dict[str, float]:
        self._doing("statements")
        counted = count(self._installation, self._installation.pair("teller"), self._progress)
        return {"submit_sql": counted.submit, "submit_sql_most": counted.most, "inbox_sql": counted.inbox}

    def _compliance(self) -> dict[str, float]:
        self._doing("compliance board")
        reader = add_watched_cases(self._installation, self._sizes.watched, self._progress)
        statements = count_page(self._installation, reader, _BOARD)
        with self._server() as server:
            browser = Browser(server.port, reader)
            for _ in range(_WARM):
                browser.page_ms(_BOARD)
            times = [self._stepped(browser.page_ms(_BOARD)) for _ in range(self._sizes.looks)]
            browser.close()
        return {"compliance_ms": median(times), "compliance_sql": statements}

    def _moves(self) -> dict[str, float]:
        self._doing("moving")
        pair = self._installation.pair("verhuizer")
        return {"move_dry_run_s": move_dry_run_s(self._installation, pair, self._sizes.movers, self._progress)}

    def _wakes(self) -> float:
        self._doing("wakes")
        return wakes_per_s(self._installation, self._installation.pair("wekker"), self._sizes.wake_cases, self._progress)

    def _pair_with_cases(self, name: str, number: int) -> Pair:
        pair = self._installation.pair(name)
        for _ in range(number):
            self._installation.start_case(pair)
        return pair

    def _stepped(self, figure: float) -> float:
        self._progress.step()
        return figure

    def _server(self) -> AbstractContextManager[Server]:
        return serving(self._installation.environ)

    def _doing(self, what: str) -> None:
        self._progress.now(f"{self._name}: {what}")
