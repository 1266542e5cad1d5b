"""Pipedrive: what its panels prove, and the shape of its JSON panel."""

from coach.crm.pipedrive.panel import EmptyPanel, Panel, panel_of
from coach.crm.pipedrive.proof import Viewer, viewer_of

__all__ = ["EmptyPanel", "Panel", "Viewer", "panel_of", "viewer_of"]
