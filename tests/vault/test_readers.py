"""Whatever happens to the readers of a file, exactly the right people open exactly the right entries."""

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.vault import files, people
from app.vault.envelope import PrivateKey
from app.vault.errors import NotAReader, Tampered
from app.vault.files import Epoch, Place, SealedEntry

NAMES = ["anna", "bram", "carl", "dewi"]
names = st.sampled_from(NAMES)
texts = st.dictionaries(st.sampled_from(["story", "wish"]), st.text(max_size=400), max_size=2)


@dataclass
class Person:
    """His stored keys, the key that his password yields, and every epoch secret that he ever saw: a thief of his own past."""

    wrapping_key: bytes
    stored: people.StoredKeys
    remembered: dict[int, PrivateKey] = field(default_factory=dict)


@dataclass
class Entry:
    place: Place
    sealed: SealedEntry
    content: dict[str, str]


class Readers(RuleBasedStateMachine):
    """Real keys on one side; on the other side plain sets of epoch numbers that say who may and who ever could."""

    @initialize()
    def begin(self) -> None:
        self.people = {name: self._person(name, 1) for name in NAMES}
        self.epochs: list[Epoch] = []
        self.grants: dict[tuple[int, str], bytes] = {}
        self.entries: list[Entry] = []
        self.may: dict[str, set[int]] = {name: set() for name in NAMES}
        self.could: dict[str, set[int]] = {name: set() for name in NAMES}
        self._next_epoch(["anna", "bram"])

    @rule(author=names, content=texts)
    def write(self, author: str, content: dict[str, str]) -> None:
        """Anybody may add to the file, reader or not."""
        place = Place(self.epochs[-1], f"e{len(self.entries)}", author, "form")
        self.entries.append(Entry(place, files.seal_entry(place, content), content))

    @rule(giver=names, joiner=names)
    def join(self, giver: str, joiner: str) -> None:
        """A sitting reader grants a person whatever he can open himself."""
        for number in self.may[giver]:
            self._grant(number, self._secret(giver, number), joiner)

    @precondition(lambda self: len(self._readers()) > 1)
    @rule(leaver=names)
    def leave(self, leaver: str) -> None:
        self._revoke(leaver)
        self._next_epoch(self._readers())

    @rule(name=names)
    def reset(self, name: str) -> None:
        """A lost password without a recovery code: a new pair, the grants to the former one stay where they are."""
        former = self.people[name]
        self.people[name] = self._person(name, former.stored.version + 1)
        self.may[name] = set()
        self.could[name] = set()

    @rule(name=names)
    def change_password(self, name: str) -> None:
        person = self.people[name]
        new_key = bytes([person.wrapping_key[0] ^ 1]) + person.wrapping_key[1:]
        person.stored = people.rewrap(name, person.stored, self._private(name), new_key)
        person.wrapping_key = new_key

    @precondition(lambda self: self._readers())
    @rule(data=st.data())
    def hand_over(self, data: st.DataObject) -> None:
        """Chosen entries move to an epoch of the successor's; the former reader's grants go."""
        former = data.draw(st.sampled_from(self._readers()))
        successor = data.draw(st.sampled_from([name for name in NAMES if name != former]))
        own = [entry for entry in self.entries if entry.place.epoch.number in self.may[former]]
        chosen = data.draw(st.lists(st.sampled_from(own), unique_by=id)) if own else []
        secrets = {number: self._secret(former, number) for number in self.may[former]}
        self._revoke(former)
        self._next_epoch(sorted({successor, *self._readers()}))
        for entry in chosen:
            place = Place(self.epochs[-1], entry.place.entry, entry.place.author, entry.place.form)
            entry.sealed = files.reseal_entry(entry.place, secrets[entry.place.epoch.number], entry.sealed, place)
            entry.place = place

    @invariant()
    def each_opens_exactly_what_the_sets_say(self) -> None:
        for name in NAMES:
            opened = {number for number in range(1, len(self.epochs) + 1) if self._opens(name, number)}
            assert opened == self.may[name]
            self._reads(opened, {number: self._secret(name, number) for number in opened})

    @invariant()
    def secrets_of_the_past_open_nothing_newer(self) -> None:
        for name, person in self.people.items():
            assert set(person.remembered) == self.could[name]
            self._reads(self.could[name], person.remembered)

    @invariant()
    def nobody_uses_the_grant_of_another(self) -> None:
        for (number, owner), sealed in self.grants.items():
            for thief in set(NAMES) - {owner}:
                with pytest.raises(NotAReader):
                    files.open_grant(self.epochs[number - 1], self._private(thief), owner, sealed)

    def _reads(self, numbers: set[int], secrets: dict[int, PrivateKey]) -> None:
        """With these secrets exactly the entries of these epochs open, each to what was written."""
        for entry in self.entries:
            if entry.place.epoch.number in numbers:
                assert files.open_entry(entry.place, secrets[entry.place.epoch.number], entry.sealed) == entry.content
                continue
            for secret in secrets.values():
                with pytest.raises(Tampered):
                    files.open_entry(entry.place, secret, entry.sealed)

    def _person(self, name: str, version: int) -> Person:
        wrapping_key = name.encode().ljust(32, b".")
        return Person(wrapping_key, people.new_keys(name, wrapping_key, version=version).stored)

    def _private(self, name: str) -> PrivateKey:
        return people.unwrap_with_password(name, self.people[name].stored, self.people[name].wrapping_key)

    def _secret(self, name: str, number: int) -> PrivateKey:
        return files.open_grant(self.epochs[number - 1], self._private(name), name, self.grants[number, name])

    def _opens(self, name: str, number: int) -> bool:
        if (number, name) not in self.grants:
            return False
        try:
            self._secret(name, number)
        except NotAReader:
            return False
        return True

    def _grant(self, number: int, secret: PrivateKey, reader: str) -> None:
        self.grants[number, reader] = files.grant(self.epochs[number - 1], secret, reader, self.people[reader].stored.public)
        self.people[reader].remembered[number] = self._secret(reader, number)
        self.may[reader] = self.may[reader] | {number}
        self.could[reader] = self.could[reader] | {number}

    def _revoke(self, reader: str) -> None:
        self.grants = {key: sealed for key, sealed in self.grants.items() if key[1] != reader}
        self.may[reader] = set()

    def _next_epoch(self, readers: list[str]) -> None:
        epoch, secret = files.new_epoch("2026-7KQ4", "board", len(self.epochs) + 1)
        self.epochs.append(epoch)
        for reader in readers:
            self._grant(epoch.number, secret, reader)

    def _readers(self) -> list[str]:
        return [name for name in NAMES if self.may[name]]


TestReaders = Readers.TestCase
TestReaders.settings = settings(
    max_examples=60, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
