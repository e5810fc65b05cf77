"""One function per user intention: check policy, one transaction, record the event."""
