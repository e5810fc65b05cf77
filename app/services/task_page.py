"""A task as one person may see it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from app.domain.answers import as_typed
from app.domain.errors import Forbidden, NotFound
from app.domain.facts import Facts
from app.domain.form_rules import CONSENT, visible_fields
from app.domain.forms import Form
from app.domain.policy import Permission, may
from app.domain.procedure import Element, Procedure
from app.domain.roles import FILES, READERS, FileKind, Role
from app.engine.state import calls_around
from app.services import board_terms, comments
from app.services.acting import owner_for, stands_of
from app.services.at_rest import open_facts, open_state
from app.services.beside import beside
from app.services.choosing import Choosing
from app.services.context import Actor, App
from app.services.handover import hands_over, offered, ticked
from app.services.known import known_facts, readable
from app.services.moving.answers import followed
from app.services.next_steps import next_steps
from app.services.sharing import shares
from app.services.shown_terms import may_correct, term_view
from app.services.versions import Published
from app.services.views.task import EntryChoice, NextStep, TaskPage, TermView
from app.storage.database import Transaction
from app.storage.queries import bell as bell_queries
from app.storage.queries import comfort as comfort_queries
from app.storage.queries import pages as queries
from app.storage.queries import people as people_queries
from app.storage.queries import work as work_queries
from app.storage.queries.absences import Stand
from app.storage.tables import Case, Draft, ProcedureRow, Task
from app.vault.drafts import open_draft


def show(app: App, actor: Actor, task_id: UUID) -> TaskPage:
    """A task page for whoever may do the task. Raises NotFound, and Forbidden for who may only see how far the case is."""
    now = app.clock()
    with app.database.read() as tx:
        found = queries.task_with_case(tx, task_id)
        if found is None:
            raise NotFound
        task, row, case = found
        lanes = work_queries.lanes_of(tx, actor.user_id, case, procedure_ids=[row.id], now=now).get(row.id, frozenset())
        if not may(lanes, Permission.STEP_READ, Role(task.lane)):
            raise NotFound
        if not may(lanes, Permission.TASK_DO, Role(task.lane)):
            raise Forbidden("Deze taak is voor iemand anders. Je kunt wel zien hoe ver de zaak is.")
        return _Page(app, tx, actor, now, (task, row, case)).page(lanes)


def opened(app: App, actor: Actor, page: TaskPage) -> None:
    """Remember that this person opened the task, so that it is new to him no longer, nor is what he was told of it."""
    if page.unread or page.told:
        with app.database.write() as tx:
            comfort_queries.see(tx, page.task_id, actor.user_id)
            bell_queries.see(tx, actor.user_id, app.clock(), bell_queries.of_task(page.task_id))


class _Page:
    """Gathers what the page shows, in one read transaction."""

    def __init__(self, app: App, tx: Transaction, actor: Actor, now: datetime, found: tuple[Task, ProcedureRow, Case]) -> None:
        self.app, self.tx, self.actor, self.now = app, tx, actor, now
        self.task, self.row, self.case = found
        # A step that was done before its procedure moved stands as it was asked.
        self.version: Published = app.versions.get(tx, self.task.version_id or self.row.version_id)
        self.procedure: Procedure = self.version.procedure
        self.element: Element = self.procedure.element(self.task.element_id)
        self.facts: Facts = open_facts(app.server_keys, self.row.id, self.row.facts)
        self.handlers = queries.handler_names(tx, self.case, self.row.id, now)
        self.stand = self._stand()
        self.published: Mapping[str, Published] = {}
        self.board = board_terms.of_school(tx, self.case.school_id)

    def page(self, lanes: frozenset[Role]) -> TaskPage:
        form = self._form()
        people = work_queries.names(self.tx, {i for i in (self.task.assignee_id, self.task.closed_by, self.task.claimed_by) if i})
        own = queries.own_of_task(self.tx, self.task.id, self.actor.user_id, comments.read_by([lanes]))
        values, taken, saved_at = self._opened(form, own.draft)
        page = TaskPage(
            task_id=self.task.id,
            title=self.element.name,
            state=self._state(),
            holder=people.get(self.task.assignee_id) if self.task.assignee_id else None,
            closed_by=people.get(self.task.closed_by) if self.task.closed_by else None,
            closed_at=self.task.closed_at,
            case_number=self.case.number,
            procedure_id=self.row.id,
            procedure=self.procedure.name,
            school=self.board.school,
            role=Role(self.task.lane),
            instruction=self.element.documentation,
            legal_basis=self.element.legal_basis,
            checklist=self.element.checklist,
            term=self._term(lanes),
            form=form,
            values={**self._answered_before(form, lanes), **values},
            facts=readable(self.facts, lanes),
            errors={},
            known=tuple(fact for fact in known_facts(self.procedure, self.facts, lanes) if fact.key not in _keys(form)),
            next_steps=self._next_steps(lanes),
            handlers=self._choosing().choices(self.facts.values()),
            readers=self._readers(form),
            anytime=self._anytime(lanes),
            draft_saved_at=saved_at,
            colleagues=self._colleagues(),
            help=self.element.help,
            social_map=self.element.social_map,
            no_text=self._no_text(form),
            entries=self._entries(),
            taken=taken,
            shares=shares(self.procedure, self.element.id),
        )
        return self._on_behalf(replace(page, unread=own.unread, told=own.told, new_comments=own.comments), people)

    def _next_steps(self, lanes: frozenset[Role]) -> tuple[NextStep, ...]:
        if self.task.closed_at is not None:
            return ()
        state = open_state(self.app.server_keys, self.row.id, self.row.state)
        within = calls_around(state, self.task.engine_id)
        return next_steps(self.procedure, self.element.id, lanes, self.facts, name_of=self._name_of, within=within)

    def _name_of(self, key: str) -> str:
        if not self.published:
            self.published = self.app.versions.published(self.tx)
        return self.published[key].procedure.name

    def _on_behalf(self, page: TaskPage, people: Mapping[UUID, str]) -> TaskPage:
        if self.task.claimed_by is not None:
            page = replace(page, working=people.get(self.task.claimed_by))
        if self.stand is None:
            return page
        return replace(page, behalf=self.stand.owner, may_release=self.task.claimed_by == self.actor.user_id)

    def _stand(self) -> Stand | None:
        """For whom this person would do the task. Where nobody but he comes into question, nothing is asked."""
        lane, own = Role(self.task.lane), self.actor.user_id
        handlers = {(name, user_id) for name, user_id, _ in self.handlers}
        if self.task.assignee_id == own or (self.task.assignee_id is None and (lane, own) in handlers):
            return None
        stands = stands_of(self.tx, self.actor, self.now)
        here = [stand for stand in stands if stand.case_id == self.case.id]
        owner_id = owner_for(own, lane, self.task.assignee_id, handlers=handlers, stands=here)
        return next((stand for stand in here if stand.owner_id == owner_id), None)

    def _form(self) -> Form:
        """The questions that may be asked now: no sealed adviser's text before consent (Handreiking 2.9)."""
        form = self.procedure.form_of(self.element.id)
        return Form(form.id, tuple(visible_fields(form, self.facts.values(), None)))

    def _no_text(self, asked: Form) -> str | None:
        """What the complainant answered about a file, when that keeps questions for the adviser's file away."""
        whole = self.procedure.form_of(self.element.id)
        consent = str(self.facts.values().get(CONSENT, ""))
        missing = [field for field in whole.fields if field.file is FileKind.ADVISER and field.key not in _keys(asked)]
        return consent if missing and consent != "ja" else None

    def _colleagues(self) -> tuple[tuple[UUID, str], ...]:
        lane = Role(self.task.lane)
        others = {user_id for own, user_id, _ in self.handlers if own == lane} - {self.actor.user_id}
        if self._state() != "mine" or not others or self.stand:
            return ()
        case = self.case
        held = people_queries.candidates(self.tx, lane, board_id=case.board_id, school_id=case.school_id, now=self.now)
        return tuple((user.id, user.name) for user in held if user.id in others)

    def _state(self) -> str:
        if self.task.outcome is not None:
            return self.task.outcome
        if self.task.assignee_id is None:
            return "unclaimed"
        return "mine" if self.task.assignee_id == self._self() else "other"

    def _self(self) -> UUID:
        """Who counts as doing it: whoever is away, for his deputy."""
        return self.stand.owner_id if self.stand else self.actor.user_id

    def _opened(self, form: Form, draft: Draft | None) -> tuple[Mapping[str, str], frozenset[UUID], datetime | None]:
        if draft is None or self.actor.private_key is None:
            return {}, frozenset(), None
        content = open_draft(self.task.id.hex, self.actor.user_id.hex, self.actor.private_key, draft.sealed)
        known = _keys(form)
        typed = {k: v for k, v in content.items() if k.removesuffix("__time") in known}
        return followed(self.tx, self.task, form, typed, draft.saved_at), ticked(content), draft.saved_at

    def _answered_before(self, form: Form, lanes: frozenset[Role]) -> dict[str, str]:
        """What an earlier step answered already, to be looked over; a step that comes again is answered anew."""
        known = readable(self.facts, lanes)
        earlier = [f for f in form.fields if f.key in known and self.facts.log[f.key][-1].element_id != self.element.id]
        return {key: text for field in earlier for key, text in as_typed(field, known[field.key]).items()}

    def _term(self, lanes: frozenset[Role]) -> TermView | None:
        found = queries.term_of_task(self.tx, self.task.id)
        # Another version of the procedure may know no term any more for a step that is open.
        if found is None or (found[0].state == "dropped" and self.task.closed_at is None):
            return None
        row, changes = found
        may = self.task.closed_at is None and may_correct(self.element, self.facts, lanes)
        target = self.board.told(self.procedure.key, self.element, self.case.opened_at, self.facts.values(), now=self.now)
        return term_view(self.now, row, self.element, changes, may_correct=may, target=target)

    def _choosing(self) -> Choosing:
        handlers = [(Role(lane), user_id) for lane, user_id, _ in self.handlers]
        return Choosing(self.app, self.tx, self.now, self.case, self.procedure, self.element, self._self(), handlers)

    def _readers(self, form: Form) -> Mapping[FileKind, tuple[str, ...]]:
        """Who will be able to read what is typed in each file that the form writes to."""
        lane = Role(self.task.lane)
        kinds = {field.file or FILES[lane][0] for field in form.fields if field.sealed}
        present = queries.reader_names(self.tx, self.case.id)
        return {kind: present.get(kind.value) or self._handlers_of(READERS[kind]) for kind in kinds}

    def _handlers_of(self, role: Role) -> tuple[str, ...]:
        return tuple(name for lane, _, name in self.handlers if lane == role)

    def _entries(self) -> tuple[EntryChoice, ...] | None:
        if not hands_over(self.procedure, self.element.id):
            return None
        run = work_queries.versions_run(self.tx, self.case.id)
        return offered(self.tx, [self.app.versions.get(self.tx, one).procedure for one in run], self.case, self.actor)

    def _anytime(self, lanes: frozenset[Role]) -> tuple[tuple[str, str], ...]:
        running = {t.element_id for t, term in work_queries.open_tasks_with_terms(self.tx, self.row.id) if term is not None}
        return beside(self.procedure, self.row.main, lanes, running, ended=self.row.ended_at is not None)


def _keys(form: Form) -> set[str]:
    return {field.key for field in form.fields}
