"""What stands behind the names of a vocabulary, each worked out once: its tree and the ways through it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from govdigest.patterns.parse import (
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
    parse,
)
from govdigest.patterns.values import TYPES

MOST_WAYS = 400
"""Ways through one pattern: each becomes a chain of its own."""
MOST_WORDS = 20_000
"""Words in one pattern, its names written in full."""
Way = tuple[Node, ...]


@dataclass(slots=True)
class Lexicon:
    """A vocabulary, with what was worked out for its names."""

    vocabulary: Mapping[str, Sequence[str]]
    _nodes: dict[str, Node] = field(default_factory=dict)
    _sizes: dict[str, int] = field(default_factory=dict)
    _gapless: dict[str, bool] = field(default_factory=dict)
    _ways: dict[str, tuple[Way, ...]] = field(default_factory=dict)

    def node(self, name: str) -> Node:
        """The tree of the phrases called ``name``; raises PatternError."""
        known = self._nodes.get(name)
        if known is None:
            self._check(name, ())
            known = self._nodes[name]
        return known

    def _check(self, name: str, opened: tuple[str, ...]) -> None:
        if name in self._nodes:
            return
        if name not in self.vocabulary:
            raise PatternError(f"the vocabulary has no {{{name}}}")
        if name in opened:
            raise PatternError(f"the vocabulary goes in a circle: {' → '.join([*opened, name])}")
        options = tuple(parse(phrase) for phrase in self.vocabulary[name])
        for other in names_in(options):
            self._check(other, (*opened, name))
        for slot in _slots_in(options):
            _known_slot(slot, ())
        self._nodes[name] = options[0] if len(options) == 1 else Either(options)

    def check(self, node: Node, types: Mapping[str, str]) -> None:
        """Raise PatternError where ``node`` has a name or a value that there is not, or too many ways through it."""
        for name in names_in((node,)):
            self.node(name)
        for slot in _slots_in((node,)):
            _known_slot(slot, types)
        if self.size(node) > MOST_WORDS:
            raise PatternError(f"more than {MOST_WORDS} words in one pattern; use fewer")
        self.ways(node)

    def size(self, node: Node) -> int:
        """How many words ``node`` spells out, its names written in full."""
        match node:
            case Word():
                return 1
            case Row(items) | Either(items):
                return sum(map(self.size, items))
            case Maybe(item):
                return self.size(item)
            case Name(name):
                if name not in self._sizes:
                    self._sizes[name] = self.size(self.node(name))
                return self._sizes[name]
            case _:
                return 0

    def gapless(self, node: Node) -> bool:
        """Whether ``node`` is words alone, with neither gap nor value nor edge."""
        match node:
            case Gap() | Slot() | Edge():
                return False
            case Row(items) | Either(items):
                return all(self.gapless(item) for item in items)
            case Maybe(item):
                return self.gapless(item)
            case Name(name):
                if name not in self._gapless:
                    self._gapless[name] = self.gapless(self.node(name))
                return self._gapless[name]
            case _:
                return True

    def ways(self, node: Node) -> tuple[Way, ...]:
        """The ways through ``node``, branching only where a gap or a value stands inside a branch."""
        if isinstance(node, Gap | Slot | Edge) or self.gapless(node):
            return ((node,),)
        made: list[Way] = []
        match node:
            case Name(name):
                if name not in self._ways:
                    self._ways[name] = self.ways(self.node(name))
                return self._ways[name]
            case Maybe(item):
                made = [*self.ways(item), ()]
            case Either(options):
                plain = tuple(option for option in options if self.gapless(option))
                if plain:
                    made.append((plain[0] if len(plain) == 1 else Either(plain),))
                for option in options:
                    if not self.gapless(option):
                        made += self.ways(option)
            case Row(items):
                parts = [self.ways(item) for item in items]
                size = 1
                for part in parts:
                    size *= len(part)
                    _few(size)
                made = [tuple(item for part in way for item in part) for way in product(*parts)]
        _few(len(made))
        return tuple(made)


def names_in(nodes: Sequence[Node]) -> list[str]:
    """The names of the vocabulary that ``nodes`` use themselves."""
    made: list[str] = []
    for node in nodes:
        match node:
            case Name(name):
                made.append(name)
            case Row(items) | Either(items):
                made += names_in(items)
            case Maybe(item):
                made += names_in((item,))
            case _:
                pass
    return made


def _slots_in(nodes: Sequence[Node]) -> list[str]:
    made: list[str] = []
    for node in nodes:
        match node:
            case Slot(name):
                made.append(name)
            case Row(items) | Either(items):
                made += _slots_in(items)
            case Maybe(item):
                made += _slots_in((item,))
            case _:
                pass
    return made


def _known_slot(slot: str, types: Iterable[str]) -> None:
    known = [*types, *TYPES]
    if slot not in known:
        raise PatternError(f"<{slot}> is neither a parameter nor a type ({', '.join(known)})")


def _few(ways: int) -> None:
    if ways > MOST_WAYS:
        raise PatternError(f"more than {MOST_WAYS} ways through it; write several patterns")
