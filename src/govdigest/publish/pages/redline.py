"""The redline of a change page: as much of it as a page should hold, in stretches, the later ones folded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from govdigest.model import RedlineBlock, Segment
from govdigest.publish.words import count

OPS = ("added", "removed", "reworded", "moved")
_ELIDE = 240
"""Characters of unchanged words in a redline; more of them are folded away."""
_KEEP = 90
_FULL = 100_000
"""Characters of passages on one page: with its style it stays under 60 KB compressed."""
_MARKUP = 150
"""Characters of text that the elements around a passage weigh as much as, compressed."""
_OPEN = 4_000
"""Characters of passages in sight at first: some three screens."""


@dataclass(frozen=True, slots=True)
class RedlineView:
    """A block of a redline, long unchanged runs folded."""

    number: int
    block: RedlineBlock
    segments: tuple[Segment, ...]
    """As the block's, with op `fold` for unchanged words that are left out."""
    folded: bool
    before_url: str
    """Where the earlier words stand in full; empty when they are not shown."""
    after_url: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Passages that follow each other under one heading, all of which differ."""

    heading: str
    """Empty where they stand under none."""
    words: str
    """What became of them: `2 added, 1 reworded`."""
    blocks: tuple[RedlineView, ...]
    open: bool
    """Whether its passages are in sight at first."""
    again: bool
    """The rest of the stretch before it, which is open."""


def fit(redline: Sequence[RedlineBlock]) -> int:
    """How many blocks of ``redline``, from its start, a page shows; at least one of those that there are."""
    room = _FULL
    for number, block in enumerate(redline):
        room -= _MARKUP + sum(
            map(len, (block.heading, block.before, block.after, block.context_before, block.context_after))
        )
        if room < 0:
            return max(1, number)
    return len(redline)


def views(redline: Sequence[RedlineBlock], before: str, after: str) -> tuple[RedlineView, ...]:
    """``redline`` as a page shows it; ``before``, ``after``: site paths of the two full texts, or empty."""
    found = []
    for number, block in enumerate(redline, 1):
        segments = folded(block.segments)
        found.append(
            RedlineView(
                number=number,
                block=block,
                segments=segments,
                folded=any(segment.op == "fold" for segment in segments) or block.op == "reworded",
                before_url=f"{before}#{block.anchor_before}" if before and block.anchor_before else "",
                after_url=f"{after}#{block.anchor_after}" if after and block.anchor_after else "",
            )
        )
    return tuple(found)


def folded(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """``segments`` with long unchanged runs cut to their ends; what is left out becomes one segment ``fold``."""
    short: list[Segment] = []
    for number, segment in enumerate(segments):
        if segment.op != "equal" or len(segment.text) <= _ELIDE:
            short.append(segment)
            continue
        head = "" if number == 0 else segment.text[:_KEEP].rsplit(" ", 1)[0]
        tail = "" if number == len(segments) - 1 else segment.text[-_KEEP:].split(" ", 1)[-1]
        middle = segment.text[len(head) : len(segment.text) - len(tail)]
        if head:
            short.append(Segment("equal", head + " "))
        short.append(Segment("fold", f"… {count(len(middle.split()), 'word')} unchanged …"))
        if tail:
            short.append(Segment("equal", " " + tail))
    return tuple(short)


def told(blocks: Sequence[RedlineBlock]) -> str:
    """How many of ``blocks`` are of which kind: `2 added, 1 reworded`."""
    ops = Counter(block.op for block in blocks)
    return ", ".join(f"{ops[op]} {op}" for op in (*OPS, *sorted(set(ops) - set(OPS))) if ops[op])


def stretches(redline: Sequence[RedlineView]) -> tuple[Stretch, ...]:
    """``redline`` by heading, in its order: as many passages from its start are open as a reader takes in at once."""
    found: list[Stretch] = []
    room = _OPEN
    for heading, run in groupby(redline, key=lambda one: one.block.heading):
        blocks = tuple(run)
        fitting = 0
        for one in blocks:
            room -= _MARKUP + len(one.block.context_before) + len(one.block.context_after)
            room -= sum(len(part.text) for part in one.segments)
            if room < 0 and (found or fitting):
                break
            fitting += 1
        for part, in_sight in ((blocks[:fitting], True), (blocks[fitting:], False)):
            if part:
                words = told([one.block for one in part])
                found.append(Stretch(heading, words, part, in_sight, again=bool(fitting) and not in_sight))
    return tuple(found)
