"""The pages, one module each: guard, read the input, call one service, show or redirect."""

from app.web.pages import (
    case,
    cases,
    contacts,
    file,
    healthz,
    inbox,
    listed,
    profile,
    replacing,
    saved_views,
    signin,
    start,
    task,
    terms,
    today,
    together,
)

BLUEPRINTS = (
    healthz.blueprint,
    signin.blueprint,
    today.blueprint,
    contacts.blueprint,
    inbox.blueprint,
    saved_views.blueprint,
    together.blueprint,
    task.blueprint,
    cases.blueprint,
    listed.blueprint,
    start.blueprint,
    case.blueprint,
    file.blueprint,
    terms.blueprint,
    profile.blueprint,
    replacing.blueprint,
)
