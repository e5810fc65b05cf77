"""The pages, one module each: guard, read the input, call one service, show or redirect."""

from app.web.pages import case, cases, file, healthz, inbox, profile, replacing, signin, start, task, terms

BLUEPRINTS = (
    healthz.blueprint,
    signin.blueprint,
    inbox.blueprint,
    task.blueprint,
    cases.blueprint,
    start.blueprint,
    case.blueprint,
    file.blueprint,
    terms.blueprint,
    profile.blueprint,
    replacing.blueprint,
)
