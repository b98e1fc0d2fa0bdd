"""Archived texts as tokens: markdown-it-py, with what policies are mostly made of parsed at once.

Beside CommonMark's tokens there are two of ours, for two thirds of a policy: ``line``, a paragraph of one line, and
``items``, a tight list of plain items, whose ``meta["items"]`` are tokens of type ``inline``. The children of an
``inline`` or ``line`` token without any mark are left out; ``words`` makes them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_MARK = re.compile(r"[\\`*_\[\]!<&]| \n|\n[ \t]")
"""What an inline rule of CommonMark begins or ends with, but for a break within words."""


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """CommonMark with tables, HTML off; plain paragraphs and lists, which policies are made of, are parsed at once."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("text_join")
    markdown.block.ruler.before("table", "line", _line)
    markdown.block.ruler.before("table", "items", _items)
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
    if state.level == 0:
        token = state.push("line", "p", 0)
        token.content = state.src[start:stop]
        token.map = [first, first + 1]
        return True
    token = state.push("paragraph_open", "p", 1)
    token.map = [first, first + 1]
    token = state.push("inline", "", 0)
    token.content = state.src[start:stop]
    token.map = [first, first + 1]
    token.children = []
    state.push("paragraph_close", "p", -1)
    return True


def _items(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """A list of plain items at the left edge, at once: ``- `` and words that begin with a letter, line after line.

    Words may run on below an item, also from a letter. What ends the list is one empty line, and nothing after it that
    could be part of it; every other list is left to CommonMark's own rule.
    """
    source, starts, ends, shifts = state.src, state.bMarks, state.eMarks, state.tShift
    mark = source[starts[first] : starts[first] + 1]
    if silent or state.level or state.blkIndent or not mark or mark not in "-*+":
        return False
    items: list[int] = []
    line = first
    while line < last and shifts[line] == 0 and starts[line] < ends[line]:
        at = starts[line]
        if source[at] == mark and source[at + 1 : at + 2] == " " and source[at + 2 : at + 3].isalpha():
            items.append(line)
        elif not items or not source[at].isalpha():
            return False
        if source[ends[line] - 1].isspace():
            return False
        line += 1
    if not items:
        return False
    after = line
    if line < last:
        if not state.isEmpty(line):
            return False
        after = line + 1
        if after < last and (state.isEmpty(after) or state.sCount[after] or source[starts[after]] in "-*+"):
            return False
    token = state.push("items", "ul", 0)
    token.map = [first, after]
    token.meta["items"] = [
        Token("inline", "", 0, map=[start, stop], content=source[starts[start] + 2 : ends[stop - 1]])
        for start, stop in zip(items, [*items[1:], line], strict=True)
    ]
    state.line = after
    return True


def _inlines(state: StateCore) -> None:
    """The content of each block that has marks; words without a mark are one piece of text, which no rule looks at."""
    for block in state.tokens:
        for token in block.meta["items"] if block.type == "items" else (block,):
            if _MARK.search(token.content) and token.type in {"inline", "line"}:
                token.children = []
                state.md.inline.parse(token.content, state.md, state.env, token.children)


def words(content: str) -> list[Token]:
    """The children of a block without marks: its lines, and the breaks between them."""
    children: list[Token] = []
    for line in content.split("\n") if content else ():
        children += (Token("softbreak", "br", 0), Token("text", "", 0, content=line))
    return children[1:]
