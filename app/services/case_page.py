"""A case as one person may see it: procedures beside each other, steps, terms, files, drawings and history."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.domain.delegation import may_delegate
from app.domain.errors import NotFound
from app.domain.events import EventKind
from app.domain.facts import Facts
from app.domain.policy import Permission, may
from app.domain.procedure import Element, Procedure
from app.domain.roles import Role
from app.engine.outcome import Waiting, WaitingTimer
from app.services import acting, board_terms, comments, steps
from app.services.at_rest import open_facts, open_passed, open_state
from app.services.beside import beside
from app.services.cases import announcers
from app.services.context import Actor, App
from app.services.file_cards import cards_of
from app.services.known import hidden, known_facts, readable
from app.services.procedure_cards import cards
from app.services.shown_terms import may_correct, term_view
from app.services.views.case import CasePage, DiagramView, HistoryLine, Timeline, Told
from app.services.views.inbox import CaseRow
from app.services.views.task import TermView
from app.storage.database import Transaction
from app.storage.queries import bell as bell_queries
from app.storage.queries import cases as case_queries
from app.storage.queries import links
from app.storage.queries import pages as queries
from app.storage.queries import work as work_queries
from app.storage.tables import Case, CaseHandler, Deadline, ProcedureRow, Task

Lanes = dict[UUID, frozenset[Role]]
PAGE = 50


def mine(app: App, actor: Actor, page: int) -> tuple[list[CaseRow], bool]:
    """The cases that this person handles, those that came to him last first, and whether there are more."""
    now = app.clock()
    with app.database.read() as tx:
        stands = acting.stands_of(tx, actor, now)
        found = case_queries.cases_of(tx, actor.user_id, now=now, limit=PAGE + 1, offset=PAGE * (max(page, 1) - 1), stands=stands)
        return [_row(app, tx, actor, case, now) for case in found[:PAGE]], len(found) > PAGE


def show(app: App, actor: Actor, number: str, procedure_id: UUID | None) -> CasePage:
    """A case page with one of its procedures in view. Raises NotFound for whoever handles none of them."""
    now = app.clock()
    with app.database.read() as tx:
        case, rows, lanes = visible(app, tx, actor, number, now)
        row = next((r for r in rows if r.id == procedure_id), None) if procedure_id else _first(tx, rows, lanes)
        if row is None:
            raise NotFound
        return _Page(app, tx, actor, now, case).page(rows, lanes, row)


def timeline(app: App, actor: Actor, number: str) -> Timeline:
    """What happened in a case as far as this person may read it, the oldest first. Raises NotFound."""
    now = app.clock()
    with app.database.read() as tx:
        case, rows, lanes = visible(app, tx, actor, number, now)
        since = min(known_since(tx, row, lanes[row.id]) for row in rows)
        lines = _Page(app, tx, actor, now, case).history(rows, lanes)
        procedures = cards(app, tx, rows, lanes, waiting={}, now=now)
        return Timeline(number, queries.school_name(tx, case.school_id), since, case.closed_at, procedures, lines[::-1])


def diagram(app: App, actor: Actor, number: str, procedure_id: UUID, process_id: str) -> bytes:
    """The drawing of one level of a procedure that this person handles. Raises NotFound."""
    now = app.clock()
    with app.database.read() as tx:
        _, rows, _ = visible(app, tx, actor, number, now)
        row = next((r for r in rows if r.id == procedure_id), None)
        if row is None:
            raise NotFound
        procedure = app.versions.get(tx, row.version_id).procedure
        source = procedure.source_of(process_id)
        if source is None:
            raise NotFound
        return source


def visible(app: App, tx: Transaction, actor: Actor, number: str, now: datetime) -> tuple[Case, list[ProcedureRow], Lanes]:
    """A case with those of its procedures that this person handles a lane of. Raises NotFound when there is none."""
    case = case_queries.case_by_number(tx, number)
    if case is None:
        raise NotFound
    rows = work_queries.procedures_of(tx, case.id)
    lanes = work_queries.lanes_of(tx, actor.user_id, case, procedure_ids=[row.id for row in rows], now=now)
    if not lanes:
        raise NotFound
    return case, [row for row in rows if row.id in lanes], lanes


@dataclass(frozen=True, slots=True)
class _People:
    """Who handles a procedure, for one person: since when it concerns him, names, lanes without anybody, lanes to share."""

    since: datetime
    names: tuple[str, ...]
    empty: tuple[Role, ...]
    shared: tuple[Role, ...]


class _Page:
    """Gathers what the page shows, in one read transaction."""

    def __init__(self, app: App, tx: Transaction, actor: Actor, now: datetime, case: Case) -> None:
        self.app, self.tx, self.actor, self.now, self.case = app, tx, actor, now, case

    def page(self, rows: list[ProcedureRow], lanes: Lanes, row: ProcedureRow) -> CasePage:
        self.board = board_terms.of_school(self.tx, self.case.school_id)
        version = self.app.versions.get(self.tx, row.version_id)
        procedure, own = version.procedure, lanes[row.id]
        facts = open_facts(self.app.server_keys, row.id, row.facts)
        tasks, terms = queries.tasks_of(self.tx, row.id), queries.terms_of(self.tx, row.id)
        waiting_of = {one.id: self._waiting(one) for one in rows}
        waiting = waiting_of[row.id]
        people = self._people(row, own, tasks)
        files = cards_of(self.tx, self.actor, self.case, lanes.values(), self.now)
        seen = self._seen(row, own, facts, tasks=tasks, terms=terms)
        return CasePage(
            number=self.case.number,
            school=self.board.school,
            handled_by=people.names,
            since=people.since,
            closed_at=self.case.closed_at,
            cards=cards(self.app, self.tx, rows, lanes, waiting=waiting_of, now=self.now),
            procedure_id=row.id,
            procedure=procedure.processes[row.main].name,
            version=version.number,
            started_at=people.since,
            steps=steps.list_of(seen, waiting.timers),
            terms=self._terms(row, own, facts, tasks=tasks, terms=terms),
            files=files,
            diagrams=self._diagrams(procedure, row, seen, waiting.timers),
            history=self.history(rows, lanes),
            facts=known_facts(procedure, facts, own),
            anytime=beside(procedure, row.main, own, _running_terms(tasks), ended=row.ended_at is not None),
            messages=_messages(procedure, own, facts, waiting.messages),
            linked=self._linked(),
            comments=comments.places(self.app, self.tx, self.actor, self.case, lanes.values(), files),
            empty=people.empty,
            shared=people.shared,
            told=self._told(lanes),
        )

    def _people(self, row: ProcedureRow, own: frozenset[Role], tasks: list[Task]) -> "_People":
        ticked, left = case_queries.handlers(self.tx, row.id), queries.handler_names(self.tx, self.case, row.id, self.now)
        mine = [Role(lane) for lane, user_id, _ in left if user_id == self.actor.user_id and row.ended_at is None]
        gone = empty_lanes(tasks, ticked, [lane for lane, _, _ in left])
        return _People(
            since=_since(ticked, row, own),
            names=tuple(name for lane, _, name in left if may(own, Permission.STEP_READ, Role(lane))),
            empty=tuple(sorted(lane for lane in gone if may(own, Permission.STEP_READ, lane))),
            shared=tuple(lane for lane in mine if may_delegate(lane, agreed=False)),
        )

    def _told(self, lanes: Lanes) -> Told:
        """What this person was told of the case and did not see, as far as it leads to this page and not to a task of his."""
        own = {(procedure_id, role.value) for procedure_id, roles in lanes.items() for role in roles}
        unseen = bell_queries.unseen_of_case(self.tx, self.actor.user_id, self.case.id)
        here = [row for row, task in unseen if task is None or (task.procedure_id, task.lane) not in own]
        comments_of = {row.id for row in here if row.lane is not None}
        return Told(tuple(row.id for row in here if row.id not in comments_of), tuple(comments_of))

    def _linked(self) -> tuple[str, ...]:
        """Nobody learns of another case through a link; who is the adviser in it may go there.

        A leader who handles both would know from a link who is behind a signal without names (Handreiking 5.7.4).
        """
        found = links.links_of(self.tx, [self.case.id])
        others = {one for link in found for one in (link.case_id, link.other_id) if one != self.case.id}
        advised = links.advised(self.tx, others, self.actor.user_id, self.now) if others else []
        return tuple(case.number for case in advised)

    def _waiting(self, row: ProcedureRow) -> Waiting:
        if row.ended_at is not None:
            return Waiting((), ())
        procedure = self.app.versions.get(self.tx, row.version_id).procedure
        state = open_state(self.app.server_keys, row.id, row.state)
        return self.app.runner.waiting(procedure, state)

    def _seen(
        self, row: ProcedureRow, own: frozenset[Role], facts: Facts, *, tasks: list[Task], terms: list[Deadline]
    ) -> steps.Seen:
        shown = [task for task in tasks if may(own, Permission.STEP_READ, Role(task.lane))]
        people = {i for t in shown for i in (t.closed_by, t.assignee_id, t.claimed_by) if i is not None}
        procedure = self.app.versions.get(self.tx, row.version_id).procedure
        drawn = {element_id for process in procedure.processes.values() for element_id in process.elements}
        return steps.Seen(
            procedure=procedure,
            former={t.element_id: self._element(t, row) for t in shown if t.element_id not in drawn},
            main=row.main,
            lanes=own,
            tasks=shown,
            terms={term.task_id: term for term in terms if term.state != "dropped"},
            names=work_queries.names(self.tx, people),
            facts=readable(facts, own),
            hidden=hidden(facts, own),
            end_element=row.end_element,
            ended_at=row.ended_at,
            now=self.now,
            actor_id=self.actor.user_id,
            passed=open_passed(self.app.server_keys, row.id, row.passed),
        )

    def _element(self, one: Task | Deadline, row: ProcedureRow) -> Element:
        """The element of a step or a term, in the version that it belongs to."""
        return self.app.versions.get(self.tx, one.version_id or row.version_id).procedure.element(one.element_id)

    def _terms(
        self, row: ProcedureRow, own: frozenset[Role], facts: Facts, *, tasks: list[Task], terms: list[Deadline]
    ) -> tuple[TermView, ...]:
        lanes = {task.id: Role(task.lane) for task in tasks}
        shown = [t for t in terms if t.state != "dropped" and may(own, Permission.STEP_READ, lanes[t.task_id])]
        changes = queries.changes_of(self.tx, [t.id for t in shown])
        open_ids = {task.id for task in tasks if task.closed_at is None}
        key = self.app.versions.get(self.tx, row.version_id).procedure.key
        return tuple(
            term_view(
                self.now,
                term,
                element,
                changes,
                may_correct=term.task_id in open_ids and may_correct(element, facts, own),
                target=self.board.told(key, element, self.case.opened_at, facts.values(), now=self.now),
            )
            for term, element in ((term, self._element(term, row)) for term in _urgent_first(shown, open_ids))
        )

    def _diagrams(
        self, procedure: Procedure, row: ProcedureRow, seen: steps.Seen, timers: Iterable[WaitingTimer]
    ) -> tuple[DiagramView, ...]:
        return tuple(steps.marks(seen, process_id, timers) for process_id in procedure.levels(row.main))

    def history(self, rows: list[ProcedureRow], lanes: Lanes) -> tuple[HistoryLine, ...]:
        """What this person may read of what happened, the newest first."""
        procedures = {row.id: self.app.versions.get(self.tx, row.version_id).procedure for row in rows}
        mains = {row.id: row.main for row in rows}
        found = queries.history_of(self.tx, self.case.id)
        details = [json.loads(event.detail) for event, _ in found]
        people = {UUID(hex=d[key]) for d in details for key in ("user", "on_behalf_of") if key in d}
        names = work_queries.names(self.tx, people)
        lines = []
        for (event, who), detail in zip(found, details, strict=True):
            # That a file was opened belongs to the whole case, not to one of its procedures.
            about = event.procedure_id or rows[0].id
            if event.kind == EventKind.PROCEDURE_MOVED:
                # What happened before it is told as the version has it that ran then.
                procedures[about] = self.app.versions.get(self.tx, UUID(hex=detail.pop("before"))).procedure
            procedure = procedures.get(about)
            own = lanes.get(about, frozenset()) if event.procedure_id else frozenset[Role]().union(*lanes.values())
            if procedure is None or not steps.may_read_event(procedure, own, event.element_id, detail):
                continue
            if "user" in detail:
                detail["user"] = names.get(UUID(hex=detail["user"]), "")
            name = procedure.processes[mains[about]].name if event.procedure_id else ""
            step = steps.name_of(procedure, event.element_id)
            behalf = names.get(UUID(hex=detail.pop("on_behalf_of"))) if "on_behalf_of" in detail else None
            lines.append(HistoryLine(event.at, who, event.kind, step, detail, name, behalf))
        return tuple(lines)


def _running_terms(tasks: Iterable[Task]) -> set[str]:
    return {task.element_id for task in tasks if task.closed_at is None and task.due_at is not None}


def _urgent_first(terms: list[Deadline], open_ids: set[UUID]) -> list[Deadline]:
    """Those of open tasks by the day on which they end, then those that were decided as they stood."""
    waiting = [term for term in terms if term.task_id in open_ids]
    return sorted(waiting, key=lambda term: term.due_at) + [term for term in terms if term.task_id not in open_ids]


def _messages(procedure: Procedure, own: frozenset[Role], facts: Facts, waiting: Iterable[str]) -> tuple[tuple[str, str], ...]:
    known = facts.values()
    allowed = [e for e in waiting if any(may(own, Permission.MESSAGE_ANNOUNCE, lane) for lane in announcers(procedure, e, known))]
    return tuple((element_id, procedure.element(element_id).name) for element_id in allowed)


def _first(tx: Transaction, rows: list[ProcedureRow], lanes: Lanes) -> ProcedureRow | None:
    """What is shown first: where a step waits for this person, else where he may read one.

    Of those the newest that runs and was started on its own, else the newest of all.
    """
    found = queries.lanes_with_steps(tx, list(lanes)) if len(rows) > 1 else []
    waits = {i for i, lane, waiting in found if waiting and lane in lanes[i]}
    reads = {i for i, lane, _ in found if may(lanes[i], Permission.STEP_READ, Role(lane))}
    chosen = next((some for ids in (waits, reads) if (some := [row for row in rows if row.id in ids])), rows)
    running = [row for row in chosen if row.ended_at is None]
    own = [row for row in running or chosen if row.parent_id is None]
    return (own or running or chosen)[-1] if chosen else None


def _row(app: App, tx: Transaction, actor: Actor, case: Case, now: datetime) -> CaseRow:
    rows = work_queries.procedures_of(tx, case.id)
    lanes = work_queries.lanes_of(tx, actor.user_id, case, procedure_ids=[row.id for row in rows], now=now)
    made = cards(app, tx, rows, lanes, waiting={}, now=now)
    due = min((card.due for card in made if card.due is not None), key=lambda d: d.days_left, default=None)
    names = dict.fromkeys(card.name for card in made)
    since = min(known_since(tx, row, lanes[row.id]) for row in rows if row.id in lanes)
    return CaseRow(case.number, queries.school_name(tx, case.school_id), tuple(names), since, case.closed_at, due)


def known_since(tx: Transaction, row: ProcedureRow, own: frozenset[Role]) -> datetime:
    """Since when a procedure concerns whoever handles these lanes: how long an adviser talked before is not the board's."""
    return _since(case_queries.handlers(tx, row.id), row, own)


def _since(ticked: Iterable[CaseHandler], row: ProcedureRow, own: frozenset[Role]) -> datetime:
    seen = [handler.since for handler in ticked if may(own, Permission.STEP_READ, Role(handler.lane))]
    return min(seen, default=row.started_at)


def empty_lanes(tasks: Iterable[Task], ticked: Iterable[CaseHandler], left: Collection[str]) -> set[Role]:
    """Lanes with an open task for which people were `ticked`, of whom nobody is `left` (by lane) who holds the role still."""
    waiting = {task.lane for task in tasks if task.closed_at is None}
    return {Role(lane) for lane in waiting & {handler.lane for handler in ticked} - set(left)}
