"""Words in Markdown: whatever they are, a reader of Markdown shows them and makes nothing of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from coach.text.markdown import escaped

ACTIVE = "*_`[]()<>#!|~&;:/\\-+=.@$^1 awx\n\t"


def shown(markdown: str) -> str:
    """What a reader sees; fails where anything but a paragraph of text, or a list of ours, is drawn."""
    (paragraph,) = (one for one in MarkdownIt("commonmark").enable("table").parse(markdown) if one.type == "inline")
    children = paragraph.children or []
    assert {"text"} >= {one.type for one in children}
    return "".join(one.content for one in children)


@pytest.mark.parametrize(
    ("words", "out"),
    [
        ("Acme & Sons", r"Acme \& Sons"),
        ("[pay](https://pay.example)", r"\[pay\](https\://pay.example)"),
        ("![x](x.png)", r"\!\[x\](x.png)"),
        ("<b>bold</b>", r"\<b\>bold\</b\>"),
        ("# Heading", r"\# Heading"),
        ("- item", r"\- item"),
        ("12. item", r"12\. item"),
        ("3) item", r"3\) item"),
        ("www.pay.example", r"www\.pay.example"),
        ("a|b", r"a\|b"),
        ("one\n\n# two", r"one \# two"),
        ("2026-11-27 at 12.5 %", "2026-11-27 at 12.5 %"),
    ],
)
def test_what_would_be_active_is_escaped(words: str, out: str) -> None:
    assert out == escaped(words)
    assert " ".join(words.split()) == shown(out)


@given(st.text(ACTIVE, min_size=1).filter(str.strip))
def test_every_character_is_shown_and_nothing_else_is_drawn(words: str) -> None:
    assert " ".join(words.split()) == shown(escaped(words))
    assert " ".join(words.split()) == shown(f"- {escaped(words)}")


@given(st.text(ACTIVE, min_size=1).filter(str.strip))
def test_no_address_is_left_that_links_itself(words: str) -> None:
    assert escaped(f"https://{words}").startswith(r"https\://")
    assert "www." not in escaped(f"see www.{words}")
