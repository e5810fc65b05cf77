"""A real mail server on the loopback address, that keeps what it is given and can be told to refuse."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from ssl import SSLContext

from aiosmtpd import smtp
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope, Session

from app.mail.smtp import MailServer

SENDER = "route@veilig.example"


class Post:
    """What a mail server does with messages: keeps them, or answers what it was told to answer."""

    def __init__(self, port: int = 0) -> None:
        self.port = port or free_port()
        self.arrived: list[EmailMessage] = []
        #: Said to every receiver, and after every message.
        self.to_receiver = self.to_message = "250 OK"
        #: An address that it does not know.
        self.refuses = ""
        #: Whether it keeps a message and hangs up without a word.
        self.hangs_up = False

    async def handle_RCPT(  # noqa: N802 - as aiosmtpd calls it
        self, _server: smtp.SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address == self.refuses:
            return "550 nobody here"
        if self.to_receiver.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_receiver

    async def handle_DATA(self, server: smtp.SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.to_message.startswith("250"):
            self.arrived.append(read(envelope))
        if self.hangs_up and server.transport is not None:
            server.transport.close()
        return self.to_message

    @property
    def server(self) -> MailServer:
        """This server as the product's settings would name it, without encryption."""
        return MailServer("127.0.0.1", self.port, SENDER, starttls=False)

    @contextmanager
    def open(self, tls: SSLContext | None = None) -> Iterator[None]:
        """Answer while the block runs."""
        controller = Controller(self, hostname="127.0.0.1", port=self.port, tls_context=tls, require_starttls=tls is not None)
        controller.start()
        try:
            yield
        finally:
            controller.stop()


def read(envelope: Envelope) -> EmailMessage:
    """The message in an envelope, whose receivers must be those of its header."""
    content = envelope.content
    assert isinstance(content, bytes)
    message = message_from_bytes(content, policy=SMTP)
    assert isinstance(message, EmailMessage)
    assert envelope.rcpt_tos == [message["To"]]
    return message


def free_port() -> int:
    """A port of the loopback address that nobody listens at."""
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        port: int = opened.getsockname()[1]
        return port
