"""The pages, one module each: guard, read the input, call one service, show or redirect."""

from app.web.pages import (
    case,
    cases,
    compliance,
    contacts,
    file,
    healthz,
    inbox,
    listed,
    profile,
    replacing,
    signin,
    start,
    task,
    terms,
    today,
)

BLUEPRINTS = (
    healthz.blueprint,
    signin.blueprint,
    today.blueprint,
    contacts.blueprint,
    inbox.blueprint,
    task.blueprint,
    cases.blueprint,
    listed.blueprint,
    start.blueprint,
    case.blueprint,
    file.blueprint,
    terms.blueprint,
    profile.blueprint,
    replacing.blueprint,
    compliance.blueprint,
)
