"""From a pattern's tree to chains: gapless segments, each one regular expression, with gaps between them.

A segment has neither gaps nor repetition, so finding all its hits in a passage takes time in proportion to
the passage; a chain is then put together from hits (``positions.matching``). Nothing can backtrack without
bound, whatever the passage says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from govdigest.patterns.parse import (
    LONGEST_GAP,
    Edge,
    Either,
    Gap,
    Maybe,
    Name,
    Node,
    PatternError,
    Row,
    Slot,
    Word,
    may_be_empty,
    parse,
)
from govdigest.patterns.values import ANCHORS, TYPES

MOST_CHAINS = 400
LONGEST_SEGMENT = 60_000
COMMON = 60
# A clitic after a word is no word of its own: 'we'll keep' is met by 'we keep'.
_BETWEEN = r"(?:'(?:s|ll|re|ve|d|m))?\W{1,4}"
# Words that stand in nearly every passage, and so tell nothing in advance.
_COMMON = frozenset(
    """a about all also an and any are as at be been but by can do does for from has have if in information into is it
    its may more must no not of on or other our service services shall such that the their them these they this to
    under up use used using we when which will with without you your data personal content terms us account time
    rights third party parties agree provide access user customers users customer right law including
    required""".split()  # noqa: SIM905
)


WordSet = frozenset[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Segment:
    """A gapless part of a chain, or (``slot``) a value. Equal segments share their hits in a passage."""

    source: str
    """The regular expression; for a value, the name of its type."""
    slot: str = ""
    """The parameter that the value is for."""
    first: WordSet = frozenset()
    """(word, whether a prefix): a hit begins with one of these."""
    anchors: tuple[tuple[WordSet, int], ...] = ()
    """Sets of which one word each stands in every hit, with how common they are: what a passage must have."""

    @property
    def key(self) -> str:
        """The name under which hits are shared."""
        return f"<{self.source}>" if self.slot else self.source


@dataclass(frozen=True, slots=True)
class Link:
    """A segment, and how many words at most may stand before it in the chain."""

    segment: Segment
    gap: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Segments in their order; ``at_start``, ``at_end``: bound to the passage's edges."""

    links: tuple[Link, ...]
    at_start: bool = False
    at_end: bool = False
    order: tuple[int, ...] = ()
    """Numbers of the links, the rarest first: what fails, should fail soon."""


_Atom = Word | Row | Either | Maybe
_Path = tuple[Node, ...]


@dataclass(slots=True)
class Expander:
    """Turns patterns into chains over one vocabulary, and keeps what it made."""

    vocabulary: Mapping[str, Sequence[str]]
    types: Mapping[str, str] = field(default_factory=dict)
    """Parameter name to the name of its type."""
    nodes: dict[str, Node] = field(default_factory=dict)
    """What the vocabulary's names stand for, kept so that several expanders may share it."""
    _open: list[str] = field(default_factory=list)

    def chains(self, pattern: str) -> tuple[Chain, ...]:
        """All chains of ``pattern``; raises :class:`PatternError`."""
        node = self._named(parse(pattern))
        paths = _paths(node)
        return tuple(dict.fromkeys(self._chain(path) for path in paths))

    def check_name(self, name: str) -> None:
        """Raise :class:`PatternError` unless the phrases called ``name`` can be read."""
        _paths(self._lookup(name))

    def _lookup(self, name: str) -> Node:
        if name in self.nodes:
            return self.nodes[name]
        if name not in self.vocabulary:
            raise PatternError(f"the vocabulary has no {{{name}}}")
        if name in self._open:
            raise PatternError(f"the vocabulary goes in a circle: {' → '.join([*self._open, name])}")
        self._open.append(name)
        try:
            options = tuple(self._named(parse(phrase)) for phrase in self.vocabulary[name])
        finally:
            self._open.pop()
        node: Node = options[0] if len(options) == 1 else Either(options)
        self.nodes[name] = node
        return node

    def _named(self, node: Node) -> Node:
        match node:
            case Name(name):
                return self._lookup(name)
            case Row(items):
                return Row(tuple(self._named(item) for item in items))
            case Either(options):
                return Either(tuple(self._named(option) for option in options))
            case Maybe(item):
                return Maybe(self._named(item))
            case Slot(name):
                if name not in self.types and name not in TYPES:
                    known = ", ".join([*self.types, *TYPES])
                    raise PatternError(f"<{name}> is neither a parameter nor a type ({known})")
                return node
            case _:
                return node

    def _chain(self, path: _Path) -> Chain:
        links: list[Link] = []
        run: list[Node] = []
        gap, at_start, at_end = 0, False, False

        def close() -> None:
            nonlocal gap
            if run and all(may_be_empty(item) for item in run):
                gap += 2 * len(run)  # nothing but what may be missing, between two gaps: words like any
                run.clear()
            if run:
                links.append(Link(_segment(Row(tuple(run))), gap))
                run.clear()
                gap = 0

        for item in path:
            if at_end:
                raise PatternError("something stands after '$'")
            match item:
                case Gap(most):
                    close()
                    gap = min(LONGEST_GAP, gap + most)
                case Slot(name):
                    close()
                    type_name = self.types.get(name, name)
                    links.append(Link(Segment(source=type_name, slot=name, anchors=_slot_anchors(type_name)), gap))
                    gap = 0
                case Edge(end):
                    close()
                    if not end and links:
                        raise PatternError("something stands before '^'")
                    at_end, at_start = at_end or end, at_start or not end
                case _:
                    run.append(item)
        close()
        if not links:
            raise PatternError("it matches nothing at all")
        costs = [min((cost for _, cost in link.segment.anchors), default=1000) for link in links]
        order = tuple(sorted(range(len(links)), key=costs.__getitem__))
        return Chain(tuple(links), at_start, at_end, order)


