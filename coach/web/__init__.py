"""The page where a manager pastes a note and sees what the customer has done."""

from coach.web.page import page_routes

__all__ = ["page_routes"]
