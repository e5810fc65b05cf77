"""Forgets what a running procedure no longer needs, after every transition.

SpiffWorkflow keeps every task that ever ran. In a loop the state grows without end, beyond a depth of 1000 tasks are no longer
found, and a parallel join takes the tokens of an earlier round for those of this one. Remove nothing but what is finished and
what no pending join will look at again.
"""

from collections.abc import Iterator

from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin
from SpiffWorkflow.bpmn.specs.defaults import ParallelGateway
from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState


def compact(workflow: BpmnWorkflow) -> None:
    """Splice finished tasks out of every level and drop sub-processes that ended, were interrupted, or hang under such a one."""
    _compact_level(workflow)
    alive = dict(workflow.tasks)
    for key, sub in sorted(workflow.subprocesses.items(), key=lambda item: item[1].depth):
        caller = alive.get(sub.parent_task_id)
        if caller is None or caller.has_state(TaskState.FINISHED_MASK):
            del workflow.subprocesses[key]
            continue
        _compact_level(sub)
        alive.update(sub.tasks)


def preorder(level: BpmnBaseWorkflow) -> Iterator[Task]:
    """All tasks of one level, parents first, children in order. Not recursive: a tree may be deep."""
    stack = [level.task_tree]
    while stack:
        task = stack.pop()
        yield task
        stack.extend(reversed(task.children))


def _compact_level(level: BpmnBaseWorkflow) -> None:
    keep = _needed(level)
    tasks = {}
    above: dict[object, Task | None] = {level.task_tree.id: None}
    for task in list(preorder(level)):
        nearest = above[task.id]
        for child in task.children:
            above[child.id] = task if task.id in keep else nearest
        if task.id in keep:
            tasks[task.id] = task
            task.parent = nearest
    for task in tasks.values():
        task.children = []
    for task in tasks.values():
        if task._parent is not None:
            tasks[task._parent]._children.append(task.id)
    level.tasks = tasks
    if level.last_task is not None and level.last_task.id not in tasks:
        level.last_task = None


def _needed(level: BpmnBaseWorkflow) -> set[object]:
    needed = [level.task_tree]
    for task in level.tasks.values():
        if not task.has_state(TaskState.NOT_FINISHED_MASK):
            continue
        needed += [task, *_parent(task)]
        if isinstance(task.task_spec, BoundaryEventJoin):
            split = task.find_ancestor(task.task_spec.split_task)
            needed += [split, *split.children] if split is not None else []
        if isinstance(task.task_spec, ParallelGateway) and task.state == TaskState.WAITING:
            for other in level.tasks.values():
                if other.task_spec is task.task_spec:
                    needed += [other, *_parent(other)]
    return {task.id for task in needed}


def _parent(task: Task) -> list[Task]:
    return [] if task.parent is None else [task.parent]
