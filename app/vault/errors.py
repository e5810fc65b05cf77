"""Refusals of the vault. Their texts are for logs: they never hold a secret or a part of one."""


class VaultError(Exception):
    """Something does not open."""


class WrongSecret(VaultError):
    """A password, recovery code, cookie or name that does not fit; which of them is not told apart."""


class Tampered(VaultError):
    """A stored value that was changed, cut, moved to another place, or written in an unknown format."""


class NotAReader(VaultError):
    """This person's key opens nothing here."""
