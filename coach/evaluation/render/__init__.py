"""Reports as people and machines read them: a page, Markdown, a terminal, JUnit; the figures come from elsewhere."""

from coach.evaluation.render.files import write_report
from coach.evaluation.render.junit import render_junit
from coach.evaluation.render.markdown import render_comparison, render_markdown
from coach.evaluation.render.page import render_html
from coach.evaluation.render.terminal import print_comparison, print_report

__all__ = [
    "print_comparison",
    "print_report",
    "render_comparison",
    "render_html",
    "render_junit",
    "render_markdown",
    "write_report",
]
