"""Fictional schools, people and cases at every stage, some late; made by acting as each person on a clock that runs to now."""

from dataclasses import replace
from datetime import timedelta

from app.catalogue import load
from app.demo import directory, kept
from app.demo.cast import CAST, PASSWORD, email_of, make
from app.demo.play import MovingClock, Player
from app.demo.stories import play_all
from app.services.context import App
from app.services.publishing import publish
from app.storage.queries import people as people_queries

#: How long before now the oldest story begins.
_SINCE = timedelta(days=400)


def filled(app: App) -> bool:
    """Whether this database has its cast already."""
    with app.database.read() as tx:
        return people_queries.user_by_email(tx, email_of(next(iter(CAST)))) is not None


def fill(app: App) -> None:
    """Make the cast and play all stories, from the past to now."""
    now = app.clock()
    clock = MovingClock(now - _SINCE)
    acting = replace(app, clock=clock)
    for procedure in load(app.settings.processes, app.settings.forms).procedures.values():
        publish(acting, procedure)
    places = make(acting, clock.at)
    player = Player(acting, clock, places, writes=True)
    directory.fill(player)
    play_all(player, now)
    directory.decide(player)
    kept.keep(player)


def logins(port: int) -> str:
    """What is printed at every start: where, and as whom to sign in."""
    lines = [f"  {email_of(key):32} {part.name}: {part.says}" for key, part in CAST.items()]
    return "\n".join([f"Veilige Route (demo): http://127.0.0.1:{port}", f"Inloggen kan met wachtwoord {PASSWORD} als:", *lines])
