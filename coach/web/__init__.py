"""The pages where a manager sees what a customer has done, what would help a rep, and how they ask themselves."""

from coach.web.page import page_routes

__all__ = ["page_routes"]