def _gapless(node: Node) -> bool:
    match node:
        case Gap() | Slot() | Edge():
            return False
        case Row(items):
            return all(_gapless(item) for item in items)
        case Either(options):
            return all(_gapless(option) for option in options)
        case Maybe(item):
            return _gapless(item)
        case _:
            return True


def _paths(node: Node) -> list[_Path]:
    """The ways through ``node``, branching only where a gap or a value stands inside a branch."""
    if _gapless(node) or isinstance(node, Gap | Slot | Edge):
        return [(node,)]
    made: list[_Path] = []
    match node:
        case Maybe(item):
            made = [*_paths(item), ()]
        case Either(options):
            plain = tuple(option for option in options if _gapless(option))
            if plain:
                made.append((plain[0] if len(plain) == 1 else Either(plain),))
            for option in options:
                if not _gapless(option):
                    made += _paths(option)
                _few(made)
        case Row(items):
            parts = [_paths(item) for item in items]
            size = 1
            for part in parts:
                size *= len(part)
                if size > MOST_CHAINS:
                    raise PatternError(f"more than {MOST_CHAINS} ways through it; write several patterns")
            made = [tuple(item for part in way for item in part) for way in product(*parts)]
    _few(made)
    return made


def _few(paths: Sequence[_Path]) -> None:
    if len(paths) > MOST_CHAINS:
        raise PatternError(f"more than {MOST_CHAINS} ways through it; write several patterns")


def _slot_anchors(type_name: str) -> tuple[tuple[WordSet, int], ...]:
    words = ANCHORS.get(type_name, ())
    return ((frozenset((word, False) for word in words), 4 * len(words)),) if words else ()


def _segment(node: Node) -> Segment:
    source = _regex(node)
    if len(source) > LONGEST_SEGMENT:
        raise PatternError("too many alternatives in one place; use fewer, or a gap between them")
    groups = sorted(dict.fromkeys(_groups(node)), key=lambda group: (group[1], sorted(group[0])))
    telling = tuple(group for at, group in enumerate(groups) if at == 0 or group[1] < COMMON)
    return Segment(source=rf"(?<!\w){source}(?!\w)", first=_first(node), anchors=telling)


def _regex(node: Node) -> str:
    match node:
        case Word(words, prefix):
            escaped = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
            body = escaped if len(words) == 1 else f"(?:{escaped})"
            return body + r"\w{0,24}" if prefix else body
        case Either(options):
            return "(?:" + "|".join(dict.fromkeys(_regex(option) for option in options)) + ")"
        case Row(items):
            return _row(items)
        case Maybe(item):  # on its own, as an option; inside a row its separator goes with it
            return f"(?:{_regex(item)})?"
        case _:
            raise PatternError("a gap or a value stands where only words can")


def _row(items: Sequence[Node]) -> str:
    """Elements with their separators, which go with an element that may be missing."""
    if not items:
        raise PatternError("it matches nothing at all")
    head, rest = items[0], items[1:]
    if isinstance(head, Maybe):
        if not rest:
            raise PatternError("a row in which everything may be missing")
        return f"(?:{_regex(head.item)}{_BETWEEN})?{_row(rest)}"
    made = _regex(head)
    for item in rest:
        if isinstance(item, Maybe):
            made += f"(?:{_BETWEEN}{_regex(item.item)})?"
        else:
            made += _BETWEEN + _regex(item)
    return made


def _first(node: Node) -> WordSet:
    """The words with which a match can begin."""
    match node:
        case Word(words, prefix):
            return frozenset((word, prefix) for word in words)
        case Either(options):
            return frozenset().union(*(_first(option) for option in options))
        case Maybe(item):
            return _first(item)
        case Row(items):
            made: WordSet = frozenset()
            for item in items:
                made |= _first(item)
                if not may_be_empty(item):
                    break
            return made
        case _:
            return frozenset()


_Group = tuple[WordSet, int]


def _groups(node: Node) -> list[_Group]:
    """Sets of words of which one at least stands in every match, each with its cost."""
    match node:
        case Word(words, prefix):
            cost = sum(COMMON if word in _COMMON else 3 if prefix else 1 for word in words)
            return [(frozenset((word, prefix) for word in words), cost)]
        case Row(items):
            return [group for item in items for group in _groups(item)]
        case Either(options):
            best: list[_Group] = []
            for option in options:
                groups = _groups(option)
                if not groups:
                    return []
                best.append(min(groups, key=lambda group: group[1]))
            return [(frozenset().union(*(group[0] for group in best)), sum(group[1] for group in best))]
        case _:
            return []
