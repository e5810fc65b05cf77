"""A served installation, and what a test may do behind its pages: move time, and look into the mail."""

from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage

from app.demo.play import Player
from app.services.mailing import send_waiting


@dataclass(frozen=True, slots=True)
class Site:
    """What is served, and the player behind it, who can act without a browser."""

    player: Player
    address: str

    def until(self, moment: datetime) -> None:
        """Let time pass; what falls due on the way happens, as with a worker."""
        self.player.until(moment)

    def told(self, what: str) -> list[str]:
        """Who get a message of this subject now; everything else that waits is sent too."""
        app, sent = self.player.app, list[EmailMessage]()
        sending = replace(app, settings=replace(app.settings, smtp_from="route@voorbeeld.example"))
        send_waiting(sending, sent.append, 1000)
        return sorted(str(mail["To"]).partition("@")[0] for mail in sent if mail["Subject"].endswith(what))
