"""Reports as people and machines read them: a page, Markdown, JUnit; printing them is `terminal`'s alone."""

from coach.evaluation.render.files import write_page, write_report
from coach.evaluation.render.junit import render_junit
from coach.evaluation.render.markdown import render_comparison, render_markdown
from coach.evaluation.render.page import render_html

__all__ = [
    "render_comparison",
    "render_html",
    "render_junit",
    "render_markdown",
    "write_page",
    "write_report",
]
