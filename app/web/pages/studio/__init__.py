"""The pages of the studio, where process owners draw procedures, and boards review and publish them."""

from app.web.pages.studio import (
    checking,
    differences,
    drawing,
    files,
    forms,
    interchange,
    looking,
    moving,
    retiring,
    review,
    stories,
    trial,
    versions,
)
from app.web.pages.studio.blueprint import blueprint

#: Each of these adds its pages to the blueprint of the studio when it is imported.
PAGES = (
    versions,
    drawing,
    files,
    forms,
    trial,
    stories,
    differences,
    review,
    checking,
    interchange,
    looking,
    moving,
    retiring,
)
BLUEPRINTS = (blueprint,)
