"""Timers that wait for an absolute moment which we computed ourselves, on the frozen `now` of a transition."""

from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimeDateEventDefinition


class MomentTimer(TimeDateEventDefinition):
    """A timer whose expression, such as `${deadline.board_response}`, our script engine turns into a moment."""
