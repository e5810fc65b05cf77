"""`veilige-route demo` as a newcomer starts it: a real process, which fills, serves, stops, and starts again quickly."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

from tests.browser.people import Person
from tests.conftest import PageOpener
from tests.services.post import free_port

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("veilige-route")
#: Filling runs with the real cost of passwords, on a machine that also runs other tests.
FIRST_START, NEXT_START = 120, 5


@contextmanager
def demo(var: Path, port: int, *, within: float) -> Iterator[str]:
    """Run the command until the block ends; gives the address once it answers."""
    environ = {name: value for name, value in os.environ.items() if name not in ("PORT", "DATABASE_URL")}
    command = [str(COMMAND), "demo", "--var", str(var), "--port", str(port)]
    with (
        (var.parent / "said").open("w") as said,
        subprocess.Popen(  # noqa: S603 - our own command
            command,
            cwd=ROOT,
            env=environ,
            stdout=said,
            stderr=said,
            preexec_fn=_hear_ctrl_c,  # noqa: PLW1509 - it takes no lock
        ) as process,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address, process, within)
            yield address
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(10)


def _hear_ctrl_c() -> None:
    """What a shell starts in the background ignores Ctrl-C, and hands that on to all that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def wait_for(address: str, process: subprocess.Popen[bytes], within: float) -> None:
    """Wait until the address answers. Raises TimeoutError, and ChildProcessError when the process ended."""
    deadline = monotonic() + within
    while monotonic() < deadline:
        try:
            with urlopen(f"{address}/") as answer:  # noqa: S310 - our own address
                assert answer.status == 200
                return
        except URLError:
            if process.poll() is not None:
                raise ChildProcessError(process.returncode) from None
            sleep(0.05)
    raise TimeoutError(address)


def test_a_newcomer_signs_in_and_finds_the_same_case_after_a_restart(tmp_path: Path, new_page: PageOpener) -> None:
    var, port = tmp_path / "var", free_port()
    with demo(var, port, within=FIRST_START) as address:
        sanne = Person(new_page(), address, "sanne").signs_in()
        number = sanne.opens("Noteer de uitkomst").case_number()
    said = (tmp_path / "said").read_text(encoding="utf-8")
    assert f"http://127.0.0.1:{port}" in said
    assert "sanne@voorbeeld.example" in said
    with demo(var, port, within=NEXT_START) as address:
        Person(new_page(), address, "sanne").signs_in().goes_to(f"/zaken/{number}").is_at(f"Zaak {number}")
