"""Which passages may have a match at all: runs of words as columns of bits, a bit a passage.

A document is taken in leaves of some hundred views. For each run of words that patterns need, a leaf knows the views
in which it stands, as the bits of one number. A chain needs several: their conjunction leaves the few views in which
only order and gaps remain to be looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from govdigest.model import PassageKind
from govdigest.patterns import Chain, Expander
from govdigest.patterns.recogniser import State
from govdigest.positions.views import View, heading_view

LEAF = 1024
"""Views in a leaf: more, and the numbers grow long."""

Candidates = tuple[int, tuple[tuple[int, Chain], ...]]
"""Views in which any chain may match, and each chain with its own views."""


@dataclass(slots=True, eq=False)
class Leaf:
    """Some hundred views, with the headings above them as views of their own."""

    views: list[View]
    everything: int
    """Bits of the views of passages."""
    kinds: dict[PassageKind, int]
    headings: dict[tuple[str, ...], View]
    columns: list[int]
    """By number of a run of words, the views in which it stands, those of headings too."""
    candidates: dict[int, Candidates] = field(default_factory=dict)
    """By number of patterns."""
    asked: dict[int, tuple[int, int]] = field(default_factory=dict)
    """By number of patterns: the views that were looked at, and those with a match."""
    below: dict[tuple[str, ...], int] = field(default_factory=dict)
    """By path of headings, the views under it; once it was asked."""
    headed: dict[int, int] = field(default_factory=dict)
    """By number of patterns: the views with a match in the headings above them."""


def leaves(views: Sequence[View], expander: Expander) -> list[Leaf]:
    """``views`` in leaves, all runs of words found in them."""
    return [_leaf(views[at : at + LEAF], expander) for at in range(0, len(views), LEAF)]


def _leaf(views: Sequence[View], expander: Expander) -> Leaf:
    headings = {path: heading_view(path) for path in dict.fromkeys(view.headings for view in views)}
    everything = [*views, *headings.values()]
    kinds: dict[PassageKind, int] = {}
    ends: dict[State, int] = {}
    scan, nowhere = expander.recogniser.scan, expander.recogniser.nowhere
    known = ends.get
    bit = 1
    for view in everything:
        view.bit = bit
        view.runs = states, longer = scan(view.tokens)
        reached = set(states)
        reached.discard(nowhere)
        if longer:
            reached.update([run[0] for run in longer])
        for state in reached:
            ends[state] = known(state, 0) | bit
        bit <<= 1
    for view in views:
        kinds[view.kind] = kinds.get(view.kind, 0) | view.bit
    columns = [0] * expander.segments
    for state, bits in ends.items():
        for number in state.accepts:
            columns[number] |= bits
    return Leaf(everything, (1 << len(views)) - 1, kinds, headings, columns)


def bits_of(mask: int) -> Iterable[int]:
    """The numbers of the bits of ``mask``, upwards."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
