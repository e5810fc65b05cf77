"""The stories that the demo's process owner keeps: what his procedures must go on doing."""

from pathlib import Path
from typing import Final

from app.demo.play import Player
from app.services.studio import stories

FOLDER: Final = Path(__file__).parent / "kept"


def keep(player: Player) -> None:
    """Keep each file of the folder of its procedure."""
    for path in sorted(FOLDER.glob("*/*.yml")):
        stories.keep(player.app, player.actor("piet"), path.parent.name, path.stem, path.read_text(encoding="utf-8"))
