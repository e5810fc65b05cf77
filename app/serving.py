"""Serves the pages with waitress, and the worker beside them in the same process."""

from waitress import serve as waitress_serve

from app.services.context import App
from app.web import create_app
from app.worker import start_beside

THREADS = 8


def serve(app: App, host: str, port: int) -> None:
    """Serve until the process is told to stop."""
    scheduler = start_beside(app)
    try:
        waitress_serve(create_app(app), host=host, port=port, threads=THREADS, ident=None)
    finally:
        scheduler.shutdown()
