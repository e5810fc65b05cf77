"""Where a request finds the installation it serves."""

from flask import Flask, current_app

from app.services.context import App

_KEY = "veilige_route"


def put(flask: Flask, app: App) -> None:
    """Bind an installation to a Flask application."""
    flask.extensions[_KEY] = app


def ours() -> App:
    """The installation of the present request."""
    app = current_app.extensions[_KEY]
    assert isinstance(app, App)  # noqa: S101 - put() is the only writer
    return app
