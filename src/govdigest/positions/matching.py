"""Chains on views: hits of segments, put together in their order.

Before any expression is run, sets of words tell whether it can match: each set is a bit, each known word has
the bits of the sets that it is in, and a view has the bits of its words. A segment is tried only where one of
its first words stands. For each segment all hits in a view are found once, whatever number of patterns share
it; a chain is then a walk over sorted hits. The work for one chain is at most its hits times the logarithm of
their number, whatever the text says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from govdigest.patterns import Chain, Expander, Segment
from govdigest.patterns.chains import WordSet
from govdigest.patterns.values import TYPES
from govdigest.positions.views import WORD, View

MOST_WORDS_KNOWN = 60_000


@dataclass(frozen=True, slots=True)
class Match:
    """Where a chain stands in a view, and the values in it: (parameter, start, end)."""

    start: int
    end: int
    values: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Patterns:
    """Several chains, any of which may match. ``needs``: per chain, the bits that a view must have."""

    chains: tuple[Chain, ...]
    needs: tuple[int, ...]

    def possible(self, bits: int) -> bool:
        """Whether a view with these bits may have a match."""
        return any(needs & bits == needs for needs in self.needs)


@dataclass(slots=True)
class Matcher:
    """Knows all segments of a taxonomy, and which words make which of them possible."""

    expander: Expander
    _sets: dict[WordSet, int] = field(default_factory=dict)
    _exact: dict[str, int] = field(default_factory=dict)
    _prefixes: dict[str, int] = field(default_factory=dict)
    _compiled: dict[str, re.Pattern[str]] = field(default_factory=dict)
    _known: dict[str, int] = field(default_factory=dict)
    _members: dict[int, set[str]] = field(default_factory=dict)
    """The words of each set, by its bit, those of its prefixes as they come."""

    def patterns(self, sources: Iterable[str], types: dict[str, str] | None = None) -> Patterns:
        """The chains of all ``sources``; raises PatternError."""
        expander = self.expander
        if types:
            expander = Expander(self.expander.vocabulary, types, self.expander.nodes)
        chains = tuple(dict.fromkeys(chain for source in sources for chain in expander.chains(source)))
        return Patterns(chains, tuple(self._needs(chain) for chain in chains))

    def rarest(self, chain: Chain) -> int:
        """The bit of the set of words of ``chain`` that the fewest passages have; 0 when it needs none."""
        sets = [anchor for link in chain.links for anchor in link.segment.anchors]
        return self._bit(min(sets, key=lambda anchor: (anchor[1], sorted(anchor[0])))[0]) if sets else 0

    def prepare(self, view: View) -> None:
        """Find the words of ``view`` and their bits."""
        view.words = set(WORD.findall(view.low))
        bits = 0
        known = self._known
        for word in view.words:
            of = known.get(word)
            bits |= self._learn(word) if of is None else of
        view.possible = bits

    def matches(self, patterns: Patterns, view: View) -> list[Match]:
        """All matches of any chain, in the order of the patterns."""
        made: list[Match] = []
        for chain, needs in zip(patterns.chains, patterns.needs, strict=True):
            if needs & view.possible == needs:
                made += self._walk(chain, view)
        return made

    def found(self, patterns: Patterns, view: View) -> bool:
        """Whether any chain matches."""
        for chain, needs in zip(patterns.chains, patterns.needs, strict=True):
            if needs & view.possible == needs and self._walk(chain, view):
                return True
        return False

    def hits(self, segment: Segment, view: View) -> list[tuple[int, int]]:
        """Where ``segment`` stands in the view, in order."""
        known = view.hits.get(segment.key)
        if known is None:
            known = view.hits[segment.key] = self._hits(segment, view)
        return known

    def _hits(self, segment: Segment, view: View) -> list[tuple[int, int]]:
        pattern = self._compiled.get(segment.key)
        if pattern is None:
            source = TYPES[segment.source] if segment.slot else segment.source
            pattern = self._compiled[segment.key] = re.compile(source)
        if segment.slot:
            return [match.span() for match in pattern.finditer(view.raw)]
        low = view.low
        starts: list[int] = []
        for word in self._members[self._bit(segment.first)] & view.words:
            at = low.find(word)
            while at >= 0:
                starts.append(at)
                at = low.find(word, at + 1)
        starts.sort()
        made: list[tuple[int, int]] = []
        end = 0
        for start in starts:
            if start >= end and (match := pattern.match(low, start)) is not None:
                end = match.end()
                made.append((start, end))
        return made

    def _walk(self, chain: Chain, view: View) -> list[Match]:
        links = chain.links
        for place in chain.order:
            if not self.hits(links[place].segment, view):
                return []
        rows = [self.hits(link.segment, view) for link in links]
        if chain.at_start:
            rows[0] = [hit for hit in rows[0] if not WORD.search(view.low, view.own, hit[0])]
        if chain.at_end:
            rows[-1] = [hit for hit in rows[-1] if not WORD.search(view.low, hit[1])]
        low = view.low
        # ways[i]: hits of link i that can be reached, each with the number of its predecessor in ways[i - 1]
        ways: list[list[tuple[int, int, int]]] = [[(start, end, -1) for start, end in rows[0]]]
        for link, row in zip(chain.links[1:], rows[1:], strict=True):
            before = ways[-1]
            ends = [way[1] for way in before]
            step: list[tuple[int, int, int]] = []
            for start, end in row:
                at = bisect_right(ends, start) - 1
                if at < 0:
                    continue
                # thirty letters a word: more, and it is not worth counting
                if start - ends[at] <= 30 * link.gap + 20 and len(WORD.findall(low, ends[at], start)) <= link.gap:
                    step.append((start, end, at))
            if not step:
                return []
            ways.append(step)
        return [_match(chain, ways, last) for last in range(len(ways[-1]))]

    def _needs(self, chain: Chain) -> int:
        bits = 0
        for link in chain.links:
            if not link.segment.slot:
                # known before any view is prepared, since only then its prefixes learn their words
                self._bit(link.segment.first)
            for words, _ in link.segment.anchors:
                bits |= self._bit(words)
        return bits

    def _bit(self, words: WordSet) -> int:
        bit = self._sets.get(words)
        if bit is None:
            bit = self._sets[words] = 1 << len(self._sets)
            self._members[bit] = {word.partition("'")[0] for word, prefix in words if not prefix}
            for word, prefix in words:
                # a word like "don't" is two tokens in a passage: its first part tells
                token, table = (word, self._prefixes) if prefix else (word.partition("'")[0], self._exact)
                table[token] = table.get(token, 0) | bit
            self._known.clear()
        return bit

    def _learn(self, word: str) -> int:
        if len(self._known) > MOST_WORDS_KNOWN:
            self._known.clear()
        prefixed = 0
        for length in range(3, min(len(word), 24) + 1):
            prefixed |= self._prefixes.get(word[:length], 0)
        bits = self._known[word] = self._exact.get(word, 0) | prefixed
        while prefixed:
            bit = prefixed & -prefixed
            prefixed ^= bit
            self._members[bit].add(word)
        return bits


def _match(chain: Chain, ways: Sequence[Sequence[tuple[int, int, int]]], last: int) -> Match:
    values: list[tuple[str, int, int]] = []
    end = ways[-1][last][1]
    start, at = 0, last
    for position in range(len(ways) - 1, -1, -1):
        start, stop, before = ways[position][at]
        if slot := chain.links[position].segment.slot:
            values.append((slot, start, stop))
        at = before
    return Match(start, end, tuple(reversed(values)))
