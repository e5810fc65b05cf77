"""The command `veilige-route`. Each subcommand is a module in `app/commands/`, imported only when it is used.

The module's name is the command's name with underscores for dashes (`verify_log.py` is `verify-log`), and one behind it where
Python keeps the word (`import_.py`). It holds a click command called `command`.
"""

from importlib import import_module
from pkgutil import iter_modules

import click

from app import commands


class LazyGroup(click.Group):
    """A group that finds its commands as modules, so that a light command starts without the weight of the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in alphabetical order."""
        return sorted(_modules())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with this name, imported now; None when there is none."""
        module = _modules().get(cmd_name)
        if module is None:
            return None
        command = import_module(f"{commands.__name__}.{module}").command
        if not isinstance(command, click.Command):
            raise TypeError(f"{cmd_name} holds no click command")
        return command


def _modules() -> dict[str, str]:
    """The module of each command."""
    return {module.name.rstrip("_").replace("_", "-"): module.name for module in iter_modules(commands.__path__)}


@click.group(cls=LazyGroup)
def main() -> None:
    """Veilige Route: klachtroutes en wettelijke procedures van scholen."""


if __name__ == "__main__":
    main(prog_name="veilige-route")
