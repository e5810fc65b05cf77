"""What can be told of diagrams that are not whole: their user tasks, as far as they are drawn."""

from collections.abc import Iterator, Mapping

from app.domain.procedure import Element, ElementKind, Process
from app.engine.levels import read_level
from app.engine.parse import called_processes
from app.engine.xml import XmlRefused, read_xml


def user_tasks(sources: Mapping[str, bytes]) -> Iterator[tuple[Process, Element]]:
    """The user tasks of diagrams by file name, each with its process. A file that is no sound XML has none."""
    for file, source in sorted(sources.items()):
        try:
            root = read_xml(source)
        except XmlRefused:
            continue
        for _, node in called_processes(root):
            level = read_level(file, node)
            for task in level.elements(ElementKind.USER_TASK):
                yield level.process, task
