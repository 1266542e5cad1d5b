"""Where workspaces and the service's secret are, by the settings."""

from __future__ import annotations

from coach.settings import Settings
from coach.store.secret import Secret
from coach.store.workspaces import Workspaces


def workspaces(settings: Settings) -> Workspaces:
    """Where the workspaces are."""
    url = settings.database_url
    return Workspaces(settings.store, None if url is None else url.get_secret_value())


def secret(settings: Settings) -> Secret:
    """What keys are hashed with."""
    given = settings.secret
    return Secret(None if given is None else given.get_secret_value(), settings.secret_file)
