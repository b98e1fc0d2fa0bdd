"""What is wrong with a taxonomy, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TaxonomyProblem:
    """Something that must be mended, and where."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class TaxonomyError(Exception):
    """A taxonomy that cannot be used. ``problems`` tells everything that is wrong with it."""

    def __init__(self, problems: Sequence[TaxonomyProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
