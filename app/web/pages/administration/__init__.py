"""The pages of a board's administration, of appointing, and of an invitation's link."""

from app.web.pages.administration import appointing, importing, invitation, inviting, log, people, schools, settings
from app.web.pages.administration.blueprint import blueprint

#: Each of these adds its pages to the blueprint of administration when it is imported.
PAGES = (schools, people, inviting, importing, settings, log)
BLUEPRINTS = (blueprint, appointing.blueprint, invitation.blueprint)
