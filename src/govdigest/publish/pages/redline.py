"""Ways into a long redline: where passages of one heading that differ begin, and how many they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from govdigest.model import RedlineBlock

_OPS = ("added", "removed", "reworded", "moved")


@dataclass(frozen=True, slots=True)
class Jump:
    """Passages that follow each other under one heading, all of which differ."""

    number: int
    """Of the first of them."""
    heading: str
    """Empty where they stand under none."""
    words: str
    """What became of them: `2 added, 1 reworded`; only `added` for a single one."""


def jumps(redline: Sequence[RedlineBlock]) -> tuple[Jump, ...]:
    """The stretches of ``redline`` under one heading, in its order."""
    found = []
    for heading, run in groupby(enumerate(redline, 1), key=lambda one: one[1].heading):
        blocks = list(run)
        ops = Counter(block.op for _, block in blocks)
        told = [f"{ops[op]} {op}" for op in (*_OPS, *sorted(set(ops) - set(_OPS))) if ops[op]]
        found.append(Jump(blocks[0][0], heading, blocks[0][1].op if len(blocks) == 1 else ", ".join(told)))
    return tuple(found)
