"""Archived texts as tokens: markdown-it-py, with what policies are mostly made of parsed at once."""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_MARK = re.compile(r"[\n\\`*_\[\]!<&]")
"""What an inline rule of CommonMark begins or ends with."""


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """CommonMark with tables, HTML off; plain paragraphs, which policies are made of, are parsed at once."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("text_join")
    markdown.block.ruler.before("table", "line", _line)
    markdown.core.ruler.at("inline", _inlines)
    return markdown


def _line(state: StateBlock, first: int, _end: int, silent: bool) -> bool:
    """A paragraph of one line that begins with a letter, at once: no other rule of CommonMark takes such a line."""
    if state.is_code_block(first) or not (first + 1 >= state.lineMax or state.isEmpty(first + 1)):
        return False
    start, stop = state.bMarks[first] + state.tShift[first], state.eMarks[first]
    if silent or start >= stop or not state.src[start].isalpha() or state.src[stop - 1].isspace():
        return False
    state.line = first + 1
    token = state.push("paragraph_open", "p", 1)
    token.map = [first, first + 1]
    token = state.push("inline", "", 0)
    token.content = state.src[start:stop]
    token.map = [first, first + 1]
    token.children = []
    state.push("paragraph_close", "p", -1)
    return True


def _inlines(state: StateCore) -> None:
    """The content of each block; words without a mark are one piece of text, which no rule need look at."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        if _MARK.search(token.content):
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        else:
            token.children = [Token("text", "", 0, content=token.content)] if token.content else []
