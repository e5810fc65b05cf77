"""Delivery to one mail server over SMTP, encrypted with STARTTLS unless that is switched off."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Final

from app.mail.errors import SendFailed
from app.mail.texts import domain_of

#: For each answer of the server; a message takes about eight.
TIMEOUT_SECONDS: Final = 20
_PERMANENT: Final = 500


@dataclass(frozen=True, slots=True)
class MailServer:
    """The mail server of an installation. With `starttls` nothing is ever sent to a server that does not encrypt."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = True

    def send(self, message: EmailMessage) -> None:
        """Hand over one message. Raises SendFailed."""
        helo = domain_of(self.sender)
        with _told_briefly() as tried, smtplib.SMTP(self.host, self.port, helo, timeout=TIMEOUT_SECONDS) as server:
            if self.starttls:
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password)
            receiver = message["To"].addresses[0].addr_spec
            tried.handed_over = True
            server.send_message(message, self.sender, [receiver])


@dataclass(slots=True)
class _Try:
    """How far one delivery came: whether the message itself was on its way."""

    handed_over: bool = False


@contextmanager
def _told_briefly() -> Iterator[_Try]:
    """Turn what SMTP and the network raise into SendFailed: by class and code, for the server's words may quote the message.

    A receiver or a message that is refused for good is given up. Everything else concerns the installation or passes. What breaks
    without a refusal once the message was on its way leaves it uncertain whether it arrived.
    """
    tried = _Try()
    try:
        yield tried
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        raise SendFailed(f"{type(error).__name__} {code}", permanent=code >= _PERMANENT) from None
    except smtplib.SMTPDataError as error:
        raise SendFailed(f"{type(error).__name__} {error.smtp_code}", permanent=error.smtp_code >= _PERMANENT) from None
    except smtplib.SMTPResponseException as error:
        unclear = tried.handed_over and not isinstance(
            error, smtplib.SMTPSenderRefused
        )  # the server took it, and broke off after
        raise SendFailed(f"{type(error).__name__} {error.smtp_code}", everyone=True, uncertain=unclear) from None
    except OSError as error:  # also what smtplib raises without a code, and TLS
        raise SendFailed(type(error).__name__, everyone=True, uncertain=tried.handed_over) from None
