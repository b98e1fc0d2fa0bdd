"""Chains on views: hits of segments, put together in their order.

All runs of words in a view are found in one pass, and columns of bits (``masks``) tell in which views all parts of a
chain stand; a chain is then a walk over sorted hits. The work for one chain is at most its hits times the logarithm
of their number, whatever the text says.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from govdigest.patterns import Chain, Expander, Segment
from govdigest.patterns.recogniser import Runs, State
from govdigest.patterns.values import TYPES
from govdigest.positions.masks import Candidates, Leaf
from govdigest.positions.views import LONGEST_CONTEXT, LONGEST_VIEW, MOST_CONTEXT, TOKEN, View


class Match(NamedTuple):
    """Where a chain stands in a view, in numbers of words, and the values in it: (parameter, characters)."""

    first: int
    last: int
    """The word after its last."""
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """Several chains, any of which may match."""

    number: int
    chains: tuple[Chain, ...]


@dataclass(slots=True)
class Matcher:
    """Knows all patterns of a taxonomy, and finds them."""

    expander: Expander
    _patterns: dict[tuple[object, ...], Patterns] = field(default_factory=dict)
    _compiled: dict[str, re.Pattern[str]] = field(default_factory=dict)

    def patterns(self, sources: Iterable[str], types: Mapping[str, str] | None = None) -> Patterns:
        """The chains of all ``sources``; raises PatternError. The same sources share what is found."""
        types = types or {}
        listed = tuple(sources)
        key = (listed, tuple(types.items()) if any("<" in source for source in listed) else ())
        known = self._patterns.get(key)
        if known is None:
            chains = tuple(chain for source in listed for chain in self.expander.chains(source, types))
            known = self._patterns[key] = Patterns(len(self._patterns), chains)
        return known

    def candidates(self, patterns: Patterns, leaf: Leaf) -> Candidates:
        """The views of ``leaf`` in which ``patterns`` may match."""
        known = leaf.candidates.get(patterns.number)
        if known is None:
            columns = leaf.columns
            everything = (1 << len(leaf.views)) - 1
            total = 0
            chains: list[tuple[int, Chain]] = []
            for chain in patterns.chains:
                needs = chain.needs
                mask = columns[needs[0]] if needs else everything
                if not mask:
                    continue  # most: no word of it stands in the leaf
                for need in needs[1:]:
                    mask &= columns[need]
                    if not mask:
                        break
                else:
                    chains.append((mask, chain))
                    total |= mask
            known = leaf.candidates[patterns.number] = (total, tuple(chains))
        return known

    def matches(self, patterns: Patterns, view: View, leaf: Leaf) -> list[Match]:
        """All matches of any chain, in the order of the patterns."""
        made: list[Match] = []
        bit = view.bit
        for mask, chain in self.candidates(patterns, leaf)[1]:
            if mask & bit:
                made += self.walk(chain, view)
        return made

    def found(self, patterns: Patterns, view: View, leaf: Leaf) -> bool:
        """Whether any chain matches; asked once for each view."""
        total, chains = leaf.candidates.get(patterns.number) or self.candidates(patterns, leaf)
        bit = view.bit
        if not total & bit:
            return False
        asked, holding = leaf.asked.get(patterns.number, (0, 0))
        if not asked & bit:
            if any(mask & bit and (chain.bare or self.walk(chain, view)) for mask, chain in chains):
                holding |= bit
            leaf.asked[patterns.number] = (asked | bit, holding)
        return bool(holding & bit)

    def headed(self, patterns: Patterns, leaf: Leaf) -> int:
        """The views of ``leaf`` that have a match in the headings above them, each path looked at once."""
        known = leaf.headed.get(patterns.number)
        if known is None:
            known = 0
            possible = self.candidates(patterns, leaf)[0] & ~leaf.everything
            if possible:
                below = leaf.below or _below(leaf)
                for path, view in leaf.headings.items():
                    if possible & view.bit and self.found(patterns, view, leaf):
                        known |= below[path]
            leaf.headed[patterns.number] = known
        return known

    def hits(self, segment: Segment, view: View) -> Sequence[tuple[int, int]]:
        """Where ``segment`` stands in the view, by its first word."""
        number = segment.number
        known = view.hits.get(number)
        if known is None:
            if segment.type:
                known = self._read(segment, view)
            else:
                ends = view.ends
                if ends is None:
                    ends = view.ends = _ends(view.runs)
                accepting = self.expander.recogniser.accepting[number]
                fewer, others = (accepting, ends) if len(accepting) < len(ends) else (ends, accepting)
                known = []
                for state in fewer:
                    if state in others:
                        known += ends[state]
                if len(known) > 1:
                    known.sort()
            view.hits[number] = known
        return known

    def _read(self, segment: Segment, view: View) -> list[tuple[int, int]]:
        """Values, from the passage in its own case."""
        pattern = self._compiled.get(segment.type)
        if pattern is None:
            pattern = self._compiled[segment.type] = re.compile(TYPES[segment.type])
        made: list[tuple[int, int]] = []
        number = 0
        for span in view.slices:
            shown = view.bare.tidy(span)
            found = list(pattern.finditer(shown))
            if not found and span is view.slices[-1]:
                break
            starts = [match.start() for match in TOKEN.finditer(shown.lower())]
            for match in found:
                first, last = bisect_left(starts, match.start()), bisect_left(starts, match.end())
                if first < last:
                    made.append((number + first, number + last))
                    view.values[segment.number, number + first, number + last] = match.group()
            number += len(starts)
        return made

    def walk(self, chain: Chain, view: View) -> Sequence[Match]:
        links = chain.links
        begin = self.hits(links[0].segment, view)
        if chain.at_start:
            begin = [hit for hit in begin if view.own <= hit[0] <= view.own + links[0].gap]
        if not begin:
            return ()
        if len(links) == 1:
            if chain.at_end:
                begin = [hit for hit in begin if hit[1] == len(view.tokens)]
            if not links[0].slot:
                return [Match(first, last) for first, last in begin]
            return [_match(chain, [[(first, last, -1)]], 0, view) for first, last in begin]
        # ways[i]: hits of link i that can be reached, by their end, each with the number of its predecessor
        step = [(first, last, -1) for first, last in begin]
        if len(step) > 1:
            step.sort(key=_end)
        ways = [step]
        for link in links[1:]:
            row = self.hits(link.segment, view)  # not before it can be reached: values are read last
            ends = [way[1] for way in step]
            gap = link.gap
            step = []
            for first, last in row:
                at = bisect_right(ends, first) - 1
                if at >= 0 and first - ends[at] <= gap:
                    step.append((first, last, at))
            if not step:
                return ()
            if len(step) > 1:
                step.sort(key=_end)
            ways.append(step)
        last_row = list(range(len(ways[-1])))
        if chain.at_end:
            last_row = [at for at in last_row if ways[-1][at][1] == len(view.tokens)]
        return [_match(chain, ways, at, view) for at in last_row]


def _below(leaf: Leaf) -> dict[tuple[str, ...], int]:
    made = leaf.below
    for view in leaf.views:
        if view.bit & leaf.everything:
            made[view.headings] = made.get(view.headings, 0) | view.bit
    return made


_PLACES = [(at, at + 1) for at in range(LONGEST_VIEW + MOST_CONTEXT * LONGEST_CONTEXT)]
"""Of single words: no view has more words than it may have characters."""


def _ends(runs: Runs) -> dict[State, list[tuple[int, int]]]:
    made: dict[State, list[tuple[int, int]]] = {}
    states, longer = runs
    for state, place in zip(states, _PLACES, strict=False):
        if not state.accepts:
            continue
        if state in made:
            made[state].append(place)
        else:
            made[state] = [place]
    for state, first, last in longer:
        if state in made:
            made[state].append((first, last))
        else:
            made[state] = [(first, last)]
    return made


_end = itemgetter(1)


def _match(chain: Chain, ways: Sequence[Sequence[tuple[int, int, int]]], at: int, view: View) -> Match:
    values: list[tuple[str, str]] = []
    last = ways[-1][at][1]
    first = 0
    for position in range(len(ways) - 1, -1, -1):
        first, end, before = ways[position][at]
        link = chain.links[position]
        if link.slot:
            values.append((link.slot, view.values[link.segment.number, first, end]))
        at = before
    return Match(first, last, tuple(reversed(values)))
