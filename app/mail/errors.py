"""What can go wrong with mail."""

#: Kinds of failure that are about one message or its receiver; all others are about the server.
ABOUT_ONE = ("address", "SMTPDataError", "SMTPRecipientsRefused")


class SendFailed(Exception):
    """A message did not leave. `reason` names the kind of failure and the server's code, never what the server said.

    `permanent`: trying again is useless. `everyone`: nothing can leave now, because the server cannot be reached or refuses us.
    `uncertain`: the server had the message in its hands when the connection broke, so it may have arrived after all.
    """

    def __init__(self, reason: str, *, permanent: bool = False, everyone: bool = False, uncertain: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.everyone = everyone
        self.uncertain = uncertain
