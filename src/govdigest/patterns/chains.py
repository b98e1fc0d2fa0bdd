"""From a pattern's tree to chains: gapless runs of words, and values, with gaps between them.

A run has neither gaps nor repetition, so finding all its hits in a passage takes time in proportion to the passage;
a chain is then put together from hits (``positions.matching``). Nothing can backtrack without bound, whatever the
passage says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from govdigest.patterns.lexicon import Lexicon, Way
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
from govdigest.patterns.recogniser import Recogniser
from govdigest.patterns.values import ANCHORS


@dataclass(slots=True, eq=False)
class Segment:
    """A gapless part of a chain, or a value. There is one for each key, so that hits are shared."""

    number: int
    type: str = ""
    """For a value, the name of its type."""
    needs: int = -1
    """For a value, the number of a run that stands in it, if there is one; otherwise its own number."""


@dataclass(frozen=True, slots=True)
class Link:
    """A segment, how many words at most may stand before it in the chain, and the parameter that it gives."""

    segment: Segment
    gap: int
    slot: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """Segments in their order; ``at_start``, ``at_end``: bound to the passage's edges."""

    links: tuple[Link, ...]
    at_start: bool
    at_end: bool
    needs: tuple[int, ...]
    """Numbers of the runs of words without which it cannot match."""
    bare: bool
    """Whether it is one run of words and nothing else: where that stands, it matches."""


@dataclass(slots=True)
class Expander:
    """Turns patterns into chains over one vocabulary, and keeps what it made."""

    lexicon: Lexicon
    recogniser: Recogniser = field(init=False)
    _segments: dict[str, Segment] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.recogniser = Recogniser(self.lexicon)

    @property
    def segments(self) -> int:
        """How many there are."""
        return len(self._segments)

    def chains(self, pattern: str, types: Mapping[str, str]) -> tuple[Chain, ...]:
        """All chains of ``pattern``; ``types``: the type of each parameter. Raises :class:`PatternError`."""
        node = parse(pattern)
        self.lexicon.check(node, types)
        return tuple(self._chain(way, types) for way in self.lexicon.ways(node))

    def _chain(self, way: Way, types: Mapping[str, str]) -> Chain:
        parts, at_start, at_end = split(way)
        links: list[Link] = []
        for gap, part in parts:
            if isinstance(part, Slot):
                links.append(Link(self._value(types.get(part.name, part.name)), gap, part.name))
            else:
                for place, run in enumerate(_shared(part)):
                    links.append(Link(self._run(run), 0 if place else gap))
        needs = dict.fromkeys(link.segment.needs for link in links if link.segment.needs >= 0)
        bare = len(links) == 1 and links[0].segment.needs == links[0].segment.number and not (at_start or at_end)
        return Chain(tuple(links), at_start, at_end, tuple(needs), bare)

    def _value(self, type_name: str) -> Segment:
        key = f"<{type_name}>"
        known = self._segments.get(key)
        if known is None:
            words = ANCHORS.get(type_name)
            needs = self._run((Word(words),)).number if words else -1
            known = self._segments[key] = Segment(len(self._segments), type_name, needs)
        return known

    def _run(self, items: tuple[Node, ...]) -> Segment:
        key = " ".join(map(_key, items))
        known = self._segments.get(key)
        if known is None:
            number = len(self._segments)
            self.recogniser.add(number, items[0] if len(items) == 1 else Row(items))
            known = self._segments[key] = Segment(number, "", number)
        return known


def _shared(run: tuple[Node, ...]) -> list[tuple[Node, ...]]:
    """``run`` cut before and after the names of the vocabulary, so that many patterns share their hits."""
    made: list[tuple[Node, ...]] = []
    loose: list[Node] = []
    for item in run:
        if not isinstance(item, Name):
            loose.append(item)
            continue
        if loose and not all(may_be_empty(of) for of in loose):
            made.append(tuple(loose))
            loose = []
        made.append((*loose, item))
        loose = []
    if loose and made and all(may_be_empty(of) for of in loose):
        made[-1] = (*made[-1], *loose)
    elif loose:
        made.append(tuple(loose))
    return made


def split(way: Way) -> tuple[list[tuple[int, Slot | tuple[Node, ...]]], bool, bool]:
    """The runs and values of ``way``, each with the gap before it, and whether it is bound to either edge."""
    parts: list[tuple[int, Slot | tuple[Node, ...]]] = []
    run: list[Node] = []
    gap, at_start, at_end = 0, False, False

    def close() -> None:
        nonlocal gap
        if run and all(may_be_empty(item) for item in run):
            gap += 2 * len(run)  # nothing but what may be missing, between two gaps: words like any
        elif run:
            parts.append((gap, tuple(run)))
            gap = 0
        run.clear()

    for item in way:
        if at_end:
            raise PatternError("something stands after '$'")
        match item:
            case Gap(most):
                close()
                gap = min(LONGEST_GAP, gap + most)
            case Slot():
                close()
                parts.append((gap, item))
                gap = 0
            case Edge(end):
                close()
                if not end and parts:
                    raise PatternError("something stands before '^'")
                at_end, at_start = at_end or end, at_start or not end
            case _:
                run.append(item)
    close()
    if not parts:
        raise PatternError("it matches nothing at all")
    return parts, at_start, at_end


def check(pattern: str, lexicon: Lexicon, types: Mapping[str, str]) -> None:
    """Raise :class:`PatternError` where ``pattern`` could not be used."""
    node = parse(pattern)
    lexicon.check(node, types)
    for way in lexicon.ways(node):
        split(way)


def _key(node: Node) -> str:
    match node:
        case Word(forms, prefix):
            return f"{'/'.join(forms)}{'*' if prefix else ''}"
        case Name(name):
            return f"{{{name}}}"
        case Row(items):
            return " ".join(map(_key, items))
        case Either(options):
            return f"({'|'.join(map(_key, options))})"
        case Maybe(item):
            return f"({_key(item)})?"
        case _:
            raise PatternError("a gap or a value stands where only words can")
