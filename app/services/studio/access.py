"""Who may look into the studio, and who draws: asked of the roles that hold now, inside the transaction."""

from app.domain.roles import Role
from app.domain.studio import Place, place
from app.services.context import Actor, App
from app.storage.database import Transaction
from app.storage.queries import people


def enter(app: App, tx: Transaction, actor: Actor) -> Place:
    """What this person is in the studio. Raises NotFound for whoever must not know of it."""
    found = place(actor.user_id, [(Role(one.role), one.board_id) for one in people.memberships(tx, actor.user_id, app.clock())])
    found.must_look()
    return found


def draw(app: App, tx: Transaction, actor: Actor) -> Place:
    """The same, for whoever draws. Raises NotFound, or Forbidden for whoever may only look."""
    found = enter(app, tx, actor)
    found.must_draw()
    return found
