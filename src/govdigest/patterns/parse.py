"""From the text of a pattern to its tree.

A pattern is a row of elements, matched on the words of a passage in lower case:

=============  ==========================================================================
``word``       the word; between two words stand only characters that are no letters, so
               ``opt out`` meets 'opt-out' and ``sell share`` meets '"sell", "share'
``word~``      the word with its regular inflections (``train~``: train, trains, trained, training)
``word*``      any word that begins so
``( a | b c )``  one of several
``x?``         x, or nothing
``…`` ``...``  a gap of at most 10 words; ``…5`` of at most 5 (40 at most)
``{name}``     the phrases of that name in the vocabulary
``<name>``     a value: a parameter of the provision, or a type (``<duration>``)
``^`` ``$``    the beginning or the end of the passage
=============  ==========================================================================

There is no repetition, so no pattern can run for longer than the passage is long.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from govdigest.patterns.inflect import forms

GAP = 10
LONGEST_GAP = 40
LONGEST_PATTERN = 4000
DEEPEST = 20
SHORTEST_PREFIX, LONGEST_PREFIX = 3, 24

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<gap>(?:…|\.\.\.)(?P<size>\d{1,3})?)
    | (?P<open>\()
    | (?P<close>\))
    | (?P<bar>\|)
    | (?P<maybe>\?)
    | (?P<start>\^)
    | (?P<end>\$(?!\d))
    | \{(?P<name>[a-z0-9-]+)\}
    | <(?P<slot>[a-z0-9_-]+)>
    | (?P<word>[^\W_]+(?:'[^\W_]+)*)(?P<suffix>[~*])?
    | (?P<hyphen>[-/&,])
    )""",
    re.VERBOSE,
)

_CLITIC = re.compile(r"'(?:s|ll|re|ve|d|m)$")
"""A clitic is no word of its own in a passage, so it is none in a pattern."""


_WHOLE = {"ca": "can", "wo": "will", "sha": "shall"}
"""What stands before 'n't' for a word that lost letters to it."""


class PatternError(ValueError):
    """A pattern that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in one of several forms; ``prefix`` when any ending may follow."""

    forms: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """At most ``most`` words of any kind."""

    most: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A value to read off."""

    name: str


@dataclass(frozen=True, slots=True)
class Edge:
    """The beginning or the end of the passage."""

    end: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A reference to the vocabulary."""

    name: str


@dataclass(frozen=True, slots=True)
class Row:
    """Elements one after the other."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of several."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Maybe:
    """Something, or nothing."""

    item: Node


Node = Word | Gap | Slot | Edge | Name | Row | Either | Maybe


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else "nothing"

    def either(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise PatternError(f"more than {DEEPEST} brackets inside one another")
        options = [self.row(depth)]
        while self.peek() == "bar":
            self.at += 1
            options.append(self.row(depth))
        return options[0] if len(options) == 1 else Either(tuple(options))

    def row(self, depth: int) -> Node:
        items: list[Node] = []
        while self.peek() not in {"bar", "close", "nothing"}:
            items.append(self.item(depth))
        if not items:
            raise PatternError("an alternative is empty; write ( … )? for something that may be missing")
        return items[0] if len(items) == 1 else Row(tuple(items))

    def item(self, depth: int) -> Node:
        kind, value = self.tokens[self.at]
        self.at += 1
        node: Node
        match kind:
            case "open":
                node = self.either(depth + 1)
                if self.peek() != "close":
                    raise PatternError("a bracket is not closed")
                self.at += 1
            case "gap":
                node = Gap(int(value) if value else GAP)
                if node.most > LONGEST_GAP:
                    raise PatternError(f"a gap of {node.most} words; {LONGEST_GAP} is the most")
            case "name":
                node = Name(value)
            case "slot":
                node = Slot(value)
            case "start" | "end":
                node = Edge(kind == "end")
            case "word":
                node = _word(value)
            case _:
                raise PatternError(f"{value or kind!r} stands where a word, a bracket or a name should")
        if self.peek() == "maybe":
            self.at += 1
            if isinstance(node, Gap | Edge):
                raise PatternError("'?' after a gap or an edge means nothing")
            node = Maybe(node)
        return node


@lru_cache(maxsize=32_768)
def parse(text: str) -> Node:
    """The tree of the pattern ``text``; raises :class:`PatternError`. Kept, since files are checked and then used."""
    if len(text) > LONGEST_PATTERN:
        raise PatternError(f"longer than {LONGEST_PATTERN} characters")
    parser = _Parser(text)
    node = parser.either(0)
    if parser.peek() != "nothing":
        raise PatternError("a bracket is closed that was never opened")
    if may_be_empty(node):
        raise PatternError("it matches nothing at all: every part may be missing")
    return node


def may_be_empty(node: Node) -> bool:
    """Whether ``node`` can match no word."""
    match node:
        case Gap() | Maybe() | Edge():
            return True
        case Row(items):
            return all(may_be_empty(item) for item in items)
        case Either(options):
            return any(may_be_empty(option) for option in options)
        case _:
            return False


def _tokens(text: str) -> list[tuple[str, str]]:
    folded = text.replace("’", "'").lower().strip()
    made: list[tuple[str, str]] = []
    at = 0
    while at < len(folded):
        match = _TOKEN.match(folded, at)
        if match is None:
            rest = folded[at:].lstrip()
            if not rest:
                break
            raise PatternError(f"{rest[:12]!r} is no part of the pattern language")
        at = match.end()
        if match["gap"]:
            made.append(("gap", match["size"] or ""))
        elif match["word"]:
            made.append(("word", match["word"] + (match["suffix"] or "")))
        elif match["name"]:
            made.append(("name", match["name"]))
        elif match["slot"]:
            made.append(("slot", match["slot"]))
        elif match["hyphen"] is None:
            kind = next(kind for kind in ("open", "close", "bar", "maybe", "start", "end") if match[kind])
            made.append((kind, match[kind]))
    return made


def spelt_out(words: Sequence[str]) -> list[str]:
    """``words`` with 'n't' as the 'not' that it is, and the word before it whole: 'ca', 'n't' are 'can', 'not'."""
    made: list[str] = []
    for word in words:
        if word == "n't":
            if made:
                made[-1] = _WHOLE.get(made[-1], made[-1])
            word = "not"
        made.append(word)
    return made


def _word(value: str) -> Node:
    value = _CLITIC.sub("", value)
    if value == "cannot" or (value.endswith("n't") and len(value) > 3):
        first = "can" if value == "cannot" else _WHOLE.get(value[:-3], value[:-3])
        return Row((Word((first,)), Word(("not",))))
    if value.endswith("~"):
        return Word(forms(value[:-1]))
    if value.endswith("*"):
        if not SHORTEST_PREFIX <= len(value) - 1 <= LONGEST_PREFIX:
            raise PatternError(f"{value}: {SHORTEST_PREFIX} to {LONGEST_PREFIX} letters before '*'")
        return Word((value[:-1],), prefix=True)
    return Word((value,))
