"""The command `veilige-route`. Each subcommand is a module in `app/commands/`, imported only when it is used.

The module's name is the command's name with underscores for dashes (`verify_log.py` is `verify-log`), and holds a click command
called `command`.
"""

from importlib import import_module
from pkgutil import iter_modules

import click

from app import commands


class LazyGroup(click.Group):
    """A group that finds its commands as modules, so that a light command starts without the weight of the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in alphabetical order."""
        return sorted(module.name.replace("_", "-") for module in iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with this name, imported now; None when there is none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command = import_module(f"{commands.__name__}.{cmd_name.replace('-', '_')}").command
        if not isinstance(command, click.Command):
            raise TypeError(f"{cmd_name} holds no click command")
        return command


@click.group(cls=LazyGroup)
def main() -> None:
    """Veilige Route: klachtroutes en wettelijke procedures van scholen."""


if __name__ == "__main__":
    main(prog_name="veilige-route")
